"""The credit of a customer: it joins the next invoice, is used by hand, given back, and never spent twice (B-02)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.base import db as base
from models.billing import Credit, CreditEntry, Invoice, Payment, Receipt, credit_of
from models.papers.invoice_paper import invoice_paper
from models.refused import Refused
from models.scope import Actor, acting
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run
from tests.staff.billing.test_reversals import fresh, sound

DUE = date(2026, 12, 10)
JOB = Actor("job", None, "Teste")


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice, R$ 166,50, due on Thursday 10/12/2026."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return db.scalars(select(Invoice)).one()


def overpaid(db, invoice, cents=2000):
    invoice.settle(Receipt("boleto", 16650 + cents, DUE))
    db.commit()
    return db.scalars(select(Credit)).one()


def following(db, invoice):
    return db.scalars(select(Invoice).where(Invoice.id != invoice.id)).one()


def plain(answer):
    return answer.words.replace("\u00a0", " ")


@pytest.mark.feature("B-02")
@pytest.mark.postgresql
def test_it_joins_the_next_invoice_is_used_and_given_back(staff, central, db, clock, invoice):
    ze = cast.ze()
    with clock("2026-12-12 10:00"):
        credit = overpaid(db, invoice)
        silvia = staff("silvia.maia")
        money = silvia.get(f"/clientes/{ze.id}/financeiro")
        assert "Crédito R$ 20,00" in plain(money), "in the head"
        [credit_link] = money.page.select(f'a[href="/clientes/{ze.id}/financeiro#credito"]')
        assert money.page.select_one("#credito").name == "section", f"{credit_link.get_text()} leads to it"
        assert "Pago a mais" in money.words
        assert "Crédito R$ 20,00" in plain(silvia.get(f"/clientes/{ze.id}"))
    with clock("2027-01-02 10:00"):
        silvia = staff("silvia.maia")
        rehearsed = plain(silvia.get("/faturamento"))
        assert "Crédito do cliente" in rehearsed
        assert "R$ 79,90" in rehearsed, "99,90 less 20,00, as the run will ask"
        assert run() == 1
        new = following(db, invoice)
        assert (new.total_cents, new.credit_cents, credit_of(ze.id)) == (7990, 2000, 0)
        page = plain(silvia.get(f"/faturas/{new.id}"))
        assert "Crédito do cliente" in page
        assert "R$ 79,90" in page
        printed = invoice_paper(new)
        assert printed["lines"][-1]["name"] == "Crédito do cliente"
        assert printed["slip"]["amount"].replace("\u00a0", " ") == "R$ 79,90"
        assert any("Crédito do cliente" in words for words in printed["slip"]["sums"])
        sound(db)

        assert silvia.post(f"/faturas/{new.id}/retirada-do-credito", {"reason": "Prefere de volta"}).status == 303
        assert (fresh(db, new).total_cents, credit_of(ze.id)) == (9990, 2000)

        path = f"/faturas/{new.id}/credito"
        for typed, sentence in (("20,01", "até esse"), ("0", "maior que zero"), ("", "maior que zero")):
            refused = silvia.post(path, {"amount_cents": typed, "version": str(fresh(db, new).version)})
            assert sentence in str(refused.errors()["amount_cents"])
        assert silvia.post(path, {"amount_cents": "15,00", "version": "1"}).status == 409
        used = silvia.post(path, {"amount_cents": "15,00", "version": str(fresh(db, new).version)})
        assert used.status == 303
        assert (fresh(db, new).open_cents, credit_of(ze.id)) == (8490, 500)

        giving = f"/creditos/{credit.id}/devolucao"
        form = {"amount_cents": "5,01", "means": "pix", "given_on": "2027-01-02", "reason": "Pediu"}
        assert "até esse" in str(silvia.post(giving, form).errors()["amount_cents"])
        blank = silvia.post(giving, {"amount_cents": "5,00", "means": "", "given_on": "", "reason": " "}).errors()
        assert set(blank) >= {"means", "given_on", "reason"}
        assert silvia.post(giving, {**form, "amount_cents": "5,00"}).status == 303
        assert credit_of(ze.id) == 0
        assert silvia.get(giving).status == 422
        payment = db.scalars(select(Payment).where(Payment.means == "credit")).one()
        assert silvia.post(f"/pagamentos/{payment.id}/estorno", {"reason": "Fatura errada"}).status == 303
        assert (fresh(db, new).open_cents, credit_of(ze.id)) == (9990, 1500)
        sound(db)


@pytest.mark.feature("B-02")
@pytest.mark.postgresql
def test_never_spent_twice_at_once(app, db, clock, race, invoice):
    """A use, a giving back and the run at the same moment: the balance is spent once."""
    with clock("2027-01-02 10:00"):
        credit = overpaid(db, invoice).id
        acts = [lambda: spend(credit), lambda: spend(credit), run, lambda: spend(credit)]
        results = race(4, lambda i: as_job(app, acts[i]))
        assert all(isinstance(result, int | Refused) for result in results), results
        db.expire_all()
        assert db.get_one(Credit, credit).balance_cents == 0
        out = [entry for entry in db.scalars(select(CreditEntry)) if entry.amount_cents < 0]
        assert [entry.amount_cents for entry in out] == [-2000]
        sound(db)


def spend(credit_id: int) -> int:
    base.session.get_one(Credit, credit_id).give_back(2000, "pix", date(2027, 1, 2), "Pediu")
    base.session.commit()
    return 1


def as_job(app, act):
    with app.app_context(), acting(JOB, "job"):
        try:
            return act()
        except Refused as no:
            base.session.rollback()
            return no
        finally:
            base.session.remove()


def test_the_database_knows_no_negative_credit(db, clock, invoice):
    with clock("2026-12-12 10:00"):
        credit = overpaid(db, invoice)
        credit.balance_cents = -1
        with pytest.raises(IntegrityError, match="balance_cents"):
            db.flush()
        db.rollback()


def test_what_credit_covers_is_paid_as_it_is_issued(staff, db, clock, invoice):
    with clock("2026-12-12 10:00"):
        overpaid(db, invoice, 15000)
    with clock("2027-01-02 10:00"):
        assert run() == 1
        new = following(db, invoice)
        assert (new.status, new.total_cents, new.credit_cents, new.barcode) == ("paid", 0, 9990, "")
        assert credit_of(cast.ze().id) == 15000 - 9990
        ana = staff("ana.souza")
        assert "o crédito do cliente cobriu a fatura inteira" in ana.get(f"/faturas/{new.id}").words
        sound(db)
        assert ana.post(f"/faturas/{new.id}/retirada-do-credito", {"reason": "Quer pagar"}).status == 303
        new = fresh(db, new)
        assert (new.status, new.total_cents, new.registration) == ("open", 9990, "pending")
        sound(db)


def test_a_cancelled_invoice_gives_its_credit_back(db, clock, invoice):
    with clock("2026-12-12 10:00"):
        overpaid(db, invoice)
    with clock("2027-01-02 10:00"):
        run()
        following(db, invoice).cancel("Emitida em duplicidade")
        db.commit()
        assert credit_of(cast.ze().id) == 2000
        sound(db)


def test_credit_used_counts_as_no_money(staff, db, clock, invoice):
    """What came in is counted on its day, and not again when it is used."""
    with clock("2026-12-12 10:00"):
        overpaid(db, invoice)
    with clock("2027-01-02 10:00"):
        run()
        new = following(db, invoice)
        new.drop_credit("Para usar à mão")
        new.use_credit(2000)
        db.commit()
        report = staff("silvia.maia").get("/relatorios/dinheiro?inicio=2026-12-01&fim=2027-01-31")
        received = [row.get_text(" ", strip=True) for row in report.page.select("tbody tr") if "Recebida" in row.text]
        assert [row.replace("\u00a0", " ") for row in received] == [
            "10/12/2026 Recebida Boleto 1 R$ 186,50 R$ 0,00",
            "Total Recebida 1 R$ 186,50 R$ 0,00",
        ]
        assert "Crédito" not in report.words


@pytest.mark.parametrize("level", ["weak", "proved"])
def test_the_central_shows_it_to_who_proved(central, db, clock, invoice, level):
    with clock("2026-12-12 10:00"):
        overpaid(db, invoice)
        words = plain(central("ze", level).get("/central/faturas"))
        assert ("Você tem R$ 20,00 de crédito" in words) is (level == "proved")


def test_not_given_back_before_it_was_there(staff, db, clock, invoice):
    with clock("2026-12-12 10:00"):
        credit = overpaid(db, invoice)
    with clock("2027-01-02 10:00"):
        silvia, giving = staff("silvia.maia"), f"/creditos/{credit.id}/devolucao"
        form = {"amount_cents": "5,00", "means": "pix", "given_on": "2026-12-11", "reason": "Pediu"}
        assert "O crédito é de 12/12/2026" in silvia.post(giving, form).errors()["given_on"]
        assert silvia.post(giving, {**form, "given_on": "2026-12-12"}).status == 303
