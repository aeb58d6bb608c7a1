"""The monthly run by itself: twice, in two workers at once, and through a kill -9 (X-07, C-15)."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select, update

from jobs.timetable import by_name, run
from models import clock as real
from models.billing import Charge, Invoice
from models.billing.run import BATCH
from models.numbers import Counter
from models.operators import Company
from tests import crowd
from tests.jobs.one_routine import killed_midway
from tests.models.billing.money import account

AT = "2026-12-01T13:00:00+00:00"


def count(db, table, *where) -> int:
    db.expire_all()
    return db.scalar(select(func.count()).select_from(table).where(*where))


@pytest.fixture
def month(db):
    """A crowd of several batches; each is charged for the first time, back to the day of its sale or of the house."""
    crowd.load(5 * BATCH // 2)
    db.execute(update(Company).values(bills_from=datetime.fromisoformat(AT).date()))
    account()
    db.commit()


def require_whole(db, worker) -> None:
    """One charge per service and period, nothing half written, no number lost or given twice."""
    each = select(Charge.service_id, Charge.period_start).group_by(Charge.service_id, Charge.period_start)
    assert db.execute(each.having(func.count() > 1)).all() == []
    invoices = count(db, Invoice)
    assert db.scalar(select(func.count(Invoice.number.distinct()))) == invoices
    assert db.scalar(select(func.max(Invoice.number))) == invoices
    numbered = select(func.max(Invoice.nosso_numero), func.count(Invoice.nosso_numero.distinct()))
    boletos = count(db, Invoice, Invoice.barcode != "")
    assert 0 < boletos < invoices, "some are paid by Pix alone"
    assert db.execute(numbered).one() == (boletos, boletos)
    assert db.scalar(select(Counter.last).where(Counter.key == "invoice")) == invoices
    assert count(db, Charge, Charge.invoice_id.is_(None)) == 0
    db.rollback()
    checked = worker.command("check")
    assert [line for line in checked.output.splitlines() if "fatura" in line or "cobrança" in line] == []


def test_the_same_day_twice_issues_nothing_more(db, worker, clock, month):
    with clock(AT):
        rehearsed = worker.command("routines", "run", "billing", "--dry-run").output.splitlines()
        issued = worker.routine("billing")
        assert issued == count(db, Invoice) > 50
        assert len(rehearsed) >= issued
        assert worker.routine("billing") == 0
        require_whole(db, worker)


def test_two_workers_at_once(db, app, worker, clock, race, month):
    def work(_: int) -> int:
        with app.app_context():
            return run(by_name("billing"), real.now())

    with clock(AT):
        results = race(2, work)
        assert not [result for result in results if isinstance(result, Exception)], results
        assert sum(results) == count(db, Invoice)
        assert worker.routine("billing") == 0
        require_whole(db, worker)


@pytest.mark.parametrize("writes", [pytest.param(8, marks=pytest.mark.long), 15])
def test_killed_in_the_middle_and_run_again(db, database, worker, clock, month, tmp_path, writes):
    """Within the second batch, then within the third: the batches before stand, that one is not there at all."""
    at = datetime.fromisoformat(AT)
    killed_midway(database, tmp_path / "log", "billing", at, writes)
    before = count(db, Invoice)
    assert before > 0
    with clock(at):
        more = worker.routine("billing")
        assert more > 0
        assert count(db, Invoice) == before + more
        assert worker.routine("billing") == 0
        require_whole(db, worker)
