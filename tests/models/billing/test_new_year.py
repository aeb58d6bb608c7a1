"""A bank that counts anew each year, and companies that see the new year at other hours."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from models import check
from models.billing import Invoice
from models.operators import Company
from models.services import Service
from tests import cast
from tests.models.billing.money import account, charged, run

FIELDS = {
    "cooperativa": "0165", "posto": "02", "codigo_beneficiario": "00623", "byte": "2", "tipo_cobranca": "1",
    "carteira": "1", "agencia": "0165", "agencia_dv": "0", "conta": "12345", "conta_dv": "6",
}  # fmt: skip


@pytest.mark.postgresql
def test_each_year_of_an_account_has_its_own_numbers(db, clock):
    """00:30 of the first in Noronha is 21:30 of the last in Rio Branco; both are paid to one account."""
    with clock("2026-12-20 10:00"):
        account(bank="748", fields=FIELDS)
        ours = [charged(person, starts_on=date(2026, 12, 20)).id for person in (cast.ze(), cast.mar_azul())]
        others = update(Service).where(Service.id.not_in(ours))
        db.execute(others.values(uses_carne=True, installation_fee_cents=0))
        method = cast.method("Boleto mensal").id
        db.execute(update(Service).where(Service.id.in_(ours)).values(billing_method_id=method))
        for company, zone in ((cast.vale_claro(), "America/Noronha"), (cast.serra_azul(), "America/Rio_Branco")):
            db.execute(update(Company).where(Company.id == company.id).values(zone=zone))
        db.commit()
    with clock(datetime(2027, 1, 1, 2, 30, tzinfo=UTC)):
        assert run() == 2
        rows = db.execute(select(Invoice.issued_on, Invoice.issued_year, Invoice.nosso_numero)).all()
        assert sorted(rows) == [(date(2026, 12, 31), 2026, 1), (date(2027, 1, 1), 2027, 1)]
        assert [line for _, lines in check.answers() for line in lines] == []
