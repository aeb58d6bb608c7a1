"""Work orders: a ticket waits for exactly those that are under way, and each belongs where its customer does."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from models.check.question import findings
from models.tickets import Ticket
from models.work_orders import PENDING, WorkOrder


def tickets_count_their_orders() -> list[str]:
    """What holds a ticket open is what is under way (A-108)."""
    mine = and_(WorkOrder.ticket_id == Ticket.id, WorkOrder.status.in_(PENDING))
    many = select(func.count()).where(mine).scalar_subquery()
    rows = select(Ticket.protocol, Ticket.open_orders, many.label("many")).where(Ticket.open_orders != many)
    return findings("atendimento {protocol}: conta {open_orders} ordens pendentes e tem {many}", rows)


def orders_are_of_their_ticket() -> list[str]:
    rows = select(WorkOrder.number, Ticket.protocol).join(Ticket, Ticket.id == WorkOrder.ticket_id)
    rows = rows.where(or_(WorkOrder.person_id != Ticket.person_id, WorkOrder.company_id != Ticket.company_id))
    return findings("ordem de serviço {number}: cliente ou empresa não são os do atendimento {protocol}", rows)


QUESTIONS = (tickets_count_their_orders, orders_are_of_their_ticket)
