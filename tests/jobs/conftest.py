"""A simulated bank of Pix, and an invoice that is registered there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from integrations.pix import FakeBank, PixClient
from models import clock as real
from models.billing import Invoice
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run
from tests.pix import KEY, TOKEN, registered


@pytest.fixture
def bank(app, tmp_path):
    """The fake bank, as the application knows it."""
    bank, before = FakeBank(tmp_path / "pix.json", real.now), app.extensions["pix"]
    app.extensions["pix"] = PixClient(bank.answer, None, bank)
    app.config["PIX_WEBHOOK_TOKEN"] = TOKEN
    yield bank
    app.extensions["pix"], app.config["PIX_WEBHOOK_TOKEN"] = before, ""


@pytest.fixture
def day(clock):
    with clock("2026-12-01 10:00"):
        yield


@pytest.fixture
def invoice(day, db):
    """Seu Zé's first invoice, R$ 166,50 due on Thursday 10/12/2026, paid to the account of his company."""
    account(company_id=cast.vale_claro().id, pix_key=KEY)
    charged(cast.ze())
    nobody_else(cast.ze())
    run()
    return db.scalars(select(Invoice)).one()


@pytest.fixture
def charge(bank, invoice, worker, db):
    """Registered at the bank."""
    return registered(db, worker)
