"""Every page opens with a clean console, nothing for axe to say and no sideways scroll, light and dark."""

from __future__ import annotations

import pytest

THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
SALE = ("dados", "endereco", "plano", "contrato", "cobranca", "instalacao")
CUSTOMER = (
    "",
    "/financeiro",
    "/carnes",
    "/contratos",
    "/atendimentos",
    "/ordens-de-servico",
    "/dados",
    "/dados/editar",
    "/etiquetas",
    "/historicos",
    "/rotinas-comerciais",
)


@THEMES
def test_signing_in(window, dark):
    opened = window(dark=dark)
    opened.goto("/entrar")
    opened.check()
    opened.page.fill("#login", "ana.souza")
    opened.page.fill("#password", "errada")
    opened.page.click("main button[type=submit]")
    opened.page.wait_for_selector(".error-summary")
    opened.check()


@THEMES
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_component_in_every_state(window, dark, phone):
    opened = window(dark=dark, phone=phone)
    opened.goto("/ui")
    opened.check()


@THEMES
def test_home_customers_and_drafts(ana, dark):
    opened = ana(dark=dark)
    for path in ("/", "/clientes", "/vendas", "/rotinas-comerciais", "/nada-aqui"):
        opened.goto(path)
        opened.check()


@THEMES
def test_the_customer(ana, dark):
    opened = ana(dark=dark)
    for path in CUSTOMER:
        opened.goto(f"/clientes/1{path}")
        opened.check()


@THEMES
def test_acts_on_a_service(ana, dark):
    opened = ana(dark=dark)
    acts = (
        "/servicos/1/desbloqueio-em-confianca",
        "/servicos/1/habilitacao",
        "/servicos/3/suspensao",
        "/servicos/1/enderecos/instalacao",
    )
    for path in (*acts, "/servicos/1/contratos", "/servicos/1/contratos/adicionar", "/contratos/1"):
        opened.goto(path)
        opened.check()


@THEMES
@pytest.mark.usefixtures("billed")
def test_money(ana, dark):
    opened = ana(dark=dark)
    acts = ("", "/recebimento", "/vencimento", "/cancelamento", "/baixa")
    lists = ("/faturas", "/faturas?situacao=paid", "/faturamento", "/clientes/3/financeiro")
    for path in (
        *lists,
        "/clientes/1/cobrancas/adicionar",
        "/servicos/1/cobranca",
        *(f"/faturas/20{act}" for act in acts),
    ):
        opened.goto(path)
        opened.check()


@THEMES
@pytest.mark.usefixtures("billed")
def test_configuration_of_money(ana, dark):
    opened = ana("davi.rocha", dark=dark)
    opened.page.click("main button[type=submit]")  # he works in TODAS and is asked where
    accounts, rules = "/configuracao/contas-de-cobranca", "/configuracao/regua-de-cobranca"
    new = (f"{accounts}/adicionar", f"{accounts}/adicionar?banco=756")
    edits = (f"{accounts}/1/editar", f"{rules}/todas/editar", "/configuracao/empresas/1/editar")
    for path in (accounts, *new, rules, *edits, "/configuracao/formas-de-cobranca/1/editar"):
        opened.goto(path)
        opened.check()


@THEMES
def test_the_wizard(ana, dark):
    opened = ana("silvia.maia", dark=dark)
    opened.page.click("main button[type=submit]")  # she works in TODAS and is asked where
    for path in ("/clientes/adicionar", "/clientes/adicionar?tipo=organization"):
        opened.goto(path)
        opened.check()
    opened.goto("/vendas")
    opened.page.click("text=Sebastião")
    opened.page.wait_for_url("**/vendas/*/*")
    base = "/".join(opened.page.url.split("/")[3:5])
    for step in SALE:
        opened.goto(f"/{base}/{step}")
        opened.check()


@THEMES
@pytest.mark.parametrize("width", [390, 320])
def test_the_central(rita, window, dark, width):
    entry = window(phone=True, dark=dark)
    entry.page.set_viewport_size({"width": width, "height": 844})
    entry.goto("/central/entrar")
    entry.check()
    phone = rita(dark=dark)
    phone.page.set_viewport_size({"width": width, "height": 844})
    for path in ("/central/", "/central/servicos", "/central/conta"):
        phone.goto(path)
        phone.check()
    phone.goto("/central/servicos")
    phone.page.click("text=Desbloqueio em Confiança")
    phone.page.wait_for_selector("text=liberado")
    phone.check()
    phone.goto("/central/servicos/1/desbloqueio-em-confianca")
    phone.check()
