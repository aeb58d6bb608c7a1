"""The seven blocks of the quick form in words, to be kept with its ticket as they were (C-57, C-58).

The same questions as the panel beside the form asks; here in sentences, for what is kept has no chart.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from models import clock
from models.base import db
from models.dunning.debts import debts_of
from models.express_check.finding import Finding, Line
from models.network import Connection
from models.network.counted import Tries, extract, traffic, week
from models.network.standing import Standing, standings
from models.services import STATUSES, Service, Suspension
from models.tickets import Ticket
from models.wording import brl, counted, day, lasted, moment, rate, short_day, volume
from models.work_orders import ORDER_STATUSES, WorkOrder, WorkOrderKind

FEW = 4  # sessions, as the panel shows
THREE_MONTHS = timedelta(days=92)
NOTHING = "este serviço não tem conexão"


def status(ticket: Ticket) -> list[Finding]:
    """Status da Conexão."""
    stands = _standing(ticket)
    if stands is None:
        return [Finding("status", "calm", NOTHING)]
    since = f" desde {moment(stands.since, ticket.zone)}" if stands.since else ""
    words = {"online": "online", "offline": "offline", "unknown": "sem dados", "never": "ainda não se conectou"}
    where, ip = stands.where or "não informado", stands.last_ipv4 or "nenhum"
    facts = f"Login {stands.connection.login}, concentrador {where}, IP {ip}."
    state = {"online": "calm", "unknown": "silent"}.get(stands.state, "matter")
    return [Finding("status", state, words[stands.state] + since, (Line(facts, "connection", stands.connection.id),))]


def measured(ticket: Ticket) -> list[Finding]:
    """Tráfego Tempo Real: the mean between the last two countings."""
    connection = _connection(ticket)
    now = traffic(connection.id) if connection else None
    if now is None:
        return [Finding("traffic", "calm", "sem tráfego" if connection else NOTHING)]
    words = f"{rate(now.down_bytes, now.seconds)} recebidos, {rate(now.up_bytes, now.seconds)} enviados"
    return [Finding("traffic", "silent" if now.is_old else "calm", f"{words}, até {moment(now.at, ticket.zone)}")]


def tries(ticket: Ticket) -> list[Finding]:
    """Autenticações na Última Semana, the days on which somebody tried."""
    connection = _connection(ticket)
    if connection is None:
        return [Finding("tries", "calm", NOTHING)]
    days = week(connection.login, ticket.zone)
    accepted, refused = sum(row.accepted for row in days), sum(row.turned_away for row in days)
    if not accepted and not refused:
        return [Finding("tries", "calm", "nenhuma nos últimos sete dias")]
    lines = tuple(Line(_tries(row)) for row in days if row.accepted or row.turned_away)
    words = f"{counted(accepted, 'aceita')}, {counted(refused, 'recusada')}"
    return [Finding("tries", "matter" if refused else "calm", words, lines)]


def _tries(row: Tries) -> str:
    why = ", ".join(f"{many} por {reason}" for reason, many in row.refused.items())
    return f"{short_day(row.on)}: {counted(row.accepted, 'aceita')}" + (f", recusadas {why}" if why else "") + "."


def sessions(ticket: Ticket) -> list[Finding]:
    """Extrato de Conexões: the last ones."""
    connection = _connection(ticket)
    found = extract(connection.id, None, FEW)[:FEW] if connection else []
    if not found:
        return [Finding("sessions", "calm", "nenhuma sessão ainda" if connection else NOTHING)]
    lines = tuple(
        Line(
            f"{moment(row.started_at, ticket.zone)}, {lasted(row.seconds) if row.stopped_at else 'em aberto'}, "
            f"{volume(row.down_bytes)}{f', {row.cause}' if row.cause else ''}."
        )
        for row in found
    )
    return [Finding("sessions", "calm", f"a última de {moment(found[0].started_at, ticket.zone)}", lines)]


def period(ticket: Ticket) -> list[Finding]:
    """Status e Período of the service."""
    rows = select(Service.status, Service.activated_on, Suspension.started_at, Suspension.reason)
    rows = rows.outerjoin(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
    row = db.session.execute(rows.where(Service.id == ticket.service_id)).one()
    cut = row.status in ("suspended_for_debt", "reduced")
    since: date | None = row.activated_on
    if cut and row.started_at:
        since = clock.local(row.started_at, ticket.zone).date()
    lines = (Line(f"Motivo: {row.reason}."),) if cut and row.reason else ()
    words = STATUSES[row.status].lower() + (f" desde {day(since)}" if since else "")
    return [Finding("period", "matter" if cut else "calm", words, lines)]


def overdue(ticket: Ticket) -> list[Finding]:
    """Faturas Vencidas of the service."""
    found = debts_of([ticket.service_id], clock.today(ticket.zone)) if ticket.service_id else {}
    debts = [debt for mine in found.values() for debt in mine]
    if not debts:
        return [Finding("overdue", "calm", "nenhuma")]
    lines = tuple(
        Line(f"Fatura {debt.number} vencida em {day(debt.due_on)}, {brl(debt.open_cents)}.", "invoice", debt.invoice_id)
        for debt in debts
    )
    words = f"{counted(len(debts), 'fatura')}, {brl(sum(debt.open_cents for debt in debts))}"
    return [Finding("overdue", "matter", words, lines)]


def recent_orders(ticket: Ticket) -> list[Finding]:
    """Ordens de Serviço dos últimos três meses of the service."""
    rows = select(WorkOrder.number, WorkOrder.status, WorkOrder.created_at, WorkOrderKind.name)
    rows = rows.join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
    rows = rows.where(WorkOrder.service_id == ticket.service_id, WorkOrder.created_at >= clock.now() - THREE_MONTHS)
    found = db.session.execute(rows.order_by(WorkOrder.number.desc())).all()
    if not found:
        return [Finding("recent_orders", "calm", "nenhuma")]
    lines = tuple(
        Line(
            f"OS {row.number} {row.name}, {ORDER_STATUSES[row.status].lower()}, "
            f"aberta em {day(clock.local(row.created_at, ticket.zone).date())}.",
            "order",
            ticket.person_id,
        )
        for row in found
    )
    return [Finding("recent_orders", "calm", f"{len(found)} OS", lines)]


def _standing(ticket: Ticket) -> Standing | None:
    """The connection its service is looked at by: the first, as the panel does; None where nothing is counted."""
    found = standings(Connection.service_id == ticket.service_id, Connection.medium.is_not(None))
    return next(iter(found), None)


def _connection(ticket: Ticket) -> Connection | None:
    stands = _standing(ticket)
    return stands.connection if stands else None
