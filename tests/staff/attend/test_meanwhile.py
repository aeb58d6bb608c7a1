"""A ticket that stays open before somebody: the texts their browser keeps, what others do meanwhile."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.tickets import Ticket, TicketSeen
from tests import cast


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def here(db):
    """Where a ticket is that Bruno holds."""
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
        row.claim()
    path = f"/atendimentos/{row.id}"
    db.commit()
    return path


def sent(page):
    return page.tree.xpath("//*[@data-sent]/@data-sent")


def test_a_browser_that_keeps_a_text_is_told_once_that_it_was_taken(bruno, here):
    path = f"{here}/comentarios"
    page = bruno.get(here)
    [name] = page.tree.xpath(f"//form[@action='{path}']/@data-typed")
    assert name == "body visibility"
    said = {**page.form(path), "body": "Trocar a fonte", "typed": "1"}
    assert bruno.post(path, {**said, "body": " "}).status == 422
    assert sent(bruno.get(here)) == []
    for _ in range(2):  # the second is the first one's answer
        assert bruno.post(path, said).status == 303
        assert sent(bruno.get(here)) == [path]
        assert sent(bruno.get(here)) == []
    assert bruno.post(path, {"body": "Sem JavaScript", "visibility": "internal"}).status == 303
    assert sent(bruno.get(here)) == []


def poll(visitor, page, count_queries):
    """What the page asks every 15 seconds: the words of the answer, and where it leads."""
    [path] = page.tree.xpath("//*[@id='presenca']/@hx-post")
    with count_queries() as queries:
        answer = visitor.post(path, htmx=True)
    assert answer.status == 200
    assert answer.tree.xpath("//*[@id='presenca']/@hx-post") == [path]  # asks the same again
    return answer.words, answer.tree.xpath("//a[@class='fresh']/@hx-get"), len(queries)


def test_what_comes_meanwhile_waits_to_be_asked_for(bruno, staff, db, here, count_queries):
    ticket_id = int(here.split("/")[-1])
    page, comments = bruno.get(here), bruno.get(f"{here}?mostrar=comentarios")
    words, leads, before = poll(bruno, page, count_queries)
    assert (words, leads) == ("", [])
    with cast.by("bruno.reis"):
        ticket = db.get(Ticket, ticket_id)
        ticket.comment("Primeiro", "internal")
        ticket.comment("Segundo", "subscriber")
        ticket.pause("Espera o cliente")
        last = ticket.newest().id
    db.commit()
    words, [address], after = poll(bruno, page, count_queries)
    assert words == "3 interações novas. Mostrar"
    assert after == before
    assert "2 interações novas" in poll(bruno, comments, count_queries)[0]  # the others are not shown there
    assert db.scalar(select(TicketSeen.draft).where(TicketSeen.ticket_id == ticket_id)) == ""
    swapped = bruno.get(address, htmx=True)
    assert swapped.tree.get("id") == "conversa" or swapped.tree.xpath("//*[@id='conversa']")
    assert "Segundo" in swapped.words
    assert "composer" not in swapped.html
    assert swapped.tree.xpath("//*[@id='presenca']/@hx-post") == [
        f"/atendimentos/{ticket_id}/presenca?desde={last}&mostrar=tudo"
    ]
    assert poll(bruno, swapped, count_queries)[:2] == ("", [])
    older = bruno.get(f"{here}?antes={last}")
    assert poll(bruno, older, count_queries)[:2] == ("", [])  # its newest is not the newest
    bad = bruno.post(f"{here}/presenca?desde=x&mostrar=nada", htmx=True)
    assert (bad.status, bad.words) == (200, "")
    assert staff("celia.prado").post(f"{here}/presenca?desde=0", htmx=True).status == 404


def test_a_poll_renews_no_session(bruno, staff, db, here, clock):
    with clock("2026-11-30 08:00"):
        reader = staff("bruno.reis")
        path = reader.get(here).tree.xpath("//*[@id='presenca']/@hx-post")[0]
    for minute in (20, 40, 59):
        with clock(f"2026-11-30 08:{minute}"):
            assert reader.post(path, htmx=True).status == 200
    with clock("2026-11-30 09:01"):
        assert reader.post(path, htmx=True).status == 401
