"""A slip that a new due date replaced: taken off at the bank, and paid all the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from models.base import db as base
from models.billing import Invoice, Payment, ReplacedSlip, credit_of
from models.catalog import BankAccount
from models.collection import BankFile
from models.scope import Actor, acting
from tests import cast
from tests.staff.billing.test_bank_files import (
    PATH,
    ana,
    by_number,
    day,
    invoices,
    issued,
    itau,
    outcomes,
    remessa,
    settled,
    told,
    upload,
)

__all__ = ["ana", "day", "invoices", "itau"]  # fixtures
LATER = date(2026, 12, 28)


@pytest.fixture
def moved(invoices, db):
    """Invoice 101, whose slip 2001 the bank has, due on another day now."""
    invoice = by_number(db)[101]
    invoice.move_due(LATER, may_discount=True)
    db.commit()
    return invoice


def slips(db):
    db.expire_all()
    return list(db.scalars(select(ReplacedSlip).order_by(ReplacedSlip.id)))


def closings(visitor, made):
    """The nosso números and due dates of a remessa's requests of baixa."""
    lines = visitor.get(f"{made.location}/baixar").data.decode().split("\r\n")
    return [(line[37:57].strip(), line[77:85]) for line in lines if line[13:17] == "P 02"]


# ---- kept


def test_a_new_due_date_keeps_the_slip_it_replaces(itau, invoices, db):
    before = by_number(db)[101]
    number, txid, barcode = before.nosso_numero, before.txid, before.barcode
    before.move_due(LATER, may_discount=True)
    before.move_due(LATER + timedelta(days=1), may_discount=True)
    db.commit()
    first, second = slips(db)
    assert (first.nosso_numero, first.txid, first.barcode, first.due_on) == (number, txid, barcode, date(2026, 12, 10))
    assert (first.at_bank, second.at_bank, second.due_on) == ("standing", "never", LATER)
    assert len({number, second.nosso_numero, by_number(db)[101].nosso_numero}) == 3


def test_it_is_found_by_the_number_it_had(ana, moved, count_queries):
    for number in (slips(base.session)[0].nosso_numero, moved.nosso_numero, moved.number):
        with count_queries() as queries:
            found = ana.get(f"/faturas?numero={number}")
        assert [link["href"] for link in found.page.select("tbody th a")] == [f"/faturas/{moved.id}"]
        assert len(queries) <= 7


@pytest.mark.parametrize(
    ("registration", "at_bank"),
    [
        ("pending", "never"),
        ("sent", "standing"),
        ("registered", "standing"),
        ("rejected", "never"),
        ("asked", "asked"),
        ("closed", "closed"),
        ("paid", "paid"),
    ],
)
def test_what_the_bank_knows_is_taken_off_there(ana, itau, invoices, db, registration, at_bank):
    db.execute(update(Invoice).values(registration="closed"))
    db.execute(update(Invoice).where(Invoice.number == 101).values(registration=registration))
    by_number(db)[101].move_due(LATER, may_discount=True)
    db.commit()
    assert slips(db)[0].at_bank == at_bank
    assert len(closings(ana, remessa(ana, itau))) == (at_bank == "standing")


def test_an_invoice_paid_at_the_counter_alone_keeps_nothing(db, itau):
    [id] = issued(itau, [101])
    free = {
        "bank_account_id": None,
        "account_edition": None,
        "nosso_numero": None,
        "barcode": "",
        "pix_code": "",
        "registration": "none",
    }
    db.execute(update(Invoice).values(free))
    db.get(Invoice, id, populate_existing=True).move_due(LATER, may_discount=True)
    assert slips(db) == []


# ---- remessa


def test_the_next_remessa_asks_for_its_baixa_once(ana, itau, moved, worker, db):
    assert "2 boletos a enviar" in ana.get(f"{PATH}/remessa").words
    made = remessa(ana, itau)
    assert closings(ana, made) == [("109000020014", "10122026")]
    assert (slips(db)[0].at_bank, by_number(db)[101].registration) == ("asked", "sent")
    file = db.scalars(select(BankFile)).one()
    assert (file.titles, file.total_cents) == (2, 9990), "the baixa is no new boleto"
    assert "Não há boletos" in remessa(ana, itau).words
    settled(ana, worker, told(101, 0, code="09"), itau)
    assert (slips(db)[0].at_bank, by_number(db)[101].registration) == ("closed", "sent")
    assert outcomes(db) == ["closed"]


