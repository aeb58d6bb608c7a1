"""What only a browser can show: scripts, focus, the back button, a double click, a window without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from models.people import Person
from models.sales import Sale
from models.sales.answers import AddressAnswers, PersonAnswers
from models.services import TrustUnlock
from tests import cast


def begin(page, address: str) -> None:
    page.goto(f"{address}/clientes/adicionar")
    page.fill("#document", cast.STRANGER)
    page.fill("#name", "Helena Prado Batista")
    page.fill("#mobile", "37988881234")
    page.get_by_role("button", name="Avançar").click()
    page.wait_for_url("**/endereco")


def finish(page, scripts: bool = True) -> None:
    """From the address to Salvar."""
    page.fill("#cep", "35500120")
    if scripts:
        page.press("#cep", "Tab")
    else:
        page.get_by_role("button", name="Buscar CEP").first.click()
    expect(page.locator("#street")).to_have_value("Rua das Acácias")
    page.fill("#number", "77")
    page.get_by_role("button", name="Avançar").click()
    page.wait_for_url("**/plano")
    page.check("text=Fibra 500 Mbps")
    page.select_option("#seller_id", label="Rafael Teixeira")
    page.get_by_role("button", name="Avançar").click()
    page.wait_for_url("**/contrato")
    page.get_by_role("button", name="Avançar").click()
    page.wait_for_url("**/cobranca")
    page.check("text=Boleto mensal")
    page.locator("#due_day label", has_text="10").click()
    page.get_by_role("button", name="Avançar").click()
    page.wait_for_url("**/instalacao")
    page.locator("#open_order label", has_text="Não").click()  # it begins at Sim: somebody has to come
    page.get_by_role("button", name="Avançar").click()
    page.wait_for_url("**/conferir")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_stranger_sells_with_a_mouse(ana, db, scripts):
    opened = ana(scripts=scripts)
    begin(opened.page, opened.address)
    finish(opened.page, scripts)
    if scripts:
        opened.check()
    opened.page.get_by_role("button", name="Salvar").click()
    opened.page.wait_for_url(re.compile(r"/clientes/\d+"))
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Helena Prado Batista")
    assert opened.said == []


def test_a_double_click_on_salvar_makes_one_customer(ana, db):
    opened = ana()
    begin(opened.page, opened.address)
    finish(opened.page)
    opened.page.get_by_role("button", name="Salvar").dblclick()
    opened.page.wait_for_url(re.compile(r"/clientes/\d+"))
    assert db.scalar(select(func.count()).where(Person.document == cast.STRANGER)) == 1


def test_back_keeps_what_was_answered(ana):
    opened = ana()
    begin(opened.page, opened.address)
    opened.page.go_back()
    opened.page.goto(f"{opened.address}/vendas")
    opened.page.click("text=Helena Prado Batista")
    opened.page.wait_for_url("**/endereco")
    opened.page.click("text=Dados")
    expect(opened.page.locator("#name")).to_have_value("Helena Prado Batista")


def test_the_first_invoice_follows_the_choices(ana):
    opened = ana()
    opened.goto("/vendas")
    begin(opened.page, opened.address)
    finish(opened.page)
    opened.page.click("nav.wizard-steps a:has-text('Cobrança')")
    before = opened.page.inner_text("#first-invoice .figure")
    opened.page.locator("#charge_fee label", has_text="Sim").click()
    opened.page.fill("#installation_fee_cents", "150,00")
    opened.page.press("#installation_fee_cents", "Tab")
    expect(opened.page.locator("#first-invoice")).to_contain_text("Taxa de instalação")
    assert opened.page.inner_text("#first-invoice .figure") != before
    opened.page.locator("#uses_carne label", has_text="Sim").click()
    expect(opened.page.locator("#installation_fee_cents")).to_be_hidden()
    expect(opened.page.locator("#first-invoice")).to_contain_text("Primeira parcela do carnê")
    expect(opened.page.locator("#first-invoice")).not_to_contain_text("Taxa de instalação")


def test_the_first_wrong_field_takes_the_focus_and_the_summary_links_to_it(ana):
    opened = ana()
    opened.goto("/clientes/adicionar")
    opened.page.get_by_role("button", name="Avançar").click()
    summary = opened.page.locator(".error-summary")
    expect(summary).to_be_visible()
    expect(opened.page.locator("#document")).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(opened.page.locator("#document")).to_be_focused()
    opened.check()


def test_the_list_of_customers_follows_what_is_typed(ana):
    opened = ana()
    opened.goto("/clientes")
    opened.page.fill("main #q", "jose anto")
    expect(opened.page.get_by_role("link", name="José Antônio Ferreira", exact=True)).to_be_visible()
    opened.page.fill("main #q", "padaria")
    expect(opened.page.get_by_role("link", name="Padaria e Confeitaria Sol Ltda.", exact=True)).to_be_visible()
    assert opened.said == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_enter_advances_and_changes_nothing_else(ana, db, scripts):
    opened = ana(scripts=scripts)
    page = opened.page
    opened.goto("/clientes/adicionar")
    page.get_by_role("button", name="Pessoa Jurídica").click()
    page.fill("#document", "12.ABC.345/01DE-35")
    page.fill("#name", "Prado Ltda.")
    page.fill("#mobile", "37988881234")
    page.fill("#state_registration", "062.307")
    page.press("#state_registration", "Enter")
    page.wait_for_url("**/endereco")
    page.fill("#cep", "35500120")
    page.get_by_role("button", name="Buscar CEP").first.click()
    expect(page.locator("#street")).to_have_value("Rua das Acácias")
    page.fill("#street", "Rua das Acácias, fundos")
    page.fill("#number", "77")
    page.press("#number", "Enter")
    page.wait_for_url("**/plano")
    kept = db.scalars(select(Sale).order_by(Sale.id.desc())).first()
    person = kept.answers_of(PersonAnswers)
    assert (person.kind, person.state_registration) == ("organization", "062.307")
    assert kept.answers_of(AddressAnswers).street == "Rua das Acácias, fundos"
    assert opened.said == []


def test_the_answer_of_the_cep_leaves_typing_and_focus_alone(ana):
    opened = ana()
    page = opened.page
    begin(page, opened.address)
    held = []

    def hold(route):  # its answer comes when everything is typed
        held.append(route)

    page.route("**/ceps", hold)
    page.fill("#cep", "35500120")
    with page.expect_request("**/ceps"):
        page.press("#cep", "Tab")
    page.locator("#number").focus()
    page.keyboard.type("77")
    page.locator("#district").focus()
    page.keyboard.type("Centro Velho")
    held[0].continue_()
    expect(page.locator("#street")).to_have_value("Rua das Acácias")
    expect(page.locator("#number")).to_have_value("77")
    expect(page.locator("#district")).to_have_value("Centro Velho")
    expect(page.locator("#state")).to_have_value("MG")
    expect(page.locator("#district")).to_be_focused()
    opened.check()


def test_enter_in_the_cep_looks_it_up(ana):
    opened = ana()
    begin(opened.page, opened.address)
    opened.page.fill("#cep", "35500120")
    opened.page.press("#cep", "Enter")
    expect(opened.page.locator("#street")).to_have_value("Rua das Acácias")
    expect(opened.page.locator("#cep")).to_be_focused()
    assert opened.page.url.endswith("/endereco")
    assert opened.said == []


def test_two_windows_on_one_record(ana):
    mine, theirs = ana(), ana("silvia.maia")
    for window, name in ((mine, "Rita A. Moreira"), (theirs, "Rita de Cássia Moreira")):
        window.goto("/clientes/1/dados/editar")
        window.page.fill("#name", name)
    theirs.page.get_by_role("button", name="Salvar").click()
    theirs.page.wait_for_url("**/dados")
    mine.page.press("#name", "Enter")
    expect(mine.page.locator(".error-summary")).to_be_focused()
    mine.page.press("#name", "Enter")  # still refused
    expect(mine.page.locator(".error-summary")).to_contain_text("Gravado agora: Rita de Cássia Moreira")
    mine.check()
    mine.page.get_by_role("button", name="Gravar o que eu mudei").click()
    mine.page.wait_for_url("**/dados")
    expect(mine.page.get_by_role("heading", level=1)).to_have_text("Rita A. Moreira")


def test_what_one_did_not_touch_is_not_written_over(ana):
    """Sílvia corrects the telephone, Ana the name: whoever is slower keeps her word and takes the other's."""
    mine, theirs = ana(), ana("silvia.maia")
    for window in (mine, theirs):
        window.goto("/clientes/1/dados/editar")
    theirs.page.fill("#mobile", "(37) 91111-2222")
    theirs.page.get_by_role("button", name="Salvar").click()
    theirs.page.wait_for_url("**/dados")
    mine.page.fill("#name", "Rita A. Moreira")
    for _ in range(2):  # what was touched is still known when it is drawn again
        mine.page.press("#name", "Enter")
        expect(mine.page.locator(".error-summary")).to_be_focused()
    expect(mine.page.locator(".error-summary li")).to_have_count(1)
    expect(mine.page.locator(".error-summary")).to_contain_text("que você não mudou")
    expect(mine.page.locator("#mobile")).to_have_value("(37) 91111-2222")
    mine.check()
    mine.page.get_by_role("button", name="Gravar o que eu mudei").click()
    mine.page.wait_for_url("**/dados")
    expect(mine.page.get_by_role("heading", level=1)).to_have_text("Rita A. Moreira")
    expect(mine.page.locator("main")).to_contain_text("(37) 91111-2222")


