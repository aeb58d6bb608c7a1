"""The search palette with the keyboard alone: Ctrl K, type, choose, open, and back where one was (X-09)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from models.base import db
from models.billing import Invoice
from tests import cast

pytestmark = pytest.mark.feature("X-09")


def palette(opened, typed=""):
    """Open it and type; the page, when the answer to what was typed is there."""
    opened.page.wait_for_load_state()
    opened.page.keyboard.press("Control+k")
    expect(opened.page.locator("#palette-search")).to_be_focused()
    opened.page.keyboard.type(typed)
    expect(opened.page.locator("#found")).to_have_attribute("data-q", typed)
    # Half faded in, contrast is poor.
    opened.page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
    return opened.page


def chosen(page):
    """The option that the field points at: the one a screen reader speaks."""
    return page.locator(f"#{page.get_attribute('#palette-search', 'aria-activedescendant')}")


def test_from_any_page_to_a_customer(ana):
    opened = ana()
    opened.goto("/vendas")
    page = palette(opened, "antonio fer")
    expect(page.locator("#palette [role=status]")).to_have_text("1 resultado")
    expect(page.locator("#palette-search")).to_have_attribute("aria-expanded", "true")
    expect(chosen(page)).to_contain_text("José Antônio Ferreira")
    expect(chosen(page).locator("mark").first).to_have_text("Antônio")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clientes/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("José Antônio Ferreira")
    assert opened.said == []


def test_arrows_home_and_end_choose(ana):
    opened = ana()
    page = palette(opened)
    labels = page.locator("#found [role=option]").all_text_contents()
    assert len(labels) > 2
    walk = {"ArrowDown": 1, "End": -1, "ArrowUp": -2, "Home": 0}
    for key, place in walk.items():
        page.keyboard.press(key)
        expect(chosen(page)).to_have_text(labels[place])
        expect(page.locator("#found [aria-selected=true]")).to_have_count(1)
    page.keyboard.press("ArrowUp")  # around the corner
    expect(chosen(page)).to_have_text(labels[-1])
    page.keyboard.press("Enter")
    page.wait_for_url("**/configuracao")


def test_enter_waits_for_the_answer_to_what_is_typed(ana):
    """Typed quickly, Enter must not open what was found for the first letters."""
    opened = ana()
    page = palette(opened)
    page.keyboard.type(cast.RITA)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/clientes/\d+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Rita Aparecida Moreira")


def test_the_first_list_comes_late(ana):
    """On a slow line one types before it is there; it must not take away the place where the answer goes."""
    opened = ana()
    first = []

    def slowly(route):
        if route.request.method == "GET":
            return first.append(route)
        first[0].fulfill(body='<div id="found" data-q="">tarde demais</div>')
        opened.page.wait_for_timeout(300)
        return route.continue_()

    opened.page.route("**/busca", slowly)
    palette(opened, "rita")
    assert first


def test_ctrl_enter_opens_another_tab(ana):
    opened = ana()
    page = palette(opened, "rita")
    with opened.context.expect_page() as tab:
        page.keyboard.press("Control+Enter")
    tab.value.wait_for_url(re.compile(r"/clientes/\d+$"))
    expect(page.locator("#palette")).to_be_visible()


def test_esc_goes_back_to_where_one_was(ana):
    opened = ana()
    opened.goto("/clientes/1/dados/editar")
    page = opened.page
    page.focus("#rg")
    palette(opened, "rita")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#rg")).to_be_focused()
    opener = page.locator("header a[data-open]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#palette-search")).to_be_focused()
    expect(page.locator("#palette-search")).to_have_value("rita")  # what was typed is there, selected
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    assert opened.said == []


def test_nothing_found_is_said(ana):
    opened = ana()
    page = palette(opened, "zzzz")
    expect(page.locator("#palette [role=status]")).to_have_text("Nenhum resultado")
    expect(page.locator("#palette-search")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")  # opens nothing
    expect(page.locator("#found")).to_contain_text("Confira o número com o cliente")
    opened.check()


def test_the_list_of_shortcuts(ana):
    opened = ana()
    page = opened.page
    opened.goto("/vendas")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    opened.goto("/clientes")
    page.focus("main #q")
    page.keyboard.type("?")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator("main #q")).to_have_value("?")
    page.click("[popovertarget=help]")
    page.uncheck("[data-keys]")
    opened.goto("/vendas")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_hidden()


def test_without_scripts_the_field_leads_to_the_page(ana):
    opened = ana(scripts=False)
    page = opened.page
    page.click("header a.search")
    page.wait_for_url("**/busca")
    page.fill("#search", "acacias")
    page.press("#search", "Enter")
    page.click("main a.hit:has-text('Rita')")
    page.wait_for_url("**/clientes/*")
    assert opened.said == []


def test_nothing_for_axe_to_say(ana):
    opened = ana()
    palette(opened)
    opened.check()
    opened.page.keyboard.type("1")  # customers, services, contracts
    expect(opened.page.locator("#found")).to_have_attribute("data-q", "1")
    opened.check()
    opened.page.fill("#palette-search", "zzzz")
    expect(opened.page.locator("#found")).to_have_attribute("data-q", "zzzz")
    opened.check()
    opened.goto("/busca")
    opened.check()


def test_on_a_small_window(ana):
    opened = ana(phone=True)
    palette(opened, "maria")
    opened.check()


@pytest.mark.feature("B-16")
def test_receber_rita_with_the_keyboard_alone(ana, billed):
    """Recent customers first; a number; a verb with a name opens the right form, in this tab or in another."""
    opened = ana("silvia.maia")
    rita = cast.rita().id
    invoice_id, number = oldest_open(rita)
    opened.goto("/vendas")
    page = palette(opened, f"fatura {number}")
    expect(chosen(page)).to_contain_text(f"Fatura {number}")
    page.keyboard.press("Escape")
    page = palette(opened, "receber rita")
    expect(chosen(page)).to_contain_text("Receber de Rita Aparecida Moreira")
    opened.check()
    with page.context.expect_page() as another:
        page.keyboard.press("Control+Enter")
    another.value.wait_for_url("**/recebimento")
    another.value.close()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/faturas/{invoice_id}/recebimento")
    page.wait_for_load_state()
    page.keyboard.press("Escape")
    opened.goto("/vendas")
    page = palette(opened, "desbloquear maria")
    expect(chosen(page)).to_contain_text("Desbloqueio em Confiança de Maria")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desbloqueio-em-confianca")
    opened.goto(f"/clientes/{rita}")
    page = palette(opened)
    expect(chosen(page)).to_contain_text("Receber de Rita Aparecida Moreira")
    assert opened.said == []


def test_recent_customers_stand_first(ana, billed):
    opened = ana()
    opened.goto("/vendas")
    page = palette(opened)
    expect(page.locator("#found h2").first).to_have_text("Seus últimos clientes")
    first = chosen(page).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/clientes/\d+$"))
    assert page.get_by_role("heading", level=1).inner_text() in first


def oldest_open(person_id):
    """Its id and number; nothing is held while the browser asks."""
    mine = select(Invoice.id, Invoice.number).where(Invoice.person_id == person_id, Invoice.status == "open")
    found = db.session.execute(mine.order_by(Invoice.due_on, Invoice.id)).first()
    db.session.rollback()
    return found