def test_the_baixa_goes_alone_when_the_invoice_is_cancelled(ana, itau, moved, db):
    db.execute(update(Invoice).where(Invoice.number != 101).values(registration="closed"))
    by_number(db)[101].cancel("Emitida em duplicidade")
    assert closings(ana, remessa(ana, itau)) == [("109000020014", "10122026")]


def test_two_remessas_at_once_ask_for_one_baixa(itau, moved, staff, db, race):
    people = [staff("ana.souza") for _ in range(4)]
    for person in people:
        person.get(f"{PATH}/remessa")
    answers = race(4, lambda i: remessa(people[i], itau))
    assert sorted(answer.status for answer in answers) == [303, 422, 422, 422]
    [made] = [answer for answer in answers if answer.status == 303]
    assert closings(people[0], made) == [("109000020014", "10122026")]


def test_a_due_date_moved_while_the_remessa_is_written(app, itau, staff, db, race):
    """Whichever comes first: what is in the file is known as sent, and what is known as sent is in the file."""
    ana, ids = staff("ana.souza"), issued(itau, range(101, 121))
    ana.get(f"{PATH}/remessa")
    db.execute(update(Invoice).values(registration="pending"))

    def move(_):
        with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
            for id in ids:
                base.session.get(Invoice, id).move_due(LATER, may_discount=True)
                base.session.commit()

    made, _ = race(2, lambda i: move(i) if i else remessa(ana, itau))
    content = ana.get(f"{made.location}/baixar").data.decode()
    sent = {int(line[40:48]) for line in content.split("\r\n") if line[13:17] == "P 01"}
    db.expire_all()
    known = {row.nosso_numero for row in db.scalars(select(Invoice).where(Invoice.registration == "sent"))}
    known |= {row.nosso_numero for row in slips(db) if row.at_bank == "standing"}
    assert (sent, len(sent)) == (known, 20)


# ---- retorno


@pytest.mark.parametrize("our_number", ["101", ""])
def test_paid_by_the_old_slip(ana, itau, moved, worker, db, our_number):
    """By its nosso número alone, too: some banks do not send our number back."""
    content = told(101, 9990).replace(b"101".ljust(25), our_number.encode().ljust(25))
    read = upload(ana, content, itau)
    assert "boleto anterior, vencia em 10/12/2026" in ana.follow(read).words
    ana.post(read.location)
    worker.drain()
    found = by_number(db)[101]
    assert (outcomes(db), found.status, found.registration) == (["settled"], "paid", "pending")
    assert slips(db)[0].at_bank == "paid"


def test_paid_by_the_old_slip_after_the_new_one(ana, itau, moved, worker, db):
    remessa(ana, itau)
    new = by_number(db)[101].nosso_numero
    settled(ana, worker, told(101, 9990, nosso=new), itau)
    assert (by_number(db)[101].registration, slips(db)[0].at_bank) == ("paid", "asked")
    settled(ana, worker, told(101, 9990), itau)
    assert db.scalars(select(Payment.flag).order_by(Payment.id)).all() == ["", "twice"]
    assert credit_of(cast.ze().id) == 9990


def test_paid_by_the_old_slip_takes_the_new_one_off(ana, itau, moved, worker, db):
    remessa(ana, itau)
    settled(ana, worker, told(101, 9990), itau)
    new = by_number(db)[101].nosso_numero_printed.replace("/", "").replace("-", "")
    assert closings(ana, remessa(ana, itau)) == [(new, "28122026")]


@pytest.mark.parametrize(
    ("code", "before", "after", "outcome"),
    [
        ("02", "standing", "standing", "registered"),
        ("02", "never", "standing", "registered"),
        ("02", "closed", "closed", "registered"),
        ("03", "standing", "never", "rejected"),
        ("03", "asked", "asked", "rejected"),
        ("03", "closed", "closed", "rejected"),
        ("09", "asked", "closed", "closed"),
        ("09", "paid", "paid", "closed"),
    ],
)
def test_other_words_about_the_old_slip_change_it_alone(ana, itau, moved, worker, db, code, before, after, outcome):
    db.execute(update(ReplacedSlip).values(at_bank=before))
    settled(ana, worker, told(101, 0, code=code), itau)
    assert (slips(db)[0].at_bank, outcomes(db)) == (after, [outcome])
    assert (by_number(db)[101].registration, by_number(db)[101].status) == ("pending", "open")


