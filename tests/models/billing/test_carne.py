"""The carnê itself: sums to the cent, numbers without gap, refusals, and that days are charged once (C-38 to C-47)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, update

from models.base import db as base
from models.billing import Carne, Charge, Invoice, Receipt
from models.billing.carne_plan import plan, proposal
from models.catalog import BankAccount, BillingMethod
from models.check import answers
from models.documents import Document
from models.history import Event
from models.notices import Notice
from models.operators import Company
from models.papers import mail_carne
from models.refused import Refused, Stale
from models.scope import Actor, acting
from models.services import Service, ServiceItem
from tests import cast
from tests.browsing import outside
from tests.models.billing.money import account, charged

USED, DUE = date(2026, 11, 20), date(2026, 12, 10)
LETTER = ("Seu carnê", "Olá. O carnê vai anexo.\n")


@pytest.fixture(autouse=True)
def november(db, clock):
    with clock("2026-11-24 10:00"):
        yield


@pytest.fixture
def service(db):
    account()
    return charged(cast.ze(), uses_carne=True, billing_type="postpaid")


def refused(act) -> dict[str, str]:
    with pytest.raises(Refused) as no:
        act()
    return no.value.errors


@pytest.mark.parametrize(("kind", "first", "total"), [("postpaid", 6660, 116550), ("prepaid", 16650, 126540)])
def test_both_booklets_to_the_cent(db, service, kind, first, total):
    service.billing_type = kind
    carne = Carne.generate(service, USED, DUE, 12)
    invoices = carne.invoices()
    assert [row.total_cents for row in invoices] == [first] + [9990] * 11
    assert sum(row.total_cents for row in invoices) == total
    assert [row.installment for row in invoices] == list(range(1, 13))
    assert (invoices[0].period_start, invoices[-1].due_on) == (USED, date(2027, 11, 10))
    assert invoices[-1].period_end == (date(2027, 11, 9) if kind == "postpaid" else date(2027, 12, 9))
    for row in invoices:
        charges = row.charges()
        assert sum(charge.net_cents for charge in charges) == row.total_cents
        for charge in charges:
            assert sum(item.amount_cents for item in charge.items()) == charge.amount_cents
            assert [item.name for item in charge.items()] == ["Internet (SCM)", "Streaming (SVA)"]


def test_the_last_day_of_short_months_and_the_anchor_comes_back(db, service):
    service.due_day = 31
    carne = Carne.generate(service, date(2027, 2, 1), date(2027, 2, 28), 3)
    assert [row.due_on for row in carne.invoices()] == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_one_event_for_all_and_none_for_each(db, service):
    carne = Carne.generate(service, USED, DUE, 12, "Casa da praia", "ZE@exemplo.com")
    [event] = db.scalars(select(Event).where(Event.action.in_(("carne.generated", "invoice.issued"))))
    assert event.data == {"number": carne.id, "plan": "Fibra 300 Mbps", "installments": 12, "amount_cents": 116550}
    assert (carne.description, carne.email) == ("Casa da praia", "ze@exemplo.com")


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ((None, DUE, 12), "used_from", "Escolha a data de início do uso."),
        ((USED, None, 12), "first_due_on", "Escolha o 1º vencimento."),
        ((date(2026, 12, 11), DUE, 12), "used_from", "O uso começa depois do 1º vencimento"),
        ((DUE, DUE, 12), "used_from", "No Postecipado não há o que cobrar"),
        ((date(1899, 1, 1), DUE, 12), "used_from", "Confira o ano do início do uso."),
        ((USED, date(2026, 11, 23), 12), "first_due_on", "O 1º vencimento já passou"),
        ((USED, date(2029, 12, 10), 12), "first_due_on", "passa de dois anos"),
        ((USED, DUE, 0), "installments", "Informe de 1 a 24 parcelas."),
        ((USED, DUE, 25), "installments", "Informe de 1 a 24 parcelas."),
        ((USED, DUE, None), "installments", "Informe de 1 a 24 parcelas."),
    ],
)
def test_what_is_asked_wrong(db, service, asked, field, sentence):
    assert sentence in refused(lambda: Carne.generate(service, *asked))[field]
    assert db.scalar(select(func.count()).select_from(Invoice)) == 0


def test_every_wrong_field_at_once(service):
    assert set(refused(lambda: Carne.generate(service, None, None, 0))) == {"used_from", "first_due_on", "installments"}


def test_the_maximum_is_the_companys(db, service):
    db.get(Company, service.company_id).carne_most = 6
    assert "de 1 a 6" in refused(lambda: Carne.generate(service, USED, DUE, 7))["installments"]
    assert len(Carne.generate(service, USED, DUE, 6).invoices()) == 6


def test_prepaid_may_begin_on_the_due_date(service):
    service.billing_type = "prepaid"
    [invoice] = Carne.generate(service, DUE, DUE, 1).invoices()
    assert (invoice.total_cents, invoice.period_start) == (9990, DUE)


@pytest.mark.postgresql
def test_which_services_have_none(db, service):
    service.uses_carne = False
    assert "não usa carnê" in refused(lambda: plan(service, USED, DUE, 12))["service_id"]
    service.status = "cancelled"
    assert "cancelado" in refused(lambda: plan(service, USED, DUE, 12))["service_id"]


def test_days_are_charged_once_and_again_after_a_cancellation(db, service):
    first = Carne.generate(service, USED, DUE, 3)
    errors = refused(lambda: Carne.generate(service, date(2027, 2, 1), date(2027, 2, 10), 3))
    assert f"carnê {first.id}" in errors["used_from"]
    assert proposal(service) == (date(2027, 2, 10), date(2027, 3, 10))
    Carne.generate(service, *proposal(service), 3)
    first.cancel("Mudou de plano")
    assert len(Carne.generate(service, USED, DUE, 3).payable()) == 3


def test_a_new_due_date_is_a_new_slip_of_the_same_value(db, service):
    carne = Carne.generate(service, USED, DUE, 3)
    _, second, third = carne.invoices()
    was = (second.nosso_numero, second.barcode, second.pix_code, third.barcode)
    carne.change({second.id: date(2027, 1, 20)}, carne.description, "ze@exemplo.com", carne.version)
    assert second.due_on == date(2027, 1, 20)
    assert (second.nosso_numero, second.total_cents) == (4, 9990)
    assert second.barcode != was[1]
    assert second.pix_code != was[2]
    assert third.barcode == was[3]
    told = {event.action: event.data for event in carne.history()}
    assert told["carne.changed"]["changes"] == "e-mail e vencimento da parcela 2"
    assert told["invoice.due_moved"]["after_on"] == "2027-01-20"


def test_nothing_changed_tells_nothing(db, service):
    carne = Carne.generate(service, USED, DUE, 3)
    before = len(carne.history())
    carne.change({row.id: row.due_on for row in carne.invoices()}, carne.description, carne.email, carne.version)
    assert len(carne.history()) == before


def test_dates_that_may_not_be(db, service):
    carne = Carne.generate(service, USED, DUE, 3)
    first, second, third = carne.invoices()
    first.settle(Receipt("boleto", first.total_cents, date(2026, 11, 24)))

    def change(days, email="", version=None):
        return refused(lambda: carne.change(days, "", email, version or carne.version))

    assert "está paga" in change({first.id: date(2026, 12, 12)})[f"due_on_{first.id}"]
    assert "já passou" in change({second.id: date(2026, 11, 1)})[f"due_on_{second.id}"]
    assert "Escolha o novo" in change({second.id: None})[f"due_on_{second.id}"]
    assert "antes da 3" in change({second.id: date(2027, 2, 10)})[f"due_on_{second.id}"]
    assert "Confira o e-mail" in change({}, email="ze@")["email"]
    with pytest.raises(Stale):
        carne.change({}, "", "", carne.version + 1)
    third.cancel("Negociada")
    assert "está cancelada" in change({third.id: date(2027, 2, 12)})[f"due_on_{third.id}"]


@pytest.mark.postgresql
def test_out_and_in_again(db, service):
    carne = Carne.generate(service, USED, DUE, 3)
    second = carne.invoices()[1]
    carne.part([second.id])
    assert (second.carne_id, second.installment, second.status) == (None, None, "open")
    assert carne.joinable() == [second]
    carne.join([second.id])
    assert (second.carne_id, second.installment) == (carne.id, 2)
    assert {event.action for event in carne.history()} >= {"carne.joined", "carne.parted"}


def test_what_may_not_go_in_or_out(db, service):
    carne = Carne.generate(service, USED, DUE, 3)
    first, second, third = carne.invoices()
    other = Carne.generate(charged(cast.rita(), uses_carne=True), USED, DUE, 1).invoices()[0]
    later = Carne.generate(service, *proposal(service), 1).invoices()[0]
    carne.part([first.id, second.id])
    first.settle(Receipt("boleto", first.total_cents, date(2026, 11, 24)))
    second.cancel("Negociada")
    for row, sentence in (
        (other, "não é deste serviço"),
        (third, f"já está no carnê {carne.id}"),
        (later, f"já está no carnê {later.carne_id}"),
        (first, "está paga"),
        (second, "está cancelada"),
    ):
        with pytest.raises(Refused, match=sentence):
            carne.join([row.id])
    for ids in ([], [third.id, 999999]):
        with pytest.raises(Refused, match="Escolha ao menos uma"):
            carne.part(ids)
    with pytest.raises(Refused, match="não está neste carnê"):
        carne.part([first.id])


def test_cancelling_needs_a_reason_and_nothing_half_paid(db, service):
    carne = Carne.generate(service, USED, DUE, 3)
    with pytest.raises(Refused, match="Escreva o motivo"):
        carne.cancel(" ")
    carne.invoices()[1].settle(Receipt("counter", 1000, date(2026, 11, 24)))
    with pytest.raises(Refused, match="já recebeu uma parte"):
        carne.cancel("Mudou de plano")


def test_a_cancelled_one_is_done_with(db, service):
    carne = Carne.generate(service, USED, DUE, 2)
    first, second = carne.invoices()
    first.settle(Receipt("boleto", first.total_cents, date(2026, 11, 24)))
    carne.cancel("Mudou de plano")
    assert (carne.status, first.status, second.status) == ("cancelled", "paid", "cancelled")
    assert {charge.status for charge in db.scalars(select(Charge).where(Charge.invoice_id == second.id))} == {
        "cancelled"
    }
    for act in (
        lambda: carne.cancel("De novo"),
        lambda: carne.join([second.id]),
        lambda: carne.change({}, "", "", carne.version),
        lambda: mail_carne(carne, *LETTER),
    ):
        with pytest.raises(Refused):
            act()


def test_the_booklet_is_mailed_with_its_pdf(db, service):
    carne = Carne.generate(service, USED, DUE, 3)
    with pytest.raises(Refused, match="têm e-mail"):
        mail_carne(carne, *LETTER)
    carne.change({}, "", "ze@exemplo.com", carne.version)
    notice = mail_carne(carne, *LETTER)
    assert (notice.address, notice.document_id) == ("ze@exemplo.com", carne.document_id)
    assert (notice.subject, notice.body) == LETTER
    assert db.scalars(select(Document.kind).where(Document.id == notice.document_id)).one() == "carne"
    assert db.scalar(select(func.count()).select_from(Notice)) == 1
    assert "carne.mailed" in {event.action for event in carne.history()}


def test_two_at_once_are_one(db, app, service, race):
    id = service.id
    account_id = db.scalar(select(BankAccount.id))

    def generate(_):
        with app.app_context(), _acting():
            try:
                Carne.generate(db.get(Service, id), USED, DUE, 12)
                db.commit()
            finally:
                db.remove()

    results = race(4, generate)
    assert sum(result is None for result in results) == 1
    assert all(result is None or isinstance(result, Refused) for result in results), results
    assert outside(lambda: numbers(app, account_id)) == list(range(1, 13))


@pytest.mark.parametrize(
    "carnes", [24, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.long])], ids=["some", "all"]
)
def test_in_parallel_no_number_twice_and_none_left_out(db, app, service, race, carnes):
    """200 carnês of 12 in 8 threads: 2,400 nosso números from 1 on."""
    ids = crowd(db, service, carnes)
    account_id = db.scalar(select(BankAccount.id))

    def generate(thread):
        for id in ids[thread::8]:
            with app.app_context(), _acting():
                Carne.generate(db.get(Service, id), USED, DUE, 12)
                db.commit()
                db.remove()

    assert [result for result in race(8, generate) if result is not None] == []
    assert outside(lambda: numbers(app, account_id)) == list(range(1, 12 * carnes + 1))


def _acting():
    return acting(Actor("job", None, "Teste"), "job")


def crowd(db, service, count: int) -> list[int]:
    """So many services like this one, of the same customer."""
    columns = [column.key for column in Service.__table__.columns if column.key != "id"]
    values = {key: getattr(service, key) for key in columns}
    rows = [dict(values) for _ in range(count)]
    ids = list(db.scalars(Service.__table__.insert().returning(Service.id), rows))
    items = [
        {
            "company_id": service.company_id,
            "service_id": id,
            "position": 0,
            "kind": "scm",
            "name": "Internet",
            "amount_cents": 9990,
        }
        for id in ids
    ]
    db.execute(ServiceItem.__table__.insert(), items)
    db.commit()
    return ids


def numbers(app, account_id: int) -> list[int]:
    with app.app_context(), _acting():
        found = select(Invoice.nosso_numero).where(Invoice.bank_account_id == account_id)
        return sorted(base.session.scalars(found))


def test_the_parcela_inside_a_slip_stays_when_it_leaves_the_booklet(db, service):
    """Sicoob prints it into the barcode, so the remessa and the check read it there."""
    fields = {"carteira": "1", "cooperativa": "4327", "modalidade": "01", "codigo_cliente": "229385"}
    sicoob = BankAccount(company_id=0, name="Sicoob", bank="756", fields=fields)
    sicoob.create()
    db.execute(update(BillingMethod).values(bank_account_id=sicoob.id))
    carne = Carne.generate(service, date(2026, 11, 20), date(2026, 12, 10), 3, "Carnê", "")
    third = db.scalars(select(Invoice).where(Invoice.installment == 3)).one()
    carne.part([third.id])
    db.flush()
    assert sicoob.installment_of(third.barcode) == 3
    assert [found for _, found in answers() if found] == []
