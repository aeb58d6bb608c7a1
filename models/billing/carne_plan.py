"""The plan of a carnê before it is generated: its instalments, or what is wrong with what was asked (C-38 to C-42)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from models import clock
from models.base import db
from models.billing.charge import FARTHEST, Charge, refusal_to_charge
from models.billing.charged_days import days_of
from models.billing.invoice import Invoice, period_text
from models.operators import company_of, today_of
from models.pricing import Installment, first_due, schedule
from models.pricing.due_dates import LATEST_YEAR, OLDEST_YEAR
from models.pricing.next_period import next_period
from models.refused import Refused
from models.services import Service, UnchargedDays
from models.wording import counted, day


@dataclass(frozen=True)
class CarnePlan:
    used_from: date
    first_due_on: date
    installments: tuple[Installment, ...]

    @property
    def first(self) -> Installment:
        return self.installments[0]

    @property
    def total_cents(self) -> int:
        return sum(each.total_cents for each in self.installments)


def refusal_to_carne(service: Service) -> str | None:
    """Why no carnê is generated for a service (C-38)."""
    if service.status == "cancelled":
        return "Este serviço está cancelado e não recebe carnê."
    if refusal := refusal_to_charge(company_of(service)):
        return refusal
    return None if service.uses_carne else "Este serviço não usa carnê. Altere a cobrança dele para gerar um."


def plan(service: Service, used_from: date | None, first_due_on: date | None, count: int | None) -> CarnePlan:
    """The instalments as they would be issued. Raises Refused with the fields at fault."""
    if refusal := refusal_to_carne(service):
        raise Refused(refusal, field="service_id", fix=service)
    company = company_of(service)
    errors = _day_errors(service, used_from, first_due_on)
    if not count or not 1 <= count <= company.carne_most:
        errors["installments"] = f"Informe de 1 a {counted(company.carne_most, 'parcela')}."
    if errors or used_from is None or first_due_on is None or count is None:
        raise Refused(errors=errors)
    installments = schedule(
        service.composition(),
        used_from,
        first_due_on,
        service.billing_type,  # type: ignore[arg-type]
        company.proration_base,  # type: ignore[arg-type]
        count,
        due_day=_anchor(service.due_day, first_due_on),
        most=company.carne_most,
        charged=days_of([service.id])[service.id].charged,
    )
    if refusal := _refusal_to_charge(service.id, installments[0].period.from_, installments[-1].period.to):
        raise Refused(refusal, field="used_from")
    if not all(each.total_cents for each in installments):
        raise Refused("Há parcela que não chega a um centavo. Escolha outro início do uso.", field="used_from")
    return CarnePlan(used_from, first_due_on, installments)


def _day_errors(service: Service, used_from: date | None, first_due_on: date | None) -> dict[str, str]:
    errors, today = {}, today_of(service)
    if used_from is None:
        errors["used_from"] = "Escolha a data de início do uso."
    elif not OLDEST_YEAR <= used_from.year <= LATEST_YEAR:
        errors["used_from"] = "Confira o ano do início do uso."
    if first_due_on is None:
        errors["first_due_on"] = "Escolha o 1º vencimento."
    elif first_due_on < today:
        errors["first_due_on"] = "O 1º vencimento já passou. Escolha hoje ou um dia que vem."
    elif (first_due_on - today).days > FARTHEST:
        errors["first_due_on"] = "Confira o ano do 1º vencimento: passa de dois anos."
    if not errors and used_from and first_due_on:
        if used_from > first_due_on:
            errors["used_from"] = f"O uso começa depois do 1º vencimento. Escolha até {day(first_due_on)}."
        elif used_from == first_due_on and service.billing_type == "postpaid":
            errors["used_from"] = (
                "No Postecipado não há o que cobrar quando o uso começa no próprio 1º vencimento. Escolha um dia antes."
            )
    return errors


def _anchor(due_day: int, first_due_on: date) -> int:
    """The day of the month to keep: the service's own where a short month moved the first due date."""
    last = monthrange(first_due_on.year, first_due_on.month)[1]
    return due_day if first_due_on.day == min(due_day, last) else first_due_on.day


def _refusal_to_charge(service_id: int, start: date, end: date) -> str | None:
    """Days are charged once, by a carnê or by the monthly run."""
    row = db.session.execute(
        select(Charge.period_start, Charge.period_end, Invoice.number, Invoice.carne_id)
        .join(Invoice, Invoice.id == Charge.invoice_id)
        .where(
            Charge.service_id == service_id,
            Charge.kind == "monthly",
            Charge.status != "cancelled",
            Charge.period_start <= end,
            Charge.period_end >= start,
        )
        .order_by(Charge.period_start)
        .limit(1)
    ).first()
    if row is None:
        return _refusal_of_decision(service_id, start, end)
    by = f"fatura {row.number}" + (f", carnê {row.carne_id}" if row.carne_id else "")
    return (
        f"Já há cobrança de {period_text(row.period_start, row.period_end)} neste serviço: {by}. "
        "Comece depois dela, ou cancele-a antes."
    )


def _refusal_of_decision(service_id: int, start: date, end: date) -> str | None:
    """Days somebody decided not to charge stay so until the decision is taken back."""
    known = select(UnchargedDays).where(UnchargedDays.service_id == service_id, UnchargedDays.undone_at.is_(None))
    known = known.where(UnchargedDays.starts_on <= end, UnchargedDays.ends_on >= start)
    row = db.session.scalars(known.order_by(UnchargedDays.starts_on).limit(1)).first()
    if row is None:
        return None
    return (
        f"Alguém decidiu não cobrar {period_text(row.starts_on, row.ends_on)} deste serviço. "
        "Comece depois, ou desfaça essa decisão no Financeiro do cliente."
    )


def proposal(service: Service) -> tuple[date, date]:
    """Where the next carnê of a service begins, and its first due date that is still to come."""
    company = company_of(service)
    charged = select(func.max(Charge.period_end)).where(Charge.service_id == service.id, Charge.status != "cancelled")
    declared = select(func.max(UnchargedDays.ends_on)).where(
        UnchargedDays.service_id == service.id, UnchargedDays.undone_at.is_(None)
    )
    ends = [db.session.scalar(charged.where(Charge.kind == "monthly")), db.session.scalar(declared)]
    until = max(filter(None, ends), default=None)
    start, due_on = next_period(service.starts_on, until, service.due_day, service.billing_type, company.bills_from)
    today = clock.today(company.zone)
    return start, due_on if due_on >= today else first_due(today, service.due_day)
