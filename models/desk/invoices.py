"""Lists of invoices: those of one customer and those of everybody, with what each charges, by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, false, func, literal, or_, select

from models import clock
from models.banking import AmountDue, last_late_due
from models.base import db
from models.billing import Charge, Invoice, Payment, ReplacedSlip
from models.desk.exports import MOST
from models.desk.signs import LATE, MONEY_SIGNS, Sign
from models.keyset import By, Key, Keyset
from models.operators import Company
from models.operators.company import zones
from models.people import Person
from models.services import Service
from models.wording import brl, counted, day

PAGE = 50
ENDED_PER_PAGE = 12  # of one customer, below the open ones
OLDEST = Keyset(By(Invoice.due_on), By(Invoice.id))
NEWEST = OLDEST.turned()
SMALLEST = Keyset(By(Invoice.total_cents), By(Invoice.id))
ORDERS = {"vencimento": OLDEST, "-vencimento": NEWEST, "valor": SMALLEST, "-valor": SMALLEST.turned()}
HEADS = {
    "invoice.number": "Fatura",
    "customer": "Cliente",
    "company.name": "Empresa",
    "invoice.period_start": "Período de",
    "invoice.period_end": "até",
    "invoice.due_on": "Vencimento",
    "situation": "Situação",
    "invoice.total_cents": "Valor",
    "invoice.paid_cents": "Pago",
    "invoice.paid_on": "Pago em",
}

# Of each company, by its number: what day it is there; the last due date that is late where it is.
Days = tuple[tuple[int, date], ...]
Late = tuple[tuple[int, date], ...]

SOON = timedelta(days=30)
SHOWN = {
    "now": "Vencidas e próximos 30 dias",
    "overdue": "Vencidas",
    "open": "Em aberto",
    "contested": "Em contestação",
    "refused": "Recusadas pelo banco",
    "paid": "Pagas",
    "due": "Sem as canceladas",
    "all": "Todas",
}

UNSETTLED = ("open", "contested")


@dataclass(frozen=True)
class Filter:
    """What is asked of the general list.

    `number` is that of the invoice or a nosso número it has or had, in whatever situation; 0, what no invoice has.
    """

    shown: str = "now"
    due_from: date | None = None
    due_until: date | None = None
    number: int | None = None
    asked_order: str = ""
    every_slip: bool = False  # those of carnês that fall due later, too

    @property
    def folds(self) -> bool:
        """Are the later slips of carnês left out? A year of them would stand before what anybody asks for."""
        return self.shown == "open" and not (self.every_slip or self.due_from or self.due_until or self.number)

    @property
    def sort(self) -> str:
        """As asked; else what is owed by due date, the rest newest first."""
        return self.asked_order or ("vencimento" if self.shown in ("now", "open", "overdue") else "-vencimento")

    @property
    def order(self) -> Keyset:
        return ORDERS[self.sort]

    def conditions(self, days: Days) -> list[ColumnElement[bool]]:
        """What it shows."""
        found = self.found(days)
        return [*found, ~is_later_slip(days)] if self.folds else found

    def found(self, days: Days) -> list[ColumnElement[bool]]:
        """What it finds, with the later slips of carnês."""
        if self.number == 0:
            return [false()]
        if self.number:
            had = select(ReplacedSlip.invoice_id).where(ReplacedSlip.nosso_numero == self.number)
            return [or_(Invoice.number == self.number, Invoice.nosso_numero == self.number, Invoice.id.in_(had))]
        asked = {
            "now": [Invoice.status == "open", _due_by(_soon(days))],
            "open": [Invoice.status == "open"],
            "overdue": [Invoice.status == "open", is_late(late_on(days))],
            "contested": [Invoice.contest == "open"],
            "refused": [Invoice.status == "open", is_refused()],
            "paid": [Invoice.status == "paid"],
            "due": [Invoice.status != "cancelled"],  # what a report says fell due
        }.get(self.shown, [])
        if self.due_from:
            asked.append(Invoice.due_on >= self.due_from)
        if self.due_until:
            asked.append(Invoice.due_on <= self.due_until)
        return asked


class Standing(NamedTuple):
    """Where an invoice stands, and what else is to be said of it; `over` when nothing is owed any more."""

    sign: Sign
    note: str = ""
    over: bool = False


class ListedInvoice(NamedTuple):
    invoice: Invoice
    company: Company
    customer: str

    @property
    def situation(self) -> str:
        return self.standing().sign.text

    def standing(self) -> Standing:
        """Where it stands today, and what it costs today when it is late, by the clock of its company."""
        invoice, today = self.invoice, clock.today(self.company.zone)
        resting = _resting(invoice)
        if invoice.status != "open":
            ended = f"em {day(invoice.paid_on)}" if invoice.paid_on else ""
            return Standing(MONEY_SIGNS[invoice.status], resting or ended, over=not resting)
        due = invoice.amount_due(today)
        if due.days_late:
            costs = f"hoje {brl(due.total_cents)}"
        else:
            costs = f"faltam {brl(invoice.open_cents)}" if invoice.paid_cents else ""
        note = "; ".join(filter(None, [costs, resting]))
        if invoice.due_on == today and not note:
            return Standing(Sign("Vence hoje"))
        return Standing(sign_of(invoice, due), note)


def _resting(invoice: Invoice) -> str:
    """What of it waits for the answer to a contest, beside the status that may say so already."""
    if invoice.contest != "open":
        return ""
    if invoice.status == "contested":
        return "até a resposta"
    return f"{brl(invoice.contested_cents)} em contestação" if invoice.contested_cents else "em contestação"


class LooseCharge(NamedTuple):
    """A one-off charge without invoice; `payment_id`: what paid it, which an estorno takes back."""

    charge: Charge
    plan_name: str
    payment_id: int | None
    zone: str

    def sign(self) -> Sign:
        today = clock.today(self.zone)
        late = self.charge.status == "open" and self.charge.due_on is not None and self.charge.due_on < today
        return LATE if late else MONEY_SIGNS[self.charge.status]


class Totals(TypedDict):
    """Of what is shown; `folded`: how many later slips of carnês are left out, and what they sum to."""

    count: int
    total_cents: int
    open_cents: int
    folded: int
    folded_cents: int


@dataclass(frozen=True)
class Listed:
    """A page of invoices; `charged` says by invoice what it is for."""

    rows: list[ListedInvoice]
    charged: dict[int, list[str]]
    more: bool

    def last(self, order: Keyset = OLDEST) -> Key | None:
        """The key of the last row shown, behind which the next page begins."""
        return order.of(self.rows[-1].invoice) if self.more else None


def days_by_company() -> Days:
    """What day it is in each company; one question."""
    return tuple((id, clock.today(zone)) for id, zone in zones())


def late_on(days: Days, more_than: int = 0) -> Late:
    """The last due date that is late on these days, by more than so many days of what is counted as late."""
    return tuple((id, last_late_due(today - timedelta(more_than))) for id, today in days)


def late_by_company() -> Late:
    return late_on(days_by_company())


def is_refused() -> ColumnElement[bool]:
    """Did the bank refuse its boleto, and nobody sent it again? Written out, for which there is an index."""
    return Invoice.registration == literal("rejected", literal_execute=True)


def is_late(late: Late) -> ColumnElement[bool]:
    """Was this invoice due so long ago that it is late where its company is?"""
    return _due_by(late)


def is_later_slip(days: Days) -> ColumnElement[bool]:
    """Is it a slip of a carnê that falls due in more than thirty days?"""
    return and_(Invoice.carne_id.is_not(None), ~_due_by(_soon(days)))


def _soon(days: Days) -> Days:
    return tuple((id, today + SOON) for id, today in days)


def _due_by(until: Days) -> ColumnElement[bool]:
    """Is it due by the day given for its company? Most often that is one day for all."""
    days = {day for _, day in until}
    if len(days) == 1:
        return Invoice.due_on <= days.pop()
    each = {id: literal(day, Date()) for id, day in until}
    return Invoice.due_on <= case(each, value=Invoice.company_id)


def find_invoices(wanted: Filter, days: Days, after: Key | None = None) -> Listed:
    """One page of everybody's invoices, in two questions; the open ones by due date, the others newest first."""
    return _listed(_found(wanted, days, after, PAGE, ()), {}, PAGE)


