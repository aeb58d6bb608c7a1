"""The monthly run: whatever is due within the lead of its company and was not charged yet (C-15, C-21, C-25).

It derives its work from what stands: the days charged of each service (017). So it may run every day, twice at once
or after being killed; the unique key of a charge (service, period) is the backstop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select

from models import clock
from models.base import db
from models.billing.charged_days import Days, days_of
from models.billing.credit import balances
from models.billing.issue import Draft, NewCharge, charges_of, issue, parts_of, refusals_to_issue
from models.catalog import BankAccount, BillingMethod
from models.operators import Company
from models.pricing import (
    INSTALLATION_FEE,
    DayBase,
    Item,
    Kind,
    Period,
    cycle_of,
    first_invoice,
    next_period,
    payable_on,
    use_between,
)
from models.refused import Refused
from models.services import Service
from models.services.composition import compositions

BILLED = ("active", "reduced", "suspended_for_debt")  # a cancelled or waiting service is not charged
EVERYBODY = 2**62
BATCH = 300  # persons per transaction: the write lock stays under 250 ms
DAY = timedelta(days=1)
ODD = "A cobrança deste serviço não pôde ser calculada. Confira datas, plano e valores dele"
Items = tuple[Item, ...]


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


def persons_to_bill(after: int = 0, limit: int | None = None, *, by_carne: bool = False) -> list[int]:
    """Customers with a service that is charged monthly, by number; `by_carne`: or by carnê, to look at."""
    wanted = {"after": after, "limit": limit if limit is not None else EVERYBODY}
    return list(db.session.scalars(_persons(by_carne), wanted))


@cache
def _persons(by_carne: bool) -> Any:
    rows = select(Service.person_id).where(Service.status.in_(BILLED), Service.person_id > bindparam("after"))
    if not by_carne:
        rows = rows.where(Service.uses_carne.is_(False))
    return rows.group_by(Service.person_id).order_by(Service.person_id).limit(bindparam("limit"))


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


def plan(
    person_ids: Sequence[int], until: date | None = None, at: datetime | None = None, *, held: bool = False
) -> Plan:
    """What the run does with these customers, for the run and for its rehearsal; nothing is written.

    `at` is the moment it is decided at (now), `held` keeps the credit of the customers until the commit. A service
    whose sum or slip cannot be made is left out, alone.
    """
    dues = due_services(person_ids, until, at)
    pairs = list(_drafts([due for due in dues if not due.refusal]))
    refusals = refusals_to_issue([draft for draft, _ in pairs])
    refused = {id(due): no for (_, joined), no in zip(pairs, refusals, strict=True) for due in joined}
    issued = [draft for (draft, _), no in zip(pairs, refusals, strict=True) if not no]
    return Plan(
        [due._replace(refusal=refused.get(id(due)) or due.refusal) for due in dues],
        list(_with_credit(issued, balances(person_ids, held=held))),
    )


def due_services(person_ids: Sequence[int], until: date | None = None, at: datetime | None = None) -> list[Due]:
    """The services of these customers whose next due date is within the lead of their company, with the sums.

    `until` charges every due date up to that day instead. Five questions, whatever the number of customers.
    """
    companies = {row.id: row for row in db.session.scalars(select(Company))}
    found = list(db.session.execute(_services(), {"persons": person_ids}))
    ids = [row.id for row in found]
    items, days = compositions(ids), days_of(ids)
    dues: list[Due] = []
    for row in found:
        known = (companies[row.company_id], items.get(row.id, ()), days[row.id], at or clock.now())
        dues += _dues(row, *known, until)
    return dues


def bill(person_ids: Sequence[int], until: date | None = None, at: datetime | None = None) -> Billed:
    """Issue what is due for these customers in this transaction: what `plan` says of them."""
    _hold(person_ids)
    found = plan(person_ids, until, at, held=True)
    return Billed(len(issue(found.drafts)), found.refused)


def _with_credit(drafts: Sequence[Draft], credits: Mapping[tuple[int, int], int]) -> Iterator[Draft]:
    """Each invoice with the credit that joins it (B-02). What falls due first takes it first.

    `credits` is what customers have, by (customer, company).
    """
    left = dict(credits)
    for draft in drafts:
        whose = (draft.person_id, draft.company.id)
        joins = min(left.get(whose, 0), draft.charged_cents)
        left[whose] = left.get(whose, 0) - joins
        yield draft._replace(credit_cents=joins)


@cache
def _services() -> Any:
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
            Service.created_at,
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


def _dues(row: Row[Any], company: Company, items: Items, days: Days, at: datetime, until: date | None) -> Iterator[Due]:
    """Each due date of a service up to a day, in order; the next begins where the one before ended.

    The last one may be a refusal: what cannot be calculated is said of this service alone.
    """
    due_on = today = clock.local(at, company.zone).date()
    try:
        for due in _charged(row, company, items, days, today, until):
            yield due
            due_on = due.due_on
    except Refused as no:
        yield Due(row, company, due_on, (), no.sentence)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        yield Due(row, company, due_on, (), f"{ODD} ({type(error).__name__}: {error})"[:300])


def _charged(
    row: Row[Any], company: Company, items: Items, days: Days, today: date, until: date | None
) -> Iterator[Due]:
    bills_from = company.bills_from
    taken_over = bills_from and row.starts_on < bills_from  # its fee was charged by another system
    last_day = until or today + timedelta(days=company.issue_lead_days)
    fee = 0 if days.fee_is_settled or taken_over else row.installation_fee_cents
    terms = (row.billing_type, company.proration_base, row.due_day)
    issued_on = max(today, clock.today(company.zone))
    known = list(days.charged)
    for before, hole_ends in _stretches(row, company, days, today):
        charged_until = before
        while hole_ends is None or charged_until < hole_ends:
            start, due_on = next_period(row.starts_on, charged_until, row.due_day, row.billing_type, bills_from)
            if due_on > last_day:
                break
            pieces = _pieces(known, start, hole_ends, row.due_day)
            named = (row.installation_fee_text, hole_ends, pieces)
            is_first = days.first is None and charged_until is None
            charges, charged_until = _charges(items, start, due_on, terms, fee, *named)
            if not charges:  # less than a centavo
                continue
            known += [Period(*new.period) for new in charges if new.period]
            mine = tuple(new._replace(service_id=row.id) for new in charges)
            promised_on = clock.local(row.created_at, company.zone).date() if is_first else issued_on
            yield Due(row, company, payable_on(due_on, promised_on, issued_on, row.starts_on), mine)
            fee = 0


def _stretches(row: Row[Any], company: Company, days: Days, today: date) -> Iterator[tuple[Any, date | None]]:
    """The day before each stretch to bill, and its last day: holes first, then without end behind all that is covered.

    None before it: nothing was charged yet.
    """
    never = next_period(row.starts_on, None, row.due_day, row.billing_type, company.bills_from)[0]
    for hole in days.holes(days.begins(row.starts_on, never), today):
        yield hole.from_ - DAY, hole.to
    yield days.until, None


def _pieces(known: Sequence[Period], start: date, hole_ends: date | None, due_day: int) -> tuple[Period, ...]:
    """What was charged of the cycles that a stretch begins and ends in; none where it begins with its cycle."""
    first, last = cycle_of(start, due_day), cycle_of(hole_ends or start, due_day)
    if first.from_ == start and hole_ends is None:
        return ()
    return tuple(piece for piece in known if first.from_ <= piece.from_ and piece.to <= last.to)


@lru_cache(maxsize=4096)
def _charges(
    items: Items,
    start: date,
    due_on: date,
    terms: tuple[Kind, DayBase, int],
    fee_cents: int,
    fee_name: str,
    last_day: date | None,
    charged: tuple[Period, ...],
) -> tuple[tuple[NewCharge, ...], date]:
    """What a service of nobody yet is charged, and the last day it covers: thousands share the same sum.

    `last_day` is where a hole ends; None: there is none. `charged` are days charged before.
    """
    kind, base, due_day = terms
    more: Any = {"due_day": due_day, "installation_fee_name": fee_name or INSTALLATION_FEE, "charged": charged}
    invoice = first_invoice(items, start, due_on, kind, base, fee_cents, **more)
    if last_day is None or invoice.period.to <= last_day:
        return parts_of(0, invoice), invoice.period.to
    return charges_of(0, use_between(items, Period(start, last_day), due_day, base, charged)), last_day


def _hold(person_ids: Sequence[int]) -> None:
    """One run at a time per customer: the other waits here and then finds the charges (SQLite has one writer)."""
    held = select(Service.id).where(Service.person_id.in_(person_ids)).order_by(Service.id).with_for_update()
    db.session.execute(held).close()  # the lock is all we want of them


def _drafts(dues: Sequence[Due]) -> Iterator[tuple[Draft, list[Due]]]:
    """One invoice per service that wants its own; the others of a customer join by due date and method (C-25).

    Each with the services that it charges.
    """
    paid_to = select(BillingMethod, BankAccount)
    paid_to = paid_to.outerjoin(BankAccount, BankAccount.id == BillingMethod.bank_account_id)
    methods = {row.BillingMethod.id: row for row in db.session.execute(paid_to)}
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
            account=methods[method_id].BankAccount,
            due_on=due_on,
            boleto=methods[method_id].BillingMethod.makes_boleto,
            charges=tuple(new for due in joined for new in due.charges),
        )
        yield draft, joined
