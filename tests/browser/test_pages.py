"""Every page opens with a clean console, nothing for axe to say and no sideways scroll, light and dark."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.billing import Carne, Charge, Invoice
from models.catalog import Offer
from tests import cast

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


def test_signing_in(window):
    opened = window()
    opened.goto("/entrar")
    opened.check()
    opened.page.fill("#login", "ana.souza")
    opened.page.fill("#password", "errada")
    opened.page.click("main button[type=submit]")
    opened.page.wait_for_selector(".error-summary")
    opened.check()
    opened.page.fill("#password", cast.PASSWORD)
    opened.page.click("main button[type=submit]")
    opened.page.wait_for_url(opened.address + "/")
    opened.check()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_component_in_every_state(window, phone):
    opened = window(phone=phone)
    opened.goto("/ui")
    opened.check()
    opened.check_contrast()


def test_home_customers_and_drafts(ana):
    opened = ana()
    for path in ("/", "/clientes", "/vendas", "/rotinas-comerciais", "/nada-aqui"):
        opened.goto(path)
        opened.check()


def test_the_customer(ana):
    opened = ana()
    for path in CUSTOMER:
        opened.goto(f"/clientes/1{path}")
        opened.check()


def test_acts_on_a_service(ana):
    opened = ana()
    acts = (
        "/servicos/1/desbloqueio-em-confianca",
        "/servicos/1/habilitacao",
        "/servicos/3/suspensao",
        "/servicos/1/enderecos/instalacao",
    )
    for path in (*acts, "/servicos/1/contratos", "/servicos/1/contratos/adicionar", "/contratos/1"):
        opened.goto(path)
        opened.check()


@pytest.mark.usefixtures("billed")
def test_money(ana, db):
    """Each kind of invoice with its acts, a loose charge, a carnê with its actions, and the ladder."""
    invoices = {row.status: row.id for row in db.scalars(select(Invoice).where(Invoice.person_id == cast.ze().id))}
    late = db.scalars(select(Invoice.id).where(Invoice.person_id == cast.rita().id, Invoice.status == "open")).first()
    part = db.scalars(select(Invoice.id).where(Invoice.status == "open", Invoice.paid_cents > 0)).one()
    loose = db.scalars(select(Charge.id).where(Charge.invoice_id.is_(None), Charge.status == "open")).one()
    sol, carne, held = cast.sol().id, db.scalars(select(Carne.id)).one(), cast.service(cast.maria()).id
    db.commit()
    acts = ("", "/recebimento", "/vencimento", "/cancelamento", "/baixa")
    booklet = ("", "/editar", "/historico", "/associar-faturas", "/desassociar-faturas", "/cancelamento")
    ladder, reports = "/financeiro/regua/ensaio", ("recebido", "atraso", "cortes", "dinheiro", "vendas", "comissoes")
    opened = ana()
    for path in (
        *("/faturas", "/faturas?situacao=paid", "/faturamento", "/pix-recebidos", "/arquivos-do-banco"),
        *("/arquivos-do-banco/remessa", "/arquivos-do-banco/retorno"),
        *(f"/faturas/{late}{act}" for act in acts),
        *(f"/faturas/{id}" for id in (part, *invoices.values())),
        *(f"/clientes/{sol}/{page}" for page in ("financeiro", "carnes", "carnes/adicionar", "cobrancas/adicionar")),
        *(f"/cobrancas/{loose}/{act}" for act in ("recebimento", "cancelamento")),
        *(f"/carnes/{carne}{act}" for act in booklet),
        *(f"/servicos/{held}/{page}" for page in ("regua", "cobranca")),
        *(ladder, f"{ladder}/suspensoes", f"/clientes/{sol}/avisos"),
        *(f"/relatorios/{report}" for report in reports),
    ):
        opened.goto(path)
        opened.check()


@pytest.mark.usefixtures("billed")
def test_configuration_of_money(ana):
    opened = ana("davi.rocha")
    accounts, rules = "/configuracao/contas-de-cobranca", "/configuracao/regua-de-cobranca"
    new = (f"{accounts}/adicionar", f"{accounts}/adicionar?banco=756")
    edits = (f"{accounts}/1/editar", f"{rules}/todas/editar", "/configuracao/empresas/1/editar")
    for path in (accounts, *new, rules, *edits, "/configuracao/formas-de-cobranca/1/editar"):
        opened.goto(path)
        opened.check()


def test_the_wizard(ana):
    opened = ana("silvia.maia")
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


def test_the_central(rita, window):
    entry = window(phone=True)
    entry.goto("/central/entrar")
    entry.check()
    phone = rita()
    for path in ("/central/", "/central/servicos", "/central/conta"):
        phone.goto(path)
        phone.check()
    phone.goto("/central/servicos")
    phone.page.click("text=Desbloqueio em Confiança")
    phone.page.wait_for_selector("text=liberado")
    phone.check()
    phone.goto("/central/servicos/1/desbloqueio-em-confianca")
    phone.check()


def test_an_offer_on_a_narrow_phone(window, db):
    """Its words stay whole beside their labels or below them, and its code on one line."""
    opened = window(phone=True)
    offer = db.scalars(select(Offer).where(Offer.loyalty_months > 0).order_by(Offer.id)).first()
    for path in ("/ofertas", f"/ofertas/{offer.code}"):
        opened.goto(path)
        opened.check()
        opened.page.set_viewport_size({"width": 320, "height": 844})
        lines = "[...document.querySelectorAll('.nowrap')].map(code => code.getClientRects().length)"
        assert set(opened.page.evaluate(lines)) == {1}