def lines(wanted: Filter, only: Sequence[int] = ()) -> list[ListedInvoice]:
    """All that is asked for, or those with the numbers `only`, as far as one file goes, in their order."""
    rows = _found(wanted, days_by_company(), None, MOST, tuple(only))
    return [ListedInvoice._make(row) for row in db.session.execute(rows)]


@lru_cache(100)  # the lists people open all day
def _found(wanted: Filter, days: Days, after: Key | None, size: int, only: tuple[int, ...]) -> Select[*tuple[Any, ...]]:
    rows = _rows().where(*wanted.conditions(days))
    return wanted.order.page(rows.where(Invoice.id.in_(only)) if only else rows, after, size)


def sign_of(invoice: Invoice, due: AmountDue) -> Sign:
    """Where an invoice stands that costs so much today."""
    if invoice.status == "open" and due.days_late:
        return Sign(f"Vencida há {counted(due.days_late, 'dia')}", "bad")
    if invoice.status == "open" and invoice.paid_cents:
        return Sign("Paga em parte", "warn")
    return MONEY_SIGNS[invoice.status]


def totals(wanted: Filter, days: Days) -> Totals:
    """How many invoices are shown, what they sum to, what of it is owed without fine and interest; what is left out."""
    count, total, open_, folded, left_out = db.session.execute(_sums(wanted, days)).one()
    sums = {"total_cents": int(total), "open_cents": int(open_)}
    return {"count": count, **sums, "folded": folded, "folded_cents": int(left_out)}  # type: ignore[typeddict-item]


