"""What is private reaches the customer by no door, and nobody who may not see tickets (A-92, A-96, A-107)."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from models.documents import Document
from models.files import incoming
from models.history import Event
from models.operators import Role
from models.outbox import Effect
from models.tickets import Ticket
from tests import cast, pictures
from tests.shape.places import inside, places, rows
from tests.shape.test_authorisation import ask, text_of

MARK = "ornitorrinco"  # in every private word and name


@pytest.fixture
def talked(db) -> Ticket:
    """A ticket of Dona Rita whose private parts all carry the mark, finished, reopened and forwarded."""
    with cast.by("silvia.maia"):
        row = cast.ticket(cast.rita(), "Lentidão", "Lenta à noite.")
        row.claim()
        row.comment(f"Nota {MARK}", "internal")
        row.comment("Vamos testar o sinal.", "subscriber")
        row.attach(incoming(f"{MARK}.jpg", BytesIO(pictures.photo())), "internal")
        row.pause(f"Espera {MARK}")
        row.resume()
        row.comment(f"Ao encaminhar: {MARK}", "internal")
        row.forward()
        row.claim()
        row.close(cast.closing_classification(), None, f"No fim: {MARK}", "internal")
        row.reopen(f"Voltou {MARK}")
    db.commit()
    return row


def test_what_is_private_is_there_for_the_team(staff, talked):
    page = staff("silvia.maia").get(f"/atendimentos/{talked.id}")
    assert page.html.count(MARK) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("level", ["weak", "proved"])
def test_no_page_of_the_central_tells_it(app, db, central, talked, level):
    rita = central("rita", level)
    asked = 0
    for place in inside(places(app, rows("Vale Claro Telecom")), "subscriber"):
        if place.method == "GET":
            asked += 1
            assert MARK not in text_of(ask(rita, place)), place.endpoint
    assert asked > 10


def test_nothing_that_leaves_the_house_carries_it(db, worker, talked):
    """Mails and other effects, documents, and what history tells the customer."""
    worker.drain()
    db.expire_all()
    assert not [effect.kind for effect in db.scalars(select(Effect)) if MARK in f"{effect.payload} {effect.key}"]
    assert not [paper.id for paper in db.scalars(select(Document)) if MARK in str(paper.values)]
    public = db.scalars(select(Event).where(Event.visibility == "subscriber"))
    assert not [event.action for event in public if MARK in f"{event.data} {event.reason} {event.subject_label}"]


def test_no_file_of_a_list_and_no_search_carries_it(staff, talked):
    davi = staff("davi.rocha", company="Vale Claro Telecom")
    listed = davi.get("/atendimentos?aba=todos")
    sheet = davi.post("/atendimentos/planilha", listed.form("/atendimentos/planilha")).data.decode()
    assert talked.protocol in sheet
    assert MARK not in sheet
    for report in ("dinheiro", "vendas", "comissoes"):
        assert MARK not in davi.get(f"/relatorios/{report}").html, report
    for q in (MARK, talked.protocol, "Rita"):
        assert MARK not in davi.post("/busca", {"q": q}).html.replace(f'"{MARK}"', "").replace(f"“{MARK}”", ""), q


def test_who_may_not_see_tickets_reads_it_nowhere(staff, db, talked):
    """The customer's pages of a role with people.read and history.read alone."""
    bruno = staff("bruno.reis")
    role = cast.operator("bruno.reis").role_id
    row = db.get_one(Role, role)
    row.permissions = [name for name in row.permissions if not name.startswith("tickets.")]
    db.commit()
    for path in ("", "/historicos", "/atendimentos", "/dados", "/financeiro"):
        assert MARK not in bruno.get(f"/clientes/{talked.person_id}{path}").html, path
    assert bruno.get(f"/atendimentos/{talked.id}").status == 403