def test_a_small_window_never_scrolls_sideways(ana):
    opened = ana(phone=True)
    for path in (
        "/clientes",
        "/clientes/1",
        "/clientes/1/historicos",
        "/clientes/1/contratos",
        "/clientes/1/financeiro",
        "/contratos/1",
        "/vendas",
        "/faturas",
        "/faturas/1",
        "/financeiro/regua/ensaio",
        "/configuracao/historico",
    ):
        opened.goto(path)
        opened.check()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_dona_rita_comes_back(rita, db, scripts):
    phone = rita(scripts=scripts)
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("suspensa")
    phone.goto("/central/servicos")
    phone.page.get_by_role("button", name="Desbloqueio em Confiança").dblclick()
    expect(phone.page.locator("body")).to_contain_text("Cliente foi liberado com sucesso")
    assert db.scalar(select(func.count()).select_from(TrustUnlock)) == 1
    phone.goto("/central/")
    expect(phone.page.get_by_role("heading", level=1)).not_to_contain_text("suspensa")
    assert phone.said == []


def test_after_leaving_the_back_button_shows_nothing(ana):
    opened = ana()
    opened.goto("/clientes/1")
    opened.page.click(".nav-user")
    opened.page.get_by_role("button", name="Sair").click()
    opened.page.wait_for_url("**/entrar")
    opened.page.go_back()
    opened.page.wait_for_url("**/entrar**")
    assert "Rita" not in opened.page.content()
