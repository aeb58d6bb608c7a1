"""`flask check` on estornos and credits: nothing in a sound month, each breach by its sentence (B-01, B-02)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.billing import Invoice, Receipt
from models.collection import Reversal
from tests import cast
from tests.jobs.test_check import plant
from tests.jobs.test_check_money import findings
from tests.models.billing.money import account, charged, nobody_else, run
from tests.staff.billing.test_reversals import visit

pytestmark = pytest.mark.postgresql
DUE = date(2026, 12, 10)


@pytest.fixture
def month(db, clock, worker):
    """Paid too much, taken back once, joined to the next invoice, used, given back."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
        first = db.scalars(select(Invoice)).one()
        first.settle(Receipt("boleto", 17650, DUE))
        Reversal.make(first.settle(Receipt("pix", 16650, DUE)), "Devolvido pelo banco")
        charge = visit(cast.service(cast.ze()))
        charge.receive(date(2026, 12, 1))
        db.commit()
        run(date(2027, 1, 10))
        first.settle(Receipt("pix", 500, DUE))
        second = db.scalars(select(Invoice).where(Invoice.credit_cents > 0)).one()
        second.use_credit(200)
        ids = {"second": second.id, "charge": charge.id}
        db.commit()
        worker.drain()
    return ids


def test_finds_nothing(worker, month, clock):
    with clock("2027-01-20 10:00"):
        assert findings(worker) == []


BREACHES = {
    "balance": ("update credit set balance_cents = 7", "crédito 1: é de 7 centavos e seus movimentos somam 300"),
    "a payment's credit": (
        "update credit_entry set amount_cents = 1001 where kind = 'paid' and amount_cents = 1000",
        "deu 1000 centavos de crédito, e os movimentos dizem 1001",
    ),
    "used": (
        "update credit_entry set amount_cents = -201 where kind = 'used'",
        "mexeu em -200 centavos de crédito, e os movimentos dizem -201",
    ),
    "line": (
        "update credit_entry set amount_cents = -999 where kind = 'joined'",
        "fatura {second}: leva -1000 centavos de crédito, e os movimentos dizem -999",
    ),
    "estorno": ("update payment set reversed_at = null", "estornado sem estorno, ou com estorno e não estornado"),
    "charge": (
        "update charge set status = 'open' where id = {charge}",
        "cobrança {charge}: está open, e seus pagamentos dizem outra coisa",
    ),
    "boleto by Pix alone": (
        "update billing_method set means = 'pix'",
        "fatura {second}: é de uma forma sem boleto e tem um a registrar",
    ),
}


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_says_what_is_broken(worker, database, month, breach):
    statement, finding = BREACHES[breach]
    plant(database, statement.format(**month))
    assert finding.format(**month) in "\n".join(findings(worker))
