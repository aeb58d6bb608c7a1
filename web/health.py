"""For whoever watches over the machine: is the process alive, can it work."""

from __future__ import annotations

import shutil
from datetime import timedelta

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import column, select, table

from models import clock
from models.base import db
from models.files import store
from models.outbox import Effect, troubled
from web.access import public

health = Blueprint("health", __name__)
DISK = 500 * 1024 * 1024
OLDEST = timedelta(minutes=10)


@health.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(ok=True)


@health.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Database, migrations, disk, files, the age of the outbox and the routines; 503 when one of them is not well.

    `routines` is true, or names those that failed or that no worker has run for too long.
    """
    checks = {
        "database": _database(),
        "disk": shutil.disk_usage(current_app.config["INSTANCE"]).free > DISK,
        "files": store.is_writable(),
        "outbox": _outbox(),
        "routines": _routines() or True,
    }
    return jsonify(checks), 200 if all(well is True for well in checks.values()) else 503


def _database() -> bool:
    """Migrated to the newest revision this code knows."""
    at = db.session.scalar(select(column("version_num")).select_from(table("alembic_version")))
    from alembic.script import ScriptDirectory

    config = current_app.extensions["migrate"].migrate.get_config()
    return bool(at == ScriptDirectory.from_config(config).get_current_head())


def _routines() -> dict[str, str]:
    """The routines that do not do their work: failed or overdue, by name."""
    return {trouble.name: "failed" if trouble.error else "overdue" for trouble in troubled()}


def _outbox() -> bool:
    """Nothing is due for long without a worker that holds it. What failed is due later, what is dead never."""
    now = clock.now()
    held = Effect.lease_until >= now
    waiting = (Effect.state == "ready", Effect.due_at < now - OLDEST, Effect.lease_until.is_(None) | ~held)
    return db.session.scalar(select(Effect.id).where(*waiting).limit(1)) is None