@pytest.mark.postgresql
def test_the_due_date_moves_between_reading_and_processing(ana, itau, invoices, worker, db):
    read = upload(ana, told(101, 0, code="09"), itau)
    by_number(db)[101].move_due(LATER, may_discount=True)
    ana.post(read.location)
    worker.drain()
    assert (slips(db)[0].at_bank, by_number(db)[101].registration) == ("closed", "pending")


def test_a_word_about_a_number_nobody_gave_changes_nothing(ana, itau, moved, worker, db):
    """Our own number leads to no invoice: a person says whose title it is."""
    settled(ana, worker, told(101, 0, code="09", nosso=7777), itau)
    assert outcomes(db) == ["quarantine"]
    assert (slips(db)[0].at_bank, by_number(db)[101].registration) == ("standing", "pending")


def test_sicredi_gives_the_same_number_again_next_year(staff, db, worker, clock):
    fields = {"cooperativa": "0165", "posto": "02", "codigo_beneficiario": "00623", "byte": "2", "carteira": "1"}
    account = BankAccount(company_id=0, name="Sicredi", bank="748", fields={**fields, "tipo_cobranca": "1"})
    account.create()
    [id] = issued(account, [101])
    invoice = db.get(Invoice, id, populate_existing=True)
    with clock("2027-01-05 10:00"):
        invoice.move_due(date(2027, 1, 20), may_discount=True)
        invoice.nosso_numero, invoice.registration = 2001, "sent"
        db.commit()
        ana = staff("ana.souza")
        settled(ana, worker, of_sicredi("26202001", 101), account)
        assert (slips(db)[0].at_bank, by_number(db)[101].registration) == ("closed", "sent")
        db.execute(update(ReplacedSlip).values(at_bank="standing"))
        by_number(db)[101].move_due(date(2027, 1, 25), may_discount=True)
        settled(ana, worker, of_sicredi("27202001", 101), account)
        assert [slip.at_bank for slip in slips(db)] == ["standing", "closed"]


def of_sicredi(nosso_numero, number):
    """The example of 240 about one title closed at Sicredi, which tells the year before the number."""
    lines = told(number, 0, code="09").decode().split("\r\n")
    lines[2] = lines[2][:37] + f"{nosso_numero}0".ljust(20) + lines[2][57:]
    lines[0] = lines[0][:32] + " " * 40 + lines[0][72:]
    return "\r\n".join("748" + line[3:] for line in lines).encode()


# ---- seen


def test_the_invoice_shows_the_slips_it_had(ana, itau, moved, db, count_queries):
    path = f"/faturas/{moved.id}"
    with count_queries() as one:
        page = ana.get(path)
    printed = slips(db)[0].nosso_numero_printed
    assert f"Boleto anterior {printed}, vencia em 10/12/2026: a baixar no banco" in page.words
    moved.move_due(LATER + timedelta(days=1), may_discount=True)
    db.commit()
    with count_queries() as two:
        page = ana.get(path)
    assert "vencia em 28/12/2026: nunca foi ao banco" in page.words
    assert len(one) == len(two)


def test_an_old_pix_code_is_shown_too(ana, itau, invoices, db):
    pix_alone = {"nosso_numero": None, "nosso_numero_printed": "", "barcode": "", "registration": "none"}
    db.execute(update(Invoice).where(Invoice.number == 101).values(pix_alone))
    by_number(db)[101].move_due(LATER, may_discount=True)
    words = ana.get(f"/faturas/{by_number(db)[101].id}").words
    assert "Código Pix anterior, vencia em 10/12/2026: se for pago, baixa esta fatura" in words


def test_it_is_known_by_the_amount_it_was_printed_with(ana, itau, moved, worker, db):
    """The invoice asks for something else by now; the slip in the customer's hand does not."""
    db.execute(update(Invoice).where(Invoice.number == 101).values(total_cents=12000))
    db.commit()
    upload(ana, told(101, 9990), itau)
    assert outcomes(db) == ["waiting"]
