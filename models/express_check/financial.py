"""What a customer owes, and whether their ladder already acts on it (A-22, A-27, D-35)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from models import clock
from models.banking import last_late_due, late_since
from models.base import db
from models.billing import Charge, Invoice
from models.catalog import DunningRule
from models.contracts.ladder import followed_ladder
from models.dunning.debts import late_debts
from models.express_check.finding import Finding, Line
from models.services import Service
from models.tickets import Ticket
from models.wording import brl, counted, day
from models.workflows import AttendSettings


def default(ticket: Ticket) -> list[Finding]:
    """Is a debt as old as the ladder of its service's contract waits before it acts (A-22, A-120, decision 041)?"""
    on = clock.today(ticket.zone)
    mine = Charge.service_id.in_(select(Service.id).where(Service.person_id == ticket.person_id))
    debt = late_debts(on).where(mine).subquery("debt")
    rows = (
        select(debt, Service.plan_name, DunningRule.name.label("ladder"), DunningRule.notice_days)
        .join(Service, Service.id == debt.c.service_id)
        .join(DunningRule, DunningRule.id == followed_ladder())
        .order_by(debt.c.due_on, debt.c.invoice_id, debt.c.service_id)
    )
    # Nobody is late before the business day of the due date is over, however early the ladder speaks.
    found = [
        (max(row.due_on + timedelta(days=row.notice_days), late_since(row.due_on)), row)
        for row in db.session.execute(rows)
    ]
    fallen = [(since, row) for since, row in found if since <= on]
    if fallen:
        first = min(since for since, _ in fallen)
        lines = tuple(_debt(since, row) for since, row in fallen)
        return [Finding("default", "matter", f"pela régua, desde {day(first)}", lines)]
    if found:
        next_one = min(since for since, _ in found)
        return [Finding("default", "calm", f"em atraso, a régua age em {day(next_one)}")]
    return [Finding("default", "calm", "nada em atraso")]


def _debt(since: date, row: Any) -> Line:
    told = f"avisada em {day(row.noticed_on)}" if row.noticed_on else "sem aviso registrado"
    cut = f", corte a partir de {day(row.suspends_on)}" if row.suspends_on else ""
    text = f"{row.ladder}: fatura {row.number} de {row.plan_name}, vencida em {day(row.due_on)}, {told}{cut}."
    return Line(text, "ladder", row.service_id)


def invoices(ticket: Ticket) -> list[Finding]:
    """Every issued unpaid invoice, the overdue ones first; of a carnê the next slip and how many follow (D-35)."""
    on = clock.today(ticket.zone)
    late = last_late_due(on)
    overdue_only = AttendSettings.of(ticket.company_id).overdue_only
    rows = select(Invoice.id, Invoice.number, Invoice.due_on, Invoice.carne_id, Invoice.total_cents, Invoice.paid_cents)
    rows = rows.where(Invoice.person_id == ticket.person_id, Invoice.status == "open")
    if overdue_only:
        rows = rows.where(Invoice.due_on <= late)
    found = db.session.execute(rows.order_by(Invoice.due_on, Invoice.id)).all()
    if not found:
        return [Finding("invoices", "calm", "nada vencido" if overdue_only else "nada pendente")]
    owed = sum(row.total_cents - row.paid_cents for row in found)
    words = f"{counted(len(found), 'fatura')}, {brl(owed)}"
    overdue = sum(row.due_on <= late for row in found)
    if overdue and overdue < len(found):
        words += f", {counted(overdue, 'vencida')}"
    return [Finding("invoices", "matter", words, tuple(_folded(found, late)))]


def _folded(found: Sequence[Any], late: date) -> list[Line]:
    """A line for each, but of the slips of a carnê that are not late only the next one speaks."""
    later: dict[int, int] = {}
    shown = []
    for row in found:
        if row.carne_id is not None and row.due_on > late:
            later[row.carne_id] = later.get(row.carne_id, 0) + 1
            if later[row.carne_id] > 1:
                continue
        shown.append(row)
    return [_invoice(row, later.get(row.carne_id, 0) - 1 if row.due_on > late else 0) for row in shown]


def _invoice(row: Any, more: int) -> Line:
    text = (
        f"Fatura pendente {row.number} no vcto. {day(row.due_on)} no valor de {brl(row.total_cents - row.paid_cents)}"
    )
    if more > 0:
        text += f", e mais {counted(more, 'parcela')} do carnê"
    return Line(text, "invoice", row.id)
