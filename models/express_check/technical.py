"""What the network says of the connection of a ticket, or of all of its customer's when it has none (A-21 to A-26)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.express_check.finding import Finding, Line
from models.network import AccessConcentrator, Connection, Outage, RadiusSession
from models.network.place import district_key
from models.network.standing import Standing, standings
from models.people import Address
from models.services import Service
from models.tickets import OPEN, Ticket
from models.wording import counted, day, moment
from models.work_orders import ORDER_STATUSES, WorkOrder, WorkOrderKind
from models.work_orders.status import PENDING

NO_CONNECTION = "sem conexão"
UNKNOWN = "não informado"


def outages(ticket: Ticket) -> list[Finding]:
    """Is an outage open where it dials, or dialled last, or in its district (A-21)?"""
    seen = aliased(RadiusSession)
    stays = select(seen.nas_address).where(seen.connection_id == Connection.id).correlate(Connection)
    last = stays.order_by(seen.started_at.desc(), seen.id.desc()).limit(1).scalar_subquery()
    here = or_(AccessConcentrator.id == Connection.concentrator_id, AccessConcentrator.address == last)
    there = or_(Outage.concentrator_id == AccessConcentrator.id, Outage.concentrator_id.is_(None))
    rows = (
        select(AccessConcentrator.name, Address, Outage)
        .select_from(Service)
        .join(Address, Address.id == Service.address_id)
        .outerjoin(Connection, Connection.service_id == Service.id)
        .outerjoin(AccessConcentrator, here)
        .outerjoin(Outage, there & Outage.closed_at.is_(None))
        .where(_served(ticket))
        .order_by(Outage.id, AccessConcentrator.name)
    )
    names: dict[str, None] = {}
    found: dict[int, Outage] = {}
    for name, address, outage in db.session.execute(rows):
        names |= {name: None} if name else {}
        if outage is not None and (outage.concentrator_id or outage.place == district_key(address)):
            found[outage.id] = outage
    open_ones = list(found.values())
    if not open_ones:
        at = ", ".join(names)
        return [Finding("outage", "calm", f"nenhuma aberta em {at}" if at else "concentrador não informado")]
    lines = tuple(
        Line(
            f"Notificação pendente cód. {row.code} para este {'bairro' if row.district else 'concentrador'}. "
            f"Aberta em {_second(row.opened_at, ticket.zone)}. {row.name}: {row.cause}.",
            "outage",
            row.id,
        )
        for row in open_ones
    )
    where = ", ".join(f"cód. {row.code}, {row.name}" for row in open_ones)
    return [Finding("outage", "matter", where, lines)]


def orders(ticket: Ticket) -> list[Finding]:
    """What is under way for the customer: orders, and tickets but this one (A-23)."""
    mine = select(WorkOrder.id, WorkOrder.number, WorkOrder.status, WorkOrderKind.name)
    mine = mine.join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
    mine = mine.where(WorkOrder.person_id == ticket.person_id, WorkOrder.status.in_(PENDING))
    pending = db.session.execute(mine.order_by(WorkOrder.number)).all()
    others = select(Ticket).where(Ticket.person_id == ticket.person_id, Ticket.status.in_(OPEN), Ticket.id != ticket.id)
    tickets = db.session.scalars(others.order_by(Ticket.id)).all()
    if not pending and not tickets:
        return [Finding("orders", "calm", "nada pendente")]
    lines = [
        Line(f"OS {row.number} {row.name}, {ORDER_STATUSES[row.status].lower()}.", "order", ticket.person_id)
        for row in pending
    ]
    lines += [Line(f"Atendimento {row.protocol} em aberto: {row.subject}", "ticket", row.id) for row in tickets]
    words = [f"{len(pending)} OS"] if pending else []
    words += [counted(len(tickets), "atendimento")] if tickets else []
    return [Finding("orders", "matter", ", ".join(words), tuple(lines))]


def access(ticket: Ticket) -> list[Finding]:
    """What the network lets it use: reduced, blocked, or all of it (A-24, A-26)."""
    rows = select(
        Connection.id,
        Connection.login,
        func.coalesce(Connection.mac, _mac_seen()).label("mac"),
        Connection.access_state,
        Connection.access_since,
        Connection.access_reason,
    )
    found = db.session.execute(rows.where(_mine(ticket)).order_by(Connection.id)).all()
    reduced = [row for row in found if row.access_state == "reduced"]
    blocked = [row for row in found if row.access_state == "blocked"] if ticket.service_id else []
    return [_reduction(reduced, bool(found), ticket.zone), _block(blocked, bool(found), ticket)]


def _mac_seen() -> Any:
    """What the equipment last called itself, for a connection nobody wrote a MAC of; as its page shows it."""
    seen = select(RadiusSession.mac).where(RadiusSession.connection_id == Connection.id)
    return seen.order_by(RadiusSession.started_at.desc()).limit(1).correlate(Connection).scalar_subquery()


def _reduction(reduced: Sequence[Any], any_there: bool, zone: str) -> Finding:
    if not reduced:
        return Finding("reduction", "calm", "velocidade normal" if any_there else NO_CONNECTION)
    lines = tuple(
        Line(
            f"Conexão {row.id} login {row.login} com a velocidade reduzida. {_why(row, zone)}",
            "connection",
            row.id,
        )
        for row in reduced
    )
    return Finding("reduction", "matter", f"reduzida desde {_on(reduced[0].access_since, zone)}", lines)


def _block(blocked: Sequence[Any], any_there: bool, ticket: Ticket) -> Finding:
    if not blocked:
        nothing = "liberada" if any_there else NO_CONNECTION
        return Finding("block", "calm", nothing if ticket.service_id else "atendimento sem conexão associada")
    lines = tuple(
        Line(
            f"Conexão informada {row.id} login {row.login} mac {row.mac or UNKNOWN} bloqueada. "
            f"{_why(row, ticket.zone)}",
            "connection",
            row.id,
        )
        for row in blocked
    )
    return Finding("block", "matter", f"bloqueada desde {_on(blocked[0].access_since, ticket.zone)}", lines)


def accounting(ticket: Ticket) -> list[Finding]:
    """Online or not, as the concentrators count it, and what is known of each connection (A-25, A-31)."""
    found = standings(_mine(ticket), Connection.medium.is_not(None))  # nobody counts a telephone
    if not found:
        return [Finding("online", "calm", NO_CONNECTION), Finding("connection", "calm", NO_CONNECTION)]
    known = tuple(
        Line(
            f"Conexão cadastrada em {_on(row.connection.created_at, ticket.zone)} "
            f"último NAS {row.where or UNKNOWN} último IP {row.last_ipv4 or UNKNOWN}",
            "connection",
            row.connection.id,
        )
        for row in found
    )
    words = f"cadastrada em {_on(found[0].connection.created_at, ticket.zone)}"
    return [_online(found, ticket.zone), Finding("connection", "calm", words, known)]


def _online(found: Sequence[Standing], zone: str) -> Finding:
    """Red with one that should be online and is not; one that is switched off has nothing to be online for."""
    served = [row for row in found if row.connection.access_state != "disabled"] or list(found)
    down = [row for row in served if row.state in ("offline", "never")]
    unknown = [row for row in served if row.state == "unknown"]
    lines = tuple(Line(_session(row, zone), "connection", row.connection.id) for row in (*down, *unknown))
    first = next(iter(down or unknown), served[0])
    if down and first.connection.access_state == "disabled":
        return Finding("online", "calm", "conexão desligada", lines)
    state = "matter" if down else "silent" if unknown else "calm"
    return Finding("online", state, _stands(first, zone), lines)


def _stands(row: Standing, zone: str) -> str:
    if row.state == "never":
        return "offline, ainda não se conectou"
    word = {"online": "online", "offline": "offline", "unknown": "sem dados"}[row.state]
    return f"{word} desde {moment(row.since, zone)}"


def _session(row: Standing, zone: str) -> str:
    """'Sem sessão desde 20/11/2026 às 08:05:12. Última em BRAS-01.'"""
    if row.state == "never" or row.since is None:
        return f"A conexão {row.connection.login} ainda não se conectou."
    if row.state == "unknown":
        return f"Sem dados desde {_second(row.since, zone)}. Último NAS {row.where or UNKNOWN}."
    cause = f" Motivo: {row.cause}." if row.cause else ""
    return f"Sem sessão desde {_second(row.since, zone)}. Última em {row.where or UNKNOWN}.{cause}"


def _mine(ticket: Ticket) -> ColumnElement[bool]:
    """The connections of the service of a ticket; without one, those of its customer that are not over."""
    if ticket.service_id:
        return Connection.service_id == ticket.service_id
    return Connection.service_id.in_(select(Service.id).where(_served(ticket)))


def _served(ticket: Ticket) -> ColumnElement[bool]:
    """The same of the services."""
    if ticket.service_id:
        return Service.id == ticket.service_id
    return and_(Service.person_id == ticket.person_id, Service.status != "cancelled")


def _why(row: Any, zone: str) -> str:
    return f"({row.access_reason or 'Sem motivo informado'} em {_on(row.access_since, zone)})."


def _on(at: datetime | None, zone: str) -> str:
    return day(clock.local(at, zone).date() if at else None)


def _second(at: datetime, zone: str) -> str:
    return f"{clock.local(at, zone):%d/%m/%Y às %H:%M:%S}"
