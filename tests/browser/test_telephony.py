"""Telephony in a real browser: choices draw the form anew and keep the focus; every page looks as it should."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import cast, phones


def agreed(db) -> tuple[int, int]:
    """The customer and their request; read before the commit, which lets the server write."""
    with cast.by("bruno.reis"):
        row = phones.checked(phones.asked(cast.sol()), 2)
        row.forward()
    with cast.by("rafael.teixeira"):
        phones.agreed(row)
    found = row.person_id, row.id
    db.commit()
    return found


def test_the_answer_sets_the_type_and_the_free_ones_are_a_sum(ana, db):
    here = f"/clientes/{cast.sol().id}/pedidos-de-telefonia/novo"
    db.commit()
    desk = ana("bruno.reis")
    page = desk.page
    desk.goto(here)
    page.locator("#note").fill("Ligou hoje")
    page.get_by_label("É para computador ou telefone IP").check()
    expect(page.locator(".ask-so")).to_contain_text("Então é Ramal novo")
    expect(page.locator("#kind-1")).to_be_checked()
    expect(page.locator("#answer-1")).to_be_focused()
    page.locator("#kind-0").check()
    expect(page.locator("#intention_confirmed")).to_be_visible()
    expect(page.locator("[name=answer]:checked")).to_have_count(0)  # asked again
    expect(page.locator("#note")).to_have_value("Ligou hoje")
    desk.check()
    page.locator("#kind-1").check()
    expect(page.locator("#intention_confirmed")).to_have_count(0)
    page.get_by_label("É para computador ou telefone IP").check()
    expect(page.locator(".ask-so")).to_be_visible()
    page.get_by_role("button", name="Avançar para o que já tem").click()
    page.wait_for_url("**/conferencia")
    page.locator("#wanted").fill("3")
    page.locator("#wanted").press("Tab")
    expect(page.locator(".sum-total dd")).to_have_text("3")
    page.get_by_label("2001, Fornos").check()
    expect(page.locator(".sum-total dd")).to_have_text("2")
    expect(page.get_by_label("2001, Fornos")).to_be_focused()
    desk.check()
    page.locator("#confirmed_with").fill("Eunice Martins")
    page.get_by_role("button", name="Usar o 2001 e pedir 2 ao Comercial").click()
    page.wait_for_url("**/uso?resto=comercial")
    page.get_by_label("Instalar em telefone IP").check()
    page.get_by_label("Aparelho").fill("Yealink T31")
    desk.check()
    page.get_by_role("button", name="Usar e pedir o resto ao Comercial").click()
    expect(page.locator("h1")).to_have_text("Ramal novo: Padaria Sol")
    desk.check()


def test_the_order_repeats_the_first_and_sums_the_contract(ana, db):
    customer, id = agreed(db)
    desk = ana("rafael.teixeira")
    page = desk.page
    for path in ("/planner/pedidos", f"/planner/pedidos?pedido={id}", f"/planner/pedidos/{id}/acordo"):
        desk.goto(path)
        desk.check()
    desk.goto(f"/planner/pedidos/{id}/lancamento")
    page.locator("#name-1").fill("Recepção")
    page.locator("#name-1").press("Tab")
    expect(page.locator(".ext-warn")).to_contain_text("o 2000")
    expect(page.locator("#sector-1")).to_be_focused()
    page.locator("#sector-1").fill("Vendas")
    page.locator("#sector-1").press("Tab")
    expect(page.locator("#sector-2")).to_have_value("Vendas")
    page.locator("#quantity").fill("1")
    page.locator("#quantity").press("Tab")
    expect(page.locator(".ext")).to_have_count(1)
    expect(page.locator(".rail .amount")).to_contain_text("74,70")
    desk.check()
    desk.goto(f"/clientes/{customer}/pabx")
    desk.check()
    desk.check_contrast()
