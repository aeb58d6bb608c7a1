"""Pix of an invoice: registered at the bank, told by it, asked of it, settled once (API Pix)."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from integrations.pix import PixClient
from models.banking import read_code
from models.billing import Invoice, Receipt, credit_of
from models.catalog import BankAccount
from models.collection import PixCharge, PixReceipt
from models.notices import Notice
from models.outbox import Effect
from models.papers import invoice_paper
from models.tickets import Ticket
from tests import cast
from tests.pix import DUE, KEY, TOKEN, TOTAL, URL, asked, paid, pending, receipt, registered, shown, tell

# ---- the bank is told


def test_an_open_invoice_gets_its_code(bank, charge, invoice, worker, db):
    assert (charge.status, charge.amount_cents, charge.due_on, len(charge.txid)) == ("active", TOTAL, DUE, 26)
    assert shown(db, invoice) == charge.code
    [told] = json.loads(bank.path.read_text())["cobv"].values()
    assert told["valor"] == {
        "original": "166.50",
        "multa": {"modalidade": "2", "valorPerc": "2.00"},
        "juros": {"modalidade": "3", "valorPerc": "1.00"},
    }
    assert told["devedor"]["cpf"] == cast.ZE
    assert told["chave"] == "financeiro@valeclaro.com.br"
    assert worker.routine("pix_requests") == 0


def test_the_rehearsal_tells_and_changes_nothing(bank, invoice, worker, db):
    said = worker.command("routines", "run", "pix_requests", "--dry-run").output
    assert f"fatura {invoice.number}: R$\u00a0166,50 até 10/12/2026" in said
    assert db.scalar(select(func.count()).select_from(PixCharge)) == 0


def test_without_a_bank_the_static_code_stays(app, invoice, worker, db, monkeypatch):
    monkeypatch.setitem(app.extensions, "pix", None)
    assert worker.routine("pix_requests") == worker.routine("pix_reconciliation") == 0
    assert shown(db, invoice) == invoice.pix_code
    assert read_code(invoice.pix_code)["54"] == "166.50"


def test_an_account_at_another_bank_keeps_its_static_code(app, bank, invoice, worker, monkeypatch):
    monkeypatch.setattr(app.extensions["pix"], "key", "outra@chave.example")
    assert worker.routine("pix_requests") == 0


def test_a_due_date_that_passed_keeps_its_static_code(bank, invoice, worker, clock):
    with clock("2026-12-11 10:00"):
        assert worker.routine("pix_requests") == 0


def test_asked_but_late(bank, invoice, worker, db, clock):
    """The worker was down until the day after the due date: the bank takes it no more."""
    worker.routine("pix_requests")
    with clock("2026-12-12 10:00"):
        worker.drain()
    db.expire_all()
    assert db.scalars(select(PixCharge)).one().status == "removed"
    assert db.scalar(select(Effect.state).where(Effect.kind == "request_pix")) == "done"


def test_a_bank_that_is_down_is_asked_again(bank, invoice, worker, db, monkeypatch, clock):
    monkeypatch.setattr(bank, "answer", lambda *_: (503, b""))
    monkeypatch.setitem(worker.app.extensions, "pix", PixClient(bank.answer, None, bank))
    worker.routine("pix_requests")
    worker.drain()
    assert db.scalar(select(Effect.state).where(Effect.kind == "request_pix")) == "ready"
    assert worker.routine("pix_requests") == 0, "one word at a time"
    monkeypatch.undo()
    with clock("2026-12-01 10:05"):
        worker.drain()
    db.expire_all()
    assert db.scalars(select(PixCharge)).one().status == "active"


def test_killed_after_the_bank_heard_it(bank, invoice, worker, db, clock):
    """The charge stands at the bank and nobody wrote it down: asked again, it is found."""
    worker.routine("pix_requests")
    charge = db.scalars(select(PixCharge)).one()
    from jobs.pix import request_pix

    request_pix({"charge_id": charge.id})  # without its second half
    db.rollback()
    worker.drain()
    assert shown(db, invoice) == charge.code
    assert charge.status == "active"


@pytest.mark.parametrize("end", ["cancel", "write_off", "counter"])
def test_what_nobody_owes_any_more_is_taken_back(bank, charge, invoice, worker, db, end):
    if end == "counter":
        invoice.settle(Receipt("counter", TOTAL, date(2026, 12, 1)))
    else:
        getattr(invoice, end)("Combinado com o cliente")
    db.commit()
    assert registered(db, worker).status == "removed"
    assert worker.routine("pix_requests") == 0
    with pytest.raises(ValueError, match="cannot be paid"):
        bank.pay(charge.txid)


def test_a_moved_due_date_and_a_part_paid_change_the_charge(bank, charge, invoice, worker, db):
    before = charge.code
    invoice.move_due(date(2026, 12, 15), may_discount=True)
    db.commit()
    assert shown(db, invoice) == invoice.pix_code, "the bank still has the old day"
    assert registered(db, worker).due_on == date(2026, 12, 15)
    assert shown(db, invoice) == before, "the same code, of the changed charge"
    invoice.settle(Receipt("counter", 10000, date(2026, 12, 1)))
    db.commit()
    assert read_code(shown(db, invoice))["54"] == "66.50", "the bank still has the old amount"
    assert registered(db, worker).amount_cents == TOTAL - 10000
    assert shown(db, invoice) == before
    assert worker.routine("pix_requests") == 0


# ---- what is left after a charge was paid


def part_paid(bank, charge, invoice, worker, anonymous, staff, db, cents):
    """A Pix that is not what the invoice costs, until a person says that it is for it all the same."""
    tell(anonymous, bank, bank.pay(charge.txid, cents))
    worker.drain()
    staff("ana.souza").post(f"/pix-recebidos/{receipt(db).id}/baixa", {"number": str(invoice.number)})


def test_the_rest_gets_a_charge_of_its_own(bank, charge, invoice, worker, anonymous, staff, central, db):
    tell(anonymous, bank, bank.pay(charge.txid, TOTAL - 650))
    worker.drain()
    assert (receipt(db).outcome, charge.status) == ("divergent", "paid")
    assert worker.routine("pix_requests") == 0
    assert shown(db, invoice) == charge.code, "nobody pays a second time while one waits for a person"
    staff("ana.souza").post(f"/pix-recebidos/{receipt(db).id}/baixa", {"number": str(invoice.number)})
    assert read_code(shown(db, invoice))["54"] == "6.50"
    rest = registered(db, worker)
    assert (charge.status, rest.status, rest.amount_cents) == ("done", "active", 650)
    assert rest.txid not in (charge.txid, invoice.txid)
    assert shown(db, invoice) == rest.code != charge.code
    for page in (staff("ana.souza").get(f"/faturas/{invoice.id}"), central("ze").get(f"/central/faturas/{invoice.id}")):
        assert rest.code in page.text
        assert "R$ 6,50" in page.words.replace("\u00a0", " ")
    assert worker.routine("pix_requests") == 0

    tell(anonymous, bank, bank.pay(rest.txid))
    worker.routine("pix_reconciliation")
    worker.drain()
    assert [(payment.amount_cents, payment.flag) for payment in paid(db)] == [(TOTAL - 650, "under"), (650, "")]
    assert (invoice.status, charge.status, rest.status) == ("paid", "done", "done")
    assert worker.routine("pix_requests") == 0


def test_late_the_rest_has_a_static_code_that_says_what_it_costs(
    bank, charge, invoice, worker, anonymous, staff, db, clock
):
    with clock("2026-12-21 10:00"):
        part_paid(bank, charge, invoice, worker, anonymous, staff, db, 10000)
        assert worker.routine("pix_requests") == 0, "no bank takes a due date that passed"
        owed = invoice.amount_due(date(2026, 12, 21)).total_cents
        assert 0 < invoice.open_cents < owed
        assert read_code(shown(db, invoice))["54"] == f"{owed / 100:.2f}"


@pytest.mark.postgresql
def test_a_late_one_without_a_charge_says_what_it_costs_today(invoice, staff, db, clock):
    with clock("2026-12-21 10:00"):
        code = shown(db, invoice)
        assert read_code(code)["54"] == "170.44"
        page = staff("ana.souza").get(f"/faturas/{invoice.id}")
        assert page.page.select_one(f'[data-copy="{code}"]')
        assert "Pix de R$ 170,44, o valor de hoje." in page.words.replace("\u00a0", " ")
        slip = invoice_paper(invoice)["slip"]
        assert slip["pix_code"] == code
        assert slip["pix_today"] == "Em 21/12/2026 custa R$\u00a0170,44: é o que o Pix cobra."


def test_what_is_printed_and_mailed_is_the_charge_at_the_bank(charge, invoice, worker, db):
    assert invoice_paper(invoice)["slip"]["pix_code"] == charge.code != invoice.pix_code
    cast.ze().set_contacts({**cast.ze().contacts(), "email": "ze@exemplo.example"})
    db.commit()
    assert worker.routine("invoice_mails") == 1
    [mail] = db.scalars(select(Notice).where(Notice.kind == "invoice"))
    assert charge.code in mail.body


def test_after_a_year_a_charge_cannot_be_paid_any_more(bank, charge, invoice, db, clock):
    with clock("2027-12-10 10:00"):
        assert shown(db, invoice) == charge.code
    with clock("2027-12-15 10:00"):
        assert shown(db, invoice) != charge.code
        with pytest.raises(ValueError, match="any more"):
            bank.pay(charge.txid)


def test_paid_at_the_bank_and_not_yet_told_there_is_no_other_charge(bank, charge, invoice, worker, db):
    """The webhook was lost, then somebody moved the due date: asked, the bank says that it has the money."""
    bank.pay(charge.txid)
    invoice.move_due(date(2026, 12, 15), may_discount=True)
    db.commit()
    assert registered(db, worker).status == "paid"
    assert worker.routine("pix_requests") == 0
    assert shown(db, invoice) == charge.code
    worker.routine("pix_reconciliation")
    worker.drain()
    assert (len(paid(db)), charge.status, invoice.status) == (1, "done", "paid")


@pytest.mark.postgresql
def test_paid_while_we_spoke_the_newer_word_stays(bank, charge, invoice, worker, anonymous, db):
    from jobs.pix import request_pix

    PixCharge.request(invoice)
    db.commit()
    keep = request_pix({"charge_id": charge.id})  # the bank said: active
    tell(anonymous, bank, bank.pay(charge.txid))
    worker.drain()
    keep()
    db.commit()
    db.expire_all()
    assert (charge.status, len(paid(db))) == ("done", 1)


def test_an_invoice_has_one_charge_that_lives(bank, charge, invoice, worker, anonymous, staff, db, race):
    part_paid(bank, charge, invoice, worker, anonymous, staff, db, 10000)
    race(4, lambda _: worker.routine("pix_requests"))
    worker.drain()
    charges = db.scalars(select(PixCharge).order_by(PixCharge.id)).all()
    assert [row.status for row in charges] == ["done", "active"]
    twin = {column.key: getattr(charges[1], column.key) for column in PixCharge.__table__.columns if column.key != "id"}
    with pytest.raises(IntegrityError, match=r"uq_pix_charge_live|pix_charge\.invoice_id"):
        db.execute(insert(PixCharge).values(**twin | {"txid": "X" * 26}))
    db.rollback()


# ---- the bank tells


def test_a_pix_settles_its_invoice(bank, charge, invoice, worker, anonymous, db):
    e2e_id = bank.pay(charge.txid)
    assert tell(anonymous, bank, e2e_id).status_code == 200
    assert receipt(db).outcome == "waiting", "asked of the bank first"
    worker.drain()
    [payment] = paid(db)
    assert (payment.means, payment.amount_cents, payment.e2e_id, payment.flag) == ("pix", TOTAL, e2e_id, "")
    assert (invoice.status, invoice.paid_on, charge.status) == ("paid", date(2026, 12, 1), "done")
    assert (receipt(db).outcome, receipt(db).invoice_id, receipt(db).company_id) == (
        "settled",
        invoice.id,
        invoice.company_id,
    )
    assert worker.routine("pix_requests") == 0, "a paid charge is not taken back"


def test_told_again_nothing_happens(bank, charge, worker, anonymous, db):
    e2e_id = bank.pay(charge.txid)
    for _ in range(3):
        assert tell(anonymous, bank, e2e_id).status_code == 200
        worker.drain()
    worker.routine("pix_reconciliation")
    worker.drain()
    assert len(paid(db)) == asked(db, "confirm_pix") == 1


def test_told_five_times_at_once_is_one_payment(bank, charge, worker, anonymous, db, race, app):
    e2e_id = bank.pay(charge.txid)
    body = bank.webhook_body(e2e_id)
    callers = [anonymous() for _ in range(5)]
    answers = race(5, lambda i: callers[i].post(URL, data=body, content_type="application/json").status_code)
    assert answers == [200] * 5
    assert asked(db, "confirm_pix") == 1
    from jobs.worker import Worker

    def work(_):
        with app.app_context():
            return Worker().drain()

    race(3, work)
    assert len(paid(db)) == 1


def test_confirmed_twice_at_once_is_one_payment(bank, charge, anonymous, db, race, app):
    """Two workers with the same answer of the bank in hand, as after a lease that ran out."""
    from jobs.pix import confirm_pix
    from models.base import db as base
    from models.scope import Actor, acting

    tell(anonymous, bank, bank.pay(charge.txid))
    id = receipt(db).id

    def confirm(_):
        with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
            keep = confirm_pix({"receipt_id": id})
            keep()
            base.session.commit()

    assert race(5, confirm) == [None] * 5
    assert len(paid(db)) == 1


def test_several_in_one_post_and_strangers_among_them(bank, charge, worker, anonymous, db):
    mine, strange = bank.pay(charge.txid), bank.receive("OUTROSISTEMA123", 700, KEY)
    tell(anonymous, bank, mine, strange)
    worker.drain()
    outcomes = dict(db.execute(select(PixReceipt.e2e_id, PixReceipt.outcome)).all())
    assert outcomes == {mine: "settled", strange: "unknown"}


def test_a_static_code_is_known_by_its_txid(bank, invoice, worker, anonymous, db):
    tell(anonymous, bank, bank.receive(invoice.txid, TOTAL))
    worker.drain()
    assert (receipt(db).outcome, len(paid(db))) == ("settled", 1)


def test_late_with_and_without_fine_and_interest(bank, charge, invoice, worker, anonymous, db, clock):
    with clock("2026-12-21 10:00"):
        tell(anonymous, bank, bank.pay(charge.txid))
        worker.drain()
    [payment] = paid(db)
    assert (payment.amount_cents, payment.fine_cents, payment.interest_cents) == (TOTAL + 333 + 61, 333, 61)


@pytest.mark.postgresql
def test_the_rest_of_a_late_one_costs_at_the_bank_what_it_costs_here(
    bank, charge, invoice, worker, anonymous, db, clock
):
    with clock("2026-12-21 10:00"):
        invoice.settle(Receipt("counter", 7000, date(2026, 12, 21)))
        db.commit()
        assert registered(db, worker).amount_cents == invoice.open_cents
    with clock("2027-01-20 10:00"):
        owed = invoice.due_today()
        tell(anonymous, bank, bank.pay(charge.txid))
        worker.drain()
    last = paid(db)[-1]
    assert (last.amount_cents, last.flag) == (owed.total_cents, "")
    assert (receipt(db).outcome, invoice.status) == ("settled", "paid")


def test_a_static_code_from_before_the_due_date_moved(bank, invoice, worker, anonymous, db):
    copied = invoice.txid
    invoice.move_due(date(2026, 12, 28), may_discount=True)
    db.commit()
    tell(anonymous, bank, bank.receive(copied, TOTAL))
    worker.drain()
    assert (receipt(db).outcome, receipt(db).invoice_id, invoice.status) == ("settled", invoice.id, "paid")


def test_late_by_a_static_code_is_settled_and_flagged(bank, invoice, worker, anonymous, db, clock):
    with clock("2026-12-21 10:00"):
        tell(anonymous, bank, bank.receive(invoice.txid, TOTAL))
        worker.drain()
    assert [payment.flag for payment in paid(db)] == ["late_short"]


@pytest.mark.parametrize("cents", [1, TOTAL - 1, TOTAL + 1])
def test_another_amount_is_kept_for_a_person(bank, charge, invoice, worker, anonymous, db, cents):
    tell(anonymous, bank, bank.pay(charge.txid, cents))
    worker.drain()
    assert (receipt(db).outcome, receipt(db).invoice_id, paid(db)) == ("divergent", invoice.id, [])
    assert invoice.status == "open"


def test_the_word_of_the_bank_counts_not_what_was_posted(bank, charge, invoice, worker, anonymous, db):
    e2e_id = bank.pay(charge.txid, 1)
    forged = json.loads(bank.webhook_body(e2e_id))
    forged["pix"][0]["valor"] = "166.50"
    anonymous().post(URL, data=json.dumps(forged), content_type="application/json")
    worker.drain()
    assert (receipt(db).outcome, receipt(db).amount_cents, paid(db)) == ("divergent", 1, [])


def test_a_pix_the_bank_does_not_know_settles_nothing(bank, charge, worker, anonymous, db):
    made_up = {"endToEndId": "E" + "9" * 31, "txid": charge.txid, "valor": "166.50"}
    made_up["horario"] = "2026-12-01T10:00:00-03:00"
    answer = anonymous().post(URL, data=json.dumps({"pix": [made_up]}), content_type="application/json")
    assert answer.status_code == 200
    worker.drain()
    assert (receipt(db).outcome, paid(db)) == ("waiting", [])
    assert "no such Pix" in db.scalar(select(Effect.last_error).where(Effect.kind == "confirm_pix"))


def test_cancelled_after_it_was_paid(bank, charge, invoice, worker, anonymous, db):
    e2e_id = bank.pay(charge.txid)
    invoice.cancel("Emitida em duplicidade")
    db.commit()
    worker.routine("pix_requests")
    tell(anonymous, bank, e2e_id)
    worker.drain()
    assert (receipt(db).outcome, paid(db), invoice.status) == ("divergent", [], "cancelled")
    assert db.scalars(select(PixCharge)).one().status == "paid", "the bank would not take it back any more"


def test_paid_at_the_counter_and_by_pix(bank, charge, invoice, worker, anonymous, db):
    invoice.settle(Receipt("counter", TOTAL, date(2026, 12, 1)))
    db.commit()
    tell(anonymous, bank, bank.pay(charge.txid))
    worker.drain()
    assert sorted(payment.flag for payment in paid(db)) == ["", "twice"]
    assert receipt(db).outcome == "settled"


def test_a_lost_webhook_is_found_the_next_day(bank, charge, invoice, worker, db, clock):
    bank.pay(charge.txid)
    with clock("2026-12-02 03:00"):
        assert "R$\u00a0166,50 em 01/12/2026 10:00" in worker.command(
            "routines", "run", "pix_reconciliation", "--dry-run"
        ).output.replace("R$ ", "R$\u00a0")
        assert worker.routine("pix_reconciliation") == 1
        worker.drain()
        assert worker.routine("pix_reconciliation") == 0
    assert (receipt(db).outcome, receipt(db).told_by, invoice.status) == ("settled", "reconciled", "paid")


def test_told_by_both_at_once(bank, charge, worker, anonymous, db, race):
    e2e_id = bank.pay(charge.txid)
    body, caller = bank.webhook_body(e2e_id), anonymous()
    post = lambda: caller.post(URL, data=body, content_type="application/json")  # noqa: E731
    race(2, lambda i: post() if i else worker.routine("pix_reconciliation"))
    worker.drain()
    assert len(paid(db)) == asked(db, "confirm_pix") == 1


# ---- the door


@pytest.mark.parametrize("token", ["x", "t" * 31, "T" * 32, "%C3%A9" * 8])
def test_a_wrong_token_is_a_404_and_keeps_nothing(bank, charge, anonymous, db, token):
    e2e_id = bank.pay(charge.txid)
    assert tell(anonymous, bank, e2e_id, url=f"/webhooks/pix/{token}/pix").status_code == 404
    assert db.scalar(select(func.count()).select_from(PixReceipt)) == 0


def test_no_token_configured_is_no_door(app, bank, charge, anonymous):
    app.config["PIX_WEBHOOK_TOKEN"] = ""
    assert tell(anonymous, bank, bank.pay(charge.txid)).status_code == 404
    assert anonymous().post("/webhooks/pix//pix", data=b"{}").status_code == 404


@pytest.mark.parametrize("body", [b"", b"x", b"{}", b'{"pix": [{}]}', b'{"pix": [1]}', b"\xff\x00"])
def test_what_is_no_pix_is_a_400(bank, anonymous, db, body):
    assert anonymous().post(URL, data=body, content_type="application/json").status_code == 400
    assert db.scalar(select(func.count()).select_from(PixReceipt)) == 0


def test_a_body_of_more_than_64_kib_is_refused(bank, anonymous):
    for type in ("application/json", "text/plain", "application/octet-stream"):
        body = b'{"pix": [' + b" " * 64 * 1024 + b"]}"
        assert anonymous().post(URL, data=body, content_type=type).status_code == 413
    assert anonymous().post(URL, data=b'{"pix": []}', content_type="application/json").status_code == 200


def test_nobody_reads_there(bank, anonymous):
    assert anonymous().get(URL).status_code == 405


# ---- by hand


def test_the_simulated_bank_is_paid_by_a_command(bank, charge, invoice, worker, db):
    assert "Paid: E" in worker.command("pix", "pay", str(invoice.number)).output
    worker.drain()
    assert (receipt(db).outcome, invoice.status) == ("settled", "paid")
    assert "no open invoice" in worker.command("pix", "pay", str(invoice.number)).output


def test_a_static_code_is_paid_by_the_command_too(bank, invoice, worker, db):
    worker.command("pix", "pay", str(invoice.number))
    worker.drain()
    assert receipt(db).outcome == "settled"


def test_late_the_command_pays_what_the_static_code_says(bank, invoice, worker, db, clock):
    with clock("2026-12-21 10:00"):
        worker.command("pix", "pay", str(invoice.number))
        worker.drain()
    assert [(payment.amount_cents, payment.flag) for payment in paid(db)] == [(TOTAL + 333 + 61, "")]


def test_the_webhook_is_registered_by_a_command(app, bank, worker, monkeypatch):
    assert "ENLACE_PUBLIC_URL" in worker.command("pix", "webhook").output
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://painel.example.com.br")
    monkeypatch.setattr(app.extensions["pix"], "key", "a@b.example")
    assert "Registered." in worker.command("pix", "webhook").output
    kept = json.loads(bank.path.read_text())["webhook"]
    assert kept == {"a@b.example": f"https://painel.example.com.br/webhooks/pix/{TOKEN}"}


def test_commands_without_a_bank_or_at_a_real_one(app, bank, worker, monkeypatch):
    monkeypatch.setattr(app.extensions["pix"], "fake", None)
    assert "real phone" in worker.command("pix", "pay", "1").output
    monkeypatch.setitem(app.extensions, "pix", None)
    for arguments in (("pay", "1"), ("webhook",)):
        refused = worker.command("pix", *arguments)
        assert (refused.exit_code, "No bank is configured" in refused.output) == (1, True)


# ---- Pix recebidos


def test_a_person_says_what_a_divergent_pix_is_for(bank, charge, invoice, worker, anonymous, staff, db):
    pending(bank, worker, anonymous, invoice.txid, TOTAL - 650)
    ana = staff("ana.souza")
    listed = ana.get("/pix-recebidos?situacao=divergent")
    assert "Diverge da fatura" in listed.words
    id = receipt(db).id
    assert "160,00" in listed.words
    assert ana.get(f"/pix-recebidos/{id}/baixa").status == 200
    for wrong in ("", "999999", "abc", "-1", "9" * 30):
        refused = ana.post(f"/pix-recebidos/{id}/baixa", {"number": wrong})
        assert refused.status == 422
        assert "Não há fatura" in refused.errors()["number"]
    assert ana.post(f"/pix-recebidos/{id}/baixa", {"number": str(invoice.number)}, htmx=True).status == 204
    assert [(payment.flag, payment.amount_cents) for payment in paid(db)] == [("under", TOTAL - 650)]
    again = ana.post(f"/pix-recebidos/{id}/baixa", {"number": str(invoice.number)})
    assert (again.status, len(paid(db))) == (422, 1)
    assert "já foi baixado" in again.words


def test_two_people_at_once(bank, charge, invoice, worker, anonymous, staff, db, race):
    pending(bank, worker, anonymous, "DESCONHECIDO", TOTAL)
    id, people = receipt(db).id, [staff("ana.souza") for _ in range(4)]
    for person in people:
        person.get(f"/pix-recebidos/{id}/baixa")
    form = {"number": str(invoice.number)}
    answers = race(4, lambda i: people[i].post(f"/pix-recebidos/{id}/baixa", form).status)
    assert sorted(answers) == [303, 422, 422, 422]
    assert len(paid(db)) == 1
    assert receipt(db).company_id == invoice.company_id


def test_the_page_asks_the_same_however_many_there_are(bank, charge, invoice, worker, anonymous, staff, count_queries):
    ana = staff("ana.souza")
    pending(bank, worker, anonymous, "A1", 100)
    with count_queries() as one:
        ana.get("/pix-recebidos")
    for number in range(12):
        pending(bank, worker, anonymous, f"B{number}", 100)
    with count_queries() as many:
        assert "R$ 1,00" in ana.get("/pix-recebidos").words.replace("\u00a0", " ")
    assert len(many) == len(one)


def test_of_another_company_nobody_sees_it(bank, charge, invoice, worker, anonymous, staff, db):
    pending(bank, worker, anonymous, invoice.txid, 1)
    cast.operator("celia.prado").role_id = cast.operator("ana.souza").role_id
    celia = staff("celia.prado")
    assert "1,00" not in celia.get("/pix-recebidos").words
    assert celia.get(f"/pix-recebidos/{receipt(db).id}/baixa").status == 404


SERRA = "caixa@serraazul.example"


@pytest.fixture
def celia(invoice, staff, db):
    """Célia minds the money of Serra Azul, which has an account and a key of its own."""
    another_account("Serra Azul", SERRA, cast.serra_azul().id)
    cast.operator("celia.prado").role_id = cast.operator("ana.souza").role_id
    db.commit()
    return staff("celia.prado")


def another_account(name, key, company_id):
    row = BankAccount(company_id=company_id, name=name, bank="", pix_key=key, pix_city="SERRA AZUL", fields={})
    with cast.by("davi.rocha"):
        row.create()


def listing(person):
    return person.get("/pix-recebidos").words.replace("\u00a0", " ")


def test_an_unknown_pix_is_of_whoever_it_was_paid_to(bank, celia, invoice, worker, anonymous, staff, db):
    ana, silvia = staff("ana.souza"), staff("silvia.maia")
    pending(bank, worker, anonymous, "DESCONHECIDO", 12345, SERRA)
    unknown = receipt(db)
    assert (unknown.outcome, unknown.company_id) == ("unknown", cast.serra_azul().id)
    path = f"/pix-recebidos/{unknown.id}/baixa"
    assert "R$ 123,45" not in listing(ana)
    assert "Fatura desconhecida (0)" in listing(ana)
    assert ana.get(path).status == ana.post(path, {"number": str(invoice.number)}).status == 404
    for person in (celia, silvia):
        assert "R$ 123,45" in listing(person)
        assert person.get(path).status == 200
    refused = celia.post(path, {"number": str(invoice.number)})
    assert (refused.status, paid(db)) == (422, []), "an invoice she does not see"
    assert "Não há fatura com este número" in refused.errors()["number"]
    refused = silvia.post(path, {"number": str(invoice.number)})
    assert (refused.status, paid(db)) == (422, []), "in TODAS, too, the money is of another company"
    assert "O dinheiro entrou na conta de Serra Azul" in refused.errors()["number"]


@pytest.mark.parametrize("shared", ["two companies", "TODAS", "no account"])
def test_by_a_key_of_several_only_who_works_in_todas_sees_it(bank, celia, worker, anonymous, staff, db, shared):
    key = {"two companies": SERRA, "TODAS": "todas@provedor.example", "no account": "outra@provedor.example"}[shared]
    if shared == "two companies":
        another_account("Vale Claro", key, cast.vale_claro().id)
    elif shared == "TODAS":
        another_account("Todas", key, 0)
    db.commit()
    pending(bank, worker, anonymous, "DESCONHECIDO", 12345, key)
    assert receipt(db).company_id == 0
    for person in (celia, staff("ana.souza")):
        assert "R$ 123,45" not in listing(person)
        assert person.get(f"/pix-recebidos/{receipt(db).id}/baixa").status == 404
    assert "R$ 123,45" in listing(staff("silvia.maia"))


def test_a_bank_that_does_not_repeat_the_key_was_asked_about_one(app, bank, celia, worker, anonymous, db, monkeypatch):
    monkeypatch.setattr(app.extensions["pix"], "key", SERRA)
    pending(bank, worker, anonymous, "DESCONHECIDO", 12345, "")
    assert receipt(db).company_id == cast.serra_azul().id


def test_while_it_waits_it_is_seen_by_the_company_of_the_key_too(bank, celia, anonymous, staff, db):
    tell(anonymous, bank, bank.receive("DESCONHECIDO", 12345, SERRA))
    assert receipt(db).outcome == "waiting"
    assert "R$ 123,45" in listing(celia)
    assert "R$ 123,45" not in listing(staff("ana.souza"))


def test_the_txid_of_another_company_settles_nothing(bank, celia, charge, invoice, worker, anonymous, db):
    """The money is with Serra Azul, whatever invoice it names."""
    for txid in (invoice.txid, charge.txid):
        tell(anonymous, bank, bank.receive(txid, TOTAL, SERRA))
    worker.drain()
    found = db.scalars(select(PixReceipt)).all()
    assert {(row.outcome, row.company_id, row.invoice_id) for row in found} == {("unknown", cast.serra_azul().id, None)}
    assert (paid(db), invoice.status) == ([], "open")


def test_without_a_bank_the_page_says_so(app, staff, monkeypatch):
    monkeypatch.setitem(app.extensions, "pix", None)
    assert "Nenhum banco de Pix" in staff("ana.souza").get("/pix-recebidos").words


def test_who_may_not(staff):
    assert staff("bruno.reis").get("/pix-recebidos").status == 403


@pytest.mark.postgresql
@pytest.mark.parametrize(("contested", "rest"), [(2000, TOTAL - 2000), (TOTAL, 0)])
def test_a_code_from_before_a_contest_settles_the_rest_and_is_credit(
    bank, charge, invoice, worker, anonymous, db, contested, rest
):
    """Paid whole by the code that was copied before: nobody is asked, the contested part is credit (B-11)."""
    had, txid, id = credit_of(invoice.person_id), charge.txid, invoice.id
    with cast.by("ana.souza"):
        Ticket.contest(db.get_one(Invoice, id), contested, "Cobrança errada.")
        db.commit()
    tell(anonymous, bank, bank.pay(txid))
    worker.drain()
    db.expire_all()
    row = db.get_one(Invoice, id)
    assert receipt(db).outcome == "settled"
    assert (row.status, row.paid_cents) == ("paid" if rest else "contested", rest)
    assert credit_of(row.person_id) == had + contested
