"""A list as it is used all day: filtered, left and found again, its rows chosen by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from models.tickets import Ticket
from tests import cast


@pytest.fixture
def several(db):
    """More tickets of the support than a window shows, all of them free."""
    with cast.by("silvia.maia"):
        rows = [cast.ticket(cast.ze(), "Lentidão", f"Lentidão número {i}.").id for i in range(14)]
    db.commit()
    return rows


@pytest.mark.feature("B-09")
def test_filter_leave_and_come_back(ana, several):
    desk = ana("bruno.reis")
    desk.goto("/atendimentos?aba=todos")
    page = desk.page
    page.get_by_role("button", name="Filtro", exact=True).click()
    page.get_by_label("SLA", exact=True).select_option(label="Corretiva")
    expect(page.locator("a.chip")).to_have_text(re.compile("SLA: Corretiva"))
    expect(page).to_have_url(f"{desk.address}/atendimentos?aba=todos&sla=corrective")
    expect(page.locator("#filters")).to_be_visible()  # for the next one
    page.get_by_label("Com quem", exact=True).select_option(label="Ninguém")
    expect(page.locator("a.chip")).to_have_count(2)
    page.keyboard.press("Escape")
    there = page.url
    page.locator("tbody a").first.click()
    page.wait_for_url(re.compile(r"/atendimentos/\d+$"))
    page.go_back()
    expect(page).to_have_url(there)
    expect(page.locator("a.chip")).to_have_count(2)
    expect(page.get_by_label("Com quem", exact=True)).to_have_value("ninguem")
    page.get_by_role("link", name="Limpar").click()
    expect(page.locator("a.chip")).to_have_count(0)
    desk.check()


def test_rows_are_chosen_and_rescued_by_keyboard(ana, db, several):
    desk = ana("bruno.reis")
    desk.goto("/atendimentos?aba=todos&q=Lentidão número")
    page = desk.page
    expect(page.get_by_role("button", name="Resgatar")).to_be_hidden()
    page.keyboard.press("r")  # of no row: nothing
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("tbody tr").nth(1)
    expect(second).to_have_class("is-current-row")
    protocol = second.locator("td.num-left").inner_text().split()[0]
    page.keyboard.press("r")
    expect(page.locator("#toasts")).to_contain_text("1 atendimento resgatado")
    db.expire_all()
    ticket = db.query(Ticket).filter_by(protocol=protocol).one()
    assert ticket.assignee_id == cast.operator("bruno.reis").id


def test_all_of_the_page_at_once(ana, several):
    desk = ana("bruno.reis")
    desk.goto("/atendimentos?aba=todos&q=Lentidão número&com=ninguem")
    page = desk.page
    page.get_by_label("Escolher todos desta página").check()
    expect(page.locator("[data-chosen-count]")).to_have_text("14 escolhidos")
    page.get_by_label(re.compile("^Escolher 20")).first.uncheck()
    expect(page.locator("[data-chosen-count]")).to_have_text("13 escolhidos")
    desk.check()
    page.get_by_role("button", name="Nenhum").click()
    expect(page.get_by_role("button", name="Filtro", exact=True)).to_be_visible()
    expect(page.get_by_label("Escolher todos desta página")).not_to_be_checked()
    page.get_by_label("Escolher todos desta página").check()
    page.get_by_label(re.compile("^Escolher 20")).first.uncheck()
    page.get_by_role("button", name="Resgatar").click()
    expect(page.locator("#toasts")).to_contain_text("13 atendimentos resgatados")


FILTER = "(node, value) => { node.value = value; node.dispatchEvent(new Event('change', {bubbles: true})) }"
TICKED = "[...document.querySelectorAll('[name=chosen]:checked')].map(box => box.value)"


def test_a_tick_does_not_move_to_another_ticket(ana, db):
    """A filter takes the ticked one away: nothing is ticked, so nothing can be rescued that nobody chose."""
    free = select(Ticket).where(Ticket.assignee_id.is_(None), Ticket.status.not_in(("draft", "closed")))
    doubt = db.scalars(free.where(Ticket.sla_type == "doubt")).one()
    chosen = f"{doubt.id}.{doubt.version}"
    db.commit()
    desk = ana("bruno.reis")
    desk.goto("/atendimentos?aba=todos")
    page = desk.page
    page.locator(f"[name=chosen][value='{chosen}']").check()
    expect(page.locator("#chosen")).to_be_visible()
    for sla, word in (("emergency", "Emergencial"), ("doubt", "Dúvida")):
        page.locator("#sla").evaluate(FILTER, sla)
        expect(page.locator("a.chip")).to_have_text(re.compile(word))
        assert page.evaluate(TICKED) == []
        expect(page.locator("#chosen")).to_be_hidden()
        every = page.get_by_label("Escolher todos desta página")
        assert every.evaluate("box => [box.checked, box.indeterminate]") == [False, False]
        every.check()
        expect(page.locator("[data-chosen-count]")).to_have_text("1 escolhido")
    assert page.evaluate(TICKED) == [chosen]


def test_the_page_that_is_left_and_found_again_ticks_nothing_new(ana, db, several):
    desk = ana("bruno.reis")
    desk.goto("/atendimentos?aba=todos&q=Lentidão número&com=ninguem")
    page = desk.page
    boxes = page.locator("[name=chosen]")
    boxes.nth(2).check()
    ticked = page.evaluate(TICKED)
    with cast.by("silvia.maia"):
        db.get_one(Ticket, several[0]).claim()  # the rows below it move up
    db.commit()
    page.locator("tbody a").first.click()
    page.wait_for_url(re.compile(r"/atendimentos/\d+$"))
    page.go_back()
    expect(boxes.first).to_be_visible()
    assert page.evaluate(TICKED) in ([], ticked)


@pytest.mark.feature("A-01")
@pytest.mark.parametrize("path", ["/", "/atendimentos?aba=meus"])
def test_novo_atendimento_is_at_hand_wherever_one_scrolls(ana, db, several, path):
    with cast.by("bruno.reis"):
        for id in several:
            db.get_one(Ticket, id).claim()
    db.commit()
    desk = ana("bruno.reis")
    for size in ({"width": 1366, "height": 820}, {"width": 390, "height": 844}):
        desk.page.set_viewport_size(size)
        desk.goto(path)
        page = desk.page
        expect(page.get_by_text("Lentidão número").first).to_be_visible()
        button = page.get_by_role("link", name="Novo Atendimento")
        tall = page.evaluate("document.documentElement.scrollHeight")
        assert tall > size["height"]
        for down in (0, tall // 2, tall):
            page.evaluate("down => scrollTo(0, down)", down)
            expect(button).to_be_in_viewport(ratio=1)
        box = button.bounding_box()
        assert box["x"] + box["width"] > size["width"] * 0.7
        assert box["y"] + box["height"] > size["height"] * 0.9
    desk.check()
    button.click()
    page.wait_for_url("**/atendimentos/novo")


@pytest.mark.feature("B-09")
@pytest.mark.parametrize(("typed", "there"), [("oreir", "/clientes?q=oreir"), ("529.982.247-25", "/clientes")])
def test_back_finds_what_was_searched(ana, typed, there):
    """A name in the address, a document in the history of the tab alone."""
    opened = ana()
    opened.goto("/clientes")
    page = opened.page
    page.locator("#q").press_sequentially(typed, delay=20)
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Rita Aparecida")
    expect(page).to_have_url(re.compile(re.escape(there) + "$"))
    rows.locator("th a").click()
    expect(page.locator("h1")).to_contain_text("Rita Aparecida")
    page.go_back()
    expect(page.locator("#q")).to_have_value(typed)
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(re.escape(there) + "$"))


def test_all_of_the_filter_by_the_bar(ana, monkeypatch):
    monkeypatch.setattr("models.desk.customer_list.PAGE", 2)
    opened = ana()
    opened.goto("/clientes")
    page = opened.page
    page.locator("[name=chosen]").first.check()
    expect(page.locator("[data-chosen-count]")).to_have_text("1 escolhido")
    page.get_by_label("do filtro").check()
    expect(page.locator("[data-chosen-count]")).to_have_text("Todos do filtro")
    opened.check()
    page.get_by_role("button", name="Pôr etiqueta").click()
    expect(page.locator("h1")).to_contain_text("Pôr etiqueta em")
    expect(page.locator("#tag")).to_be_focused()
    opened.check()
