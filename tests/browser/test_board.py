"""The board in a browser: by keyboard, by drag, by menu, without script; somebody else's move; the way back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from models.boards import Card, write
from tests import cast, phones
from tests.cast import by


@pytest.fixture
def waiting(db):
    """A channel of Padaria Sol in «Pedidos e Alterações», not noted yet; its card."""
    with by("rafael.teixeira"):
        id = phones.launched(cast.sol(), 1, "outbound_channel")[0].id
    db.commit()
    return id


def column(page, name):
    return page.locator(f'.board-col[data-name="{name}"]')


@pytest.mark.feature("U-20", "U-23", "U-29")
def test_moved_by_keyboard_alone(ana, db, waiting):
    desk = ana("bruno.reis")
    desk.goto("/planner")
    page = desk.page
    card = page.locator(f"#card-{waiting}")
    for _ in range(40):
        page.keyboard.press("Tab")
        if card.evaluate("node => node === document.activeElement"):
            break
    expect(card).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    note = column(page, "Financeiro").get_by_label("O que o Suporte fez?")
    expect(note).to_be_focused()
    expect(card).to_have_class(re.compile("card-left"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # what one press proposes
    expect(note).to_have_value("Ajuste técnico feito.")
    desk.check()
    page.get_by_role("button", name="Registrar e mover").focus()
    page.keyboard.press("Enter")
    expect(column(page, "Financeiro").locator(f"#card-{waiting}")).to_be_focused()
    expect(page.locator(".card-moving")).to_have_count(0)
    expect(page.locator(f"#card-{waiting}")).to_have_count(1)
    expect(page.locator("#toasts")).to_contain_text("foi para Financeiro")
    expect(column(page, "Pedidos e Alterações").locator("h2")).to_contain_text("0")
    expect(column(page, "Financeiro").locator("h2")).to_contain_text("1")
    page.get_by_role("link", name="Desfazer").click()
    expect(column(page, "Pedidos e Alterações").locator(f"#card-{waiting}")).to_contain_text("Nota feita")
    expect(page.locator("#toasts")).to_contain_text("voltou para Pedidos e Alterações")
    desk.check()


@pytest.mark.feature("U-29")
@pytest.mark.parametrize("way", ["keyboard", "menu", "mouse"])
def test_whose_note_is_made_moves_at_once(ana, db, waiting, way):
    with by("bruno.reis"):
        write(db.get_one(Card, waiting), "Canal liberado na central.", None)
    db.commit()
    desk = ana("bruno.reis")
    desk.goto("/planner")
    page = desk.page
    card = page.locator(f"#card-{waiting}")
    if way == "keyboard":
        card.focus()
        page.keyboard.press("Alt+ArrowRight")
    elif way == "menu":
        card.get_by_role("link", name=re.compile("^Mover")).click()
        page.locator("#move-menu").get_by_role("link", name=re.compile("^Financeiro")).click()
    else:
        card.drag_to(column(page, "Financeiro"))
    expect(column(page, "Financeiro").locator(f"#card-{waiting}")).to_contain_text("Falta a nota do Financeiro")
    expect(page.locator("#toasts")).to_contain_text("foi para Financeiro")
    desk.check()


@pytest.mark.feature("U-23", "U-25")
def test_dragged_where_it_may_not_go_it_says_why_and_stays(ana, waiting):
    desk = ana("bruno.reis")
    desk.goto("/planner")
    page = desk.page
    card = page.locator(f"#card-{waiting}")
    card.drag_to(column(page, "Tudo OK"))
    expect(card.get_by_role("alert")).to_contain_text("Passa antes pelo Financeiro")
    expect(column(page, "Pedidos e Alterações").locator(f"#card-{waiting}")).to_have_count(1)
    desk.check()
    card.drag_to(column(page, "Financeiro"))
    page.get_by_role("button", name="Registrar e mover").click()
    form = page.locator(".card-moving")
    expect(form).to_contain_text("Escreva o que o Suporte fez. Depois o card passa para Financeiro.")
    expect(form.get_by_label("O que o Suporte fez?")).to_be_focused()
    form.get_by_label("O que o Suporte fez?").fill("Canal liberado na central.")
    page.get_by_role("button", name="Registrar e mover").click()
    expect(column(page, "Financeiro").locator(f"#card-{waiting}")).to_contain_text("Falta a nota do Financeiro")


def test_the_menu_says_where_it_may_go_and_why_not(ana, waiting):
    desk = ana("bruno.reis")
    desk.goto("/planner")
    page = desk.page
    card = page.locator(f"#card-{waiting}")
    card.get_by_role("link", name=re.compile("^Mover")).click()
    menu = page.locator("#move-menu")
    expect(menu.get_by_role("link", name=re.compile("^Financeiro"))).to_be_focused()
    expect(menu).to_contain_text("Passa antes pelo Financeiro.")
    desk.check()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(card).to_be_focused()
    card.get_by_role("link", name=re.compile("^Mover")).click()
    menu.get_by_role("link", name=re.compile("^Financeiro")).click()
    expect(page.get_by_label("O que o Suporte fez?")).to_be_focused()
    page.get_by_role("button", name="Voltar", exact=True).click()
    expect(card).to_be_focused()
    expect(card).not_to_have_class(re.compile("card-left"))


def test_somebody_elses_move_is_shown_and_not_lost(ana, db, waiting):
    desk = ana("bruno.reis")
    desk.goto("/planner")
    page = desk.page
    page.locator(f"#card-{waiting}").focus()
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_label("O que o Suporte fez?").fill("Outra nota.")
    card = phones.card(cast.sol())
    with by("bruno.reis"):
        phones.to_finance(card)
    finance = card.board_column_id
    db.commit()
    page.get_by_role("button", name="Registrar e mover").click()
    there = page.locator(f"#cards-{finance} #card-{waiting}")
    expect(there).to_contain_text("Bruno Reis já moveu este card para Financeiro")
    expect(page.locator(f"#card-{waiting}")).to_have_count(1)
    expect(page.locator(".card-moving")).to_have_count(0)


def test_of_a_card_that_went_no_note_is_asked(ana, db, waiting):
    desk = ana("bruno.reis")
    desk.goto("/planner")
    card = phones.card(cast.sol())
    with by("bruno.reis"):
        phones.to_finance(card)
    finance = card.board_column_id
    db.commit()
    desk.page.locator(f"#card-{waiting}").focus()
    desk.page.keyboard.press("Alt+ArrowRight")
    there = desk.page.locator(f"#cards-{finance} #card-{waiting}")
    expect(there).to_contain_text("Bruno Reis já moveu este card para Financeiro")
    expect(there).to_be_focused()


def test_other_peoples_moves_appear_without_taking_the_focus(ana, db, waiting):
    desk = ana("bruno.reis")
    page = desk.page
    page.clock.install()
    desk.goto("/planner")
    search = page.get_by_label("Procurar um cliente no quadro")
    search.focus()
    card = phones.card(cast.sol())
    with by("bruno.reis"):
        phones.to_finance(card)
    finance = card.board_column_id
    db.commit()
    page.clock.run_for(16_000)
    expect(page.locator(f"#cards-{finance} #card-{waiting}")).to_have_count(1)
    expect(page.locator(f"#card-{waiting}")).to_have_count(1)
    expect(search).to_be_focused()


@pytest.mark.feature("U-29")
def test_without_script_a_page_does_it(chromium, address, db, waiting):
    from tests.browser.conftest import DESK

    context = chromium.new_context(viewport=DESK, locale="pt-BR", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/entrar?next=/planner")
    page.fill("#login", "bruno.reis")
    page.fill("#password", cast.PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{address}/planner")
    page.locator(f"#card-{waiting}").get_by_role("link", name=re.compile("^Mover")).click()
    page.get_by_label("O que o Suporte fez?").fill("Canal liberado.")
    page.get_by_role("button", name="Registrar e mover").click()
    assert "foi para Financeiro" in page.inner_text("main")
    assert page.locator('[data-name="Financeiro"] .card').count() == 1
    page.get_by_role("button", name="Desfazer").click()
    assert page.locator('[data-name="Pedidos e Alterações"] .card').count() == 1
    context.close()


def test_a_supervisor_sends_it_back_with_a_reason(ana, db, waiting):
    card = phones.card(cast.sol())
    with by("bruno.reis"):
        phones.to_finance(card)
    orders = phones.column("orders").id
    db.commit()
    desk = ana("silvia.maia")
    desk.goto("/planner")
    page = desk.page
    page.locator(f"#card-{waiting}").focus()
    page.keyboard.press("Alt+ArrowLeft")
    reason = page.get_by_label("Motivo")
    expect(reason).to_be_focused()
    page.get_by_role("button", name="Devolver").click()
    expect(page.locator(".card-moving")).to_contain_text("Escreva por que o card volta para Pedidos e Alterações.")
    reason = page.get_by_label("Motivo")
    reason.fill("Faltou testar a saída.")
    page.get_by_role("button", name="Devolver").click()
    expect(page.locator(f"#cards-{orders} #card-{waiting}")).to_have_count(1)


def test_every_page_of_a_card(ana, db, waiting):
    with by("rafael.teixeira"):
        phones.launched(cast.sol(), 2, names=["Balcão", "Escritório"])
    order = phones.card(cast.sol()).orders("open")[0].id
    db.commit()
    bruno = ana("bruno.reis")
    card = f"/planner/cards/{waiting}"
    for path in (card, f"{card}/mudancas/nova", "/planner", "/planner?mostrar=parados", "/planner/concluidos"):
        bruno.goto(path)
        bruno.check()
    bruno.goto("/planner")
    bruno.check_contrast()
    rafael = ana("rafael.teixeira")
    for path in (card, f"/planner/lancamentos/{order}/cancelamento"):
        rafael.goto(path)
        rafael.check()
    with by("bruno.reis"):
        phones.to_finance(phones.card(cast.sol()))
    db.commit()
    finance = ana("ana.souza")
    for path in (card, f"/planner/lancamentos/{order}/ajuste"):
        finance.goto(path)
        finance.check()
