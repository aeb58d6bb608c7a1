"""What a hidden key promises to whoever posts a form: once, the same answer, and no key without its act (B-04)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.history import Event
from models.operators import IdemKey
from models.people import Tag
from models.services import TrustUnlock
from tests import cast
from web.once import new_key

pytestmark = pytest.mark.usefixtures("db")
PATH = "/configuracao/etiquetas/adicionar"


@pytest.fixture
def davi(staff):
    return staff("davi.rocha")


def tags(db):
    db.expire_all()
    return db.scalars(select(Tag.name).where(Tag.name.like("Indicado%"))).all()


def keys(db):
    db.expire_all()
    return list(db.scalars(select(IdemKey)))


@pytest.mark.postgresql
def test_the_second_answer_is_the_first(davi, db):
    typed = {"name": "Indicado", "idem": new_key()}
    first, second = davi.post(PATH, typed), davi.post(PATH, typed)
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location == keys(db)[0].address == "/configuracao/etiquetas"
    third = davi.post(PATH, typed, htmx=True)
    assert (third.status, third.headers["HX-Redirect"]) == (204, first.location)
    assert tags(db) == ["Indicado"]
    assert davi.post(PATH, {"name": "Indicado 2"}).status == 303, "another form is another act"


def test_another_body_or_no_key_is_refused(davi, db):
    typed = {"name": "Indicado", "idem": new_key()}
    assert davi.post(PATH, typed).status == 303
    other = davi.post(PATH, {**typed, "name": "Indicado 2"})
    assert other.status == 422
    assert "Esta página já foi enviada com outros dados. Recarregue" in other.words
    for key in ("", "x", "0" * 500):
        without = davi.post(PATH, {"name": "Indicado 3", "idem": key})
        assert without.status == 422
        assert "A página está incompleta. Recarregue e envie de novo." in without.words
    note = davi.post(PATH, {"name": "Indicado 3", "idem": ""}, htmx=True)
    assert (note.status, note.headers["HX-Retarget"]) == (422, "#notices")
    assert tags(db) == ["Indicado"]


@pytest.mark.postgresql
def test_a_refusal_gives_the_key_back(davi, db):
    key = new_key()
    refused = davi.post(PATH, {"name": "", "idem": key})
    assert refused.status == 422
    assert keys(db) == []
    drawn = refused.tree.xpath(f"//form[@action='{PATH}']//input[@name='idem']/@value")
    assert drawn
    assert key not in drawn, "the form is drawn with a key of its own"
    assert davi.post(PATH, {"name": "Indicado", "idem": key}).status == 303
    assert tags(db) == ["Indicado"]


def test_a_key_is_of_one_person_and_one_form(davi, staff, db):
    key = new_key()
    assert davi.post(PATH, {"name": "Indicado", "idem": key}).status == 303
    assert davi.post("/configuracao/origens/adicionar", {"name": "Indicado", "idem": key}).status == 422
    db.query(IdemKey).delete()
    assert davi.post("/configuracao/origens/adicionar", {"name": "Indicado", "idem": key}).status == 303
    sale = staff("ana.souza").post(f"/clientes/{cast.ze().id}/servicos/adicionar", {"idem": key})
    assert sale.status == 303


@pytest.mark.postgresql
def test_a_fragment_is_answered_with_the_page_as_it_is(central, db):
    rita, service = central("rita"), cast.service(cast.rita())
    path, typed = f"/central/servicos/{service.id}/desbloqueio-em-confianca", {"idem": new_key()}
    assert rita.post(path, typed, htmx=True).status == 200
    again = rita.post(path, typed, htmx=True)
    assert (again.status, again.headers["HX-Refresh"]) == (204, "true")
    assert rita.post(path, typed).location == "/central/"
    assert len(db.scalars(select(TrustUnlock).where(TrustUnlock.service_id == service.id)).all()) == 1


def test_what_is_counted_beside_a_refusal_stays(central, db):
    """The Central counts refused tries; its key comes back all the same."""
    rita, service = central("rita"), cast.service(cast.rita())
    path = f"/central/servicos/{service.id}/desbloqueio-em-confianca"
    service.enable("pagou")
    for _ in range(3):
        assert rita.post(path).status == 422
    assert rita.post(path).status == 429
    assert keys(db) == []


def test_a_failure_after_the_act_leaves_neither(davi, db, monkeypatch):
    """Act, key and address are one transaction: what breaks afterwards breaks all of it."""
    from staff.configuration import catalogue_pages

    def broken(*_):
        raise RuntimeError("teste")

    monkeypatch.setattr(catalogue_pages, "toast_of", broken)
    typed = {"name": "Indicado", "idem": new_key()}
    assert davi.post(PATH, typed, faults=True).status == 500
    assert (tags(db), keys(db)) == ([], [])
    monkeypatch.undo()
    assert davi.post(PATH, typed).status == 303
    assert tags(db) == ["Indicado"]


def test_an_invitation_is_shown_once(davi, db):
    celia = cast.operator("celia.prado").id
    path, typed = f"/configuracao/operadores/{celia}/convite", {"idem": new_key()}
    assert "/convite/" in davi.post(path, typed).html
    again = davi.post(path, typed)
    assert (again.status, again.location) == (303, "/configuracao/operadores")
    assert (
        len(db.scalars(select(Event).where(Event.action == "operator.invited", Event.subject_id == celia)).all()) == 2
    )


def test_keys_go_after_two_days(davi, db, worker, clock):
    from datetime import timedelta

    from models import clock as now

    assert davi.post(PATH, {"name": "Indicado"}).status == 303
    with clock(now.now() + timedelta(hours=47)):
        worker.routine("retention")
        assert len(keys(db)) == 1
    with clock(now.now() + timedelta(hours=49)):
        worker.routine("retention")
        assert keys(db) == []
