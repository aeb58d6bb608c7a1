"""Effects: carried out once, tried again, never lost; routines: their slot taken once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import create_app
from models import clock as now
from models.base import db as base
from models.outbox import LEASE, Effect, RoutineRun, claim, enqueue, take_slot
from models.scope import Actor, acting
from tests import cast
from tests.browsing import outside

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.postgresql]


@pytest.fixture
def empty(db, worker):
    worker.drain()
    return worker


def one(db) -> Effect:
    db.expire_all()
    return db.scalars(select(Effect).order_by(Effect.id.desc()).limit(1)).one()


def test_an_effect_that_fails_is_tried_again_later_and_the_page_does_not_mind(empty, db, monkeypatch, staff):
    def broken(_):
        raise TimeoutError("the router did not answer")

    monkeypatch.setitem(__import__("jobs.effects", fromlist=["EFFECTS"]).EFFECTS, "apply_access", broken)
    service = cast.service(cast.ze())
    done = staff("ana.souza").post(
        f"/servicos/{service.id}/suspensao", {"to": "suspended_for_debt", "reason": "Débito"}
    )
    assert done.status == 303
    empty.drain()
    effect = one(db)
    assert (effect.state, effect.attempts, effect.owner is not None) == ("ready", 1, True)
    assert "router" in effect.last_error
    assert effect.due_at > now.now()
    assert "aplicando" in staff("ana.souza").get(f"/clientes/{service.person_id}").words
    assert empty.drain() == 0
    monkeypatch.undo()
    with now.set_to(now.now() + timedelta(minutes=2)):
        assert empty.drain() == 1
    assert one(db).state == "done"


def test_after_twelve_tries_a_person_sees_it(empty, db, staff):
    enqueue("apply_access", "nobody", {"service_id": 999_999})
    db.commit()
    at = now.now()
    for _ in range(14):
        at += timedelta(hours=7)
        with now.set_to(at):
            empty.drain()
    assert (one(db).state, one(db).attempts) == ("dead", 12)
    assert "1 tarefa não foi concluída" in staff("silvia.maia").get("/").words


def test_two_workers_never_hold_the_same_effect(empty, app, db, race):
    for number in range(20):
        enqueue("apply_access", f"n{number}", {"service_id": number})
    db.commit()

    def work(index: int) -> list[int]:
        mine = []
        with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
            while effect := claim(f"worker {index}"):
                mine.append(effect.id)
                base.session.commit()
            base.session.rollback()
        return mine

    taken = [id for ids in race(4, work) for id in ids]
    assert len(taken) == len(set(taken)) == 20


def test_a_lease_that_ran_out_is_taken_over_and_the_late_one_drops(empty, db):
    enqueue("apply_access", "late", {"service_id": 1})
    db.commit()
    held = claim("slow")
    db.commit()
    assert claim("other") is None
    db.rollback()
    with now.set_to(now.now() + LEASE + timedelta(seconds=1)):
        assert claim("other").id == held.id
        db.commit()
    assert held.finish("slow") is False
    assert held.finish("other") is True
    db.commit()


def test_the_same_effect_is_asked_once(db):
    enqueue("apply_access", "same", {"service_id": 1})
    db.flush()
    enqueue("apply_access", "same", {"service_id": 1})
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.flush()
    db.rollback()


def test_a_slot_is_taken_once(app, db, race):
    def work(_: int) -> bool:
        with app.app_context():
            return take_slot("trust_unlock_ends", "42")

    assert sorted(race(6, work)) == [False] * 5 + [True]
    assert db.scalar(select(func.count()).select_from(RoutineRun)) == 1


def test_routines_are_listed_and_run_by_hand(worker):
    assert "trust_unlock_ends" in worker.command("routines", "list").output
    assert "0 changed" in worker.command("routines", "run", "trust_unlock_ends").output
    assert "ninguém" in worker.command("routines", "run", "trust_unlock_ends", "--dry-run").output


def test_a_day_to_come_is_only_rehearsed(worker, db, clock):
    """`--for` a future day would end releases before their time."""
    with clock("2026-11-30 10:00"):
        cast.service(cast.ze()).suspend("Fatura em aberto")
        with acting(Actor("operator", 1, "Bruno Reis"), "staff"):
            cast.service(cast.ze()).unlock_in_trust(now.today(), "vai pagar")
        db.commit()
        refused = worker.command("routines", "run", "trust_unlock_ends", "--for", "2026-12-01")
        assert refused.exit_code == 2
        assert "--dry-run" in refused.output
        rehearsed = worker.command("routines", "run", "trust_unlock_ends", "--for", "2026-12-01", "--dry-run")
        assert "serviço" in rehearsed.output
        assert "0 changed" in worker.command("routines", "run", "trust_unlock_ends", "--for", "2026-11-30").output
        db.expire_all()
        assert cast.service(cast.ze()).status == "active"
    with clock("2026-12-01 00:00"):
        assert "1 changed" in worker.command("routines", "run", "trust_unlock_ends", "--for", "2026-11-30").output


def test_a_database_without_tables_says_what_to_do(database):
    app = create_app(SQLALCHEMY_DATABASE_URI=database.empty())
    runner = app.test_cli_runner()
    for arguments in (["worker"], ["worker", "--drain"]):
        result = outside(lambda arguments=arguments: runner.invoke(args=arguments))
        assert result.exit_code == 1
        assert result.output == "Error: This database has no tables yet: run `flask db upgrade` first.\n"
    with app.app_context():
        base.engine.dispose()
