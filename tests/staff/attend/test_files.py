"""Anexos of a ticket through its door (A-95 to A-98)."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from models.files import Attachment
from models.history import Event
from models.tickets import Ticket
from tests import cast, pictures


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def ticket(db) -> Ticket:
    """Held by Bruno."""
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        row.claim()
    db.commit()
    return row


def send(visitor, ticket, *files, visibility="internal"):
    path = f"/atendimentos/{ticket.id}/anexos/adicionar"
    sent = {"files": [(BytesIO(content), name) for name, content in files], "visibility": visibility}
    return visitor.post(path, sent)


def attached(db, ticket) -> list[Attachment]:
    db.expire_all()
    mine = (Attachment.subject_id == ticket.id, Attachment.deleted_at.is_(None))
    return list(db.scalars(select(Attachment).where(*mine).order_by(Attachment.id)))


@pytest.mark.feature("A-95", "A-98")
def test_several_at_once_and_what_does_not_come_in(bruno, db, ticket):
    page = bruno.get(f"/atendimentos/{ticket.id}/anexos/adicionar").words
    assert "10 MB" in page
    assert (
        send(bruno, ticket, ("antena.jpg", pictures.photo()), ("luz.png", pictures.photo(format="PNG"))).status == 303
    )
    assert [row.name for row in attached(db, ticket)] == ["antena.jpg", "luz.png"]
    timeline = bruno.get(f"/atendimentos/{ticket.id}").words
    assert "anexou antena.jpg, só para a equipe" in timeline
    assert "anexou luz.png" in timeline
    refused = send(
        bruno,
        ticket,
        ("vazio.jpg", b""),
        ("programa.png", b"MZ\x90\x00 um programa"),
        ("grande.jpg", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024 + 1)),
    )
    assert refused.status == 422
    for words in ("está vazio", "não entra", "passam do limite de 10 MB"):
        assert words in refused.words
    assert len(attached(db, ticket)) == 2
    some = send(bruno, ticket, ("boa.jpg", pictures.photo()), ("ruim.svg", b"<svg/>"))
    assert some.status == 200  # one came in, the other has its line
    assert len(attached(db, ticket)) == 3


@pytest.mark.feature("A-96", "A-97")
def test_the_grid_and_the_maintenance(bruno, db, ticket):
    send(bruno, ticket, ("antena.jpg", pictures.photo()), ("laudo.pdf", pictures.PDF))
    photo, paper = attached(db, ticket)
    grid = bruno.get(f"/atendimentos/{ticket.id}/anexos")
    assert len(grid.tree.xpath("//ul[@class='thumbs']/li")) == 2
    assert f"/anexos/{photo.id}/arquivo?miniatura=1" in grid.html
    assert "Novo Anexo" in grid.words
    path = f"/anexos/{photo.id}"
    rail = bruno.get(path)
    for words in ("Alterar descrição da imagem", "Download do arquivo", "Excluir Arquivo", "Rotacionar"):
        assert words in rail.words
    assert bruno.post(path, {**rail.form(path), "description": "Antena antes"}).status == 303
    assert "Antena antes" in bruno.get(f"/atendimentos/{ticket.id}/anexos").words
    before = db.get(Attachment, photo.id)
    size = (before.width, before.height)
    turn = f"{path}/giro"
    assert bruno.post(turn, bruno.get(path).form(turn)).status == 303
    db.expire_all()
    assert (photo.height, photo.width) == size
    assert "Rotacionar" not in bruno.get(f"/anexos/{paper.id}").words  # a PDF stays as it came
    assert bruno.post(f"/anexos/{paper.id}/giro", {"version": "1"}).status == 422
    got = bruno.get(f"{path}/arquivo?baixar=1")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    away = f"{path}/remover"
    assert bruno.post(away, {**bruno.get(away).form(away), "reason": " "}).status == 422
    assert bruno.post(away, {**bruno.get(away).form(away), "reason": "Foto errada"}).status == 303
    assert [row.id for row in attached(db, ticket)] == [paper.id]
    assert bruno.get(f"{path}/arquivo").status == 404
    told = db.scalars(select(Event).where(Event.action == "attachment.removed", Event.ticket_id == ticket.id)).one()
    assert told.reason == "Foto errada"


def test_only_the_holder_attaches_and_a_stranger_finds_nothing(bruno, staff, db, ticket):
    send(bruno, ticket, ("antena.jpg", pictures.photo()))
    [row] = attached(db, ticket)
    silvia, celia = staff("silvia.maia"), staff("celia.prado")
    assert "passam" not in send(silvia, ticket, ("outra.jpg", pictures.photo())).words
    assert len(attached(db, ticket)) == 1
    path = f"/anexos/{row.id}"
    for act, values in ((path, {"description": "x", "version": "1"}), (f"{path}/giro", {"version": "1"})):
        assert silvia.post(act, values).status == 422, act
    assert silvia.post(f"{path}/remover", {"reason": "x"}).status == 422
    assert silvia.get(f"{path}/arquivo").status == 200
    for where in (path, f"{path}/arquivo", f"{path}/remover"):
        assert celia.get(where).status == 404, where
