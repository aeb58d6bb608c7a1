"""Contests close: what left an invoice, what was given in double, and the ticket that waits for the answer (B-11)."""

from __future__ import annotations

from sqlalchemy import and_, case, func, or_, select

from models.billing import Contest, CreditEntry, Invoice
from models.check.question import findings
from models.tickets import Ticket


def contests_are_on_their_invoices() -> list[str]:
    """An invoice says how its contest stands, and lacks what of it rests or left it."""
    left = func.sum(case((Contest.whole, 0), else_=Contest.resting_cents))
    rests = func.sum(case((and_(Contest.whole, Contest.status == "open"), 1), else_=0))
    rows = select(Invoice.id, Invoice.contested_cents, left.label("left")).join(
        Contest, Contest.invoice_id == Invoice.id
    )
    wrong = or_(left != Invoice.contested_cents, (rests > 0) != (Invoice.status == "contested"))
    rows = rows.group_by(Invoice.id, Invoice.contested_cents, Invoice.status).having(wrong).order_by(Invoice.id)
    found = findings("fatura {id}: {contested_cents} centavos contestados, e suas contestações tiraram {left}", rows)
    states = select(Contest.id, Contest.status, Invoice.contest.label("told"))
    states = states.join(Invoice, Invoice.id == Contest.invoice_id)
    states = states.where(Contest.status != "withdrawn", Invoice.contest.is_distinct_from(Contest.status))
    return found + findings("contestação {id}: está {status}, e a fatura diz {told}", states.order_by(Contest.id))


def refunds_are_double() -> list[str]:
    """What a granted contest gave is twice what had been paid, and stands in the credit of the customer."""
    given = func.coalesce(func.sum(CreditEntry.amount_cents), 0)
    mine = (CreditEntry.invoice_id == Contest.invoice_id) & CreditEntry.kind.in_(("refunded", "taken_back"))
    owed = case((Contest.status == "granted", 2 * Contest.paid_cents), else_=0)
    rows = select(Contest.id, owed.label("owed"), given.label("given")).outerjoin(CreditEntry, mine)
    rows = rows.where(Contest.status != "withdrawn")
    rows = rows.group_by(Contest.id, Contest.status, Contest.paid_cents)
    rows = rows.having(or_(given != owed)).order_by(Contest.id)
    return findings("contestação {id}: devia devolver {owed} centavos e devolveu {given}", rows)


def contests_wait_in_their_ticket() -> list[str]:
    """A ticket is held open by its contest exactly while that has no answer."""
    waits = Ticket.gate.is_not_distinct_from("contest")
    rows = select(Contest.id, Contest.status).outerjoin(Ticket, Ticket.contest_id == Contest.id)
    rows = rows.where(or_(Ticket.id.is_(None), waits != (Contest.status == "open"))).order_by(Contest.id)
    return findings("contestação {id}: está {status}, e o atendimento dela não diz o mesmo", rows)


QUESTIONS = (contests_are_on_their_invoices, refunds_are_double, contests_wait_in_their_ticket)
