"""Trying documents out: twenty that find nobody, and the next waits (B.17)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock as real
from models.history import Event
from models.operators import Throttle
from models.sales import Sale
from tests import cast
from tests.staff.selling import answers, walk
from tests.staff.test_sales import _cpf

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def in_one_window(clock):
    """Tries are counted in windows of the hour: a test that ran from one into the next would begin anew."""
    with clock(f"{real.today()} 10:03"):
        yield


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
    assert ana.post("/clientes", {"q": "rita"}, htmx=True).status == 200
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
    now = real.now()
    monkeypatch.setattr(real, "now", lambda: now + timedelta(minutes=10))
    assert ana.post("/clientes", {"q": _cpf(20)}).status == 200


# ---- whatever else answers whether somebody has it


def first_step(number: int) -> dict:
    return {"kind": "individual", "document": _cpf(number)}


def test_the_first_step_of_a_sale_is_counted(staff, db):
    rafael = staff("rafael.teixeira")
    for _ in range(5):
        known = rafael.post("/clientes/adicionar", {"kind": "individual", "document": cast.RITA})
        assert "document" in known.errors()
    for number in range(20):
        assert rafael.post("/clientes/adicionar", first_step(number)).status == 422
    assert paused(db) == 1
    for document in (_cpf(20), cast.RITA):
        told = rafael.post("/clientes/adicionar", {"kind": "individual", "document": document, "name": "Guardado"})
        assert told.status == 429
        assert "Foram 20 documentos" in told.errors()["document"]
        assert told.form("/clientes/adicionar")["name"] == "Guardado"
    assert rafael.post("/busca", {"q": cast.RITA}).status == 429  # with the searches together
    assert "Este CPF" not in rafael.post("/clientes/adicionar", {"kind": "individual", "document": "123"}).words


def test_a_first_step_that_goes_well_is_counted_too(staff, db):
    rafael = staff("rafael.teixeira")
    number = walk(rafael, until="endereco")
    before = db.scalar(select(Throttle.tries).where(Throttle.key.startswith("missed:")))
    assert before == 1
    path = f"/vendas/{number}/dados"
    form = rafael.get(path).form(path)
    rafael.post(path, {**form, "name": "Outro Nome"})
    db.expire_all()
    assert db.scalar(select(Throttle.tries).where(Throttle.key.startswith("missed:"))) == 1, "the same document"
    for other in range(19):
        rafael.post(path, {**rafael.get(path).form(path), "document": _cpf(other)})
    assert rafael.post(path, {**rafael.get(path).form(path), "document": _cpf(30)}).status == 429


def test_leaving_answers_nothing_any_more(staff, db):
    """Guardar e sair keeps what was typed, and where the draft stopped says no more than that."""
    rafael = staff("rafael.teixeira")
    for number in range(20):
        rafael.post("/clientes/adicionar", first_step(number))
    assert rafael.post("/clientes/adicionar", {**answers("dados"), "sair": "1"}).status == 303
    draft = db.scalars(select(Sale).order_by(Sale.id.desc())).first()
    assert draft.answers == {}
    assert draft.unfinished["dados"]["document"]


def test_the_correction_of_a_document_is_counted(staff, db):
    silvia, path = staff("silvia.maia"), f"/clientes/{cast.ze().id}/correcoes/documento"
    for number in range(20):
        form = silvia.get(path).form(path)
        assert silvia.post(path, {**form, "document": _cpf(number), "reason": ""}).status == 422
    told = silvia.post(path, {**silvia.get(path).form(path), "document": cast.RITA, "reason": "Conferido"})
    assert told.status == 429
    assert "Foram 20 documentos" in told.words


@pytest.mark.parametrize("path", ["/clientes", "/busca"])
@pytest.mark.parametrize("digits", [9, 10])
def test_a_cpf_without_its_check_digits_asks_for_the_whole(staff, db, path, digits):
    rafael, bruno = staff("rafael.teixeira"), staff("bruno.reis")  # only he may read CPFs
    assert rafael.post(path, {"q": cast.RITA[:digits]}).status == 200
    for number in range(20):
        assert rafael.post(path, {"q": _cpf(number)[:digits]}).status == 200
    assert rafael.post(path, {"q": _cpf(20)[:digits]}).status == 429
    assert rafael.post(path, {"q": _cpf(20)[:8]}).status == 200
    for number in range(21):
        assert bruno.post(path, {"q": _cpf(number)[:digits]}).status == 200, "he finds nobody by a part"
