"""Accounting as FreeRADIUS writes it: twice, late, without the packet before, and the usage that grows from it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from models.network import Connection, RadiusSession, Traffic, UsageDay, UsageHour
from models.network.accounting import LOST, close_lost, interim, restarted, start, stop
from models.network.usage import forget_hours, roll_up
from tests import cast

pytestmark = pytest.mark.postgresql
AT = datetime(2026, 11, 24, 12, 50, tzinfo=UTC)
NAS = "10.0.0.1"


@pytest.fixture
def connection(db):
    return Connection.of(cast.service(cast.ze()))


def packet(connection, minutes, down=0, up=0, unique="a" * 32, nas=NAS, **more):
    """The columns of a packet, so many minutes after the session began."""
    return {
        "unique_id": unique,
        "connection_id": connection.id if connection else None,
        "login": connection.login if connection else "ninguem",
        "nas_address": nas,
        "ipv4": "100.64.0.9",
        "started_at": AT,
        "updated_at": AT + timedelta(minutes=minutes),
        "seconds": minutes * 60,
        "down_bytes": down,
        "up_bytes": up,
        **more,
    }


def ended(connection, minutes, cause="User-Request", **more):
    return packet(connection, minutes, **more) | {"stopped_at": AT + timedelta(minutes=minutes), "stop_cause": cause}


def one(db):
    db.expire_all()
    return db.scalars(select(RadiusSession)).one()


def hours(db):
    db.expire_all()
    rows = db.scalars(select(UsageHour).order_by(UsageHour.hour))
    return [(row.hour.hour, row.down_bytes, row.up_bytes, row.online_seconds) for row in rows]


def test_a_session_is_counted_once_into_its_hours(db, connection):
    start(**packet(connection, 0))
    interim(**packet(connection, 5, down=500, up=50))
    interim(**packet(connection, 10, down=900, up=70))
    stop(**ended(connection, 15, down=1000, up=80))
    assert hours(db) == [(12, 500, 50, 300), (13, 500, 30, 600)]
    row = one(db)
    assert (row.seconds, row.down_bytes, row.stopped_at, row.stop_cause) == (
        900,
        1000,
        AT + timedelta(minutes=15),
        "User-Request",
    )


def test_what_comes_twice_late_or_out_of_order_changes_no_total(db, connection):
    start(**packet(connection, 0))
    start(**packet(connection, 0))
    interim(**packet(connection, 10, down=900))
    interim(**packet(connection, 10, down=900))
    interim(**packet(connection, 5, down=500))
    stop(**ended(connection, 15, down=1000))
    stop(**ended(connection, 15, down=1000))
    interim(**packet(connection, 15, down=1000))
    assert sum(row[1] for row in hours(db)) == 1000
    assert sum(row[3] for row in hours(db)) == 900
    assert one(db).stop_cause == "User-Request", "a late interim does not open what the customer ended"


def test_a_lost_start_is_made_up_for_by_the_interim(db, connection):
    interim(**packet(connection, 5, down=500))
    assert (one(db).started_at, one(db).stopped_at) == (AT, None)
    assert hours(db) == [(12, 500, 0, 300)]


def test_the_traffic_now_is_the_growth_of_the_last_packet_and_goes_with_the_session(db, connection):
    start(**packet(connection, 0))
    interim(**packet(connection, 5, down=500))
    interim(**packet(connection, 10, down=1700, up=10))
    row = db.scalars(select(Traffic)).one()
    assert (row.seconds, row.down_bytes, row.up_bytes) == (300, 1200, 10)
    stop(**ended(connection, 12, down=1800))
    assert db.scalar(select(func.count()).select_from(Traffic)) == 0


def test_bytes_beyond_32_bits_and_a_login_nobody_has(db, connection):
    interim(**packet(connection, 5, down=7 * 2**32))
    interim(**packet(None, 5, down=10, unique="b" * 32))
    assert hours(db) == [(12, 7 * 2**32, 0, 300)], "what is nobody's is kept as a session and used by nobody"
    assert db.scalar(select(func.count()).select_from(RadiusSession)) == 2


def test_a_session_without_news_is_closed_and_opens_again_when_it_is_heard_of(db, connection):
    other = Connection.of(cast.service(cast.maria()))
    interim(**packet(connection, 5, down=500))
    interim(**packet(other, 30, unique="b" * 32))  # the concentrator speaks
    assert close_lost(AT + timedelta(minutes=20)) == 0
    assert close_lost(AT + timedelta(minutes=31)) == 1
    lost = db.scalars(select(RadiusSession).where(RadiusSession.connection_id == connection.id)).one()
    db.refresh(lost)
    assert (lost.stopped_at, lost.stop_cause) == (AT + timedelta(minutes=5), LOST)
    assert close_lost(AT + timedelta(minutes=31)) == 0
    interim(**packet(connection, 35, down=900))
    db.refresh(lost)
    assert (lost.stopped_at, lost.stop_cause, lost.down_bytes) == (None, None, 900)


def test_of_a_silent_concentrator_nothing_is_closed(db, connection):
    interim(**packet(connection, 5))
    interim(**packet(Connection.of(cast.service(cast.maria())), 40, unique="b" * 32, nas="10.0.0.2"))
    assert close_lost(AT + timedelta(minutes=41)) == 0


def test_a_concentrator_that_begins_anew_ends_what_was_open_on_it(db, connection):
    start(**packet(connection, 0))
    start(**packet(None, 0, unique="b" * 32, nas="10.0.0.2"))
    assert restarted(NAS, AT + timedelta(minutes=3)) == 1
    causes = db.scalars(select(RadiusSession.stop_cause).order_by(RadiusSession.id)).all()
    assert causes == ["NAS-Reboot", None]


def test_hours_are_summed_by_local_day_once_and_then_go(db, connection, clock):
    """23:30 of São Paulo is the next day in UTC: it belongs to the day people had."""
    late = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # 23:00 of the 24th
    for hour, down in ((late - timedelta(hours=3), 100), (late, 10), (late + timedelta(hours=1), 1)):
        db.add(UsageHour(connection_id=connection.id, hour=hour, up_bytes=1, down_bytes=down, online_seconds=3600))
    db.flush()
    wait = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    roll_up(wait)
    days = select(UsageDay.day, UsageDay.down_bytes, UsageDay.online_seconds).order_by(UsageDay.day)
    assert [(f"{row.day}", row.down_bytes, row.online_seconds) for row in db.execute(days)] == [
        ("2026-11-24", 110, 7200),
        ("2026-11-25", 1, 3600),
    ]
    assert roll_up(wait) == 0, "a day is summed once"
    assert forget_hours(wait + timedelta(days=20), 0)[0] == 0
    gone, last = forget_hours(wait + timedelta(days=40), 0)
    assert gone == 3
    assert forget_hours(wait + timedelta(days=40), last) == (0, None)
    assert db.scalar(select(func.count()).select_from(UsageDay)) == 2


def test_an_interim_touches_no_index(db, database):
    """What it changes stands in none, so that PostgreSQL writes it in place (decision 038)."""
    changing = {"updated_at", "seconds", "up_bytes", "down_bytes"}
    indexed = {column.name for index in RadiusSession.__table__.indexes for column in index.columns}
    assert not indexed & changing
    if database.name == "postgresql":
        options = db.scalar(text("select reloptions from pg_class where relname = 'radius_session'"))
        assert options == ["fillfactor=80"]
