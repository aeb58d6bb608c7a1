"""`flask check` on cash desks: nothing on a sound day, each breach by its sentence (B-17)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import check
from models.billing import CashDesk, Handed, Invoice
from tests import cast
from tests.jobs.test_check import plant
from tests.models.billing.money import account, charged, nobody_else, run

pytestmark = pytest.mark.postgresql


@pytest.fixture
def day(db, clock):
    """A desk with a receipt in cash, one by card, and a withdrawal."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
        with cast.by("ana.souza"):
            desk = CashDesk.open(cast.vale_claro(), 10000)
    with clock("2026-12-01 11:00"), cast.by("ana.souza"):
        invoice = db.scalars(select(Invoice)).one()
        for paid_with in ("cash", "debit"):
            invoice.receive(1000, invoice.issued_on, 0, may_discount=False, handed=Handed(paid_with))
        desk.withdraw(500, "Cofre")
        db.commit()


def found():
    with cast.by("silvia.maia"):
        return [one for _, found in check.answers() for one in found if "caixa" in one]


BREACHES = {
    "sum": ("update cash_desk set cash_cents = 7", "caixa 1: diz 7 centavos e seus movimentos somam 10500"),
    "missing": (
        "delete from cash_entry where paid_with = 'debit'",
        "pagamento 2: foi recebido com o caixa 1 aberto e não está nele",
    ),
    "another amount": (
        "update cash_entry set amount_cents = 999 where paid_with = 'debit'",
        "pagamento 2: o caixa 1 diz outra coisa dele",
    ),
    "never taken back": (
        "update cash_entry set kind = 'reversal', amount_cents = -1000, reason = 'x' where paid_with = 'debit'",
        "pagamento 2: vale, e o caixa 1 diz que foi estornado",
    ),
}


def test_finds_nothing(day, clock):
    with clock("2026-12-01 12:00"):
        assert found() == []


@pytest.mark.parametrize("breach", BREACHES)
def test_each_breach_has_its_sentence(database, db, day, clock, breach):
    statement, sentence = BREACHES[breach]
    plant(database, statement)
    with clock("2026-12-01 12:00"):
        assert sentence in found()
