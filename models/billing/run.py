"""The monthly run: whatever is due within the lead of its company and was not charged yet (C-15, C-21, C-25).

It derives its work from what stands: the last day charged of each service. So it may run every day, twice at once
or after being killed; the unique key of a charge (service, period) is the backstop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Row, func, or_, select

from models import clock
from models.base import db
from models.billing.carne import Carne
from models.billing.charge import Charge
from models.billing.invoice import Invoice
from models.billing.issue import Draft, NewCharge, issue, parts_of
from models.billing.next_period import next_period
from models.billing.proration import first_invoice
from models.catalog import BankAccount, BillingMethod
from models.operators import Company
from models.refused import Refused
from models.services import Service, ServiceItem

BILLED = ("active", "reduced", "suspended_for_debt")  # a cancelled or waiting service is not charged
BATCH = 100  # persons per transaction: the write lock stays under 250 ms (performance.md 10)
IN_HAND = timedelta(days=5)  # whoever is billed late still has the invoice so long before it is due (RGC)

# Thousands share plan, due day and start of the cycle: the same sum is worked out once.
_sums = lru_cache(maxsize=4096)(first_invoice)


@dataclass(frozen=True)
class Due:
    """A service whose next invoice is near: what will be charged, for the run and for its rehearsal."""

    service: Any
    due_on: date
    charges: tuple[NewCharge, ...]
    refusal: str = ""

    @property
    def total_cents(self) -> int:
        return sum(new.amount_cents for new in self.charges)


def persons_to_bill(after: int = 0, limit: int = BATCH) -> list[int]:
    """Customers with a service that is charged monthly, by number."""
    rows = select(Service.person_id).where(Service.status.in_(BILLED), Service.uses_carne.is_(False))
    rows = rows.where(Service.person_id > after).group_by(Service.person_id).order_by(Service.person_id)
    return list(db.session.scalars(rows.limit(limit)))


def due_services(person_ids: Sequence[int], until: date | None = None) -> list[Due]:
    """The services of these customers whose next due date is within the lead of their company, with the sums.

    `until` charges every due date up to that day instead. Four questions, whatever the number of customers.
    """
    companies = {row.id: row for row in db.session.scalars(select(Company))}
    found = list(db.session.execute(_services(person_ids)))
    items = _items([row.id for row in found])
    dues: list[Due] = []
    for row in found:
        company = companies[row.company_id]
        last_day = until or clock.today(company.zone) + timedelta(days=company.issue_lead_days)
        dues += _dues(row, company, items.get(row.id, []), last_day)
    return dues


def bill(person_ids: Sequence[int], until: date | None = None) -> int:
    """Issue what is due for these customers in this transaction; how many invoices."""
    _hold(person_ids)
    dues = [due for due in due_services(person_ids, until) if not due.refusal]
    return len(issue(list(_drafts(dues)), clock.today()))


def _services(person_ids: Sequence[int]) -> Any:
    charged = (
        select(Charge.service_id, func.max(Charge.period_end).label("until"))
        .outerjoin(Invoice, Invoice.id == Charge.invoice_id)
        .outerjoin(Carne, Carne.id == Invoice.carne_id)
        .where(Charge.kind == "monthly", Charge.person_id.in_(person_ids))
        # A month cancelled by a person stays so; those of a cancelled carnê were never asked for.
        .where(or_(Charge.status != "cancelled", Carne.id.is_(None), Carne.status != "cancelled"))
        .group_by(Charge.service_id)
        .subquery()
    )
    return (
        select(
            Service.id,
            Service.company_id,
            Service.person_id,
            Service.plan_name,
            Service.starts_on,
            Service.due_day,
            Service.billing_type,
            Service.billing_method_id,
            Service.separate_invoice,
            Service.installation_fee_cents,
            Service.installation_fee_text,
            charged.c.until,
        )
        .join(Company, Company.id == Service.company_id)
        .outerjoin(charged, charged.c.service_id == Service.id)
        .where(
            Company.inactive_since.is_(None),
            Service.person_id.in_(person_ids),
            Service.status.in_(BILLED),
            Service.uses_carne.is_(False),
        )
        .order_by(Service.person_id, Service.id)
    )


def _items(service_ids: Sequence[int]) -> dict[int, list[tuple[str, str, int]]]:
    rows = select(ServiceItem.service_id, ServiceItem.kind, ServiceItem.name, ServiceItem.amount_cents)
    rows = rows.where(ServiceItem.service_id.in_(service_ids)).order_by(ServiceItem.service_id, ServiceItem.position)
    found: dict[int, list[tuple[str, str, int]]] = {}
    for row in db.session.execute(rows):
        found.setdefault(row.service_id, []).append((row.kind, row.name, row.amount_cents))
    return found


def _dues(row: Row[Any], company: Company, items: list[tuple[str, str, int]], last_day: date) -> Iterator[Due]:
    """Each due date of a service up to a day, in order; the next begins where the one before ended."""
    taken_over = company.bills_from and row.starts_on < company.bills_from  # its fee was charged by another system
    earliest = clock.today(company.zone) + IN_HAND
    charged_until, fee = row.until, 0 if row.until or taken_over else row.installation_fee_cents
    while True:
        start, due_on = next_period(row.starts_on, charged_until, row.due_day, row.billing_type, company.bills_from)
        if due_on > last_day:
            return
        try:
            sums = _sums(
                tuple((name, cents) for _, name, cents in items),
                start,
                due_on,
                row.billing_type,
                company.proration_base,  # type: ignore[arg-type]
                fee,
                due_day=row.due_day,
                installation_fee_name=row.installation_fee_text or "Taxa de instalação",
            )
        except Refused as no:
            yield Due(row, due_on, (), no.sentence)
            return
        yield Due(row, max(due_on, earliest), tuple(parts_of(row.id, sums, [kind for kind, _, _ in items])))
        charged_until, fee = sums.parts[-1].period.to, 0


def _hold(person_ids: Sequence[int]) -> None:
    """One run at a time per customer: the other waits here and then finds the charges (SQLite has one writer)."""
    held = select(Service.id).where(Service.person_id.in_(person_ids)).order_by(Service.id).with_for_update()
    db.session.execute(held).all()


def _drafts(dues: Sequence[Due]) -> Iterator[Draft]:
    """One invoice per service that wants its own; the others of a customer join by due date and method (C-25)."""
    companies = {row.id: row for row in db.session.scalars(select(Company))}
    methods = {row.id: row for row in db.session.scalars(select(BillingMethod))}
    accounts = {row.id: row for row in db.session.scalars(select(BankAccount))}

    def together(due: Due) -> tuple[Any, ...]:
        own = due.service.id if due.service.separate_invoice else 0
        return (due.service.person_id, due.due_on, due.service.company_id, due.service.billing_method_id, own)

    for key, group in groupby(sorted(dues, key=together), key=together):
        person_id, due_on, company_id, method_id, _ = key
        yield Draft(
            company=companies[company_id],
            person_id=person_id,
            method_id=method_id,
            account=accounts.get(methods[method_id].bank_account_id or 0),
            due_on=due_on,
            charges=tuple(new for due in group for new in due.charges),
        )
