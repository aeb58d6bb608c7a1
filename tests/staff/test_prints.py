"""Every print of an invoice, a carnê or a contract is told in history, at every door (decision 017)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.billing import Carne, Invoice
from models.contracts import Contract
from models.history import Event
from models.papers import mail_carne
from tests import cast


def printed(db, action):
    return db.scalar(select(func.count()).where(Event.action == action))


@pytest.fixture
def invoice(db, billed):
    mine = select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "open", Invoice.paid_cents == 0)
    return db.scalars(mine.limit(1)).one()


def test_an_invoice_at_both_doors(staff, central, db, invoice):
    assert staff("ana.souza").post(f"/faturas/{invoice.id}/impressao").status == 303
    assert staff("ana.souza").post(f"/faturas/{invoice.id}/impressao").status == 303
    assert printed(db, "invoice.printed") == 2, "the same bytes, but printed twice"
    ze = central("ze", level="proved")
    assert ze.post(f"/central/faturas/{invoice.id}/pdf").status == 303
    last = db.scalars(select(Event).where(Event.action == "invoice.printed").order_by(Event.id.desc())).first()
    assert (last.channel, last.actor_kind) == ("portal", "subscriber")


def test_a_carne_printed_and_mailed(staff, db, billed):
    carne = db.scalars(select(Carne)).first()
    for _ in range(2):
        assert staff("ana.souza").post(f"/carnes/{carne.id}/impressao").status == 303
    assert printed(db, "carne.printed") == 2
    mail_carne(carne, "Seu carnê", "Segue.")
    assert (printed(db, "carne.printed"), printed(db, "carne.mailed")) == (2, 1)


def test_a_contract(staff, db):
    contract = db.scalars(select(Contract)).first()
    before = printed(db, "contract.printed")
    for _ in range(2):
        assert staff("ana.souza").post(f"/contratos/{contract.id}/impressao").status == 303
    assert printed(db, "contract.printed") == before + 2
