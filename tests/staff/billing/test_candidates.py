"""Money nobody knows is offered open invoices by value, name and date, each with why, and one press ties it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models import clock as clock_of
from models.base import db as base
from models.billing import Invoice, Payment
from models.catalog import BankAccount
from models.collection import BankFile, BankFileRecord, PixReceipt
from tests import cast
from tests.models.billing.money import account, charged, run

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.postgresql]
DUE = date(2026, 12, 10)
LATE = "2026-12-21 10:00"  # what is due on the tenth has eleven days of fine and interest


@pytest.fixture
def invoices(db, clock):
    """Open invoices of several customers; Seu Zé's one is R$ 166,50, due on 10/12/2026."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        run()
    return db.scalars(select(Invoice).order_by(Invoice.id)).all()


def of_ze():
    return base.session.scalars(select(Invoice).where(Invoice.person_id == cast.ze().id)).one()


def pix(cents, invoice=None):
    row = PixReceipt(
        company_id=invoice.company_id if invoice else 0,
        e2e_id=f"E{cents:031}",
        amount_cents=cents,
        told_by="webhook",
        outcome="divergent" if invoice else "unknown",
        happened_at=clock_of.now(),
        created_at=clock_of.now(),
        invoice_id=invoice.id if invoice else None,
    )
    base.session.add(row)
    base.session.commit()
    return f"/pix-recebidos/{row.id}/baixa"


def line(cents):
    bank = base.session.scalars(select(BankAccount)).one()
    file = BankFile(
        company_id=0,
        bank_account_id=bank.id,
        direction="return",
        name="a.ret",
        sha256=f"{cents:064}",
        layout="cnab240",
        status="settled",
        content=b"0",
        titles=1,
        total_cents=cents,
        brought_by="Teste",
        created_at=clock_of.now(),
    )
    base.session.add(file)
    base.session.flush()
    row = BankFileRecord(
        company_id=0,
        bank_file_id=file.id,
        line=3,
        nosso_numero="1",
        occurrence="06",
        meaning="paid",
        outcome="quarantine",
        paid_cents=cents,
        occurred_on=clock_of.today(),
    )
    base.session.add(row)
    base.session.commit()
    return f"/arquivos-do-banco/linhas/{row.id}"


def offered(page):
    """By number of the invoice: what is said of it, in the order of the page."""
    rows = page.page.select("table tbody tr")
    return {row.select_one("th").get_text(strip=True): row.select_one("td small").get_text(strip=True) for row in rows}


@pytest.mark.parametrize("come", [pix, line])
def test_the_value_of_the_day_is_offered_with_why_and_tied_by_one_press(staff, db, clock, invoices, come):
    with clock(LATE):
        silvia, number = staff("silvia.maia"), str(of_ze().number)
        due = of_ze().due_today()
        assert due.late_cents == 394
        path = come(due.total_cents)
        page = silvia.get(path)
        why = offered(page)[number]
        assert next(iter(offered(page))) == number
        assert "R$ 3,94 de multa e juros em 21/12/2026" in why.replace("\u00a0", " ")
        form = page.page.select_one(f'form[action="{path}"] input[name=number][value="{number}"]')
        assert form is not None
        assert silvia.post(path, {"number": number}).status == 303
        assert db.scalars(select(Payment)).one().invoice_id == of_ze().id
        assert db.get(Invoice, of_ze().id, populate_existing=True).status == "paid"


@pytest.mark.parametrize("come", [pix, line])
def test_exact_value_near_its_date_and_by_name(staff, clock, invoices, come):
    with clock("2026-12-08 10:00"):
        silvia, number = staff("silvia.maia"), str(of_ze().number)
        path = come(16650)
        first = offered(silvia.get(path))[number]
        assert first == "valor exato; vencimento 2 dias depois"
        by_name = offered(silvia.get(f"{path}?cliente=josé+ferreira"))
        assert list(by_name) == [number]
        assert by_name[number] == "valor exato; nome parecido; vencimento 2 dias depois"
        assert "Nenhuma em aberto com este nome" in silvia.get(f"{path}?cliente=ninguém").words
        strange = come(1)
        assert "Nenhuma deste valor. Procure pelo nome" in silvia.get(strange).words


def test_a_pix_that_does_not_fit_is_offered_the_invoices_of_its_customer(staff, clock, invoices):
    with clock("2026-12-08 10:00"):
        path = pix(5000, of_ze())
        why = offered(staff("silvia.maia").get(path))[str(of_ze().number)]
        assert why == "do cliente que o Pix pagava; vencimento 2 dias depois"
