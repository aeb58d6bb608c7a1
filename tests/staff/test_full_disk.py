"""A full disk: writing says so and keeps nothing by halves, reading goes on."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from models.base import db as base
from models.check import answers
from models.people import Person
from tests import cast


@pytest.fixture
def full(db, database):
    """`full(True)`: SQLite finds no room for another page; `full(False)`: somebody made room."""
    if database.name != "sqlite":
        pytest.skip("a full disk is played with a limit of SQLite")
    limit = {"pages": 2**30}

    @event.listens_for(base.engine, "checkout")
    def _limited(connection, *_):
        connection.execute(f"PRAGMA max_page_count={limit['pages']}")

    def fill(yes):
        db.rollback()
        limit["pages"] = db.execute(text("PRAGMA page_count")).scalar() if yes else 2**30
        db.rollback()

    yield fill
    event.remove(base.engine, "checkout", _limited)


def test_writing_waits_reading_goes_on(full, staff, db):
    ana, rita = staff("ana.souza"), cast.rita()
    path = f"/clientes/{rita.id}/dados/editar"
    full(True)
    refused, kept = None, 0
    for number in range(400):
        longer = {"name": f"Rita {'a' * 80} {number}"}
        answer = ana.post(path, {**ana.get(path).form(path), **longer}, faults=True)
        if answer.status != 303:
            refused = answer
            break
        kept = number
    assert refused is not None
    assert refused.status == 503
    assert refused.headers["Retry-After"] == "5"
    assert ana.get(f"/clientes/{rita.id}").status == 200
    full(False)
    db.expire_all()
    assert db.get(Person, rita.id).name == f"Rita {'a' * 80} {kept}"
    assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert [found for _, found in answers() if found] == []
    db.rollback()
    assert ana.post(path, {**ana.get(path).form(path), "name": "Rita de Volta"}).status == 303
