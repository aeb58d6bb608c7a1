"""Consulta expressa: the second stage of an opening, and later from the ticket, beside today's (A-19 to A-33, B-24)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.express_check import SECTIONS, Beside, ExpressCheck, Finding, beside, checks_of, newest
from models.refused import require
from models.tickets import Ticket
from staff.attend.loading import here, load, page
from web.access import access_of, staff
from web.doors import me
from web.forms import whole
from web.fragments import done

Row = TypeVar("Row", Finding, Beside)

express_checks = Blueprint("express_checks", __name__)
PATH = "/atendimentos/<int:id>/consulta-expressa"
ICONS = {
    "outage": "antenna",
    "default": "alert-triangle",
    "orders": "tool",
    "reduction": "gauge",
    "online": "wifi",
    "block": "lock",
    "invoices": "receipt",
    "contract": "file-text",
    "priority": "star",
    "connection": "router",
    "email": "user",
    "telephone": "user",
    "document": "id",
    "status": "wifi",
    "traffic": "gauge",
    "tries": "lock-open",
    "sessions": "history",
    "period": "calendar-event",
    "overdue": "receipt",
    "recent_orders": "tool",
}
# What a line speaks of: the page of it, and the word of its link.
LINKS = {
    "connection": ("staff.connections.show", "Conexão"),
    "outage": ("staff.outages.show", "Parada"),
    "order": ("staff.orders.index", "Ordens"),
    "ticket": ("staff.tickets.show", "Abrir"),
    "ladder": ("staff.holds.show", "Régua"),
    "invoice": ("staff.invoices.show", "2ª via"),
    "contract": ("staff.prints.index", "Contrato"),
    "record": ("staff.details.edit", "Completar"),
}
TONES = {"matter": "bad", "notice": "warn", "silent": "neu", "calm": "ok"}
LOUD = tuple(TONES)  # what is pending comes first


@express_checks.get(PATH)
@staff("tickets.read")
def show(id: int) -> ResponseReturnValue:
    """Of a draft the stage; of a ticket a run that was kept, beside what is so today."""
    ticket = load(id)
    if not ticket.is_draft:
        return _beside(ticket)
    if not me().may("tickets.attend") or ticket.refusal_to_stages():
        return done(here(ticket))
    require(ExpressCheck.refusal_to_run(ticket), fix=ticket)
    return _stage(ticket)


@express_checks.post(PATH)
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    """Atualizar (A-32), and Consulta Expressa of the tools."""
    ticket = load(id)
    ExpressCheck.run(ticket)
    db.session.commit()
    if ticket.is_draft and "HX-Request" in request.headers:
        return _stage(ticket)
    return done(
        url_for("staff.express_checks.show", id=id), "" if ticket.is_draft else "Consulta guardada no atendimento"
    )


def _stage(ticket: Ticket) -> str:
    run = newest(ticket)
    found = _seen(run.found if run else [])
    tiles = sorted((row for row in found if row.is_tile), key=lambda row: LOUD.index(row.state))
    return page(
        "staff/express_checks/stage.html",
        ticket,
        run=run,
        tiles=tiles,
        groups=_sections(found),
        asking=sum(row.asks for row in found),
        **_drawn(),
    )


def _beside(ticket: Ticket) -> str:
    """The first run unless another is asked for: what was so when it began."""
    runs = checks_of(ticket)
    asked = whole(request.args.get("de"))
    kept = next((row for row in runs if row.id == asked), runs[-1] if runs else None)
    rows = _seen(beside(kept.found, kept.today(ticket)) if kept else [])
    return page(
        "staff/express_checks/show.html",
        ticket,
        "consulta",
        run=kept,
        runs=runs,
        groups=[(title, mine) for key, title in SECTIONS.items() if (mine := [r for r in rows if r.section == key])],
        differing=sum(row.differs for row in rows),
        refusal=ExpressCheck.refusal_to_run(ticket),
        **_drawn(),
    )


def _drawn() -> dict[str, Any]:
    return {"icons": ICONS, "tones": TONES, "link_of": link_of, "hides_money": not me().may("billing.read")}


def _sections(found: Sequence[Finding]) -> list[tuple[str, list[Finding], int]]:
    """Title, what there is to say, how many are pending; by section, the loud ones first."""
    groups = []
    for key, title in SECTIONS.items():
        mine = sorted((row for row in found if row.section == key), key=lambda row: LOUD.index(row.state))
        groups.append((title, mine, sum(row.asks for row in mine)))
    return [group for group in groups if group[1]]


def _seen(rows: Sequence[Row]) -> list[Row]:
    """Without what a customer owes, or what the network counts, for those who may not see it."""
    may = me().may
    return [
        row
        for row in rows
        if (not row.is_money or may("billing.read")) and (not row.is_of_network or may("network.read"))
    ]


def link_of(about: str, id: int) -> tuple[str, str] | None:
    """Address and word of the page a line speaks of; None where there is none, or it may not be opened."""
    endpoint, word = LINKS.get(about, ("", ""))
    access = access_of(endpoint)
    if access is None or (access.permission and not me().may(access.permission)):
        return None
    return url_for(endpoint, id=id), word
