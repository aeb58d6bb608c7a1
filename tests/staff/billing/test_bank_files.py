"""Arquivos do banco: remessa out, retorno in, looked at first, settled once."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from sqlalchemy import func, select, update

from integrations.bank.outgoing import LAYOUTS
from models import check
from models import clock as clock_of
from models.banking.banks import BANKS
from models.base import db as base
from models.billing import Contest, Invoice, Payment, Receipt, credit_of
from models.billing.issue import Draft, NewCharge, issue, refusals_to_issue
from models.catalog import BankAccount, BillingMethod
from models.catalog.bank_account import FILE_FIELDS, SUPPLIED
from models.collection import BankFile, BankFileRecord, return_intake
from models.collection.return_intake import ReturnTitle
from models.history import Event
from models.operators import Company
from models.outbox import Effect, LeftOut
from models.people import Address, Person
from models.refused import Refused
from models.scope import Actor, acting
from models.tickets import Ticket
from tests import cast
from tests.models.billing.money import account

EXAMPLES = json.loads((Path(__file__).parents[2] / "examples.json").read_text())
CNAB240 = "\r\n".join(EXAMPLES["cnab240_retorno"]["linhas"]).encode()
CNAB400 = "\r\n".join(EXAMPLES["cnab400_retorno"]["linhas"]).encode()
DUE = date(2026, 12, 10)
PATH = "/arquivos-do-banco"


@pytest.fixture(autouse=True)
def day(clock):
    with clock("2026-12-22 14:00"):
        yield


@pytest.fixture
def itau(db):
    """The account, out of the session: threads read its number."""
    row = account()
    db.refresh(row)
    db.expunge(row)
    return row


@pytest.fixture
def ana(staff, day):
    return staff("ana.souza")


def issued(itau, numbers, cents=9990, due=DUE):
    """Invoices 101, 102... whose nosso números are 2001, 2002..., as in the examples."""
    ze = cast.service(cast.ze())
    company = base.session.get_one(Company, ze.company_id)
    drafts = [Draft(company, ze.person_id, ze.billing_method_id, itau, due, (_charge(ze.id, cents),)) for _ in numbers]
    ids = issue(drafts, date(2026, 11, 25))
    for id, number in zip(ids, numbers, strict=True):
        columns = {"number": 10**6 + number, "nosso_numero": 2**30 + number, "registration": "sent"}
        base.session.execute(update(Invoice).where(Invoice.id == id).values(columns))
    for id, number in zip(ids, numbers, strict=True):
        columns = {"number": number, "nosso_numero": 1900 + number}
        base.session.execute(update(Invoice).where(Invoice.id == id).values(columns))
    base.session.commit()
    base.session.expire_all()
    return ids


def _charge(service_id, cents):
    return NewCharge(service_id, "one_off", "Visita técnica", cents, (("one_off", "Visita técnica", cents),))


@pytest.fixture
def invoices(itau):
    """The four of the examples: 104 costs R$ 79,90 in the file of 240, so the bank speaks of another title."""
    return issued(itau, [101, 102, 103, 104])


def upload(visitor, content, itau, name="CB221226.RET", **more):
    form = {"account_id": str(itau.id), "file": (BytesIO(content), name)}
    return visitor.post(f"{PATH}/retorno", form, content_type="multipart/form-data", **more)


def by_number(db):
    db.expire_all()
    return {row.number: row for row in db.scalars(select(Invoice).order_by(Invoice.number))}


def outcomes(db):
    db.expire_all()
    return [row.outcome for row in db.scalars(select(BankFileRecord).order_by(BankFileRecord.line))]


def count(db, table):
    return db.scalar(select(func.count()).select_from(table))


def settled(ana, worker, content, itau):
    """Read, looked at, processed; the page of the result."""
    read = upload(ana, content, itau)
    assert read.status == 303, read.words
    if ana.get(read.location).page.select_one(f'form[action="{read.location}"]'):
        assert ana.post(read.location).status == 303
        worker.drain()
    return ana.get(read.location)


# ---- retorno: read


def test_a_retorno_is_looked_at_before_anything_is_settled(ana, itau, invoices, db):
    read = upload(ana, CNAB240, itau)
    page = ana.follow(read)
    assert "Nada foi baixado ainda" in page.words
    assert "R$ 202,17" in page.words.replace("\u00a0", " ")
    assert "Sem R$" not in page.words
    said = [words.get_text() for words in page.page.select("tbody .status span")]
    assert said == ["Vai baixar", "Vai baixar", "Registrado no banco", "Título desconhecido"]
    assert outcomes(db) == ["waiting", "waiting", "waiting", "quarantine"]
    assert count(db, Payment) == 0
    assert ana.get(f"{read.location}/baixar").data == CNAB240
    assert "CB221226.RET" in ana.get(PATH).words


def test_processing_settles_what_was_paid_and_registers_the_rest(ana, itau, invoices, worker, db):
    page = settled(ana, worker, CNAB240, itau)
    assert "Processado" in page.words
    assert outcomes(db) == ["settled", "settled", "registered", "quarantine"]
    found = by_number(db)
    assert [(found[n].status, found[n].registration) for n in (101, 102, 103, 104)] == [
        ("paid", "paid"),
        ("paid", "paid"),
        ("open", "registered"),
        ("open", "sent"),
    ]
    late = db.scalars(select(Payment).where(Payment.invoice_id == found[102].id)).one()
    assert (late.amount_cents, late.principal_cents, late.fine_cents, late.interest_cents) == (10227, 9990, 200, 37)
    assert (late.paid_on, late.credited_on, late.bank_fee_cents) == (date(2026, 12, 21), date(2026, 12, 22), 190)
    assert count(db, Payment) == 2
    event = db.scalars(select(Event).where(Event.action == "bank_file.settled")).one()
    assert event.data == {"name": "CB221226.RET", "settled": 2}
    assert db.scalars(select(Effect).where(Effect.kind == "review_service")).all()


def test_cnab_400_with_a_rejection(ana, itau, invoices, worker, db):
    settled(ana, worker, CNAB400, itau)
    assert outcomes(db) == ["settled", "settled", "registered", "rejected"]
    assert by_number(db)[104].registration == "rejected"


def test_the_same_file_twice_changes_nothing(ana, itau, invoices, worker, db):
    settled(ana, worker, CNAB240, itau)
    again = upload(ana, CNAB240, itau, name="outro-nome.ret")
    assert again.status == 422
    assert "já foi lido em 22/12/2026 14:00, por Ana Souza. Nada mudou." in again.errors()["file"]
    assert (count(db, BankFile), count(db, Payment)) == (1, 2)


def test_the_same_file_twice_at_once(itau, invoices, staff, worker, db, race):
    people = [staff("ana.souza") for _ in range(4)]
    for person in people:
        person.get(f"{PATH}/retorno")
    answers = race(4, lambda i: upload(people[i], CNAB240, itau).status)
    assert sorted(answers) == [303, 422, 422, 422]
    assert (count(db, BankFile), count(db, BankFileRecord)) == (1, 4)


def test_processed_twice_at_once_settles_once(itau, invoices, staff, worker, db, race):
    people = [staff("ana.souza") for _ in range(4)]
    where = upload(people[0], CNAB240, itau).location
    for person in people:
        person.get(where)
    answers = race(4, lambda i: people[i].post(where).status)
    assert answers.count(303) == 1
    assert set(answers) <= {303, 409, 422}
    worker.drain()
    assert count(db, Payment) == 2


def test_two_workers_at_the_same_lines(app, itau, invoices, ana, db, race):
    """As after a lease that ran out: each line is settled by one of them."""
    upload(ana, CNAB240, itau)
    ids = list(db.scalars(select(BankFileRecord.id).where(BankFileRecord.outcome == "waiting")))

    def work(_):
        done = 0
        with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
            for id in ids:
                done += base.session.get_one(BankFileRecord, id).settle()
                base.session.commit()
        return done

    assert sum(race(4, work)) == 3
    assert count(db, Payment) == 2


def test_contested_while_its_retorno_is_settled(app, itau, invoices, ana, db, race):
    """Contested first, the whole settles the rest and the part is credit; paid first, the part is of what was paid."""
    upload(ana, CNAB240, itau)
    paid = (BankFileRecord.outcome == "waiting", BankFileRecord.meaning == "paid")
    record_id, id = db.execute(select(BankFileRecord.id, BankFileRecord.invoice_id).where(*paid).limit(1)).one()
    before = credit_of(cast.ze().id)

    def work(i):
        with app.app_context(), cast.by("silvia.maia"):
            if i:
                base.session.get_one(BankFileRecord, record_id).settle()
            else:
                Ticket.contest(base.session.get_one(Invoice, id), 2000, "Não pedi esta visita.")
            base.session.commit()
            return True

    assert race(2, work) == [True, True]
    db.expire_all()
    row, contest = db.get_one(Invoice, id), db.scalars(select(Contest).where(Contest.invoice_id == id)).one()
    payment = db.scalars(select(Payment).where(Payment.invoice_id == id)).one()
    assert row.total_cents == 9990 - contest.resting_cents
    assert payment.principal_cents + payment.credit_cents + payment.fine_cents + payment.interest_cents == (
        payment.amount_cents + payment.discount_cents
    )
    assert credit_of(cast.ze().id) - before == payment.credit_cents
    found = [each for question, several in check.answers() for each in several if "tarefa" not in each]
    assert not [each for each in found if f"fatura {id}" in each or "contestação" in each], found


def test_two_files_that_tell_the_same_at_once(app, itau, invoices, ana, db, race):
    """The file of the day and that of the period, each with its worker: the second of each title asks a person."""
    upload(ana, CNAB240, itau)
    assert upload(ana, renumbered(CNAB240, 77), itau, name="PERIODO.RET").status == 303
    files = db.scalars(select(BankFile.id)).all()

    def work(i):
        waiting = select(BankFileRecord.id).where(BankFileRecord.outcome == "waiting")
        with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
            for id in base.session.scalars(waiting.where(BankFileRecord.bank_file_id == files[i])).all():
                base.session.get_one(BankFileRecord, id).settle()
                base.session.commit()

    race(2, work)
    assert count(db, Payment) == 2
    assert sorted(outcomes(db)) == ["quarantine"] * 4 + ["registered"] * 2 + ["settled"] * 2
    doubts = db.scalars(select(BankFileRecord.doubt).where(BankFileRecord.outcome == "quarantine")).all()
    assert sorted(doubts) == ["", "", "repeated", "repeated"]


def test_a_payment_of_a_day_to_come_is_no_payment(ana, itau, invoices, clock, db):
    with clock("2026-12-05 10:00"):
        read = upload(ana, CNAB240, itau)
        assert "um dia que ainda não chegou" in ana.get(read.location).words
        alone = upload(ana, told(101, 9990), itau)
    rows = db.scalars(select(BankFileRecord).order_by(BankFileRecord.line)).all()
    assert {row.outcome for row in rows if row.paid_cents} == {"unread"}
    assert "waiting" in {row.outcome for row in rows}, "the others go on"
    assert alone.status == 422
    assert "um dia que ainda não chegou" in alone.words


@pytest.mark.parametrize("code", ["02", "03", "05", "08", "09", "12", "15", "23", "45", "99", "XX"])
def test_money_under_any_code_waits_for_a_person(ana, itau, invoices, worker, db, code):
    page = settled(ana, worker, told(101, 9990, code=code), itau)
    assert outcomes(db) == ["quarantine"]
    assert f"Ocorrência {code}" in page.words
    assert db.scalars(select(BankFile)).one().total_cents == 9990
    db.scalars(select(BankFileRecord)).one().tie(101)
    db.commit()
    assert (outcomes(db), by_number(db)[101].status) == (["settled"], "paid")


def test_a_blank_code_is_one_odd_line(ana, itau, invoices, db):
    blank = CNAB240.replace(b"3410001300003T 06", b"3410001300003T   ").replace(
        b"3410001300004U 06", b"3410001300004U   "
    )
    assert upload(ana, blank, itau).status == 303
    assert outcomes(db).count("unread") == 1
    assert "waiting" in outcomes(db)


@pytest.mark.parametrize(("column", "value"), [("cep", "00000000"), ("cep", ""), ("state", "ZZ")])
def test_an_address_the_bank_refuses_is_left_out_by_name(ana, itau, pending, db, column, value):
    db.execute(update(Address).values({column: value}))
    db.commit()
    assert "não existe. Corrija o endereço" in remessa(ana, itau).words
    words = ana.get(f"{PATH}/remessa").words
    assert "4 boletos a enviar, dos quais 4 ficaram de fora da última remessa" in words


def test_an_account_with_titles_to_send_stays_in_use(itau, pending, db):
    db.execute(update(BillingMethod).values(bank_account_id=None))
    row = db.get(BankAccount, itau.id)
    assert "4 boletos esperam" in row.refusal_to_retire()
    db.execute(update(Invoice).values(registration="sent"))
    assert row.refusal_to_retire() is None


def test_an_account_out_of_use_still_sends_what_waits(ana, itau, pending, db):
    db.execute(update(BankAccount).values(inactive_since=clock_of.now()))
    db.commit()
    assert remessa(ana, itau).status == 303


def test_a_line_that_fails_stays_and_may_be_processed_again(ana, itau, invoices, worker, db, monkeypatch):
    settle = BankFileRecord.settle

    def broken(record):
        if record.line == 5:
            raise RuntimeError("a fault of ours")
        return settle(record)

    read = upload(ana, CNAB240, itau)
    monkeypatch.setattr(BankFileRecord, "settle", broken)
    ana.post(read.location)
    worker.drain()
    assert outcomes(db) == ["settled", "waiting", "registered", "quarantine"]
    assert "não foram até o fim" in ana.get(read.location).words
    monkeypatch.undo()
    ana.post(read.location)
    worker.drain()
    assert outcomes(db) == ["settled", "settled", "registered", "quarantine"]
    assert count(db, Payment) == 2


def test_progress_is_shown_while_the_worker_settles(ana, itau, invoices, worker, db):
    read = upload(ana, CNAB240, itau)
    ana.post(read.location)
    page = ana.get(read.location)
    assert "Processando 0 de 3" in page.words
    assert page.headers["Refresh"] == "2"
    assert ana.post(read.location).status == 422, "no second order while the first is carried out"
    for line, words, bar in ((3, "1 de 3", ["1"]), (5, "2 de 3", ["2"]), (7, "Terminando", [])):
        db.scalars(select(BankFileRecord).where(BankFileRecord.line == line)).one().settle()
        db.commit()
        page = ana.get(read.location)
        assert words in page.words
        assert [meter["value"] for meter in page.page.select("progress")] == bar, "never full while it waits"
    worker.drain()
    assert "Refresh" not in ana.get(read.location).headers


@pytest.mark.parametrize(("code", "unknown"), [("06", True), ("28", False)])
def test_nothing_to_settle_is_done_as_it_is_read(ana, itau, invoices, db, code, unknown):
    """A title nobody knows, or a fee of the bank."""
    read = upload(ana, told(999, 9990, nosso=7777) if unknown else told(101, 0, code=code), itau)
    page = ana.follow(read)
    assert "Retorno lido. Nada a processar" in page.words
    assert "nenhuma linha muda uma fatura" in page.words
    assert ("Diga em Associar" in page.words) is unknown
    assert not page.page.select(f'form[action="{read.location}"]'), "no button that leads to its own refusal"
    assert "não tem mais nada a processar" in ana.post(read.location).words
    assert "Processado" in ana.get(PATH).words


# ---- retorno: too much, too little, twice, unknown


def told(number, cents, interest=0, code="06", face=9990, nosso=None):
    """A file of 240 about one title, like the examples."""
    lines = [line.ljust(240) for line in EXAMPLES["cnab240_retorno"]["linhas"]]
    header, lot, t, u, lot_end, end = *lines[:4], lines[-2], lines[-1]
    own = f"109{nosso or 1900 + number:08}"
    t = t[:15] + code + t[17:37] + f"{own}8".ljust(20) + t[57:81] + f"{face:015}" + t[96:105]
    t += str(number).ljust(25) + lines[2][130:]
    u = u[:15] + code + f"{interest:015}" + u[32:77] + f"{cents:015}" + u[92:]
    lot_end = lot_end[:17] + "000004" + lot_end[23:]
    end = end[:17] + "000001000006" + end[29:]
    return "\r\n".join((header, lot, t, u, lot_end, end)).encode()


@pytest.mark.parametrize(
    ("cents", "words", "flag", "status", "credit"),
    [
        (10000, "a mais viram crédito", "over", "paid", 10),
        (5000, "Faltam R$ 49,90", "under", "open", 0),
    ],
)
def test_overpaid_and_underpaid(ana, itau, worker, db, cents, words, flag, status, credit):
    issued(itau, [101])
    read = upload(ana, told(101, cents), itau)
    assert words in ana.follow(read).words.replace("\u00a0", " ")
    ana.post(read.location)
    worker.drain()
    assert db.scalars(select(Payment)).one().flag == flag
    assert by_number(db)[101].status == status
    assert credit_of(cast.ze().id) == credit
    said = {
        "over": "Baixada R$ 0,10 a mais viraram crédito do cliente.",
        "under": "Baixada em parte Faltam R$ 49,90: a fatura continua aberta.",
    }
    assert said[flag] in ana.get(read.location).words


def test_late_without_fine_and_interest_is_told_before(ana, itau, worker, db):
    issued(itau, [101], due=date(2026, 12, 3))
    read = upload(ana, told(101, 9990), itau)
    assert "de multa e juros" in ana.follow(read).words


def test_a_part_paid_late_pays_its_fine_and_interest_first(ana, itau, worker, db):
    issued(itau, [101], due=date(2026, 11, 10))  # the file is of 10/12: 30 days, R$ 2,00 and R$ 1,00
    read = upload(ana, told(101, 5145), itau)
    assert "Faltam R$ 51,45: a fatura continua aberta." in ana.follow(read).words.replace("\u00a0", " ")
    ana.post(read.location)
    worker.drain()
    payment = db.scalars(select(Payment)).one()
    assert (payment.principal_cents, payment.fine_cents, payment.interest_cents) == (4995, 100, 50)


def test_the_baixa_is_told_from_when_it_is_asked_until_the_bank_answers(ana, itau, invoices, worker, db):
    invoice = by_number(db)[102]
    path = f"/faturas/{invoice.id}"
    invoice.cancel("Emitida em duplicidade")
    db.commit()
    shown = ana.get(path)
    assert "Este boleto ainda pode ser pago: a baixa vai ao banco na próxima remessa." in shown.words
    assert shown.page.select_one(f'a[href="/clientes/{invoice.person_id}/financeiro#dias-sem-cobranca"]')
    remessa(ana, itau)
    asked = ana.get(path).words
    assert "Baixa pedida ao banco" in asked
    assert "Até o banco responder num retorno, este boleto ainda pode ser pago." in asked
    settled(ana, worker, told(102, 0, code="09"), itau)
    assert "Baixado no banco" in ana.get(path).words


def test_a_settled_boleto_is_liquidado_and_says_who_pressed(ana, itau, invoices, worker, db):
    settled(ana, worker, told(101, 9990), itau)
    shown = ana.get(f"/faturas/{by_number(db)[101].id}").words
    assert "Boleto Liquidado" in shown
    assert "Baixado no banco" not in shown
    assert db.scalars(select(Payment.received_by)).one() == cast.operator("ana.souza").name


def test_a_refused_line_says_why_and_is_counted(ana, itau, invoices, worker, db):
    shown = settled(ana, worker, CNAB400, itau).words
    assert "Recusado pelo banco Motivo 16." in shown
    assert "Recusados 1" in shown


def test_paid_twice_is_credit_and_flagged(ana, itau, invoices, worker, db):
    settled(ana, worker, CNAB240, itau)
    read = upload(ana, CNAB400, itau)
    assert "Já está paga" in ana.follow(read).words
    ana.post(read.location)
    worker.drain()
    assert credit_of(cast.ze().id) == 9990 + 10227
    assert "Pago em duplicidade" in ana.get(read.location).words


def test_money_for_a_cancelled_invoice_is_credit(ana, itau, invoices, worker, db):
    by_number(db)[101].cancel("Emitida em duplicidade")
    read = upload(ana, told(101, 9990), itau)
    assert "Já está cancelada" in ana.follow(read).words
    ana.post(read.location)
    worker.drain()
    assert outcomes(db) == ["twice"]
    assert "Pago depois de encerrada" in ana.get(read.location).words
    assert credit_of(cast.ze().id) == 9990
    assert by_number(db)[101].status == "cancelled"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (told(101, 9990, nosso=2002), "the two numbers contradict"),
        (told(101, 9990, face=5000), "another amount: a title of another system"),
        (told(999, 9990, nosso=7777), "nobody knows it"),
    ],
)
def test_a_title_that_is_not_surely_ours_waits_in_quarantine(ana, itau, invoices, worker, db, content, why):
    settled(ana, worker, content, itau)
    assert (outcomes(db), count(db, Payment)) == (["quarantine"], 0), why


def test_the_old_slip_of_a_moved_invoice_is_known_by_our_number(ana, itau, invoices, worker, db):
    by_number(db)[101].move_due(date(2026, 12, 28), may_discount=True)
    db.commit()
    settled(ana, worker, told(101, 9990), itau)
    assert (outcomes(db), by_number(db)[101].status) == (["settled"], "paid")


def test_a_person_says_which_invoice_an_unknown_title_is(ana, itau, invoices, worker, db):
    page = settled(ana, worker, told(999, 9990, nosso=7777), itau)
    [link] = [link["href"] for link in page.page.select(".row-actions a")]
    assert ana.get(link).status == 200
    for wrong in ("", "5", "abc"):
        assert "Não há fatura" in ana.post(link, {"number": wrong}).errors()["number"]
    assert ana.post(link, {"number": "101"}).status == 303
    assert (outcomes(db), by_number(db)[101].status) == (["settled"], "paid")
    assert "Já foi dito de qual fatura é este título" in ana.get(link).words
    assert not ana.get(link).page.select(f'form[action="{link}"]')
    assert ana.post(link, {"number": "102"}).status == 409
    assert count(db, Payment) == 1


def test_a_late_word_does_not_undo_a_newer_one(ana, itau, invoices, worker, db):
    settled(ana, worker, told(101, 9990), itau)
    for code in ("02", "09"):
        settled(ana, worker, told(101, 0, code=code), itau)
        assert by_number(db)[101].registration == "paid"


# ---- retorno: as a file


def test_what_became_of_each_line_goes_into_a_spreadsheet(ana, itau, invoices, worker, db):
    settled(ana, worker, CNAB240, itau)
    db.execute(update(Person).where(Person.id == cast.ze().id).values(name="=Zé"))
    file = db.scalars(select(BankFile)).one()
    answer = ana.post(f"{PATH}/{file.id}/csv")
    assert f'filename="retorno-{file.id}.csv"' in answer.headers["Content-Disposition"]
    assert answer.text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert head[:7] == ["Linha", "Título no banco", "Ocorrência", "Fatura", "Cliente", "Vencimento", "Pago"]
    assert [dict(zip(head, row, strict=True))["O que acontece"] for row in rows] == [
        "Baixada",
        "Baixada",
        "Registrado no banco",
        "Título desconhecido",
    ]
    assert rows[1][3:10] == ["102", "'=Zé", "10/12/2026", "102,27", "1,90", "21/12/2026", "22/12/2026"]
    told = db.scalars(select(Event).where(Event.action == "report.exported")).one()
    assert told.data == {"report": "Retorno CB221226.RET"}


def test_whose_lines_go_into_a_spreadsheet(ana, itau, pending, staff, db):
    where = f"{upload(ana, CNAB240, itau).location}/csv"
    assert ana.post(f"{remessa(ana, itau).location}/csv").status == 404
    assert staff("bruno.reis").post(where).status == 403
    cast.operator("celia.prado").role_id = cast.operator("ana.souza").role_id
    db.commit()
    assert staff("celia.prado").post(where).status == 404


# ---- retorno: refused


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Escolha o arquivo"),
        (b"   \r\n\r\n", "vazio"),
        (b"%PDF-1.7\n%...", "Linha 1"),
        (CNAB240.replace(b"3410001300003T", b"3410001300009T"), "Linha 5: A sequência pula"),
        (b"\r\n".join(CNAB240.split(b"\r\n")[:-1]), "Linha 11"),
        (CNAB240.replace(b"341", b"237"), "é do banco 237"),
        (b"x" * (2 * 1024 * 1024 + 1), "passa de 2 MB"),
    ],
)
def test_broken_files_say_where_and_nothing_is_kept(ana, itau, invoices, db, content, said):
    answer = upload(ana, content, itau)
    assert answer.status == 422
    assert said in answer.errors()["file"]
    assert (count(db, BankFile), count(db, BankFileRecord)) == (0, 0)


@pytest.mark.feature("B-06")
def test_one_odd_line_is_named_and_the_others_settle(ana, itau, invoices, worker, db, staff):
    odd = CNAB240.replace(b"3410001300003T 06", b"3410001300003T ~~")
    assert upload(ana, odd, itau).status == 303
    file = db.scalars(select(BankFile)).one()
    page = ana.get(f"/arquivos-do-banco/{file.id}")
    assert "Não se entende" in page.words
    assert "outra ocorrência" in page.words
    ana.post(f"/arquivos-do-banco/{file.id}")
    worker.drain()
    db.expire_all()
    assert file.status == "settled"
    outcomes = db.scalars(select(BankFileRecord.outcome).order_by(BankFileRecord.line)).all()
    assert outcomes.count("unread") == 1
    assert "waiting" not in outcomes
    silvia = staff("silvia.maia")
    assert "1 linha ficou de fora" in silvia.get("/").words
    listed = silvia.get("/tarefas")
    assert "Leitura de retorno" in listed.words
    assert listed.page.select_one(f'main a[href="/arquivos-do-banco/{file.id}"]')


def test_the_same_title_twice_in_a_file_is_said_before_and_done_so(ana, itau, invoices, worker, db):
    upload(ana, CNAB240, itau)
    record = db.scalars(select(BankFileRecord).where(BankFileRecord.meaning == "paid")).first()
    twice = {c.name: getattr(record, c.name) for c in BankFileRecord.__table__.columns if c.name not in ("id", "line")}
    db.execute(BankFileRecord.__table__.insert().values(line=record.line + 1000, **twice))
    db.commit()
    page = ana.get(f"/arquivos-do-banco/{record.bank_file_id}")
    assert "Já estará paga por outra linha" in page.words
    ana.post(f"/arquivos-do-banco/{record.bank_file_id}")
    worker.drain()
    db.expire_all()
    again = db.scalars(select(BankFileRecord).where(BankFileRecord.line == record.line + 1000)).one()
    assert (record.outcome, again.outcome) == ("settled", "twice")


def renumbered(content, number):
    """The same lines in the file of another number (NSA)."""
    return content[:157] + f"{number:06}".encode() + content[163:]


def dated(content, day):
    """The payments of a file of 240, on another day."""
    lines = content.split(b"\r\n")
    return b"\r\n".join(
        line[:137] + f"{day:%d%m}{day.year:04}".encode() * 2 + line[153:] if line[13:17] == b"U 06" else line
        for line in lines
    )


@pytest.mark.postgresql
@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 1, 1), date(1996, 12, 10), date(2026, 11, 24)])
def test_money_of_a_day_before_the_issue_waits_for_a_person(ana, itau, invoices, worker, db, day):
    page = settled(ana, worker, dated(told(101, 9990), day), itau)
    assert outcomes(db) == ["quarantine"]
    assert "anterior à emissão" in page.words
    record = db.scalars(select(BankFileRecord)).one()
    assert "anterior à emissão" in ana.get(f"{PATH}/linhas/{record.id}").words
    assert ana.post(f"{PATH}/linhas/{record.id}", {"number": "101"}).status == 303
    payment = db.scalars(select(Payment)).one()
    assert (payment.paid_on, payment.credited_on) == (by_number(db)[101].issued_on, None), "no day that cannot be"


def test_a_line_kept_before_is_asked_about_when_it_is_settled(ana, itau, invoices, worker, db):
    read = upload(ana, CNAB240, itau)
    record = db.scalars(select(BankFileRecord).where(BankFileRecord.meaning == "paid")).first()
    record.occurred_on = db.get(Invoice, record.invoice_id).issued_on - timedelta(days=1)
    db.commit()
    assert "anterior à emissão" in ana.get(read.location).words
    ana.post(read.location)
    worker.drain()
    db.expire_all()
    assert (record.outcome, record.doubt) == ("quarantine", "early")


# ---- the same title in two files


def test_the_same_file_made_anew_by_the_bank_is_known(ana, itau, invoices, worker, db):
    """Another day and hour in its header, other line ends: its number and its records are the same."""
    settled(ana, worker, CNAB240, itau)
    header = CNAB240[:143] + b"24122026" + b"101112" + CNAB240[157:]
    for again in (header, CNAB240 + b"\r\n", CNAB240.replace(b"\r\n", b"\n")):
        assert "já foi lido" in upload(ana, again, itau).words
    assert count(db, Payment) == 2


@pytest.mark.postgresql
def test_two_payments_of_one_boleto_in_two_files(ana, itau, invoices, worker, db):
    settled(ana, worker, told(101, 9990), itau)
    page = settled(ana, worker, renumbered(told(101, 9990), 78), itau)
    assert "Outro retorno trouxe este título" in page.words
    assert outcomes(db) == ["settled", "quarantine"]
    second = db.scalars(select(BankFileRecord).where(BankFileRecord.outcome == "quarantine")).one()
    where = f"{PATH}/linhas/{second.id}"
    assert "Outro retorno trouxe este título" in ana.get(where).words
    assert ana.post(f"{where}/sem-baixa", {"reason": " "}).status == 422
    assert ana.post(f"{where}/sem-baixa", {"reason": "é o mesmo dinheiro"}).status == 303
    assert ana.post(f"{where}/sem-baixa", {"reason": "de novo"}).status == 409
    assert "é o mesmo dinheiro" in ana.get(f"{PATH}/{second.bank_file_id}").words
    assert db.scalars(select(Event).where(Event.action == "bank_file.set_aside")).one().data["amount_cents"] == 9990
    assert ana.post(where, {"number": "101"}).status == 303, "what was left without a baixa may be tied after all"
    assert (outcomes(db), credit_of(cast.ze().id)) == (["settled", "twice"], 9990)
    assert "linha de retorno" not in worker.command("check").output


def test_money_of_one_company_pays_no_invoice_of_another(staff, itau, invoices, db):
    """The account is of Serra Azul, the invoice of Vale Claro: whoever ties it, in whatever company."""
    db.execute(update(BankAccount).values(company_id=cast.serra_azul().id))
    db.commit()
    silvia = staff("silvia.maia")
    upload(silvia, told(999, 9990, nosso=7777), itau)
    record = db.scalars(select(BankFileRecord)).one()
    refused = silvia.post(f"{PATH}/linhas/{record.id}", {"number": "101"})
    assert refused.status == 422
    assert "O dinheiro entrou na conta de Serra Azul" in refused.errors()["number"]
    db.execute(update(BankAccount).values(company_id=0))
    db.commit()
    assert silvia.post(f"{PATH}/linhas/{record.id}", {"number": "101"}).status == 303, "an account of all"


def test_our_own_number_alone_settles_nothing(ana, itau, invoices, db):
    upload(ana, CNAB240, itau)
    mine = db.scalars(select(BankFileRecord).where(BankFileRecord.invoice_id.is_not(None))).first()
    other = replace(TITLE, our_number=str(db.get(Invoice, mine.invoice_id).number), sequence=987654)
    assert return_intake._invoices(itau.id, [other]) == {}


TITLE = ReturnTitle(3, "", None, None, "", "06", "paid", 0, 9990, 0, 0, date(2026, 12, 10), None, "")


@pytest.mark.feature("B-06")
def test_a_payer_with_letters_is_left_out_of_the_remessa_alone(ana, itau, pending, staff, db):
    first = db.scalars(select(Invoice).where(Invoice.registration == "pending")).first()
    sol = cast.sol()
    usual, first.person_id = sol.document, sol.id
    db.execute(Person.__table__.update().where(Person.id == sol.id).values(document="12ABC34501DE35"))
    db.commit()
    waiting = count(db, Invoice)
    answer = ana.post("/arquivos-do-banco/remessa", {"account_id": str(itau.id)})
    assert answer.status == 303
    page = ana.follow(answer)
    assert "Ficaram de fora" in page.words
    assert "tem letras" in page.words
    db.expire_all()
    assert first.registration == "pending"
    assert db.scalars(select(BankFile.titles)).one() < waiting
    assert "Remessa" in staff("silvia.maia").get("/tarefas").words
    db.execute(Person.__table__.update().where(Person.id == first.person_id).values(document=usual))
    db.commit()
    ana.post("/arquivos-do-banco/remessa", {"account_id": str(itau.id)})
    assert db.scalars(select(LeftOut.status)).all() == ["solved"] * len(db.scalars(select(LeftOut)).all())


def test_a_provider_with_letters_is_refused_at_once(ana, itau, pending, db):
    db.execute(Company.__table__.update().where(Company.id != 0).values(cnpj="12ABC34501DE35"))
    db.commit()
    answer = ana.post("/arquivos-do-banco/remessa", {"account_id": str(itau.id)})
    assert answer.status == 422
    assert "O CNPJ da empresa tem letras" in answer.errors()["account_id"]


LETTERS = "12ABC34501DE35"


def test_a_cnpj_with_letters_is_refused_at_every_door_that_gives_it_to_an_account(staff, itau, worker, db):
    """The form of the company, what takes the place of a company, an account taken back into use (B-06)."""
    davi, here, path = staff("davi.rocha"), cast.vale_claro().id, "/configuracao/empresas"
    page = davi.get(f"{path}/{here}/editar")
    refused = davi.post(f"{path}/{here}/editar", {**page.form(), "cnpj": LETTERS})
    assert (refused.status, "O CNPJ da empresa tem letras" in refused.errors()["cnpj"]) == (422, True)
    db.execute(update(BankAccount).values(company_id=0))
    db.execute(update(Company).where(Company.id == cast.serra_azul().id).values(cnpj=LETTERS))
    db.commit()
    assert "O CNPJ da empresa tem letras" in davi.post(f"{path}/{here}/inativacao").words, "the next would be paid"
    db.execute(update(BankAccount).values(inactive_since=clock_of.now(), company_id=cast.serra_azul().id))
    db.commit()
    back = davi.post(f"/configuracao/contas-de-cobranca/{itau.id}/reativacao", faults=True)
    assert back.status == 422, back.words


def test_what_stands_so_already_is_named_and_billed_to_nobody(staff, itau, pending, worker, db):
    db.execute(update(Company).where(Company.id != 0).values(cnpj=LETTERS))
    db.commit()
    with acting(Actor("job", None, "Teste"), "job"):
        ze = cast.service(cast.ze())
        company = base.session.get_one(Company, ze.company_id)
        account_ = base.session.get_one(BankAccount, itau.id)
        draft = Draft(company, ze.person_id, ze.billing_method_id, account_, DUE, (_charge(ze.id, 100),))
        [said] = refusals_to_issue([draft])
        assert "O CNPJ da empresa tem letras" in said, "the run and its rehearsal leave it out"
        with pytest.raises(Refused, match="tem letras"):
            issue([draft])
    assert worker.command("check").output.count("O CNPJ da empresa tem letras") == 4
    davi = staff("davi.rocha")
    page = davi.get(f"/configuracao/empresas/{company.id}/editar")
    form = {**page.form(), "phone": "(24) 3333-1234"}
    assert davi.post(f"/configuracao/empresas/{company.id}/editar", form).status == 303, "the rest may still be edited"


def test_a_file_that_is_far_too_large(ana, itau):
    assert upload(ana, b"x" * (5 * 1024 * 1024), itau).status == 413


def test_forged_uploads(ana, itau, db):
    for form in ({"account_id": str(itau.id), "file": "um texto"}, {"account_id": "999", "file": ""}, {}):
        answer = ana.post(f"{PATH}/retorno", form)
        assert answer.status == 422
        assert "Escolha o arquivo" in answer.errors()["file"]
    assert count(db, BankFile) == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\retornos\\a.ret", "a\u202eb.ret", "x" * 300, ""])
def test_names_of_files_are_only_names(ana, itau, invoices, db, name):
    read = upload(ana, CNAB240, itau, name=name)
    if not name:  # a browser sends no file without its name
        assert read.status == 422
        return
    kept = db.scalars(select(BankFile)).one().name
    assert len(kept) <= 120
    assert not set("/\\\u202e") & set(kept)
    assert ana.get(f"{read.location}/baixar").status == 200


# ---- retorno: of another account


def of_account(content, **places):
    """The same file with other characters in its header, from a position on: p59='000000099999'."""
    header, rest = content.split(b"\r\n", 1)
    for place, text in places.items():
        first = int(place.removeprefix("p"))
        header = header[: first - 1] + text.encode() + header[first - 1 + len(text) :]
    return header + b"\r\n" + rest


@pytest.mark.parametrize("other", [of_account(CNAB240, p59="000000099999"), of_account(CNAB400, p33="99999")])
def test_a_retorno_of_another_account_is_refused_by_its_name(ana, itau, invoices, db, other):
    said = upload(ana, other, itau).errors()["file"]
    assert "é de outra conta do Itaú: ela tem conta" in said
    assert "99999. Escolha a conta certa." in said
    account(name="Itaú da serra", fields={"agencia": "57", "conta": "99999", "carteira": "109"})
    said = upload(ana, other, itau).errors()["file"]
    assert "Este retorno é da conta Itaú da serra, não da conta Itaú principal. Escolha a conta certa." in said
    assert count(db, BankFile) == 0


@pytest.mark.parametrize(
    "same",
    [
        of_account(CNAB240, p53="00000", p59="000000000000"),
        of_account(CNAB240, p53=" " * 18),
        of_account(CNAB240, p59="000000123457"),
        of_account(CNAB240, p59="     12345-7"),
        of_account(CNAB400, p27="0000", p33="00000"),
        of_account(CNAB400, p27=" " * 12),
    ],
)
def test_a_header_that_says_nothing_or_the_same_in_other_words_is_read(ana, itau, invoices, same):
    assert upload(ana, same, itau).status == 303


def test_an_account_that_is_not_hers_is_not_named(ana, itau, invoices, db):
    hers = {"agencia": "57", "conta": "99999", "carteira": "109"}
    account(name="Itaú da serra", company_id=cast.serra_azul().id, fields=hers)
    assert "da serra" not in upload(ana, of_account(CNAB240, p59="000000099999"), itau).errors()["file"]


# ---- remessa


@pytest.fixture
def pending(itau, invoices, db):
    db.execute(update(Invoice).values(registration="pending"))
    db.commit()
    return invoices


def remessa(visitor, itau, **more):
    return visitor.post(f"{PATH}/remessa", {"account_id": str(itau.id)}, **more)


def test_a_remessa_of_what_the_bank_does_not_know(ana, itau, pending, db):
    assert "4 boletos a enviar" in ana.get(f"{PATH}/remessa").words
    made = remessa(ana, itau)
    page = ana.follow(made)
    assert "Remessa nº 1" in page.h1
    content = ana.get(f"{made.location}/baixar").data
    assert ana.get(f"{made.location}/baixar").data == content
    lines = content.decode("ascii").split("\r\n")
    assert [line[13] for line in lines[2:-3]] == ["P", "Q", "R"] * 4
    p, q, r = lines[2:5]
    assert p[37:57].strip() == "109000020014"
    assert (p[62:77].strip(), p[195:220].strip(), p[85:100]) == ("101", "101", "000000000009990")
    assert q[18:33] == f"{cast.ZE:0>15}"
    assert (p[117], p[126:141], r[65], r[74:89]) == ("2", f"{100:015}", "2", f"{200:015}")
    assert lines[0][157:163] == "000001"
    assert {row.registration for row in by_number(db).values()} == {"sent"}
    event = db.scalars(select(Event).where(Event.action == "bank_file.made")).one()
    assert event.data == {"sequence": 1, "titles": 4}


def test_what_we_send_comes_back_known(ana, itau, pending, worker, db):
    remessa(ana, itau)
    settled(ana, worker, CNAB400, itau)
    assert outcomes(db) == ["settled", "settled", "registered", "rejected"]


def test_an_empty_remessa_is_refused_and_takes_no_number(ana, itau, pending, db):
    remessa(ana, itau)
    empty = remessa(ana, itau)
    assert "Não há boletos" in empty.words
    assert empty.status == 422
    db.execute(update(Invoice).values(registration="pending"))
    assert "Remessa nº 2" in ana.follow(remessa(ana, itau)).h1


def test_two_remessas_at_once_send_each_boleto_once(itau, pending, staff, db, race):
    people = [staff("ana.souza") for _ in range(4)]
    for person in people:
        person.get(f"{PATH}/remessa")
    assert sorted(race(4, lambda i: remessa(people[i], itau).status)) == [303, 422, 422, 422]
    assert db.scalars(select(BankFile)).one().titles == 4


def test_what_was_closed_otherwise_is_taken_off_at_the_bank(ana, itau, invoices, db):
    by_number(db)[101].settle(Receipt("counter", 9990, date(2026, 12, 9)))
    by_number(db)[102].cancel("Emitida em duplicidade")
    made = remessa(ana, itau)
    content = ana.get(f"{made.location}/baixar").data.decode()
    assert [(line[13:14], line[15:17]) for line in content.split("\r\n") if line[13:14] == "P"] == [("P", "02")] * 2
    assert [by_number(db)[number].registration for number in (101, 102, 103)] == ["asked", "asked", "sent"]


@pytest.mark.postgresql
def test_a_bank_without_files_is_said(ana, itau, db):
    inter = BankAccount(
        company_id=0,
        name="Inter",
        bank="077",
        fields={"carteira": "110", "operacao": "1234567"},
    )
    inter.create()
    db.commit()
    assert "Registre os boletos no site do banco" in ana.get(f"{PATH}/remessa").words
    issued(inter, [201])
    db.execute(update(Invoice).values(registration="pending"))
    refused = remessa(ana, inter)
    assert "Envie pelo site do banco" in refused.errors()["account_id"]
    assert by_number(db)[201].registration == "pending"


def test_a_field_the_remessa_lacks_is_said(ana, itau, db):
    bb = BankAccount(company_id=0, name="BB", bank="001", fields={"convenio": "3128557", "carteira": "17"})
    bb.create()
    issued(bb, [301])
    db.execute(update(Invoice).values(registration="pending"))
    said = "Falta Agência, Dígito da agência, Conta, Dígito da conta, Variação da carteira na conta BB."
    assert said in remessa(ana, bb).errors()["account_id"]
    bb.change(fields={**bb.fields, "variacao": "19", "agencia": "57", "agencia_dv": "1", "conta": "1", "conta_dv": "X"})
    assert remessa(ana, bb).status == 303


@pytest.mark.parametrize("bank", LAYOUTS)
def test_every_field_of_a_remessa_can_be_typed(bank):
    pattern = LAYOUTS[bank].file + LAYOUTS[bank].lot + LAYOUTS[bank].title
    wanted = {name.split("[")[0] for _, name, _, _ in Formatter().parse(pattern) if name} - {"codigo_de_6"}
    typed = {*BANKS[bank].widths, *FILE_FIELDS.get(bank, ()), *SUPPLIED, *BANKS[bank].checks}
    assert wanted <= typed


# ---- who sees what


def test_a_file_belongs_to_the_company_it_was_made_in(ana, itau, pending, staff, db):
    made = remessa(ana, itau)
    cast.operator("celia.prado").role_id = cast.operator("ana.souza").role_id
    db.commit()
    celia = staff("celia.prado")
    assert "remessa-341" not in celia.get(PATH).words
    for path in (made.location, f"{made.location}/baixar"):
        assert celia.get(path).status == 404
    assert celia.post(made.location).status == 404
    assert staff("davi.rocha").get(made.location).status == 200
    assert "Não há boletos" in remessa(celia, itau).words, "the customers of the other company are not hers to send"


def test_files_made_in_todas_are_for_todas(itau, pending, staff, db):
    made = remessa(staff("davi.rocha"), itau)
    assert staff("ana.souza").get(made.location).status == 404


def test_a_retorno_settles_the_titles_of_every_company_of_its_account(itau, invoices, staff, worker, db):
    """Célia brings the file of an account that both use; what is not hers is settled and not shown."""
    cast.operator("celia.prado").role_id = cast.operator("ana.souza").role_id
    db.commit()
    celia = staff("celia.prado")
    page = settled(celia, worker, CNAB240, itau)
    assert outcomes(db)[:3] == ["settled", "settled", "registered"]
    assert "José" not in page.words


def test_a_remessa_is_not_processed(ana, itau, pending):
    made = remessa(ana, itau)
    assert "não se processa" in ana.post(made.location).words


def test_who_may_not(staff, itau):
    bruno = staff("bruno.reis")
    for path in (PATH, f"{PATH}/remessa", f"{PATH}/retorno"):
        assert bruno.get(path).status == 403


def test_empty_pages(ana):
    assert "Nenhum arquivo ainda" in ana.get(PATH).words
    assert "Nenhuma conta gera remessa" in ana.get(f"{PATH}/remessa").words
    assert "Nenhuma conta de banco" in ana.get(f"{PATH}/retorno").words


def test_the_pages_ask_the_same_however_long_the_file(ana, itau, invoices, count_queries):
    short = upload(ana, told(101, 9990), itau).location
    long = upload(ana, CNAB240, itau).location
    counted = []
    for path in (short, long, PATH):
        with count_queries() as queries:
            ana.get(path)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    with count_queries() as queries:
        ana.get(PATH)
    assert len(queries) == counted[2]