@lru_cache(100)
def _sums(wanted: Filter, days: Days) -> Select[*tuple[Any, ...]]:
    later = is_later_slip(days) if wanted.folds else false()
    of_open = and_(~later, Invoice.status == "open")

    def sum_of(cents: Any, which: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(cents).filter(which), 0)

    total, owed = Invoice.total_cents, Invoice.total_cents - Invoice.paid_cents
    counts = func.count(Invoice.id).filter(~later), func.count(Invoice.id).filter(later)
    sums = select(counts[0], sum_of(total, ~later), sum_of(owed, of_open), counts[1], sum_of(owed, later))
    return sums.select_from(Invoice).where(*wanted.found(days))


def open_invoices(person_id: int) -> Listed:
    """All that a customer has open or in a contest, the oldest first."""
    return _listed(_open(), {"person": person_id}, None)


@cache
def _open() -> Select[*tuple[Any, ...]]:
    mine = _rows().where(Invoice.person_id == bindparam("person"), Invoice.status.in_(UNSETTLED))
    return OLDEST.page(mine, None)


def late_besides(person_id: int, but: int | None, before: date | None = None) -> list[tuple[Invoice, int]]:
    """What a customer owes that is late, `but` one invoice, due `before` a day: the oldest five and their cost."""
    days = days_by_company()
    rows = select(Invoice).where(Invoice.person_id == person_id, Invoice.status == "open", is_late(late_on(days)))
    rows = rows.where(Invoice.id != but) if but else rows
    rows = rows.where(Invoice.due_on < before) if before else rows
    found = db.session.scalars(rows.order_by(Invoice.due_on, Invoice.id).limit(5)).all()
    today = dict(days)
    return [(invoice, invoice.amount_due(today[invoice.company_id]).total_cents) for invoice in found]


def closed_invoices(person_id: int, after: Key | None = None) -> Listed:
    """What a customer has paid, or need not pay any more, newest first."""
    return _listed(_closed(after, ENDED_PER_PAGE), {"person": person_id}, ENDED_PER_PAGE)


@lru_cache(100)
def _closed(after: Key | None, size: int) -> Select[*tuple[Any, ...]]:
    mine = _rows().where(Invoice.person_id == bindparam("person"), Invoice.status.not_in(UNSETTLED))
    return NEWEST.page(mine, after, size)


def loose_charges(person_id: int) -> list[LooseCharge]:
    """The one-off charges of a customer that stand on no invoice (C-50), those still open first."""
    return [LooseCharge._make(row) for row in db.session.execute(_loose(), {"person": person_id})]


@cache
def _loose() -> Select[*tuple[Any, ...]]:
    rows = select(Charge, Service.plan_name, Payment.id, Company.zone)
    rows = rows.join(Service, Service.id == Charge.service_id).join(Company, Company.id == Charge.company_id)
    rows = rows.outerjoin(Payment, (Payment.charge_id == Charge.id) & Payment.stands())
    rows = rows.where(Charge.person_id == bindparam("person"), Charge.invoice_id.is_(None))
    return rows.order_by(Charge.status != "open", Charge.due_on.desc(), Charge.id.desc()).limit(PAGE)


@cache
def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(Invoice, Company, Person.name.label("customer"))
        .join(Company, Company.id == Invoice.company_id)
        .join(Person, Person.id == Invoice.person_id)
    )


def _listed(rows: Select[*tuple[Any, ...]], asked: dict[str, int], size: int | None) -> Listed:
    found = [ListedInvoice._make(row) for row in db.session.execute(rows, asked)]
    shown = found[:size]
    return Listed(shown, _charged([row.invoice.id for row in shown]), more=len(found) > len(shown))


def _charged(invoice_ids: Sequence[int]) -> dict[int, list[str]]:
    """What each invoice is for: the plans it charges a month of, and its one-off charges by their words."""
    found: dict[int, list[str]] = {}
    for row in db.session.execute(_charges(), {"invoices": list(invoice_ids)}):
        words = row.plan_name if row.kind == "monthly" else row.description
        named = found.setdefault(row.invoice_id, [])
        if words not in named:
            named.append(words)
    return found


@cache
def _charges() -> Select[*tuple[Any, ...]]:
    rows = select(Charge.invoice_id, Charge.kind, Charge.description, Service.plan_name)
    rows = rows.join(Service, Service.id == Charge.service_id)
    return rows.where(Charge.invoice_id.in_(bindparam("invoices", expanding=True))).order_by(
        Charge.period_start, Charge.id
    )
