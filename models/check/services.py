"""Services: their status agrees with suspensions and releases, they have a price, and belong where their owner does."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from models import clock
from models.catalog import Plan
from models.check.question import LATE, findings
from models.people import Address, Person
from models.scope import TODAS
from models.services import Service, ServiceItem, Suspension, TrustUnlock
from models.services.status import SUSPENDED
from models.work_orders import WorkOrder

OPEN, ACTIVE = Suspension.ended_at.is_(None), TrustUnlock.status == "active"
IN_USE = ("active", *SUSPENDED)


def one_open_suspension() -> list[str]:
    return findings("serviço {id}: {times} suspensões abertas ao mesmo tempo", _twice(Suspension.service_id, OPEN))


def suspended_for_a_reason() -> list[str]:
    """Suspended or reduced means that a suspension is open (X-05)."""
    known = select(Suspension.id).where(Suspension.service_id == Service.id, OPEN).exists()
    rows = select(Service.id, Service.status).where(Service.status.in_(SUSPENDED), ~known)
    return findings("serviço {id}: situação {status} sem suspensão aberta", rows)


def open_suspension_is_in_force() -> list[str]:
    """An open suspension is the status of its service, unless a trust unlock lifts it for a while (C-99)."""
    lifted = select(TrustUnlock.id).where(TrustUnlock.service_id == Service.id, ACTIVE).exists()
    rows = select(Service.id, Service.status, Suspension.id.label("suspension"), Suspension.status.label("wanted"))
    rows = rows.join(Suspension, Suspension.service_id == Service.id)
    rows = rows.where(OPEN, Suspension.status != Service.status, ~lifted)
    return findings("serviço {id}: situação {status}, mas a suspensão {suspension} aberta pede {wanted}", rows)


def one_active_release() -> list[str]:
    return findings("serviço {id}: {times} liberações em confiança ativas", _twice(TrustUnlock.service_id, ACTIVE))


def released_means_active() -> list[str]:
    rows = select(TrustUnlock.id, Service.id.label("service"), Service.status)
    rows = rows.join(Service, Service.id == TrustUnlock.service_id).where(ACTIVE, Service.status != "active")
    return findings("liberação {id}: ativa, mas o serviço {service} está {status}", rows)


def own_release_once_a_month() -> list[str]:
    """The subscriber's own release: once per line and month (C-105)."""
    rows = select(TrustUnlock.line_id, TrustUnlock.month, func.count().label("times"))
    rows = rows.where(TrustUnlock.channel == "portal").group_by(TrustUnlock.line_id, TrustUnlock.month)
    return findings("linha {line_id}: {times} liberações pela Central em {month}", rows.having(func.count() > 1))


def release_counts_for_its_line() -> list[str]:
    rows = select(TrustUnlock.id, TrustUnlock.line_id, func.coalesce(Service.line_id, Service.id).label("line"))
    rows = rows.join(Service, Service.id == TrustUnlock.service_id)
    rows = rows.where(TrustUnlock.line_id != func.coalesce(Service.line_id, Service.id))
    return findings("liberação {id}: conta para a linha {line_id}, mas o serviço é da linha {line}", rows)


def releases_end_in_time() -> list[str]:
    rows = select(TrustUnlock.id, TrustUnlock.service_id).where(ACTIVE, TrustUnlock.ends_at < clock.now() - LATE)
    return findings("liberação {id}: venceu e continua ativa no serviço {service_id}", rows)


def activated_when_in_use() -> list[str]:
    """A service in use has a day of activation; one that waits for its installation has none (D-19)."""
    rows = select(Service.id, Service.status).where(
        or_(
            and_(Service.status.in_(IN_USE), Service.activated_on.is_(None)),
            and_(Service.status == "awaiting_installation", Service.activated_on.is_not(None)),
        )
    )
    return findings("serviço {id}: situação {status} não combina com a data de ativação", rows)


def no_fee_with_carne() -> list[str]:
    rows = select(Service.id).where(Service.uses_carne, Service.installation_fee_cents > 0)
    return findings("serviço {id}: taxa de instalação junto com carnê", rows)


def composed_with_a_price() -> list[str]:
    """Every service has a composition and its sum is its price, which is more than nothing (X-16)."""
    rows = select(Service.id, func.count(ServiceItem.id).label("items"))
    rows = rows.outerjoin(ServiceItem, ServiceItem.service_id == Service.id).group_by(Service.id)
    rows = rows.having(func.coalesce(func.sum(ServiceItem.amount_cents), 0) <= 0)
    return findings("serviço {id}: preço zero, itens na composição: {items}", rows)


def in_the_company_of_person_and_plan() -> list[str]:
    """The customer and the plan are of the service's company, or of TODAS (X-01, C-110)."""
    rows = select(
        Service.id, Service.company_id, Person.company_id.label("of_person"), Plan.company_id.label("of_plan")
    )
    rows = rows.join(Person, Person.id == Service.person_id).join(Plan, Plan.id == Service.plan_id)
    rows = rows.where(or_(_foreign(Person.company_id), _foreign(Plan.company_id)))
    return findings("serviço {id}: empresa {company_id}, mas o cliente é da {of_person} e o plano da {of_plan}", rows)


def at_addresses_of_its_person() -> list[str]:
    rows = select(Service.id, Address.id.label("address"))
    rows = rows.join(Address, Address.id.in_((Service.address_id, Service.billing_address_id)))
    return findings(
        "serviço {id}: o endereço {address} é de outro cliente", rows.where(Address.person_id != Service.person_id)
    )


def orders_are_of_the_person() -> list[str]:
    rows = select(WorkOrder.id, Service.id.label("service")).join(Service, Service.id == WorkOrder.service_id)
    rows = rows.where(or_(WorkOrder.person_id != Service.person_id, WorkOrder.company_id != Service.company_id))
    return findings("ordem de serviço {id}: cliente ou empresa não são os do serviço {service}", rows)


def _twice(column: InstrumentedAttribute[int], condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Values of a column that stand in more than one row that meets the condition."""
    rows = select(column.label("id"), func.count().label("times")).where(condition).group_by(column)
    return rows.having(func.count() > 1)


def _foreign(company_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return and_(company_id != TODAS, company_id != Service.company_id)


QUESTIONS = (
    one_open_suspension,
    suspended_for_a_reason,
    open_suspension_is_in_force,
    one_active_release,
    released_means_active,
    own_release_once_a_month,
    release_counts_for_its_line,
    releases_end_in_time,
    activated_when_in_use,
    no_fee_with_carne,
    composed_with_a_price,
    in_the_company_of_person_and_plan,
    at_addresses_of_its_person,
    orders_are_of_the_person,
)
