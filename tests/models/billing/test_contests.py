"""A contested charge: what rests, what is asked for meanwhile, and what each answer does with the money (B-11)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models import check
from models.billing import Contest, Invoice, Payment, Receipt, ReplacedSlip, credit_of
from models.collection import Reversal
from models.dunning.debts import debts_of
from models.outbox import Effect
from models.refused import Refused, Stale
from models.tickets import Ticket
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

pytestmark = pytest.mark.postgresql
DUE = date(2026, 12, 10)
WHY = "Cobraram um roteador que eu devolvi."


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice, R$ 166,50 due on Thursday 10/12/2026."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return db.scalars(select(Invoice)).one()


@pytest.fixture
def at(clock):
    """`with at("2026-12-02"): ...` at ten in the morning, in the name of Silvia."""
    from contextlib import contextmanager

    @contextmanager
    def of(day, login="silvia.maia"):
        with clock(f"{day} 10:00"), cast.by(login):
            yield

    return of


def contest(invoice, cents=2000, day="2026-12-02"):
    row = Ticket.contest(invoice, cents, WHY)
    row.claim()
    return row


def sound(db):
    cast.due_now()
    db.flush()
    assert [found for _, several in check.answers() for found in several] == []


def paid(cents, on=DUE):
    return Receipt("boleto", cents, on, on)


def test_a_part_rests_and_the_slip_is_for_the_rest(db, at, invoice):
    before = invoice.nosso_numero
    with at("2026-12-02"):
        ticket = contest(invoice)
        row = ticket.contested()
        assert (invoice.status, invoice.total_cents, invoice.contested_cents) == ("open", 14650, 2000)
        assert (invoice.due_on, invoice.contest) == (DUE, "open")
        assert invoice.nosso_numero != before
        assert f"{14650:010}" in invoice.barcode
        assert [slip.nosso_numero for slip in db.scalars(select(ReplacedSlip))] == [before]
        assert (row.resting_cents, row.whole, row.answer_by) == (2000, False, date(2027, 1, 1))
        assert (ticket.gate, ticket.status) == ("contest", "awaiting_analysis")
        assert (ticket.due_at - ticket.started_at).days == 30
        sound(db)
        invoice.settle(paid(14650, date(2026, 12, 2)))
        assert invoice.status == "paid"
        sound(db)


def test_the_whole_rests(db, at, invoice):
    with at("2026-12-02"):
        contest(invoice, 16650)
        assert (invoice.status, invoice.open_cents) == ("contested", 0)
        assert invoice.refusal_to_close() == f"A fatura {invoice.number} está em contestação."
        sound(db)
    with at("2027-01-20"):
        assert debts_of([cast.service(cast.ze()).id], date(2027, 1, 20)) == {}


def test_only_the_rest_is_a_debt(db, at, invoice):
    with at("2026-12-02"):
        contest(invoice)
    [debt] = debts_of([cast.service(cast.ze()).id], date(2026, 12, 20))[cast.service(cast.ze()).id]
    assert debt.open_cents == 14650


def test_the_old_slip_paid_whole_settles_the_rest_and_is_credit(db, at, invoice):
    with at("2026-12-02"):
        contest(invoice)
        payment = invoice.settle(paid(16650, date(2026, 12, 2)))
        assert (invoice.status, payment.principal_cents, payment.credit_cents) == ("paid", 14650, 2000)
        sound(db)


def test_money_for_what_rests_whole_is_credit(db, at, invoice):
    with at("2026-12-02"):
        contest(invoice, 16650)
        payment = invoice.settle(paid(16650, date(2026, 12, 2)))
        assert (invoice.status, payment.credit_cents, payment.flag) == ("contested", 16650, "over")
        sound(db)


def test_late_it_keeps_its_day_and_its_fine(db, at, invoice):
    with at("2026-12-21"):
        contest(invoice)
        assert (invoice.due_on, invoice.barcode, invoice.registration) == (DUE, "", "none")
        assert invoice.pix_code
        assert invoice.due_today().fine_cents == 293  # 2 % of R$ 146,50
        assert invoice.refusal_to_forgive(False)
        sound(db)


def test_a_service_cut_for_it_is_looked_at(db, at, invoice):
    with at("2026-12-21"):
        contest(invoice, 16650)
        rows = select(Effect).where(Effect.kind == "review_service")
        assert [row.payload["paid"] for row in db.scalars(rows)] == [False]


@pytest.mark.parametrize(("cents", "says"), [(None, "maior que zero"), (0, "maior que zero"), (16651, "R$ 166,50")])
def test_an_amount_that_cannot_be(db, at, invoice, cents, says):
    with at("2026-12-02"), pytest.raises(Refused) as no:
        Ticket.contest(invoice, cents, WHY)
    assert says in no.value.errors["amount_cents"].replace("\u00a0", " ")


def test_it_wants_a_reason_and_the_page_that_was_read(db, at, invoice):
    with at("2026-12-02"):
        with pytest.raises(Refused) as no:
            Contest.open(invoice, 2000, " \n ")
        assert "reason" in no.value.errors
        with pytest.raises(Stale):
            Contest.open(invoice, 2000, WHY, invoice.version + 1)


def test_three_years_and_not_a_day_more(db, at, invoice):
    with at("2029-12-10"):
        assert invoice.refusal_to_contest() is None
    with at("2029-12-11"):
        assert "três anos" in (invoice.refusal_to_contest() or "").replace("3 anos", "três anos")


def test_what_nobody_owes_is_not_contested(db, at, invoice):
    with at("2026-12-02"):
        invoice.cancel("emitida em duplicidade")
        assert "cancelada" in (invoice.refusal_to_contest() or "")


def test_once(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice)
        with pytest.raises(Refused, match="já está em contestação"):
            Ticket.contest(invoice, 100, WHY)
        ticket.answer_contest("upheld", "Está certo.")
        with pytest.raises(Refused, match="já foi contestada"):
            Ticket.contest(invoice, 100, WHY)
        again = db.get_one(Invoice, ticket.contested().again_id)
        with pytest.raises(Refused, match="já foi contestada"):
            Ticket.contest(again, 100, WHY)


def test_granted_what_rests_is_owed_by_nobody(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice)
        done = ticket.answer_contest("granted", "O roteador foi devolvido.")
        assert (done.forgiven_cents, done.refunded_cents) == (2000, 0)
        assert (invoice.total_cents, invoice.contest, ticket.gate) == (14650, "granted", None)
        assert credit_of(invoice.person_id) == 0
        sound(db)


def test_granted_whole(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice, 16650)
        ticket.answer_contest("granted", "Cobrança em duplicidade.")
        assert (invoice.status, invoice.contest) == ("written_off", "granted")
        assert "aceita" in (invoice.refusal_to_reopen() or "")
        sound(db)


def test_granted_what_was_paid_comes_back_in_double(db, at, invoice):
    with at("2026-12-12"):
        invoice.settle(paid(16650))
        ticket = contest(invoice)
        assert (invoice.status, invoice.contested_cents, invoice.contested_paid_cents) == ("paid", 0, 2000)
        payment = db.scalars(select(Payment)).one()
        with pytest.raises(Refused, match="está contestado"):
            Reversal.make(payment, "engano")
        done = ticket.answer_contest("granted", "Cobrança errada.")
        assert (done.refunded_cents, credit_of(invoice.person_id)) == (4000, 4000)
        assert "2 × R$ 20,00 = R$ 40,00" in " ".join(done.words(invoice.number)).replace("\u00a0", " ")
        sound(db)


def test_partly_paid_the_unpaid_rests_first(db, at, invoice):
    with at("2026-12-02"):
        invoice.settle(paid(15000, date(2026, 12, 2)))
        ticket = contest(invoice, 2650)
        row = ticket.contested()
        assert (row.resting_cents, row.paid_cents, invoice.status) == (1650, 1000, "paid")
        sound(db)
        done = ticket.answer_contest("granted", "Certo.")
        assert (done.forgiven_cents, done.refunded_cents) == (1650, 2000)
        sound(db)


def test_upheld_a_part_is_an_invoice_of_its_own(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice)
        invoice.settle(paid(14650))
    with at("2026-12-28"):
        done = ticket.answer_contest("upheld", "O roteador não voltou.")
        again = db.get_one(Invoice, ticket.contested().again_id)
        assert (done.owed_cents, again.total_cents) == (2000, 2000)
        assert again.due_on == done.due_on == date(2027, 1, 2)  # five days after the notice
        assert again.barcode
        assert again.pix_code
        assert invoice.status == "paid"
        sound(db)


def test_upheld_before_the_day_keeps_the_day(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice)
        assert ticket.answer_contest("upheld", "Está certo.").due_on == DUE


def test_upheld_whole_is_due_again(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice, 16650)
    with at("2026-12-28"):
        ticket.answer_contest("upheld", "Está certo.")
        assert (invoice.status, invoice.due_on, invoice.total_cents) == ("open", date(2027, 1, 2), 16650)
        assert invoice.due_today().late_cents == 0
        sound(db)


@pytest.mark.parametrize("cents", [2000, 16650])
@pytest.mark.parametrize("kind", ["granted", "upheld"])
def test_an_answer_is_taken_back(db, at, invoice, cents, kind):
    with at("2026-12-02"):
        ticket = contest(invoice, cents)
        resting = (invoice.status, invoice.total_cents, invoice.contested_cents)
        ticket.answer_contest(kind, "Certo.")
        with pytest.raises(Refused, match="por que a resposta"):
            ticket.take_contest_answer_back(" ")
        ticket.take_contest_answer_back("respondida no atendimento errado")
        assert (invoice.status, invoice.total_cents, invoice.contested_cents) == resting
        assert (ticket.gate, ticket.contested().status, invoice.contest) == ("contest", "open", "open")
        sound(db)
        ticket.answer_contest("upheld", "Agora sim.")
        sound(db)


def test_an_answer_whose_money_went_on_stays(db, at, invoice):
    with at("2026-12-12"):
        invoice.settle(paid(16650))
        ticket = contest(invoice)
        ticket.answer_contest("granted", "Cobrança errada.")
        from models.billing import Credit

        Credit.of(invoice.person_id, invoice.company_id).give_back(4000, "pix", date(2026, 12, 12), "pediu")
        with pytest.raises(Refused, match="já foram usados"):
            ticket.take_contest_answer_back("engano")


def test_what_was_upheld_and_paid_stays(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice)
        ticket.answer_contest("upheld", "Está certo.")
        db.get_one(Invoice, ticket.contested().again_id).settle(paid(2000))
        with pytest.raises(Refused, match="já recebeu"):
            ticket.take_contest_answer_back("engano")


def test_withdrawn_it_may_be_contested_anew(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice, 16650)
        ticket.answer_contest("withdrawn", "Aberta na fatura errada.")
        assert (invoice.status, invoice.contest, invoice.due_on) == ("open", None, DUE)
        assert invoice.refusal_to_contest() is None
        contest(invoice, 16650)
        sound(db)


def test_held_open_until_it_is_answered(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice)
        with pytest.raises(Stale, match="contestação de fatura sem resposta"):
            ticket.close(cast.closing_classification())
        assert "de lei" in (ticket.refusal_to_pause() or "")
        with pytest.raises(Refused, match="em contestação"):
            invoice.cancel("engano")
        ticket.answer_contest("granted", "Certo.")
        with pytest.raises(Refused, match="já foi respondida"):
            ticket.answer_contest("upheld", "Outra vez.")
        ticket.close(cast.closing_classification())


def test_it_is_told_with_its_arithmetic(db, at, invoice):
    from models.notices import Notice
    from models.tickets import Comment

    with at("2026-12-02"):
        ticket = contest(invoice)
        ticket.answer_contest("upheld", "O roteador não voltou.")
    mine = select(Comment).where(Comment.ticket_id == ticket.id).order_by(Comment.id)
    told = [row.body.replace("\u00a0", " ") for row in db.scalars(mine)]
    assert "R$ 166,50 − R$ 20,00 = R$ 146,50" in told[0]
    assert "até 01/01/2027" in told[0]
    assert f"R$ 20,00 voltam a ser cobrados na fatura {invoice.number + 1}, com vencimento em 10/12/2026" in told[1]
    assert told[1].endswith("O roteador não voltou.")
    mails = list(db.scalars(select(Notice).where(Notice.kind == "contest")))
    assert len(mails) == (2 if cast.ze().contacts().get("email") else 0)


def test_paid_in_part_and_the_rest_contested_an_estorno_asks_for_the_part_alone(db, at, invoice):
    with at("2026-12-02"):
        payment = invoice.settle(paid(8000, date(2026, 12, 2)))
        contest(invoice, 8650)
        Reversal.make(payment, "recebido na fatura errada")
        assert (invoice.status, invoice.total_cents, invoice.boleto_is_good) == ("open", 8000, True)
        assert f"{8000:010}" in invoice.barcode
        sound(db)


def test_what_is_no_longer_paid_is_not_contested_anew(db, at, invoice):
    with at("2026-12-12"):
        payment = invoice.settle(paid(16650))
        ticket = contest(invoice)
        ticket.answer_contest("upheld", "Está certo.")
        Reversal.make(payment, "recebido na fatura errada")
        with pytest.raises(Refused, match="já não está pago"):
            ticket.take_contest_answer_back("engano")
        sound(db)


def test_a_discount_is_no_money_that_comes_back(db, at, invoice):
    with at("2026-12-02"):
        invoice.receive(1000, date(2026, 12, 2), 15650, may_discount=True)
        done = contest(invoice, 16650).answer_contest("granted", "Certo.")
        assert (done.refunded_cents, credit_of(invoice.person_id)) == (2000, 2000)
        sound(db)


def test_the_credit_it_was_issued_with_stays_while_it_is_contested(db, at, invoice, clock):
    with at("2026-12-02"):
        invoice.settle(paid(16650 + 99900, date(2026, 12, 2)))
    with clock("2026-12-05 10:00"):
        run(date(2027, 1, 10))
    with at("2026-12-06"):
        joined = db.scalars(select(Invoice).where(Invoice.credit_cents > 0)).first()
        ticket = contest(joined, 3000)
        assert "contestado" in (joined.refusal_to_drop_credit() or "")
        ticket.answer_contest("granted", "Certo.")
        assert "Desfaça a resposta" in (joined.refusal_to_drop_credit() or "")
        sound(db)


def test_what_lost_a_part_is_not_cancelled(db, at, invoice):
    with at("2026-12-02"):
        contest(invoice).answer_contest("upheld", "Está certo.")
        with pytest.raises(Refused, match="cobraria os dias dela de novo"):
            invoice.cancel("engano")
        invoice.write_off("acordo")
        sound(db)


def test_words_about_money_are_not_edited(db, at, invoice):
    from models.tickets import Comment

    with at("2026-12-02"):
        ticket = contest(invoice)
        ticket.answer_contest("granted", "Certo.")
        told = db.scalars(select(Comment).where(Comment.ticket_id == ticket.id).order_by(Comment.id.desc())).first()
        assert told.refusal_to_edit(ticket.newest())


def test_an_account_without_numbers_keeps_nobody_from_contesting(db, at, invoice, monkeypatch):
    from models.catalog import BankAccount

    monkeypatch.setattr(BankAccount, "numbers_left", lambda self, on: 0)
    with at("2026-12-02"):
        contest(invoice)
        assert (invoice.total_cents, invoice.barcode, invoice.due_on) == (14650, "", DUE)
        assert invoice.pix_code
        sound(db)


def test_what_was_upheld_and_cancelled_may_be_answered_anew(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice)
        ticket.answer_contest("upheld", "Está certo.")
        db.get_one(Invoice, ticket.contested().again_id).cancel("engano")
        ticket.take_contest_answer_back("respondida no atendimento errado")
        ticket.answer_contest("granted", "Agora sim.")
        sound(db)


def test_a_macro_promises_the_days_of_law(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice)
        assert (ticket.term("internet", ticket.started_at).due_at - ticket.started_at).days == 30


def test_an_answer_stays_when_the_rest_was_cancelled(db, at, invoice):
    with at("2026-12-02"):
        ticket = contest(invoice, 16650)
        ticket.answer_contest("upheld", "Está certo.")
        invoice.cancel("engano")
        with pytest.raises(Refused, match="cancelada depois da resposta"):
            ticket.take_contest_answer_back("engano")


def test_a_bank_that_can_be_told_of_nothing_holds_no_answer_up(db, at, invoice, monkeypatch):
    from models.catalog import BankAccount

    with at("2026-12-02"):
        ticket = contest(invoice)
        monkeypatch.setattr(BankAccount, "refusal_to_register", lambda self: "CNPJ com letras")
        ticket.answer_contest("upheld", "Está certo.")
        again = db.get_one(Invoice, ticket.contested().again_id)
        assert (again.total_cents, again.barcode) == (2000, "")
        assert again.pix_code
