"""What breaks around the worker does not end it: a poison row, a lost or locked database, a late or endless effect."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.exc import OperationalError

from jobs import effects, rows, timetable
from jobs import worker as working
from jobs.worker import Worker
from models import clock as now
from models.base import db as base
from models.network import Connection
from models.outbox import LEASE, TRIES, Effect, RoutineRun, claim, enqueue, take_slot
from models.scope import Actor, acting
from models.services import Service, TrustUnlock
from tests import cast
from tests.browsing import outside
from web import pdf

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.postgresql]
SECOND = timedelta(seconds=1)


@pytest.fixture
def run(app, monkeypatch):
    """`run(until)`: the endless worker, until a question asked at each of its pauses is answered with yes."""
    monkeypatch.setattr("jobs.worker.signal.signal", lambda *_: None)

    def running(until, most=20):
        worker, pauses = Worker(), []

        def pause(seconds):
            pauses.append(seconds)
            worker.stopping = until(len(pauses)) or len(pauses) > most

        monkeypatch.setattr(working.time, "sleep", pause)

        def work():
            with app.app_context():
                worker.run()

        outside(work)
        assert len(pauses) <= most, "it never came to its end"
        return pauses

    return running


@pytest.fixture
def told(app, monkeypatch):
    """What the access server heard, as (service, access); `told.during` is done while it listens."""

    class Listening(list):
        during = staticmethod(lambda: None)
        simulated = True

        def apply(self, service_id, access):
            act, self.during = self.during, lambda: None
            act()
            self.append((service_id, access))

    server = Listening()
    monkeypatch.setitem(app.extensions, "radius", server)
    return server


@pytest.fixture
def heard(caplog):
    """Lines of the log at warning and above."""
    log = logging.getLogger("enlace")
    log.addHandler(caplog.handler)
    yield caplog
    log.removeHandler(caplog.handler)


def waiting(db):
    db.rollback()
    return db.scalar(select(func.count()).where(Effect.state == "ready"))


def effect_of(db, key):
    db.expire_all()
    return db.scalars(select(Effect).where(Effect.key == f"apply_access:{key}")).one()


def applied(db, service_id):
    db.expire_all()
    return db.scalars(select(Connection.access_state).where(Connection.service_id == service_id)).one()


# ---- the worker goes on


@pytest.mark.parametrize("what", ["run_due", "claim"])
def test_what_raises_once_does_not_end_the_worker(db, run, monkeypatch, heard, what):
    real, calls = getattr(working, what), []

    def breaking(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            raise OperationalError("select 1", {}, Exception("server closed the connection unexpectedly"))
        return real(*arguments)

    monkeypatch.setattr(working, what, breaking)
    cast.service(cast.ze()).suspend("Fatura em aberto")
    db.commit()
    run(lambda pauses: len(calls) > 3)
    assert waiting(db) == 0
    assert [record.message for record in heard.records] == ["worker goes on"]


@pytest.mark.slow
def test_a_locked_database_is_waited_for(db, run, app, heard):
    """Another process holds the write lock, longer than anybody waits for it."""
    sqlite = base.engine.dialect.name == "sqlite"
    hold = "BEGIN IMMEDIATE" if sqlite else "LOCK TABLE effect, routine_run IN ACCESS EXCLUSIVE MODE"
    service = cast.service(cast.ze())
    service.suspend("Fatura em aberto")
    db.commit()
    service_id, engine = service.id, base.engine
    db.rollback()
    release = _hog(engine, hold)
    engine.dispose()
    event.listen(engine, "connect", _impatient)
    try:

        def until(pauses):
            if pauses == 12:
                release()
            return pauses > 12 and waiting(db) == 0

        run(until, most=60)
    finally:
        release()
        event.remove(engine, "connect", _impatient)
        engine.dispose()
    assert {record.message for record in heard.records} == {"worker goes on"}
    assert waiting(db) == 0
    assert applied(db, service_id) == "blocked"


def _hog(engine, hold):
    """Hold a lock in a thread of its own until the answer is called."""
    held, enough = threading.Event(), threading.Event()

    def hog():
        raw = engine.raw_connection()
        raw.cursor().execute(hold)
        held.set()
        enough.wait(30)
        raw.rollback()
        raw.close()

    thread = threading.Thread(target=hog)
    thread.start()
    assert held.wait(10)

    def release():
        enough.set()
        thread.join(10)

    return release


def _impatient(connection, _):
    sqlite = base.engine.dialect.name == "sqlite"
    connection.cursor().execute("PRAGMA busy_timeout=50" if sqlite else "SET lock_timeout='50ms'")
    if not sqlite:
        connection.commit()


def test_a_database_that_does_not_answer_at_the_start_is_waited_for(make_app, monkeypatch, tmp_path):
    """Only one without tables makes the command leave."""
    from jobs.commands import worker as command

    app = make_app()
    app.config["SQLALCHEMY_DATABASE_URI"] = "unused"
    monkeypatch.setattr(command.pdf, "warm", lambda: None)
    monkeypatch.setattr(command.Worker, "run", lambda self: (tmp_path / "ran").touch())

    def gone(_):
        raise OperationalError("", {}, Exception("connection refused"))

    monkeypatch.setattr(command, "inspect", gone)
    assert outside(lambda: app.test_cli_runner().invoke(args=["worker"])).exit_code == 0
    assert (tmp_path / "ran").exists()
    with app.app_context():
        base.engine.dispose()


def test_a_routine_that_fails_does_not_hold_up_the_others(db, monkeypatch, heard):
    ran = []

    def broken(_):
        raise ValueError("poison")

    def good(_):
        ran.append(1)
        return 1

    minute = timedelta(minutes=1)
    table = (
        timetable.Routine("bad", minute, broken, lambda _: []),
        timetable.Routine("good", minute, good, lambda _: []),
    )
    monkeypatch.setattr(timetable, "TIMETABLE", table)
    timetable.run_due()
    timetable.run_due()
    assert ran == [1]
    assert [record.message for record in heard.records] == ["routine failed"]
    runs = {row.name: row.changed for row in db.scalars(select(RoutineRun).where(RoutineRun.name.in_(["bad", "good"])))}
    assert runs == {"bad": None, "good": 1}


def test_a_slot_known_to_be_taken_is_not_asked_for_again(db, count_queries):
    known = {}
    timetable.run_due(known)
    assert set(known) == {routine.name for routine in timetable.TIMETABLE}
    with count_queries() as queries:
        timetable.run_due(known)
    assert queries == []


def test_a_slot_that_is_taken_is_no_error_of_the_database(db):
    failures = []

    def note(context):
        failures.append(context)

    event.listen(base.engine, "handle_error", note)
    try:
        assert take_slot("trust_unlock_ends", "7")
        assert not take_slot("trust_unlock_ends", "7")
    finally:
        event.remove(base.engine, "handle_error", note)
    assert failures == []


# ---- one poison row


@pytest.fixture
def two_ends(db, clock):
    """Two releases that have ended, Zé's and Rita's."""
    with clock("2026-11-20 10:00"):
        services = [cast.service(cast.ze()), cast.service(cast.rita())]
        services[0].suspend("Fatura em aberto")
        with acting(Actor("operator", 1, "Bruno Reis"), "staff"):
            for service in services:
                service.unlock_in_trust(now.today(), "vai pagar")
        db.commit()
    return [service.id for service in services]


def test_a_poison_row_does_not_hold_up_the_good_one(db, worker, two_ends, monkeypatch, heard):
    bad, good = two_ends
    real = Service.review_trust

    def review(self, at):
        if self.id == bad:
            self.end_trust("settled")
            base.session.flush()
            raise ValueError("poison")
        return real(self, at)

    monkeypatch.setattr(Service, "review_trust", review)
    monkeypatch.setattr(rows, "BATCH", 1)  # the poison row comes back first in every batch
    assert worker.routine("trust_unlock_ends") == 1
    assert [record.message for record in heard.records] == [f"routine left out row {bad}"]
    db.expire_all()
    assert db.get(Service, bad).status == "active"
    assert db.get(Service, good).status == "suspended_for_debt"
    statuses = dict(db.execute(select(TrustUnlock.service_id, TrustUnlock.status)).all())
    assert statuses == {bad: "active", good: "ended"}
    monkeypatch.undo()
    assert worker.routine("trust_unlock_ends") == 1
    assert worker.routine("trust_unlock_ends") == 0


def test_a_lost_database_is_no_poison_row(db, worker, two_ends, monkeypatch):
    def lost(self, at):
        raise OperationalError("", {}, Exception("gone"), connection_invalidated=True)

    monkeypatch.setattr(Service, "review_trust", lost)
    with pytest.raises(OperationalError):
        worker.routine("trust_unlock_ends")


# ---- the network's state


def test_a_service_that_moved_meanwhile_is_told_again(db, worker, told, app):
    """The older word is said last: it is not kept, and a newer one follows."""
    service = cast.service(cast.ze())
    service.suspend("Fatura em aberto")
    service_id = service.id
    db.commit()

    def overtaken():
        """While the first worker speaks, the service comes back and a second worker says so first."""
        with app.app_context():
            db.get(Service, service_id).enable("pagou")
            db.commit()
        assert worker.drain() == 1

    told.during = overtaken
    worker.drain()
    assert told == [(service_id, "active"), (service_id, "blocked"), (service_id, "active")]
    assert applied(db, service_id) == "active"
    assert waiting(db) == 0
    assert worker.drain() == 0


def test_one_that_waits_anyway_is_enough(db, worker, told, app):
    service = cast.service(cast.ze())
    service.suspend("Fatura em aberto")
    service_id = service.id
    db.commit()

    def moved():
        with app.app_context():
            db.get(Service, service_id).enable("pagou")
            db.commit()

    told.during = moved
    assert worker.drain() == 2
    assert told == [(service_id, "blocked"), (service_id, "active")]
    assert applied(db, service_id) == "active"


def test_a_late_effect_keeps_nothing_and_says_the_present_state_again(db, worker, told, app):
    """Its lease ran out while the router thought; another worker has finished it long ago."""
    service = cast.service(cast.ze())
    service.suspend("Fatura em aberto")
    service_id = service.id
    db.commit()

    def too_long():
        with now.set_to(now.now() + LEASE + SECOND):
            assert worker.drain() == 1
        told.during = lambda: None

    told.during = too_long
    worker.drain()
    assert told == [(service_id, "blocked")] * 3
    assert applied(db, service_id) == "blocked"
    assert waiting(db) == 0


def test_a_late_effect_rolls_back_what_it_kept(db, worker, monkeypatch):
    kept = []

    def slow(payload):
        base.session.execute(update(Effect).where(Effect.key == "apply_access:late").values(owner="another"))
        base.session.commit()
        return lambda: kept.append(payload)

    monkeypatch.setitem(effects.EFFECTS, "apply_access", slow)
    monkeypatch.setattr(working, "LATE", {})
    enqueue("apply_access", "late", {"service_id": 1})
    db.commit()
    worker.drain()
    assert kept == []
    assert effect_of(db, "late").state == "ready"


def test_what_fails_while_keeping_is_not_done(db, worker, monkeypatch):
    def broken():
        raise ValueError("11 lines\nof values: Rita")

    monkeypatch.setitem(effects.EFFECTS, "apply_access", lambda _: broken)
    enqueue("apply_access", "broken", {"service_id": 1})
    db.commit()
    worker.drain()
    row = effect_of(db, "broken")
    assert (row.state, row.attempts, row.last_error) == ("ready", 1, "ValueError: 11 lines")


# ---- an effect that kills its worker each time


def test_the_longest_effect_fits_into_a_lease():
    assert LEASE.total_seconds() > pdf.STARTING + pdf.SECONDS


def test_an_effect_at_which_the_worker_dies_each_time_comes_to_an_end(db, worker, staff):
    enqueue("apply_access", "deadly", {"service_id": 1})
    db.commit()
    at = now.now()
    for _ in range(TRIES):
        with now.set_to(at):
            assert claim("a worker that is killed now").attempts <= TRIES
            db.commit()
        at += LEASE + SECOND
    with now.set_to(at - 2 * SECOND):
        assert worker.routine("exhausted_effects") == 0, "the last one may still be at it"
    with now.set_to(at):
        assert claim("one more") is None
        db.commit()
        assert "12 tentativas" in worker.command("routines", "run", "exhausted_effects", "--dry-run").output
        assert worker.routine("exhausted_effects") == 1
        assert worker.routine("exhausted_effects") == 0
    row = effect_of(db, "deadly")
    assert (row.state, row.attempts) == ("dead", TRIES)
    assert "o worker parou em todas as tentativas" in staff("silvia.maia").get("/tarefas").words


# ---- /readyz


def ready(anonymous):
    answer = anonymous()._ask("GET", "/readyz", False, True)
    return answer.status == 200, answer.json["outbox"]


@pytest.fixture
def readyz(anonymous, monkeypatch):
    monkeypatch.setattr("web.health._database", lambda: True)
    return lambda: ready(anonymous)


@pytest.mark.parametrize("claims", [0, 1])
def test_a_stuck_worker_is_seen(db, readyz, claims):
    """Nothing is claimed, or what was claimed never comes back."""
    enqueue("apply_access", "waits", {"service_id": 1})
    db.commit()
    for _ in range(claims):
        claim("hangs")
        db.commit()
    assert readyz() == (True, True)
    with now.set_to(now.now() + timedelta(minutes=11)):
        assert readyz() == (False, False)


def test_what_failed_died_or_is_to_be_tried_again_is_no_stuck_worker(db, readyz):
    enqueue("apply_access", "one", {"service_id": 1})
    db.commit()
    claim("worker").fail("worker", "no answer")
    db.execute(update(Effect).where(Effect.state == "ready").values(due_at=now.now() + timedelta(hours=6)))
    db.commit()
    with now.set_to(now.now() + timedelta(hours=5)):
        assert readyz() == (True, True)
        db.execute(update(Effect).where(Effect.state == "ready").values(state="dead"))
    with now.set_to(now.now() + timedelta(days=30)):
        assert readyz() == (True, True)
        effect_of(db, "one").retry()
        assert readyz() == (True, True), "asked for long ago, due now"
