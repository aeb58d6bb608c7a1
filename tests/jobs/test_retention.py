"""What need not be kept goes, once; everything else stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobs import retention
from models import clock as now
from models.files import store
from models.history import Event
from models.operators import LoginSession, Throttle, within
from models.outbox import Effect, LeftOut, RoutineRun, claim, enqueue, take_slot
from models.sales import Sale
from tests import attached, cast, pictures

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.postgresql]
TABLES = (RoutineRun, Effect, Throttle, LoginSession)
DAY = timedelta(days=1)


def kept(db):
    db.expire_all()
    counts = {model.__tablename__: db.scalar(select(func.count()).select_from(model)) for model in TABLES}
    return counts | {"drafts": db.scalar(select(func.count()).where(Sale.status == "draft"))}


@pytest.fixture
def written(db, worker):
    """One of each kind, today at noon; a dead effect and one that waits besides. Answers with what there is."""
    with now.set_to(now.now().replace(hour=12, minute=0, second=0)):  # else a day's window could end meanwhile
        yield _written(db, worker)


def _written(db, worker):
    worker.drain()
    take_slot("trust_unlock_ends", "1")
    within("central-cpf:x", 5, DAY)
    within("staff-ip:2001:db8::1", 5, timedelta(minutes=15))
    _, _ = LoginSession.open("staff", 1, "staff", 1, "127.0.0.1", "tests")
    enqueue("apply_access", "waits", {"service_id": 1}, at=now.now() + 1000 * DAY)
    enqueue("apply_access", "dead", {"service_id": 1})
    db.flush()
    claim("tests").attempts = 12
    db.scalars(select(Effect).where(Effect.key == "apply_access:dead")).one().state = "dead"
    db.commit()
    return kept(db)


def test_nothing_goes_before_its_day(db, worker, written):
    assert worker.routine("retention") == 0
    with now.set_to(now.now() + timedelta(hours=49)):
        assert worker.routine("retention") == 1, "the short window"
    with now.set_to(now.now() + 29 * DAY):
        assert worker.routine("retention") == 1, "the long window"
    assert kept(db) == written | {"throttle": written["throttle"] - 2}


def test_what_is_past_its_days_goes_once(db, worker, written, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)  # several rounds
    done = db.scalar(select(func.count()).where(Effect.state == "done"))
    history, draft = set(db.scalars(select(Event.id))), cast.draft()
    assert done > 2
    with now.set_to(now.now() + 92 * DAY):
        said = worker.command("routines", "run", "retention", "--dry-run").output
        assert f"effect: {done} há mais de 30 dias" in said
        assert "sale: 1 há mais de 90 dias" in said
        assert cast.STRANGER not in said
        assert kept(db) == written, "a rehearsal changes nothing"
        changed = worker.routine("retention")
        assert worker.routine("retention") == 0
        assert "ninguém" in worker.command("routines", "run", "retention", "--dry-run").output
    left = kept(db)
    assert left == {"routine_run": 0, "effect": 2, "throttle": 0, "login_session": 0, "drafts": 0}
    assert changed == sum(written.values()) - sum(left.values())
    db.refresh(draft)
    assert (draft.status, draft.answers) == ("discarded", {})
    assert history <= set(db.scalars(select(Event.id)))


def test_a_poison_draft_does_not_hold_up_the_rest(db, worker, written, monkeypatch):
    with now.set_to(now.now() - 100 * DAY):
        bad = Sale._draft(adds_service=False, person_id=None)
        bad.operator_id = cast.operator("ana.souza").id
        db.add(bad)
        db.commit()
    real, bad_id = Sale.discard, bad.id

    def discard(self):
        if self.id == bad_id:
            raise ValueError("poison")
        real(self)

    monkeypatch.setattr(Sale, "discard", discard)
    with now.set_to(now.now() + 92 * DAY):
        worker.routine("retention")
    assert [row.id for row in db.scalars(select(Sale).where(Sale.status == "draft"))] == [bad_id]


def test_a_draft_somebody_came_back_to_stays(db, written):
    sale = cast.draft()
    at = now.now() + 92 * DAY
    sale.updated_at = at
    db.flush()
    assert retention._discard(sale.id, at) is False
    assert sale.status == "draft"


def test_a_live_session_stays(db, worker, written, staff):
    """An operator who comes every day is not signed out."""
    with now.set_to(now.now() + 92 * DAY):
        ana = staff("ana.souza")
        worker.routine("retention")
        assert ana.get("/").status == 200


def test_files_of_nobody_go_and_one_that_cannot_leaves_only_itself(db, worker, clock, monkeypatch):
    with clock("2026-11-20 12:00"), cast.by("bruno.reis"):
        stays = attached.attach(attached.ticket())
        gone = [attached.attach(attached.ticket(), f"{n}.pdf", pictures.PDF + bytes([65 + n])) for n in range(2)]
        for row in gone:
            row.remove("Engano")
        db.commit()
    with clock("2026-11-21 11:00"):
        worker.routine("retention")
        assert all(store.path_of(row.sha256).is_file() for row in gone), "kept for a day"
    held, remove = store.path_of(gone[0].sha256), Path.unlink
    with clock("2026-11-21 13:00"):
        said = worker.command("routines", "run", "retention", "--dry-run").output
        assert "arquivos de ninguém: 2 há mais de 1 dia" in said
        monkeypatch.setattr(Path, "unlink", lambda path, **more: _held(path, held) or remove(path, **more))
        worker.routine("retention")
        assert not store.path_of(gone[1].sha256).exists()
        assert store.path_of(stays.sha256).is_file()
        [left] = db.scalars(select(LeftOut).where(LeftOut.row_kind == "file"))
        assert (left.status, left.part) == ("open", f"{gone[0].sha256[:2]}/{gone[0].sha256[2:]}"[:60])
        monkeypatch.undo()
        worker.routine("retention")
        db.expire_all()
        assert left.status == "solved"
        assert [path for path in held.parent.rglob(f"{held.name}*") if path.is_file()] == []


def _held(path, held):
    if path.name.startswith(held.name):
        raise PermissionError(13, "not ours")
