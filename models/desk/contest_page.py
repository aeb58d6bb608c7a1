"""What the pages of a contest show: where the money rests, what each answer would do, how it ended (B-11)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.billing import ANSWERS, CONTEST_STATUSES, Contest, Invoice
from models.desk.signs import Sign
from models.operators import zone_of
from models.tickets import Ticket
from models.wording import brl, counted, day

SHOWN = ("open", "contested", "paid")  # statuses of the invoices that the Central shows
TONES = {"open": ("warn",), "granted": ("ok",)}
SIGNS = {status: Sign(words, *TONES.get(status, ("neu", "ban"))) for status, words in CONTEST_STATUSES.items()}


class ContestView(NamedTuple):
    """A contest beside its invoice; `again` is the invoice that charges what was upheld."""

    contest: Contest
    invoice: Invoice
    again: Invoice | None
    ticket_id: int | None
    protocol: str | None

    @property
    def sign(self) -> Sign:
        return SIGNS[self.contest.status]

    @property
    def waits(self) -> bool:
        return self.contest.status == "open"

    @property
    def answer_words(self) -> str:
        """'responder até 01/01/2027, em 30 dias'; 'respondida em 28/12/2026 por Ana Souza'."""
        row = self.contest
        if row.answered_on:
            return f"respondida em {day(row.answered_on)} por {row.answered_by}"
        left = (row.answer_by - self.today).days
        return f"responder até {day(row.answer_by)}, {_in_days(left)}"

    @property
    def promise(self) -> str:
        """Until when its customer may wait for the answer; a day that is past is promised to nobody."""
        by = day(self.contest.answer_by)
        return (
            f"Respondemos até {by}." if self.contest.answer_by >= self.today else f"A resposta atrasou: era até {by}."
        )

    @property
    def today(self) -> date:
        return clock.today(zone_of(self.contest))

    @property
    def money_words(self) -> list[str]:
        """What of it rests, what was paid, what is still asked for; then what the answer did."""
        row, invoice, found = self.contest, self.invoice, []
        if self.waits and row.resting_cents:
            found.append(f"{brl(row.resting_cents)} sem cobrança até a resposta")
        if self.waits and row.paid_cents:
            found.append(f"{brl(row.paid_cents)} já pagos, que voltam em dobro se a cobrança estiver errada")
        if invoice.open_cents and not row.whole:
            due = "vence" if invoice.due_on >= self.today else "venceu"
            found.append(f"o resto, {brl(invoice.open_cents)}, {due} em {day(invoice.due_on)}")
        elif row.resting_cents and invoice.paid_on and not row.whole:
            found.append(f"o resto foi pago em {day(invoice.paid_on)}")
        if row.refunded_cents:
            found.append(f"{brl(row.refunded_cents)} devolvidos em dobro, como crédito")
        if row.status == "granted" and row.resting_cents:
            found.append(f"{brl(row.resting_cents)} retirados da fatura")
        return found

    @property
    def answer_words_of_customer(self) -> str:
        """What the answer came to, as its customer reads it."""
        row = self.contest
        if row.status == "granted":
            given = f" {brl(row.refunded_cents)} viraram crédito." if row.refunded_cents else ""
            rests = f" {brl(row.resting_cents)} não precisam ser pagos." if row.resting_cents else ""
            return f"A cobrança estava errada.{rests}{given}"
        why = "A cobrança está certa" if row.status == "upheld" else "A contestação foi retirada"
        return f"{why}: {brl(row.resting_cents)} voltaram a ser cobrados." if row.resting_cents else f"{why}."

    @property
    def seen_in_central(self) -> bool:
        """Its customer finds the invoice there: not one that was given up."""
        return self.invoice.status in SHOWN

    @property
    def owed_words(self) -> str:
        """What is to be paid of the invoice, as its customer reads it."""
        if self.invoice.status == "paid":
            return "Paga"
        if not self.invoice.open_cents:
            return "Não precisa pagar até a resposta"
        return f"Falta pagar {brl(self.invoice.due_today().total_cents)}"

    @property
    def again_is_seen(self) -> bool:
        return self.again is not None and self.again.status in SHOWN

    @property
    def again_is_open(self) -> bool:
        return self.again is not None and self.again.status == "open"

    def choices(self) -> dict[str, str]:
        """What each answer would do, in the words the customer will read."""
        return {kind: " ".join(self.contest.outcome(kind).words(self.invoice.number)) for kind in ANSWERS}


def of_ticket(ticket: Ticket) -> ContestView | None:
    """The contest a ticket was opened for; None for every other ticket, without a question."""
    return _found(Contest.id == ticket.contest_id) if ticket.contest_id else None


def of_invoice(invoice: Invoice) -> ContestView | None:
    """The contest of an invoice, the latest; of one that charges what was upheld, that of the first invoice."""
    if invoice.contest is None:
        return None
    return _found((Contest.invoice_id == invoice.id) | (Contest.again_id == invoice.id))


def _found(which: object) -> ContestView | None:
    again = aliased(Invoice)
    rows = (
        select(Contest, Invoice, again, Ticket.id, Ticket.protocol)
        .join(Invoice, Invoice.id == Contest.invoice_id)
        .outerjoin(again, again.id == Contest.again_id)
        .outerjoin(Ticket, Ticket.contest_id == Contest.id)
        .where(which)  # type: ignore[arg-type]
        .order_by(Contest.id.desc())
        .limit(1)
    )
    row = db.session.execute(rows).first()
    return ContestView._make(row) if row else None


def _in_days(left: int) -> str:
    if left > 0:
        return f"em {counted(left, 'dia')}"
    return "hoje" if left == 0 else f"venceu há {counted(-left, 'dia')}"
