"""Trying documents out: twenty that find nobody, and the next waits (B.17)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock
from models.history import Event
from models.operators import Throttle
from tests import cast
from tests.staff.test_sales import _cpf

pytestmark = pytest.mark.usefixtures("db")


def paused(db) -> int:
    return db.scalar(select(func.count()).where(Event.action == "search.paused"))


@pytest.mark.parametrize("path", ["/clientes", "/busca"])
def test_documents_that_find_nobody_are_few(staff, db, path):
    ana, bruno = staff("ana.souza"), staff("bruno.reis")
    found = [ana.post(path, {"q": cast.RITA}).status for _ in range(5)]  # who finds is never stopped
    missed = [ana.post(path, {"q": _cpf(number)}).status for number in range(20)]
    assert found + missed == [200] * 25
    assert paused(db) == 1
    told = ana.post("/clientes", {"q": _cpf(20)})
    assert told.status == 429
    assert "Foram 20 documentos que ninguém tem, em 10 minutos" in told.words
    assert ana.post("/busca", {"q": f"cliente {cast.RITA}"}).status == 429  # of both searches together
    quick = ana.post("/busca", {"q": _cpf(20)}, htmx=True)
    assert quick.status == 429
    assert "espere até" in quick.words
    assert ana.post("/clientes", {"q": "rita"}).status == 200
    assert ana.post("/clientes", {"q": "37 98888-0000"}).status == 200
    assert bruno.post("/clientes", {"q": _cpf(20)}).status == 200
    assert paused(db) == 1
    db.query(Throttle).delete()
    db.commit()
    assert ana.post("/clientes", {"q": _cpf(21)}).status == 200


def test_the_wait_ends_by_itself(staff, db, monkeypatch):
    ana = staff("ana.souza")
    for number in range(20):
        ana.post("/clientes", {"q": _cpf(number)})
    assert ana.post("/clientes", {"q": _cpf(20)}).status == 429
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=10))
    assert ana.post("/clientes", {"q": _cpf(20)}).status == 200
