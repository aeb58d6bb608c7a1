"""The invoices of a subscriber in the Central. At level weak only what D-11 allows; the rest is not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select

from models.banking import AmountDue
from models.base import db
from models.billing import PAID_BY, Charge, Invoice, Payment
from models.billing.contesting import about_contest
from models.collection.to_pay import ToPay, to_pay
from models.desk.signs import Sign, SumLine
from models.services import Service
from models.wording import brl, counted, listed, month_name, short_day, weekday

SOON = 3  # days


@dataclass(frozen=True)
class OpenInvoice:
    """What is to be paid and how, for somebody who has only typed a CPF: no line, no payment."""

    row: Invoice
    id: int
    number: int
    due_on: date
    today: date
    due: AmountDue  # what it costs today
    partly_paid: bool
    line: str  # the linha digitável, empty without boleto
    pix_code: str  # over what it costs today; empty without Pix
    registered: bool  # the bank knows the boleto, so any bank takes it
    resting_cents: int  # left it by a contest that waits for its answer
    services: str  # which it charges, of a subscriber with several; else empty

    @property
    def title(self) -> str:
        return f"Fatura de {month_name(self.due_on)}"

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def sign(self) -> Sign | None:
        """Late, or due soon; None while there is time."""
        due, left = f"{self.due_on:%d/%m}", self.days_left
        if self.due.days_late:
            return Sign(f"Venceu {due}", "bad")
        if left > SOON:
            return None
        if left < 0:
            return Sign(f"Venceu {due}, sem multa até {self.due.payable_until:%d/%m}", "warn")
        return Sign(f"Vence {due}" if left else "Vence hoje", "warn")

    @property
    def terms(self) -> str:
        """How the amount of today comes about, or when it is due."""
        due, left = self.due, self.days_left
        if due.days_late:
            said = f"{brl(due.cents)} + multa {brl(due.fine_cents)} + juros {brl(due.interest_cents)}"
        elif left > 0:
            said = f"Vence {weekday(self.due_on)}, {'amanhã' if left == 1 else f'em {left} dias'}"
        else:
            said = f"Sem multa até {weekday(due.payable_until)}"
        said += ". É o que falta: já recebemos uma parte" if self.partly_paid else ""
        return said + (f". Sem os {brl(self.resting_cents)} em contestação" if self.resting_cents else "")

    def sums(self, lines: list[SumLine]) -> list[SumLine]:
        """Where the amount of today comes from. `lines`: what it is made of, for level proved only."""
        due, found = self.due, list(lines)
        if not lines:
            found.append(SumLine(f"Fatura {self.number}", due.cents))
        elif self.partly_paid:
            found.append(SumLine("Já recebemos", due.cents - sum(line.cents for line in lines)))
        if due.days_late:
            days = f"{counted(due.days_late, 'dia')}"
            found += [SumLine("Multa", due.fine_cents), SumLine(f"Juros, {days}", due.interest_cents)]
        return found


@dataclass(frozen=True)
class Booklet:
    """The instalments of a carnê that nobody has to think of yet, folded under its name."""

    id: int
    paid: int
    of: int
    later: list[OpenInvoice]

    @property
    def name(self) -> str:
        """'Carnê 3: 4 de 12 pagas, próxima 10/12'; of a subscriber with several services with that of its own."""
        of = f" ({self.later[0].services})" if self.later[0].services else ""
        paid = f"{self.paid} de {self.of} {'paga' if self.paid == 1 else 'pagas'}"
        return f"Carnê {self.id}{of}: {paid}, próxima {short_day(self.later[0].due_on)}"


@dataclass(frozen=True)
class Open:
    """What is open, as it is read: what wants to be paid soon, what comes later, and the carnês folded."""

    now: list[OpenInvoice]
    later: list[OpenInvoice]
    booklets: list[Booklet]

    @property
    def heading(self) -> str:
        """How much there is; the later instalments of a carnê are not so many invoices."""
        count = len(self.now) + len(self.later)
        if not count:
            return "Nada em aberto. Quando sair uma fatura, ela aparece aqui."
        said = (
            f"{counted(count, 'fatura')} em aberto, a primeira a pagar em cima."
            if count > 1
            else "Uma fatura em aberto."
        )
        return said + (" As próximas parcelas estão no carnê." if self.booklets else "")


@dataclass(frozen=True)
class ClosedInvoice:
    """A paid invoice, for level proved."""

    id: int
    number: int
    due_on: date
    paid_on: date | None  # the day of the last part
    total_cents: int  # with fine and interest, as it came in
    means: str
    contest: str | None
    may_contest: bool

    @property
    def title(self) -> str:
        return f"Fatura de {month_name(self.due_on)}"


def open_invoices(person_id: int) -> list[OpenInvoice]:
    """The open ones of a subscriber, the first to pay on top; a fixed number of questions."""
    found = to_pay(Invoice.person_id == person_id)
    charged = _charged(person_id) if found else {}
    return [_seen(row, charged.get(row.invoice.id, "")) for row in found]


def _charged(person_id: int) -> dict[int, str]:
    """By open invoice, the services it charges, 'Fibra 500 Mbps, nº 7'; nothing where there is but one to charge."""
    rows = db.session.execute(_charges(), {"person": person_id}).all()
    found: dict[int, list[str]] = {}
    for invoice_id, service_id, plan, in_use in rows:
        if in_use > 1:
            found.setdefault(invoice_id, []).append(f"{plan}, nº\u00a0{service_id}")
    return {id: labels[0] if len(labels) == 1 else f"{len(labels)} serviços" for id, labels in found.items()}


@cache
def _charges() -> Select[*tuple[Any, ...]]:
    mine = (Service.person_id == bindparam("person"), Service.status != "cancelled")
    in_use = select(func.count()).select_from(Service).where(*mine).scalar_subquery()
    rows = select(Charge.invoice_id, Service.id, Service.plan_name, in_use).join(
        Service, Service.id == Charge.service_id
    )
    rows = rows.join(Invoice, Invoice.id == Charge.invoice_id)
    return (
        rows.where(Invoice.person_id == bindparam("person"), Invoice.status == "open").distinct().order_by(Service.id)
    )


def laid_out(invoices: Sequence[OpenInvoice]) -> Open:
    """The open invoices of one subscriber in their parts; one question more when there is a carnê."""
    now = [row for place, row in enumerate(invoices) if not place or row.days_left <= SOON]
    ahead = [row for row in invoices if row not in now]
    of_carnes: dict[int, list[OpenInvoice]] = {}
    for row in ahead:
        if row.row.carne_id:
            of_carnes.setdefault(row.row.carne_id, []).append(row)
    counts = _instalments(list(of_carnes)) if of_carnes else {}
    booklets = [Booklet(id, *counts[id], later) for id, later in of_carnes.items()]
    return Open(now, [row for row in ahead if not row.row.carne_id], booklets)


def _instalments(carne_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By carnê: how many instalments are paid, of how many that stand."""
    paid = func.sum(case((Invoice.status == "paid", 1), else_=0))
    rows = select(Invoice.carne_id, paid, func.count()).where(Invoice.carne_id.in_(carne_ids))
    rows = rows.where(Invoice.status != "cancelled").group_by(Invoice.carne_id)
    return {id: (int(paid), of) for id, paid, of in db.session.execute(rows)}


