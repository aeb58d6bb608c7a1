"""Alterar cobrança of a service, and what the next run makes of it (C-13, C-25 to C-27, C-36)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.billing import Charge, Invoice
from models.catalog import BillingMethod
from models.services import Service
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run
from tests.staff.selling import answer, save, walk

pytestmark = pytest.mark.usefixtures("db")


def path(service):
    return f"/servicos/{service.id}/cobranca"


def fresh(db, service):
    return db.get(Service, service.id, populate_existing=True)


@pytest.mark.feature("C-13", "C-26")
def test_method_day_and_type_are_changed_and_told(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.ze())
    money = ana.get(f"/clientes/{service.person_id}/financeiro")
    assert money.page.select_one(f'a[href="{path(service)}"]')
    form = ana.get(path(service)).form(path(service))
    changed = {**form, "billing_method_id": cast.method("Pix mensal").id, "due_day": "20", "billing_type": "postpaid"}
    assert ana.post(path(service), changed).location == f"/clientes/{service.person_id}/financeiro"
    row = fresh(db, service)
    assert (row.billing_method_id, row.due_day, row.billing_type) == (cast.method("Pix mensal").id, 20, "postpaid")
    words = ana.get(f"/clientes/{service.person_id}/historicos?tipo=money").words
    assert "alterou a cobrança de Fibra 300 Mbps: forma de cobrança de Boleto mensal para Pix mensal" in words
    assert "dia do vencimento de 15 para 20" in words
    assert "tipo de cobrança de Antecipado para Postecipado" in words


@pytest.mark.feature("C-26")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("billing_method_id", "", "Escolha a forma de cobrança."),
        ("billing_method_id", "999", "Escolha a forma de cobrança."),
        ("due_day", "11", "Escolha o dia do vencimento."),
        ("due_day", "31/02", "Escolha o dia do vencimento."),
        ("billing_type", "weekly", "Escolha Antecipado ou Postecipado."),
        ("uses_carne", "", "Diga se o cliente usa carnê."),
        ("installation_fee_cents", "0,00", "maior que zero"),
        ("installation_fee_cents", "100.000,01", "passa de R$ 100.000,00"),
        ("installation_fee_text", "", "Escreva a descrição"),
    ],
)
def test_every_field_is_compulsory(staff, db, field, value, sentence):
    ana, service = staff("ana.souza"), cast.service(cast.ze())
    fee = {"charge_fee": "yes", "installation_fee_cents": "150,00", "installation_fee_text": "Taxa"}
    refused = ana.post(path(service), {**ana.get(path(service)).form(path(service)), **fee, field: value})
    assert refused.status == 422
    assert sentence in refused.words
    assert fresh(db, service).version == 1


def test_the_method_of_another_company_is_refused(staff, db):
    there = BillingMethod(name="Boleto da serra", company_id=cast.serra_azul().id, means="boleto")
    there.create()
    ana, service = staff("ana.souza"), cast.service(cast.ze())
    form = ana.get(path(service)).form(path(service))
    assert "forma de cobrança" in ana.post(path(service), {**form, "billing_method_id": there.id}).words


@pytest.mark.feature("C-27")
def test_a_carne_has_no_fee_and_a_charged_service_no_more(staff, db, clock):
    ana, service = staff("ana.souza"), cast.service(cast.joaquim())
    form = ana.get(path(service)).form(path(service))
    assert (form["charge_fee"], form["installation_fee_cents"]) == ("yes", "150,00")
    refused = ana.post(path(service), {**form, "uses_carne": "yes"})
    assert "Com carnê a taxa não entra" in refused.words
    assert ana.post(path(service), {**form, "uses_carne": "yes", "charge_fee": "no"}).status == 303
    row = fresh(db, service)
    assert (row.uses_carne, row.installation_fee_cents, row.installation_fee_text) == (True, 0, "")
    with clock("2026-12-01 10:00"):
        rita = charged(cast.rita())
        nobody_else(cast.rita())
        account()
        run()
        ana = staff("ana.souza")
        page = ana.get(path(rita))
        assert "charge_fee" not in page.form(path(rita))
        assert "A primeira fatura já saiu" in page.words
        late = {**page.form(path(rita)), "charge_fee": "yes", "installation_fee_cents": "150,00"}
        assert ana.post(path(rita), late).status == 303
    assert fresh(db, rita).installation_fee_cents == 0


def test_somebody_was_faster(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.ze())
    form = ana.get(path(service)).form(path(service))
    assert ana.post(path(service), {**form, "due_day": "20"}).status == 303
    stale = ana.post(path(service), {**form, "due_day": "25"})
    assert stale.status == 409
    assert "Gravado agora: 20. No seu formulário: 25." in stale.words
    assert fresh(db, service).due_day == 20
    assert ana.post(path(service), {**form, "due_day": "25", "overwrites": str(service.version)}).status == 303
    assert fresh(db, service).due_day == 25


def test_a_cancelled_service_who_may_not_and_strangers(staff, db):
    service = cast.service(cast.ze())
    assert staff("bruno.reis").get(path(service)).status == 403
    assert staff("bruno.reis").post(path(service)).status == 403
    celia = staff("celia.prado", company="Serra Azul Net")
    assert (celia.get(path(service)).status, celia.post(path(service)).status) == (404, 404)
    db.execute(Service.__table__.update().where(Service.id == service.id).values(status="cancelled"))
    ana = staff("ana.souza")
    for refused in (ana.get(path(service)), ana.post(path(service), {"version": "1"})):
        assert refused.status == 422
        assert "não há mais o que cobrar" in refused.words


def two_services(staff, separate):
    """Seu Zé with a second service of the same day and method."""
    ana, ze = staff("ana.souza"), cast.ze()
    sale = int(ana.post(f"/clientes/{ze.id}/servicos/adicionar").location.split("/")[2])
    answer(ana, sale, "endereco", address_id=ze.addresses()[0].id)
    for step in ("plano", "contrato", "cobranca", "instalacao"):
        answer(ana, sale, step, **({"due_day": "15", "separate_invoice": separate} if step == "cobranca" else {}))
    save(ana, sale)
    return ana


@pytest.mark.feature("C-15")
def test_the_fee_of_a_sale_is_a_line_of_the_first_invoice(staff, db, clock, worker):
    with clock("2026-12-01 10:00"):
        account()
        ana, fee = staff("ana.souza"), {"charge_fee": "yes", "installation_fee_cents": "150,00"}
        assert save(ana, walk(ana, cobranca={**fee, "installation_fee_text": "Instalação da fibra"})).status == 303
    with clock("2026-12-02 10:00"):
        worker.routine("billing")
        service = db.scalars(select(Service).order_by(Service.id.desc()).limit(1)).one()
        own = db.scalars(select(Charge).where(Charge.service_id == service.id).order_by(Charge.id)).all()
        invoice = min(charge.invoice_id for charge in own)
        assert {charge.kind for charge in own if charge.invoice_id == invoice} == {"monthly", "fee"}
        words = staff("ana.souza").get(f"/faturas/{invoice}").words
    assert "Instalação da fibra" in words
    assert "R$ 150,00" in words
    assert service.plan_name in words


@pytest.mark.feature("C-21", "C-25")
@pytest.mark.parametrize(("separate", "invoices"), [("no", 1), ("yes", 2)])
def test_two_services_on_one_invoice_or_on_two(staff, db, clock, worker, separate, invoices):
    with clock("2026-12-01 10:00"):
        account()
        ana = two_services(staff, "no" if separate == "yes" else "yes")
        first, second = db.scalars(select(Service).where(Service.person_id == cast.ze().id).order_by(Service.id)).all()
        for row, fee in ((first, 0), (second, 15000)):
            row.status, row.starts_on, row.uses_carne = "active", date(2026, 12, 15), False
            row.due_day, row.installation_fee_cents, row.installation_fee_text = 15, fee, "Taxa de instalação"
            row.billing_method_id = cast.method("Boleto mensal").id
        form = ana.get(path(second)).form(path(second))
        assert ana.post(path(second), {**form, "separate_invoice": separate}).status == 303
    with clock("2027-01-06 10:00"):
        assert worker.routine("billing") >= invoices
        ana = staff("ana.souza")
        page = ana.get(f"/clientes/{cast.ze().id}/financeiro")
        mine = db.scalars(select(Invoice).where(Invoice.person_id == cast.ze().id)).all()
        assert len(mine) == len(page.page.select('tbody th a[href^="/faturas/"]')) == invoices
        own = db.scalars(select(Charge).where(Charge.service_id == second.id).order_by(Charge.id)).all()
        assert len({charge.invoice_id for charge in own}) == 1
        assert {charge.kind for charge in own} == {"monthly", "fee"}
        words = ana.get(f"/faturas/{own[0].invoice_id}").words
    assert second.plan_name in words
    assert "Taxa de instalação" in words


@pytest.mark.feature("C-36")
def test_a_carne_service_is_not_billed_by_itself_and_says_so(staff, db, clock):
    service = cast.service(cast.ze())
    ana = staff("ana.souza")
    assert "Carnê não gerado" not in ana.get(f"/clientes/{service.person_id}").words
    form = ana.get(path(service)).form(path(service))
    assert ana.post(path(service), {**form, "uses_carne": "yes"}).status == 303
    assert "Carnê não gerado" in ana.get(f"/clientes/{service.person_id}").words
    with clock("2026-12-06 10:00"):
        account()
        run()
    assert db.scalars(select(Charge).where(Charge.service_id == service.id)).first() is None


def test_the_rehearsal_of_the_run(staff, db, clock, count_queries):
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        ana = staff("ana.souza")
        page = ana.get("/faturamento")
        assert "José Antônio Ferreira" in page.words
        assert "20 dias de uso: R$ 66,60" in page.words
        assert "R$ 166,50" in page.words
        assert db.scalars(select(Invoice)).first() is None
        with count_queries() as queries:
            ana.get("/faturamento")
        assert len(queries) <= 18
        run()
        assert "Nada a emitir aqui" in ana.get("/faturamento").words
        assert staff("bruno.reis").get("/faturamento").status == 403
