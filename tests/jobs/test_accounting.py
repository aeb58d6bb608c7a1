"""The simulated network: it counts as access servers would and can be switched off; what is lost is closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from integrations import radius
from integrations.radius import Line, Simulator
from models import clock
from models.network import Connection, RadiusAuthLog, RadiusSession, UsageDay
from tests import cast, networked

_now = clock.now  # inside a test `clock` is the fixture that stops it
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
LINE = Line(5, "maria.albuquerque.5", "10.0.0.1", "4C:5E:0C:00:00:05", "100.64.0.7", 20, 10)


@pytest.fixture
def counted(db):
    networked.load()
    db.commit()


@pytest.fixture
def simulated(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "accounting", Simulator())


def sessions(db, person):
    db.expire_all()
    rows = select(RadiusSession).where(RadiusSession.connection_id == Connection.of(cast.service(person)).id)
    return db.scalars(rows.order_by(RadiusSession.started_at.desc())).all()


# ---- the simulator alone


def test_a_stay_is_a_login_a_start_interims_that_grow_and_a_stop():
    told = list(Simulator().stay(LINE, NOON, NOON + timedelta(hours=2), "Lost-Carrier"))
    assert [packet.kind for packet in told] == ["auth", "start", "interim", "interim", "interim", "interim", "stop"]
    counts = [packet.columns["down_bytes"] for packet in told[1:]]
    assert counts == sorted(counts)
    assert counts[-1] > 0
    assert told[-1].columns["stop_cause"] == "Lost-Carrier"
    assert told[-1].columns["seconds"] == 7200


def test_the_same_day_is_told_twice_the_same():
    both = [list(Simulator().stay(LINE, NOON, NOON + timedelta(hours=5))) for _ in range(2)]
    assert both[0] == both[1]


def test_nobody_uses_more_than_the_line_carries():
    [*_, last] = Simulator().stay(LINE, NOON, NOON + timedelta(hours=10))
    assert last.columns["down_bytes"] < LINE.download_mbps * 125_000 * 36_000


def test_a_stay_shorter_than_an_interim_is_told():
    told = list(Simulator().stay(LINE, NOON, NOON + timedelta(minutes=1), "Lost-Carrier"))
    assert [packet.kind for packet in told] == ["auth", "start", "interim", "stop"]


def test_a_network_nobody_owns_never_speaks():
    assert Simulator().speaks("10.0.0.1")
    assert not Simulator().speaks("203.0.113.9")


@pytest.mark.parametrize(("simulated", "kind"), [(True, Simulator), (False, type(None))])
def test_it_can_be_switched_off(simulated, kind):
    assert type(radius.accounting(simulated)) is kind


@pytest.mark.parametrize(
    ("mode", "given", "wanted"),
    [("demo", "", True), ("demo", "off", False), ("test", "", False), ("test", "simulated", True)],
)
def test_the_demonstration_simulates_unless_told_otherwise(monkeypatch, mode, given, wanted):
    from web.settings import settings

    monkeypatch.setenv("ENLACE_MODE", mode)
    monkeypatch.setenv("ENLACE_ACCOUNTING", given)
    assert settings()["ACCOUNTING_SIMULATED"] is wanted


@pytest.mark.parametrize(("mode", "given"), [("demo", "on"), ("production", "simulated")])
def test_settings_that_are_none_are_refused(monkeypatch, mode, given):
    from web.settings import SettingsError, _accounting

    monkeypatch.setenv("ENLACE_ACCOUNTING", given)
    with pytest.raises(SettingsError, match="ENLACE_ACCOUNTING"):
        _accounting(mode)


# ---- through the routine


@pytest.mark.postgresql
def test_open_sessions_go_on_and_a_second_run_adds_nothing(worker, db, counted, simulated, clock):
    before = sessions(db, cast.ze())[0]
    was, grown = before.updated_at, before.down_bytes
    with clock(was + timedelta(minutes=5)):
        assert worker.routine("accounting") > 0
        row = sessions(db, cast.ze())[0]
        assert (row.updated_at, row.seconds) == (
            was + timedelta(minutes=5),
            int((row.updated_at - row.started_at).total_seconds()),
        )
        assert row.down_bytes > grown
        assert worker.routine("accounting") == 0
    silent = sessions(db, cast.cooperative())[0]
    assert silent.stopped_at is None, "what a silent concentrator says is nothing, not the end"
    assert silent.updated_at < was


@pytest.mark.postgresql
def test_switched_off_nothing_is_counted_and_what_is_lost_is_closed(worker, db, counted, clock):
    was = sessions(db, cast.ze())[0].updated_at
    with clock(was + timedelta(minutes=20)):
        assert worker.routine("accounting") == 0, "all of them are silent: nothing is known of anybody"
        some = {"unique_id": "f" * 32, "login": "x.1", "nas_address": "10.0.0.1"}
        db.add(RadiusSession(**some, started_at=_now(), updated_at=_now()))
        db.commit()
        assert worker.command("routines", "run", "accounting", "--dry-run").output.count("jose.ferreira.4") == 1
        assert worker.routine("accounting") >= 1
        row = sessions(db, cast.ze())[0]
        assert (row.stop_cause, row.stopped_at) == ("Lost-Accounting", was)


@pytest.mark.postgresql
def test_who_was_let_in_dials_and_who_was_turned_off_ends(worker, db, counted, simulated, clock):
    row = Connection.of(cast.service(cast.joaquim()))
    row.applied("active")
    ended = Connection.of(cast.service(cast.ze()))
    ended.applied("disabled")
    db.commit()
    with clock(_now() + timedelta(minutes=6)):
        worker.routine("accounting")
        assert sessions(db, cast.joaquim())[0].stopped_at is None
        tried = select(func.count()).where(RadiusAuthLog.login == row.login, RadiusAuthLog.result == "Access-Accept")
        assert db.scalar(tried) == 1
        assert sessions(db, cast.ze())[0].stop_cause == "Admin-Reset"


@pytest.mark.postgresql
def test_days_are_summed_by_their_routine(worker, db, counted):
    assert worker.routine("usage_days") > 0
    assert db.scalar(select(func.count()).select_from(UsageDay)) > 0
    assert worker.routine("usage_days") == 0
    assert worker.command("routines", "run", "usage_days", "--dry-run").exit_code == 0
