"""The monthly run: whatever is due within the lead of its company and was not charged yet (C-15, C-21, C-25).

It derives its work from what stands: the last day charged of each service. So it may run every day, twice at once
or after being killed; the unique key of a charge (service, period) is the backstop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, func, or_, select

from models import clock
from models.base import db
from models.billing.carne import Carne
from models.billing.charge import Charge
from models.billing.invoice import Invoice
from models.billing.issue import Draft, NewCharge, issue, parts_of, refusals_to_issue
from models.catalog import BankAccount, BillingMethod
from models.operators import Company
from models.pricing import INSTALLATION_FEE, DayBase, Kind, first_invoice
from models.pricing.next_period import next_period
from models.refused import Refused
from models.services import Service, ServiceItem

BILLED = ("active", "reduced", "suspended_for_debt")  # a cancelled or waiting service is not charged
BATCH = 300  # persons per transaction: the write lock stays under 250 ms
IN_HAND = timedelta(days=5)  # whoever is billed late still has the invoice so long before it is due (RGC)
ODD = "A cobrança deste serviço não pôde ser calculada. Confira datas, plano e valores dele"
Items = tuple[tuple[str, str, int], ...]  # the composition: kind, name and monthly cents


class Due(NamedTuple):
    """A service whose next invoice is near: what will be charged, for the run and for its rehearsal."""

    service: Any
    company: Company
    due_on: date
    charges: tuple[NewCharge, ...]
    refusal: str = ""

    @property
    def total_cents(self) -> int:
        return sum(new.amount_cents for new in self.charges)


def persons_to_bill(after: int = 0, limit: int | None = None) -> list[int]:
    """Customers with a service that is charged monthly, by number."""
    rows = select(Service.person_id).where(Service.status.in_(BILLED), Service.uses_carne.is_(False))
    rows = rows.where(Service.person_id > after).group_by(Service.person_id).order_by(Service.person_id)
    return list(db.session.scalars(rows.limit(limit)))


class Plan(NamedTuple):
    """What a run does with some customers: `dues` as they will be charged or are left out, `drafts` of the former."""

    dues: list[Due]
    drafts: list[Draft]

    @property
    def refused(self) -> list[Due]:
        return [due for due in self.dues if due.refusal]


class Billed(NamedTuple):
    """How many invoices a run issued, and the services that it left out, with the sentence of each."""

    issued: int
    refused: list[Due]


def plan(person_ids: Sequence[int], until: date | None = None, at: datetime | None = None) -> Plan:
    """What the run does with these customers, for the run and for its rehearsal; nothing is written.

    `at` is the moment it is decided at (now). A service whose sum or slip cannot be made is left out, alone.
    """
    dues = due_services(person_ids, until, at)
    pairs = list(_drafts([due for due in dues if not due.refusal]))
    refusals = refusals_to_issue([draft for draft, _ in pairs], clock.today())
    refused = {id(due): no for (_, joined), no in zip(pairs, refusals, strict=True) for due in joined}
    return Plan(
        [due._replace(refusal=refused.get(id(due)) or due.refusal) for due in dues],
        [draft for (draft, _), no in zip(pairs, refusals, strict=True) if not no],
    )


def due_services(person_ids: Sequence[int], until: date | None = None, at: datetime | None = None) -> list[Due]:
    """The services of these customers whose next due date is within the lead of their company, with the sums.

    `until` charges every due date up to that day instead. Three questions, whatever the number of customers.
    """
    companies = {row.id: row for row in db.session.scalars(select(Company))}
    found = list(db.session.execute(_services(), {"persons": person_ids}))
    items = _items([row.id for row in found])
    dues: list[Due] = []
    for row in found:
        dues += _dues(row, companies[row.company_id], items.get(row.id, ()), at or clock.now(), until)
    return dues


def bill(person_ids: Sequence[int], until: date | None = None, at: datetime | None = None) -> Billed:
    """Issue what is due for these customers in this transaction: what `plan` says of them."""
    _hold(person_ids)
    found = plan(person_ids, until, at)
    return Billed(len(issue(found.drafts, clock.today())), found.refused)


@cache
def _services() -> Any:
    charged_until = (
        select(func.max(Charge.period_end))
        .outerjoin(Invoice, Invoice.id == Charge.invoice_id)
        .outerjoin(Carne, Carne.id == Invoice.carne_id)
        .where(Charge.service_id == Service.id, Charge.kind == "monthly")
        # A month cancelled by a person stays so; those of a cancelled carnê were never asked for.
        .where(or_(Charge.status != "cancelled", Carne.id.is_(None), Carne.status != "cancelled"))
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
            charged_until.scalar_subquery().label("charged_until"),
        )
        .join(Company, Company.id == Service.company_id)
        .where(
            Company.inactive_since.is_(None),
            Service.person_id.in_(bindparam("persons", expanding=True)),
            Service.status.in_(BILLED),
            Service.uses_carne.is_(False),
        )
        .order_by(Service.person_id, Service.id)
    )


def _items(service_ids: Sequence[int]) -> dict[int, Items]:
    rows = select(ServiceItem.service_id, ServiceItem.kind, ServiceItem.name, ServiceItem.amount_cents)
    rows = rows.where(ServiceItem.service_id.in_(service_ids)).order_by(ServiceItem.service_id, ServiceItem.position)
    found: dict[int, Items] = {}
    for service_id, kind, name, cents in db.session.execute(rows):
        found[service_id] = (*found.get(service_id, ()), (kind, name, cents))
    return found


def _dues(row: Row[Any], company: Company, items: Items, at: datetime, until: date | None) -> Iterator[Due]:
    """Each due date of a service up to a day, in order; the next begins where the one before ended.

    The last one may be a refusal: what cannot be calculated is said of this service alone.
    """
    due_on = clock.local(at).date()
    try:
        for due in _charged(row, company, items, clock.local(at, company.zone).date(), until):
            yield due
            due_on = due.due_on
    except Refused as no:
        yield Due(row, company, due_on, (), no.sentence)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        yield Due(row, company, due_on, (), f"{ODD} ({type(error).__name__}: {error})"[:300])


def _charged(row: Row[Any], company: Company, items: Items, today: date, until: date | None) -> Iterator[Due]:
    bills_from = company.bills_from
    taken_over = bills_from and row.starts_on < bills_from  # its fee was charged by another system
    last_day = until or today + timedelta(days=company.issue_lead_days)
    charged_until, fee = row.charged_until, 0 if row.charged_until or taken_over else row.installation_fee_cents
    in_hand = max(today, clock.today(company.zone)) + IN_HAND
    while True:
        start, due_on = next_period(row.starts_on, charged_until, row.due_day, row.billing_type, bills_from)
        if due_on > last_day:
            return
        terms = (row.billing_type, company.proration_base, row.due_day)
        charges, charged_until = _charges(items, start, due_on, terms, fee, row.installation_fee_text)
        mine = tuple(new._replace(service_id=row.id) for new in charges)
        yield Due(row, company, max(due_on, in_hand), mine)
        fee = 0


@lru_cache(maxsize=4096)
def _charges(
    items: Items, start: date, due_on: date, terms: tuple[Kind, DayBase, int], fee_cents: int, fee_name: str
) -> tuple[tuple[NewCharge, ...], date]:
    """What a service of nobody yet is charged, and the last day it covers: thousands share the same sum."""
    kind, base, due_day = terms
    composition, name = [(name, cents) for _, name, cents in items], fee_name or INSTALLATION_FEE
    invoice = first_invoice(
        composition, start, due_on, kind, base, fee_cents, due_day=due_day, installation_fee_name=name
    )
    return parts_of(0, invoice, [kind for kind, _, _ in items]), invoice.period.to


def _hold(person_ids: Sequence[int]) -> None:
    """One run at a time per customer: the other waits here and then finds the charges (SQLite has one writer)."""
    held = select(Service.id).where(Service.person_id.in_(person_ids)).order_by(Service.id).with_for_update()
    db.session.execute(held).close()  # the lock is all we want of them


def _drafts(dues: Sequence[Due]) -> Iterator[tuple[Draft, list[Due]]]:
    """One invoice per service that wants its own; the others of a customer join by due date and method (C-25).

    Each with the services that it charges.
    """
    paid_to = select(BillingMethod.id, BankAccount)
    paid_to = paid_to.outerjoin(BankAccount, BankAccount.id == BillingMethod.bank_account_id)
    accounts = dict(db.session.execute(paid_to).all())
    together: dict[tuple[Any, ...], list[Due]] = {}
    for due in dues:
        service = due.service
        own = service.id if service.separate_invoice else 0
        key = (service.person_id, due.due_on, service.company_id, service.billing_method_id, own)
        together.setdefault(key, []).append(due)
    for key in sorted(together):
        joined, (person_id, due_on, _, method_id, _) = together[key], key
        draft = Draft(
            company=joined[0].company,
            person_id=person_id,
            method_id=method_id,
            account=accounts[method_id],
            due_on=due_on,
            charges=tuple(new for due in joined for new in due.charges),
        )
        yield draft, joined
