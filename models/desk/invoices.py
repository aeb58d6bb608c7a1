"""Lists of invoices: those of one customer and those of everybody, with what each charges, by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import ColumnElement, Date, Select, bindparam, case, false, func, literal, or_, select

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

# What is late today in each company: its number, and the last due date that is late where it is.
Late = tuple[tuple[int, date], ...]

SHOWN = {
    "open": "Em aberto",
    "overdue": "Vencidas",
    "contested": "Em contestação",
    "refused": "Recusadas pelo banco",
    "paid": "Pagas",
    "all": "Todas",
}

UNSETTLED = ("open", "contested")


@dataclass(frozen=True)
class Filter:
    """What is asked of the general list.

    `number` is that of the invoice or a nosso número it has or had, in whatever situation; 0, what no invoice has.
    """

    shown: str = "open"
    due_from: date | None = None
    due_until: date | None = None
    number: int | None = None
    asked_order: str = ""

    @property
    def sort(self) -> str:
        """As asked; else what is owed by due date, the rest newest first."""
        return self.asked_order or ("vencimento" if self.shown in ("open", "overdue") else "-vencimento")

    @property
    def order(self) -> Keyset:
        return ORDERS[self.sort]

    def conditions(self, late: Late) -> list[ColumnElement[bool]]:
        if self.number == 0:
            return [false()]
        if self.number:
            had = select(ReplacedSlip.invoice_id).where(ReplacedSlip.nosso_numero == self.number)
            return [or_(Invoice.number == self.number, Invoice.nosso_numero == self.number, Invoice.id.in_(had))]
        asked = {
            "open": [Invoice.status == "open"],
            "overdue": [Invoice.status == "open", is_late(late)],
            "contested": [Invoice.contest == "open"],
            "refused": [Invoice.status == "open", is_refused()],
            "paid": [Invoice.status == "paid"],
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
    count: int
    total_cents: int
    open_cents: int


@dataclass(frozen=True)
class Listed:
    """A page of invoices; `charged` says by invoice what it is for."""

    rows: list[ListedInvoice]
    charged: dict[int, list[str]]
    more: bool

    def last(self, order: Keyset = OLDEST) -> Key | None:
        """The key of the last row shown, behind which the next page begins."""
        return order.of(self.rows[-1].invoice) if self.more else None


def late_by_company() -> Late:
    return tuple((id, last_late_due(clock.today(zone))) for id, zone in zones())


def is_refused() -> ColumnElement[bool]:
    """Did the bank refuse its boleto, and nobody sent it again? Written out, for which there is an index."""
    return Invoice.registration == literal("rejected", literal_execute=True)


def is_late(late: Late) -> ColumnElement[bool]:
    """Was this invoice due so long ago that it is late where its company is? Most often that is one day for all."""
    days = {until for _, until in late}
    if len(days) == 1:
        return Invoice.due_on <= days.pop()
    each = {id: literal(until, Date()) for id, until in late}
    return Invoice.due_on <= case(each, value=Invoice.company_id)


def find_invoices(wanted: Filter, after: Key | None = None) -> Listed:
    """One page of everybody's invoices, in two questions; the open ones by due date, the others newest first."""
    return _listed(_found(wanted, late_by_company(), after, PAGE), {}, PAGE)


def lines(wanted: Filter) -> list[ListedInvoice]:
    """All that is asked for, as far as one file goes, in its order."""
    return [ListedInvoice._make(row) for row in db.session.execute(_found(wanted, late_by_company(), None, MOST))]


@lru_cache(100)  # the lists people open all day
def _found(wanted: Filter, late: Late, after: Key | None, size: int) -> Select[*tuple[Any, ...]]:
    rows = _rows().where(*wanted.conditions(late))
    return wanted.order.page(rows, after, size)


def sign_of(invoice: Invoice, due: AmountDue) -> Sign:
    """Where an invoice stands that costs so much today."""
    if invoice.status == "open" and due.days_late:
        return Sign(f"Vencida há {counted(due.days_late, 'dia')}", "bad")
    if invoice.status == "open" and invoice.paid_cents:
        return Sign("Paga em parte", "warn")
    return MONEY_SIGNS[invoice.status]


def totals(wanted: Filter) -> Totals:
    """How many invoices the filter finds, what they sum to, and what of it is still owed, without fine and interest."""
    count, total, open_ = db.session.execute(_sums(wanted, late_by_company())).one()
    return {"count": count, "total_cents": int(total), "open_cents": int(open_)}


@lru_cache(100)
def _sums(wanted: Filter, late: Late) -> Select[*tuple[Any, ...]]:
    owed = func.sum(Invoice.total_cents - Invoice.paid_cents).filter(Invoice.status == "open")
    sums = select(func.count(Invoice.id), func.coalesce(func.sum(Invoice.total_cents), 0), func.coalesce(owed, 0))
    return sums.select_from(Invoice).where(*wanted.conditions(late))


def open_invoices(person_id: int) -> Listed:
    """All that a customer has open or in a contest, the oldest first."""
    return _listed(_open(), {"person": person_id}, None)


@cache
def _open() -> Select[*tuple[Any, ...]]:
    mine = _rows().where(Invoice.person_id == bindparam("person"), Invoice.status.in_(UNSETTLED))
    return OLDEST.page(mine, None)


def older_late(invoice: Invoice) -> Sequence[Invoice]:
    """What else the customer of an invoice owes that was due before it and is late; the oldest five."""
    rows = select(Invoice).where(Invoice.person_id == invoice.person_id, Invoice.status == "open")
    rows = rows.where(Invoice.due_on < invoice.due_on, is_late(late_by_company()))
    return db.session.scalars(rows.order_by(Invoice.due_on, Invoice.id).limit(5)).all()


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
