"""Atendimento - Painel, the search before a new one, and the conversation of one (A-01, A-02, C-53 to C-55, C-63)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.desk import contest_page, customer_page, ticket_orders, ticket_page, ticket_search
from models.desk import tickets as lists
from models.desk.document_searches import is_whole_document
from models.people import Person
from models.services import Service
from models.tickets import Ticket
from staff.attend.answers import inserted
from staff.attend.lists import ACTS, TICKETS, wanted
from staff.attend.loading import here, load_head, page, requires, told
from staff.loading import load_row
from staff.searching import missed, searched
from web.access import staff
from web.doors import me
from web.forms import whole
from web.fragments import answer, done, wants_fragment
from web.lists import answer_list

tickets = Blueprint("tickets", __name__)
CONVERSATION = "staff/tickets/show.html"


@tickets.get("/atendimentos")
@staff("tickets.read")
def index() -> ResponseReturnValue:
    asked = TICKETS.asked()
    want = wanted(asked)
    found = lists.find(want, asked.behind(want.order))
    return answer_list(
        "staff/tickets/index.html",
        "staff/tickets/_list.html",
        asked,
        found=found,
        wanted=want,
        acts=ACTS if me().may("tickets.attend") else {},
        tabs=lists.TABS,
        counts=lists.counts(me().id, want.my_department),
        following=asked.after(found.last(want.order)),
    )


@tickets.get("/atendimentos/novo")
@staff("tickets.attend")
def new() -> ResponseReturnValue:
    """Of whom? Nothing is drawn before a service is picked."""
    requires("people.read")
    return _asked("", [])


@tickets.post("/atendimentos/novo")
@staff("tickets.attend")
def search() -> ResponseReturnValue:
    """A post, because a CPF may not stand in an address. Counted with the other searches (A-06)."""
    requires("people.read")
    q = searched()
    found = ticket_search.find(q, cancelled="cancelados" in request.form, by_part=me().may("people.read_cpf"))
    if q and not found and is_whole_document(q):
        missed()
    return _asked(q, found)


@tickets.get("/clientes/<int:id>/atendimentos")
@staff("people.read")
def of_person(id: int) -> ResponseReturnValue:
    head = customer_page.head(id)
    load_row(Person, id)
    rows = lists.of_person(id, me().id) if me().may("tickets.read") else []
    services = ticket_search.services_of([id], cancelled="cancelados" in request.args).get(id, [])
    return render_template(
        "staff/tickets/of_person.html",
        head=head,
        tags=head.tags if head else [],
        tab="tickets",
        rows=rows,
        services=services,
    )


@tickets.post("/servicos/<int:id>/atendimentos")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    """Abrir Atendimento: the protocol is drawn, and the record exists (C-55)."""
    requires("people.read")
    service = load_row(Service, id)
    ticket = Ticket.open(load_row(Person, service.person_id), service)
    db.session.commit()
    return done(here(ticket))


@tickets.get("/atendimentos/<int:id>")
@staff("tickets.read")
def show(id: int) -> ResponseReturnValue:
    head = load_head(id)
    if (there := here(head.ticket)) != url_for("staff.tickets.show", id=id):
        return redirect(there, 303)
    if wants_fragment():
        return conversation(head.ticket, "staff/tickets/_timeline.html", head=head, swapped=True)
    return conversation(head.ticket, head=head)


def conversation(ticket: Ticket, template: str = CONVERSATION, **values: Any) -> str:
    """The page with composer and timeline, or the timeline."""
    shown, before = request.args.get("mostrar", "tudo"), whole(request.args.get("antes")) or None
    found = ticket_page.timeline(ticket.id, shown, before)
    kept, present = ticket_page.seen_and_present(ticket.id, me().id)
    body, answer = kept.draft if kept else "", whole(request.args.get("resposta"))
    head = values.pop("head", None) or load_head(ticket.id)
    sees_orders = template == CONVERSATION and head.orders and me().may("orders.read")
    entries, more = found[: ticket_page.ENTRIES], len(found) > ticket_page.ENTRIES
    return page(
        template,
        ticket,
        "interacoes",
        head=head,
        orders=ticket_orders.of_ticket(ticket.id) if sees_orders else [],
        entries=told(entries),
        following=entries[-1].event.id if more else None,
        shown=shown if shown in ticket_page.SHOWN else "tudo",
        ways=ticket_page.SHOWN,
        contest=contest_page.of_ticket(ticket) if template == CONVERSATION else None,
        newest=entries[0].event if entries and before is None and shown == "tudo" else None,
        kept=kept,
        body=inserted(ticket, answer, body) if answer else body,
        watchers=ticket_page.watchers(ticket.id),
        present=present,
        since=(entries[0].event.id if entries else 0) if before is None else None,
        **values,
    )


def _asked(q: str, found: list[Any]) -> str:
    return answer(
        "staff/tickets/new.html",
        "staff/tickets/_customers.html",
        q=q,
        found=found,
        cancelled="cancelados" in request.form,
    )
