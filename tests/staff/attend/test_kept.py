"""What is typed is kept whole, by its own form; where one lands afterwards; what acts inside a ticket (C-63, C-64)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.billing.credit import GIVEN_BY, Credit, CreditEntry
from models.tickets import Ticket
from tests import cast

LINES = "\r\n".join(f"linha número {i}" for i in range(230))  # as posted; a browser counts less than 4,000 letters


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def held(db) -> Ticket:
    """Of Seu Zé, held by Bruno."""
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        row.claim()
    db.commit()
    return row


@pytest.fixture
def draft(db) -> Ticket:
    """Of the quick form, by Bruno."""
    with cast.by("bruno.reis"):
        row = Ticket.open(cast.ze(), cast.service(cast.ze()))
        row.keep({"report": "Meu texto", "status": "pending", "kind_id": "", "destination": "", "closing_note": ""})
    db.commit()
    return row


def at(ticket, more=""):
    return f"/atendimentos/{ticket.id}{more}"


def saving(status="pending", kind="Lentidão", **more):
    form = {"version": "1", "kind_id": str(cast.ticket_kind(kind).id), "status": status, "destination": ""}
    return {**form, "report": "Novo", "closing_note": "", **more}


def protocols(page) -> list[str]:
    return [str(cell.contents[0]) for cell in page.page.select("tbody td.num-left")]


@pytest.mark.parametrize(("path", "more"), [("/rascunho", {}), ("/abertura", {"sair": "1"})])
def test_a_report_of_many_lines_is_kept_whole(bruno, db, draft, path, more):
    assert bruno.post(at(draft, path), {"report": LINES, **more}).status in (200, 303)
    db.expire_all()
    assert draft.typed["report"].endswith("linha número 229")


def test_a_comment_begun_is_seen_before_the_end_and_not_lost_by_it(bruno, db, held):
    bruno.post(at(held, "/texto"), {"body": "Ainda não enviado", "visibility": "subscriber"}, htmx=True)
    form = bruno.get(at(held, "/finalizacao")).form(at(held, "/finalizacao"))
    assert (form["body"], form["visibility"]) == ("Ainda não enviado", "subscriber")
    closing = {**form, "classification_id": str(cast.closing_classification().id), "body": ""}
    assert bruno.post(at(held, "/finalizacao"), closing).status == 303
    with cast.by("silvia.maia"):
        db.expire_all()
        held.reopen("Voltou")
    with cast.by("bruno.reis"):
        held.claim()
    db.commit()
    assert bruno.get(at(held)).form(at(held, "/comentarios"))["body"] == "Ainda não enviado"


def test_the_quick_draft_is_not_emptied_by_the_stages(bruno, db, draft):
    form = {"version": "1", "report": "x", "contact_origin_id": str(cast.contact_origin().id)}
    answer = bruno.post(at(draft, "/identificacao"), form)
    db.expire_all()
    assert answer.status == 422
    assert "Este rascunho é do atendimento rápido" in answer.words
    assert (draft.typed["report"], bool(draft.service_id)) == ("Meu texto", True)
    for other in ("/identificacao", "/inicio"):
        assert bruno.get(at(draft, other)).location == at(draft, "/abertura")


@pytest.mark.feature("C-63")
@pytest.mark.parametrize("status", ["pending", "closed"])
def test_the_new_ticket_stands_in_the_list_that_opens(bruno, db, status):
    """Also where a page of more urgent ones would stand before it, and when it was solved at once."""
    with cast.by("bruno.reis"):
        for i in range(30):
            cast.ticket(cast.ze(), "Fibra rompida", f"Urgente {i}")
        draft = Ticket.open(cast.ze(), cast.service(cast.ze()))
    db.commit()
    form = saving(status, kind="Mudança de endereço", closing_note="Feito")
    assert draft.protocol in protocols(bruno.follow(bruno.post(at(draft, "/abertura"), form)))


@pytest.mark.feature("A-102")
def test_a_followed_ticket_stands_at_home(staff, db, held):
    with cast.by("bruno.reis"):
        held.watch(cast.operator("ana.souza"))
    db.commit()
    assert f"Você acompanha 1 Ver todos Lenta. {held.protocol}" in staff("ana.souza").get("/").words


@pytest.mark.feature("A-46")
def test_a_row_of_another_customer_is_not_acted_on_from_inside_a_ticket(staff, billed, db):
    """A movement of credit, which does not say itself whose it is."""
    davi = staff("davi.rocha")
    credit = db.scalars(select(Credit).where(Credit.balance_cents > 0, Credit.person_id != cast.ze().id)).first()
    with cast.by("davi.rocha"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Do Zé")
        ticket.claim()
    path = f"/creditos/{credit.id}/devolucao"
    db.commit()
    assert davi.post(path, {**davi.get(path).form(path), "means": next(iter(GIVEN_BY)), "reason": "x"}).status == 303
    entry = db.scalars(select(CreditEntry.id).order_by(CreditEntry.id.desc())).first()
    undoing = f"/creditos/movimentos/{entry}/remover?atendimento={ticket.id}"
    assert davi.get(undoing).status == 404
    assert davi.post(undoing, {"reason": "Engano"}).status == 404


@pytest.mark.parametrize("since", [2**63, 10**30, -1, ""])
def test_a_poll_with_a_number_that_is_none(bruno, held, since):
    answer = bruno.post(at(held, f"/presenca?desde={since}"), htmx=True)
    assert (answer.status, "Mostrar" in answer.html) == (200, False)


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
@pytest.mark.parametrize("door", ["staff", "portal"])
def test_a_dead_session_and_an_address_that_is_none(anonymous, door, header):
    path = "/atendimentos/1/comentarios" if door == "staff" else "/central/sair"
    assert anonymous(door).post(path, {}, headers={header: "http://[::1"}).status in (303, 400)
