"""Whoever handles it and wherever they work: a row is written on the day it is at its company (B.14)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.billing import Carne, Charge, Invoice, Payment
from models.billing.issue import issue_alone
from models.catalog import ChargeKind, ContractTemplate
from models.contracts import Contract
from models.people import Person
from models.services import Service, TrustUnlock
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run
from tests.staff.selling import save, walk

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]

# Zone and the moment there: it is tomorrow in Brasília, still yesterday, the same day.
HOURS = [
    pytest.param(("America/Rio_Branco", "2026-11-30 23:30"), id="Rio Branco"),
    pytest.param(("America/Noronha", "2026-12-01 00:30"), id="Noronha"),
    pytest.param(("America/Sao_Paulo", "2026-12-01 12:00"), id="Brasília"),
]
WHO = ["ana.souza", "davi.rocha"]  # one works in the company, the other in TODAS


@pytest.fixture(params=HOURS)
def there(request, db, clock):
    """The day it is at Vale Claro, whose clock stands at such an hour."""
    zone, hour = request.param
    cast.vale_claro().zone = zone
    account()
    db.commit()
    moment = datetime.fromisoformat(hour).replace(tzinfo=ZoneInfo(zone))
    with clock(moment):
        yield moment.date()


@pytest.fixture(params=WHO)
def who(request, there, staff):
    return staff(request.param)


def shown(browser, path, field):
    return browser.get(path).form(path)[field]


def test_a_charge_an_invoice_a_receipt_and_a_due_date(db, who, there):
    ze = cast.ze()
    path = f"/clientes/{ze.id}/cobrancas/adicionar"
    typed = {
        "charge_kind_id": db.scalars(select(ChargeKind.id).where(ChargeKind.name == "Taxa de Instalação")).one(),
        "service_id": cast.service(ze).id,
        "description": "Visita",
        "amount_cents": "50,00",
        "discount_cents": "",
    }
    assert who.post(path, {**typed, "due_on": str(there - timedelta(1))}).status == 422
    assert who.post(path, {**typed, "due_on": str(there)}).status == 303
    charge = db.scalars(select(Charge)).one()
    receipt = f"/cobrancas/{charge.id}/recebimento"
    assert shown(who, receipt, "paid_on") == str(there)
    assert who.post(receipt, {"paid_on": str(there + timedelta(1))}).status == 422
    assert who.post(receipt, {"paid_on": str(there), "paid_with": "cash"}).status == 303

    assert who.post(path, {**typed, "due_on": str(there), "fatura": "1"}).status == 303
    invoice = db.scalars(select(Invoice)).one()
    assert (invoice.issued_on, invoice.due_on) == (there, there)
    assert "Vence hoje" in who.get("/faturas").words
    moving = f"/faturas/{invoice.id}/vencimento"
    assert who.post(moving, {"due_on": str(there - timedelta(1))}).status == 422
    assert who.post(moving, {"due_on": str(there + timedelta(1))}).status == 303
    assert who.post(moving, {"due_on": str(there)}).status == 303
    counter = f"/faturas/{invoice.id}/recebimento"
    form = who.get(counter).form(counter)
    assert form["paid_on"] == str(there)
    assert who.post(counter, {**form, "paid_on": str(there + timedelta(1))}).status == 422
    assert who.post(counter, form).status == 303
    assert {payment.paid_on for payment in db.scalars(select(Payment))} == {there}


def test_a_carne(db, who, there):
    service = charged(cast.ze(), uses_carne=True)
    path = f"/clientes/{service.person_id}/carnes/adicionar"
    typed = {
        "service_id": service.id,
        "used_from": str(there - timedelta(30)),
        "installments": "2",
        "description": "",
        "email": "",
    }
    assert who.post(path, {**typed, "first_due_on": str(there - timedelta(1))}).status == 422
    assert who.post(path, {**typed, "first_due_on": str(there)}).status == 303
    assert {row.issued_on for row in db.scalars(select(Carne)).one().invoices()} == {there}


def test_trust_a_hold_and_a_contract(db, who, there):
    rita = cast.service(cast.rita())
    path = f"/servicos/{rita.id}/regua"
    if who.get(path).status == 200:
        assert who.post(path, {"until": str(there - timedelta(1)), "reason": "Prometeu"}).status == 422
        assert who.post(path, {"until": str(there), "reason": "Prometeu"}).status == 303
    path = f"/servicos/{rita.id}/desbloqueio-em-confianca"
    assert shown(who, path, "until") == str(there + timedelta(1))
    assert who.post(path, {"until": str(there - timedelta(1)), "reason": "x"}).status == 422
    assert who.post(path, {"until": str(there), "reason": "Prometeu pagar"}).status == 303
    unlock = db.scalars(select(TrustUnlock)).one()
    zone = ZoneInfo(cast.vale_claro().zone)
    assert unlock.month == f"{there:%Y-%m}"
    assert f"{unlock.ends_at.astimezone(zone):%Y-%m-%d %H:%M:%S}" == f"{there} 23:59:59"
    template = ContractTemplate(name="Adesão", company_id=rita.company_id)
    template.create()
    template.publish("## Objeto")
    path = f"/servicos/{rita.id}/contratos/adicionar"
    answer = who.post(path, {"company_id": rita.company_id, "template_id": template.id})
    assert answer.status == 303, answer.errors()
    assert db.scalars(select(Contract).order_by(Contract.id.desc())).first().issued_on == there


def test_a_sale(db, who, there):
    yesterday = {"plano": {"sold_on": str(there + timedelta(1))}}
    with pytest.raises(AssertionError, match="ainda não chegou"):
        walk(who, **yesterday, dados={"document": "11144477735"})
    sale = walk(who, plano={"sold_on": str(there)})
    assert save(who, sale).status == 303
    person = db.scalars(select(Person).where(Person.document == cast.STRANGER)).one()
    service = db.scalars(select(Service).where(Service.person_id == person.id)).one()
    assert (person.since, service.activated_on, service.starts_on, service.sold_on) == (there,) * 4


def test_the_run_of_the_month(db, there):
    charged(cast.ze())
    nobody_else(cast.ze())
    assert run()
    assert {row.issued_on for row in db.scalars(select(Invoice))} == {there}


def test_enabling_after_an_installation(db, who, there):
    service = cast.service(cast.joaquim())
    path = f"/servicos/{service.id}/habilitacao"
    answer = who.post(path, who.get(path).form(path))
    assert answer.status == 303, answer.errors()
    assert db.get(Service, service.id, populate_existing=True).activated_on == there


def test_a_subscriber_releases_in_trust(db, central, there):
    rita = cast.service(cast.rita())
    cast.vale_claro().portal_trust_unlock = True
    phone = central("rita")
    assert phone.post(f"/central/servicos/{rita.id}/desbloqueio-em-confianca").status == 303
    assert db.scalars(select(TrustUnlock)).one().month == f"{there:%Y-%m}"


def test_what_is_late_is_late_where_it_is(db, clock, staff):
    """In TODAS, of two invoices due on the same day, that of the company in the east is late first."""
    with clock("2026-12-01 10:00"):
        account()
        kind = db.scalars(select(ChargeKind)).first()
        for person in (cast.ze(), cast.mar_azul()):
            typed = {"description": "Visita", "amount_cents": 1000, "discount_cents": 0, "due_on": date(2026, 12, 2)}
            issue_alone(Charge.add(cast.service(person), kind, **typed))
        cast.vale_claro().zone, cast.serra_azul().zone = "America/Rio_Branco", "America/Noronha"
        db.commit()
    with clock("2026-12-02 23:30"):  # still the second in Rio Branco, the third in Noronha
        words = staff("davi.rocha").get("/faturas?situacao=overdue").words
    assert cast.mar_azul().name in words
    assert cast.ze().name not in words
