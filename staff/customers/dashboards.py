"""What the Dashboard do Cliente is made of: the answers to a telephone call, as far as whoever looks reads them."""

from __future__ import annotations

from typing import Any

from flask import url_for

from models import clock
from models.desk.contact_texts import greeting
from models.desk.customer_answer import answer
from models.desk.customer_money import Money, money
from models.desk.customer_news import OpenTicket, news, open_tickets
from models.desk.customer_rows import Head
from models.desk.customer_services import ServiceRow, services, with_debts
from models.network.standing import by_service
from models.scope import TODAS
from staff.customers.loading import drawn, head_of, told_of
from web.contacts import chat, ways
from web.doors import me

FEW = 2  # so many calm services are shown whole, of more each is a row
WHOLE = 3  # of those that need attention; the next ones are rows, too
ROWS = 5  # of them before "Mostrar os outros"
TICKETS = 3


def dashboard(id: int, **values: Any) -> str:
    """The page of a customer, in a fixed number of questions."""
    head, may = head_of(id), me().may
    today = clock.today(head.zone)
    owes = money(id, today) if may("billing.read") else None
    rows = services(id)
    rows = with_debts(rows, today) if owes else sorted(rows, key=ServiceRow.rank)
    heard = news(id)
    tickets = open_tickets(id) if may("tickets.read") else []
    return drawn(
        "staff/customers/show.html",
        head,
        "services",
        answer=answer(rows, owes, heard.coming, may_sell=may("sales.sell"), company=_only_here(head)),
        money=owes,
        **_shared_out(rows),
        chats={bill.invoice.id: chat(head.mobile or "", bill.text(head.called)) for bill in owes.shown} if owes else {},
        connections=by_service(id) if may("network.read") else {},
        news=heard,
        tickets=tickets,
        shown_tickets=[_seen(row) for row in tickets[:TICKETS]],
        ways=ways(head.contacts, _text(head, owes)),
        events=told_of(id, limit=6),
        **values,
    )


def _only_here(head: Head) -> str:
    """The company the answer speaks of, when the customer may be another's too, of which nothing is read here."""
    return me().company_name if head.company_id == TODAS != me().company_id else ""


def _shared_out(rows: list[ServiceRow]) -> dict[str, Any]:
    """Those that need attention whole; the others as rows, unless they are few."""
    live = [row for row in rows if not row.cancelled]
    calm = [row for row in rows if not row.needs_attention]
    whole = [row for row in rows if row.needs_attention]
    if len(live) <= FEW:
        whole, calm = live, [row for row in calm if row.cancelled]
    whole, pressed = whole[:WHOLE], whole[WHOLE:]
    return {
        "services": rows,
        "live": live,
        "whole": whole,
        "pressed": pressed,
        "calm": calm[:ROWS],
        "others": calm[ROWS:],
    }


def _seen(row: OpenTicket) -> dict[str, str]:
    """An open ticket in the rail, with the time it has left."""
    left, ticket = row.clock, row.ticket
    return {
        "icon": "alert-circle" if left.tone == "bad" else "clock",
        "tone": left.tone if left.tone != "neu" else "",
        "title": ticket.subject,
        "detail": " · ".join(filter(None, [left.words, ticket.protocol, row.department])),
        "href": url_for("staff.tickets.show", id=ticket.id),
    }


def _text(head: Head, owes: Money | None) -> str:
    """Ready in WhatsApp: the first invoice to pay, else a greeting."""
    first = owes.open[0] if owes and owes.open else None
    if first:
        return first.text(head.called)
    return greeting(head.called, head.company if head.company_id != TODAS else "")