def open_invoice(person_id: int, id: int) -> OpenInvoice | None:
    """One of the subscriber's own open invoices; None for a closed one and for anybody else's."""
    return next((invoice for invoice in open_invoices(person_id) if invoice.id == id), None)


def contested_invoices(person_id: int) -> list[Invoice]:
    """Those that rest whole until the answer, the first due on top."""
    mine = select(Invoice).where(Invoice.person_id == person_id, Invoice.status == "contested")
    return list(db.session.scalars(mine.order_by(Invoice.due_on, Invoice.id)))


def paid_invoices(person_id: int, limit: int = 36) -> list[ClosedInvoice]:
    """The paid ones of a subscriber, the last paid on top; two questions."""
    mine = select(Invoice).where(Invoice.person_id == person_id, Invoice.status == "paid")
    invoices = db.session.scalars(mine.order_by(Invoice.paid_on.desc(), Invoice.id.desc()).limit(limit)).all()
    parts: dict[int | None, list[Payment]] = {invoice.id: [] for invoice in invoices}
    settled = select(Payment).where(Payment.invoice_id.in_(parts), Payment.principal_cents > 0, Payment.stands())
    for payment in db.session.scalars(settled.order_by(Payment.id)):
        parts[payment.invoice_id].append(payment)
    return [_paid(invoice, parts[invoice.id]) for invoice in invoices]


def lines(person_id: int, id: int) -> list[SumLine]:
    """What an invoice is made of, for level proved."""
    rows = select(Charge, Invoice.credit_cents, Invoice.contested_cents, Invoice.contest).join(
        Invoice, Invoice.id == Charge.invoice_id
    )
    rows = rows.where(Charge.person_id == person_id, Charge.invoice_id == id, Charge.status != "cancelled")
    found = db.session.execute(rows.order_by(Charge.period_start, Charge.id)).all()
    credit = [SumLine("Seu crédito", -row.credit_cents) for row in found[:1] if row.credit_cents]
    off = [SumLine(about_contest(row.contest), -row.contested_cents) for row in found[:1] if row.contested_cents]
    return [*(SumLine(row.Charge.description, row.Charge.net_cents) for row in found), *credit, *off]


def _paid(invoice: Invoice, payments: Sequence[Payment]) -> ClosedInvoice:
    return ClosedInvoice(
        id=invoice.id,
        number=invoice.number,
        due_on=invoice.due_on,
        paid_on=invoice.paid_on,
        total_cents=sum(payment.amount_cents - payment.credit_cents for payment in payments),
        means=listed(list(dict.fromkeys(PAID_BY[payment.means] for payment in payments))),
        contest=invoice.contest,
        may_contest=not invoice.refusal_to_contest(),
    )


def _seen(row: ToPay, services: str) -> OpenInvoice:
    invoice = row.invoice
    return OpenInvoice(
        row=invoice,
        id=invoice.id,
        number=invoice.number,
        due_on=invoice.due_on,
        today=row.today,
        due=row.due,
        partly_paid=invoice.paid_cents > 0,
        line=invoice.line if invoice.boleto_is_good else "",
        pix_code=row.pix_code,
        registered=invoice.registration == "registered",
        resting_cents=invoice.contested_cents if invoice.contest == "open" else 0,
        services=services,
    )
