"""The ladder by itself: in working hours, once, in two workers at once, and through a kill -9 (X-07)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import func, select, update

from jobs.timetable import by_name, run
from models import clock as real
from models.billing import Receipt
from models.dunning import DebtNotice
from models.history import Event
from models.operators import Company
from models.services import Service, Suspension
from tests import cast, crowd
from tests.jobs.one_routine import killed_midway
from tests.models.dunning.debts import owes

DUE, TOLD, CUT = date(2026, 12, 10), date(2026, 12, 14), date(2026, 12, 29)
AT = "2026-12-29 10:00"


def count(db, table, *where) -> int:
    db.expire_all()
    return db.scalar(select(func.count()).select_from(table).where(*where))


@pytest.fixture
def crowded(db):
    """Forty services that were told fifteen days ago, and as many that were not."""
    crowd.load(100)
    services = list(db.scalars(select(Service).where(Service.status == "active").order_by(Service.id).limit(80)))
    with real.set_to(datetime.fromisoformat("2026-12-14T12:00:00+00:00")):
        for number, service in enumerate(services):
            owes(service, DUE, TOLD if number % 2 else None)
    db.commit()
    return services


def test_the_same_day_twice_does_nothing_more(db, worker, clock, crowded):
    with clock(AT):
        told, cut = count(db, DebtNotice), count(db, Suspension)
        assert worker.routine("dunning") == 80
        assert (count(db, DebtNotice), count(db, Suspension)) == (told + 40, cut + 40)
        assert worker.routine("dunning") == 0
        listed = worker.command("routines", "run", "dunning", "--dry-run")
        assert "serviço" not in listed.output
    assert count(db, Event, Event.action == "debt.noticed") == 40


def test_two_workers_at_once(db, app, worker, clock, race, crowded):
    def work(_: int) -> int:
        with app.app_context():
            return run(by_name("dunning"), real.now())

    with clock(AT):
        assert sum(race(2, work)) == 80
        assert count(db, DebtNotice) == 80
        assert count(db, Event, Event.action == "debt.noticed") == 40


@pytest.mark.parametrize("writes", [pytest.param(21, marks=pytest.mark.long), 150])
def test_killed_in_the_middle_and_run_again(db, database, worker, clock, crowded, tmp_path, writes):
    at = datetime.fromisoformat("2026-12-29T13:00:00+00:00")
    steps = Event.action.in_(("debt.noticed", "service.suspended")) & (Event.channel == "job")
    before = count(db, Event, steps)
    db.rollback()
    killed_midway(database, tmp_path / "log", "dunning", at, writes)
    assert 0 < count(db, Event, steps) - before < 80
    with clock(at):
        worker.routine("dunning")
        assert count(db, Event, steps) - before == 80
        assert worker.routine("dunning") == 0
    assert count(db, DebtNotice) == 80
    assert count(db, Service, Service.id.in_([row.id for row in crowded]), Service.status == "suspended_for_debt") == 40


@pytest.mark.parametrize(("at", "moved"), [("2026-12-29 07:59", 0), ("2026-12-29 18:00", 0), ("2026-12-29 08:00", 1)])
def test_nobody_is_cut_at_night(db, worker, clock, at, moved):
    owes(cast.service(cast.ze()), DUE, TOLD)
    db.commit()
    with clock(at):
        assert worker.routine("dunning") == moved


def test_the_hours_are_those_of_the_company(db, worker, clock):
    """Eight in São Paulo is six in Rio Branco."""
    owes(cast.service(cast.ze()), DUE, TOLD)
    owes(cast.service(cast.mar_azul()), DUE, TOLD)
    db.execute(update(Company).where(Company.id == cast.serra_azul().id).values(zone="America/Rio_Branco"))
    db.commit()
    with clock("2026-12-29 08:30"):
        assert worker.routine("dunning") == 1
    db.expire_all()
    assert cast.service(cast.ze()).status == "suspended_for_debt"
    assert cast.service(cast.mar_azul()).status == "active"
    with clock("2026-12-29 10:30"):
        assert worker.routine("dunning") == 1


def test_never_on_the_eve_of_a_closed_day(db, worker, clock):
    owes(cast.service(cast.ze()), date(2026, 11, 10), date(2026, 11, 12))
    db.commit()
    for closed in ("2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27", "2026-12-31", "2027-01-01", "2027-01-02"):
        with clock(f"{closed} 10:00"):
            assert worker.routine("dunning") == 0, closed
    with clock("2027-01-04 10:00"):
        assert worker.routine("dunning") == 1


def test_paid_at_last_and_back_by_itself(db, worker, clock):
    """The whole way: due, told, cut, paid, back."""
    invoice = owes(cast.service(cast.ze()), DUE)
    db.commit()
    with clock("2026-12-14 10:00"):
        assert worker.routine("dunning") == 1
    for day in range(15, 29):
        with clock(f"2026-12-{day} 10:00"):
            assert worker.routine("dunning") == 0, day
    with clock(AT):
        assert worker.routine("dunning") == 1
        invoice.settle(Receipt("pix", invoice.total_cents, CUT))
        db.commit()
        worker.drain()
        assert worker.routine("dunning") == 0
    db.expire_all()
    assert cast.service(cast.ze()).status == "active"


@pytest.mark.postgresql
@pytest.mark.feature("C-99")
@pytest.mark.parametrize("paid", [True, False])
def test_trust_that_ends_is_suspended_again_unless_it_was_paid(db, worker, staff, clock, paid):
    rita = cast.service(cast.rita())
    with clock(AT):
        invoice = owes(rita, DUE, TOLD)
        db.commit()
        form = {"until": "2026-12-30", "reason": "vai pagar amanhã"}
        assert staff("ana.souza").post(f"/servicos/{rita.id}/desbloqueio-em-confianca", form).status == 303
        assert worker.routine("dunning") == 0, "in trust nobody is cut"
    with clock("2026-12-30 22:00"):
        assert worker.routine("trust_unlock_ends") == 0
        if paid:
            invoice.settle(Receipt("pix", invoice.total_cents, date(2026, 12, 30)))
            db.commit()
            worker.drain()
    with clock("2026-12-31 00:01"):
        assert worker.routine("trust_unlock_ends") == (0 if paid else 1)
    db.expire_all()
    assert cast.service(cast.rita()).status == ("active" if paid else "suspended_for_debt")
