"""Dias sem cobrança: days nobody charged, named until somebody charges them or says that nobody will (decision 017)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from models import clock
from models.base import db, lock
from models.billing.charge import FARTHEST, refusal_to_charge
from models.billing.charged_days import Days, days_of
from models.billing.issue import Draft, charges_of, issue
from models.billing.run import BILLED
from models.billing.slip import account_of
from models.catalog import BillingMethod
from models.operators import Company, company_of
from models.pricing import IN_HAND, Part, Period, first_due, next_period, use_between, without
from models.refused import Refused, require
from models.services import Service
from models.wording import brl


class Gap(NamedTuple):
    """Days of a service that somebody has to decide about."""

    service_id: int
    person_id: int
    plan_name: str
    period: Period
    refusal: str = ""  # why nobody charges it just now


def gaps_of(person_ids: Sequence[int]) -> list[Gap]:
    """The gaps of these customers, by service and day, in four questions."""
    rows = select(Service).where(Service.person_id.in_(person_ids), Service.status.in_(BILLED)).order_by(Service.id)
    services = list(db.session.scalars(rows))
    companies = {row.id: row for row in db.session.scalars(select(Company))}
    days = days_of([service.id for service in services])
    found = []
    for service in services:
        company = companies[service.company_id]
        named = (service.id, service.person_id, service.plan_name)
        found += [
            Gap(*named, period, refusal_to_charge(company) or "")
            for period in _gaps(service, company, days[service.id])
        ]
    return found


def _gaps(service: Service, company: Company, days: Days) -> list[Period]:
    """Those of one service; none where its dates cannot be reckoned with, which the run names (B-06)."""
    try:
        begins = days.begins(service.starts_on, _begins(service, company))
        return days.gaps(begins, clock.today(company.zone), by_carne=service.uses_carne)
    except (Refused, ArithmeticError, ValueError):
        return []


def gaps(service: Service) -> list[Period]:
    """The gaps of one service."""
    return [gap.period for gap in gaps_of([service.person_id]) if gap.service_id == service.id]


def refusal_to_decide(service: Service) -> str | None:
    """Why there is nothing to decide about the days of a service."""
    if service.status not in BILLED:
        return "Este serviço não está em uso: não há dias a cobrar."
    return None if gaps(service) else "Este serviço não tem dias sem cobrança."


def refusal_to_charge_days(service: Service) -> str | None:
    """Why no days of a service are charged."""
    return refusal_to_charge(company_of(service)) or refusal_to_decide(service)


def proposed_due(service: Service) -> date:
    """The due date offered for charging a gap: the next of the service that leaves the days in hand."""
    return first_due(clock.today(company_of(service).zone), service.due_day, IN_HAND.days)


def cost_of(service: Service, starts_on: date | None, ends_on: date | None) -> tuple[Part, ...]:
    """What these days of a gap cost today, part by part: what `charge_days` charges. Raises Refused with the fields."""
    errors = {}
    if starts_on is None:
        errors["starts_on"] = "Escolha o primeiro dia a cobrar."
    if ends_on is None:
        errors["ends_on"] = "Escolha o último dia a cobrar."
    elif starts_on and ends_on < starts_on:
        errors["ends_on"] = "O último dia vem antes do primeiro. Corrija um dos dois."
    if not errors and starts_on and ends_on and without([Period(starts_on, ends_on)], gaps(service)):
        errors["starts_on"] = "Nem todos esses dias estão sem cobrança. Escolha dias dentro do intervalo mostrado."
    if errors or starts_on is None or ends_on is None:
        raise Refused(errors=errors)
    composition, days = service.composition(), Period(starts_on, ends_on)
    base, known = company_of(service).proration_base, days_of([service.id])[service.id].charged
    parts = use_between(composition, days, service.due_day, base, known)  # type: ignore[arg-type]
    if not any(part.cents for part in parts):
        sentence = "Esses dias não chegam a um centavo, ou a mensalidade deles já foi cobrada inteira. "
        raise Refused(sentence + "Use Não cobrar estes dias.", field="starts_on")
    return parts


def charge_days(
    service: Service,
    starts_on: date | None,
    ends_on: date | None,
    due_on: date | None,
    shown_cents: int,
) -> int:
    """Cobrar estes dias: one invoice for days of a gap, at the price of today; its id.

    To take it back the invoice is cancelled, and the days are a gap again. Raises Refused with the fields at fault, and
    when somebody was shown another value: the days or the price changed since.
    """
    lock(service)
    require(refusal_to_charge_days(service))
    company = company_of(service)
    today, errors, parts = clock.today(company.zone), dict[str, str](), tuple[Part, ...]()
    if due_on is None:
        errors["due_on"] = "Escolha o vencimento."
    elif due_on < today:
        errors["due_on"] = "O vencimento já passou. Escolha hoje ou um dia que vem."
    elif (due_on - today).days > FARTHEST:
        errors["due_on"] = "Confira o ano do vencimento: passa de dois anos."
    try:
        parts = cost_of(service, starts_on, ends_on)
    except Refused as no:
        errors |= no.errors
    if errors or due_on is None:
        raise Refused(errors=errors)
    cents = sum(part.cents for part in parts)
    if shown_cents != cents:
        raise Refused(f"Estes dias custam {brl(cents)}. Confira o valor e clique em Emitir a fatura.")
    method = db.session.get_one(BillingMethod, service.billing_method_id)
    draft = Draft(
        company=company,
        person_id=service.person_id,
        method_id=method.id,
        account=account_of(method),
        due_on=due_on,
        boleto=method.makes_boleto,
        charges=charges_of(service.id, parts),
    )
    [id] = issue([draft], today)
    return id


def _begins(service: Service, company: Company) -> date:
    return next_period(service.starts_on, None, service.due_day, service.billing_type, company.bills_from)[0]
