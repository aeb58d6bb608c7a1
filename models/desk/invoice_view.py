"""The page of an invoice in words: how its value came about, its way so far, how it can be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models import clock
from models.banking import AmountDue
from models.billing import (
    FLAGS,
    INVOICE_STATUSES,
    REGISTRATIONS,
    STANDINGS,
    Charge,
    ChargeItem,
    Invoice,
    Payment,
    ReplacedSlip,
)
from models.billing.changes import Change, Changes
from models.billing.contesting import about_contest
from models.billing.slip import payee
from models.catalog import AccountEdition, BankAccount
from models.collection import Reversal
from models.collection.reversal import refusal_to_reverse
from models.desk.contact_texts import invoice_text
from models.desk.contest_page import ContestView
from models.desk.invoices import sign_of
from models.desk.signs import Sign, Stop, SumLine
from models.dunning import DebtNotice
from models.history import Event
from models.operators import Company
from models.people import Person
from models.wording import brl, brl_fine, counted, day, moment, month_name, percent

TYPES = {"prepaid": "antecipado", "postpaid": "postecipado"}
REGISTRATION_TONES = {"registered": "ok", "paid": "ok", "rejected": "bad", "sent": "brand", "asked": "brand"}


class Facts(NamedTuple):
    """Company, account, its edition, method and customer of an invoice, the first notice of its debt, its Pix at the
    bank, and what the customer has to their credit in that company.
    """

    company: Company
    account: BankAccount | None
    edition: AccountEdition | None
    method: str
    customer: str
    notice: DebtNotice | None
    code_at_bank: str | None
    balance_cents: int | None
    person: Person
    mobile: str | None


class Line(NamedTuple):
    """A charge with its service and what it is composed of."""

    charge: Charge
    plan_name: str
    billing_type: str
    items: list[ChargeItem]

    @property
    def label(self) -> str:
        if self.charge.kind != "monthly":
            return self.charge.description
        return f"{self.plan_name}, {self.charge.description}" if self.charge.prorata else self.plan_name

    def sums(self) -> list[SumLine]:
        """The charge with its formula, and what was taken off it."""
        charge, prorata = self.charge, self.charge.prorata
        own = SumLine(
            self.label,
            charge.amount_cents,
            formula=f"{self._use()}: {charge.formula}" if prorata else self._use(),
            aside=f"{brl_fine(prorata.daily_hundredths)} por dia" if prorata else "",
            below=" + ".join(f"{item.name}: {brl(item.amount_cents)}" for item in self.items) if self.items[1:] else "",
        )
        off = SumLine("Desconto", -charge.discount_cents, formula=f"em {self.label}")
        return [own, off] if charge.discount_cents else [own]

    def _use(self) -> str:
        start, end = self.charge.period_start, self.charge.period_end
        if start is None or end is None:
            return self.plan_name
        days = self.charge.days or (end - start).days + 1
        return f"{day(start)} a {day(end)}, {TYPES[self.billing_type]}, {counted(days, 'dia')}"


class Paid(NamedTuple):
    """What came in once, in words. `taken_back` says the estorno, `refusal` why there can be none."""

    id: int
    paid_on: date
    means: str
    made_of: str
    flag: str
    received_by: str
    amount_cents: int
    taken_back: str
    refusal: str | None


class PaidRow(NamedTuple):
    """A payment with its estorno."""

    payment: Payment
    reversal: Reversal | None


@dataclass(frozen=True)
class InvoicePage:
    """An invoice today: the arithmetic of its value, its way so far, and how it can be paid."""

    invoice: Invoice
    facts: Facts
    lines: list[Line]
    payments: list[PaidRow]
    closing: Event | None
    changes: Changes | None
    replaced: list[ReplacedSlip]
    pix_code: str
    today: date
    due: AmountDue
    contest: ContestView | None
    tomorrow: AmountDue

    @property
    def title(self) -> str:
        return f"Fatura {self.invoice.number} de {month_name(self.invoice.due_on)}/{self.invoice.due_on.year}"

    @property
    def text(self) -> str:
        """What WhatsApp carries to the customer while it can be paid."""
        invoice = self.invoice
        line = invoice.line if invoice.boleto_is_good else ""
        whom, company, owed = self.facts.person.called, payee(self.facts.company).name, self.due.total_cents
        ways = {"pix_code": self.pix_code, "line": line}
        return invoice_text(whom, company, invoice.number, invoice.due_on, owed, today=self.today, **ways)

    @property
    def open(self) -> bool:
        return self.invoice.status == "open"

    @property
    def late(self) -> bool:
        return self.open and self.due.days_late > 0

    @property
    def sign(self) -> Sign:
        return sign_of(self.invoice, self.due)

    @property
    def when(self) -> str:
        past = self.invoice.due_on < self.today
        return f"{'venceu' if past else 'vence'} em {day(self.invoice.due_on)}"

    def sums(self) -> list[SumLine]:
        """Where the value comes from: its charges, then what a late or a partly paid one adds or has been paid."""
        invoice, found = self.invoice, [line for each in self.lines for line in each.sums()]
        if invoice.credit_cents:
            found.append(SumLine("Crédito do cliente", -invoice.credit_cents, "do que foi pago a mais"))
        if invoice.contested_cents:
            found.append(SumLine(about_contest(invoice.contest), -invoice.contested_cents))
        if invoice.status == "paid" and any(self._extra()):
            fine, interest, discount = self._extra()
            found.append(SumLine("Valor no vencimento", invoice.total_cents, subtotal=True))
            extra = (SumLine("Multa", fine), SumLine("Juros", interest), SumLine("Desconto", -discount))
            return [*found, *(line for line in extra if line.cents)]
        if not (self.late or (self.open and invoice.paid_cents)):
            return found
        found.append(SumLine("Valor no vencimento", invoice.total_cents, subtotal=True))
        if invoice.paid_cents:
            found.append(SumLine("Já pago", -invoice.paid_cents))
        return [*found, *self._late_sums()] if self.late else found

    def _extra(self) -> tuple[int, int, int]:
        """Fine, interest and discount in what came in and stayed."""
        stand = [row.payment for row in self.payments if row.reversal is None]
        return (
            sum(payment.fine_cents for payment in stand),
            sum(payment.interest_cents for payment in stand),
            sum(payment.discount_cents for payment in stand),
        )

    def _late_sums(self) -> list[SumLine]:
        owed, late = brl(self.invoice.open_cents), self.due.days_late
        fine, interest = percent(self.invoice.fine_bp), percent(self.invoice.interest_bp)
        days = f"{counted(late, 'dia')}"
        return [
            SumLine("Multa", self.due.fine_cents, f"{fine} uma vez: {owed} × {fine}"),
            SumLine("Juros", self.due.interest_cents, f"{interest} ao mês, {days}: {owed} × {interest} ÷ 30 × {late}"),
        ]

    def total(self) -> SumLine:
        invoice, until = self.invoice, day(self.due.payable_until)
        if self.late:
            note = f"amanhã {brl(self.tomorrow.total_cents)}"
            return SumLine(f"Para pagar hoje, {day(self.today)}", self.due.total_cents, note=note)
        if self.open:
            moved = self.due.payable_until != invoice.due_on
            note = f"o vencimento não é dia útil: até {until} não há multa nem juros" if moved else ""
            return SumLine(f"Para pagar até {until}", invoice.open_cents, note=note)
        when = f" em {day(invoice.paid_on)}" if invoice.paid_on else ""
        fine, interest, discount = self._extra() if invoice.status == "paid" else (0, 0, 0)
        return SumLine(INVOICE_STATUSES[invoice.status] + when, invoice.total_cents + fine + interest - discount)

    def differences(self) -> list[SumLine]:
        """What changed since the invoice before."""
        lines = self.changes.lines if self.changes else ()
        return [SumLine(line.label, line.cents, _difference(line)) for line in lines]

    def paid(self) -> list[Paid]:
        return [
            Paid(
                row.id,
                row.paid_on,
                row.means_words,
                _made_of(row),
                FLAGS[row.flag],
                row.received_by,
                row.amount_cents,
                _taken_back(reversal),
                refusal_to_reverse(row, self.invoice, self.facts.balance_cents or 0),
            )
            for row, reversal in self.payments
        ]

    @property
    def spendable_cents(self) -> int:
        """So much of the customer's credit could pay this invoice today."""
        return min(self.facts.balance_cents or 0, self.due.total_cents) if self.open else 0

    @property
    def closed_on(self) -> date | None:
        """The day of its closing where its company is."""
        return clock.local(self.closing.occurred_at, self.facts.company.zone).date() if self.closing else None

    def path(self) -> list[Stop]:
        """Issued, due, told, and how it ends; closed before its day, it never fell due."""
        invoice, past = self.invoice, self.invoice.due_on < self.today
        stops = [Stop("Emitida", day(invoice.issued_on), "done")]
        if self.closed_on is None or invoice.due_on <= self.closed_on:
            state = "warn" if self.late else "done" if past or not self.open else "next"
            stops.append(Stop("Venceu" if past else "Vence", day(invoice.due_on), state))
        if self.facts.notice:
            stops.append(Stop("Avisada", day(self.facts.notice.noticed_on), "warn" if self.open else "done"))
        return [*stops, self._end()]

    def _end(self) -> Stop:
        invoice = self.invoice
        if not self.open:
            on = self.closed_on or invoice.paid_on
            return Stop(INVOICE_STATUSES[invoice.status], day(on), "done" if invoice.status == "paid" else "past")
        if self.facts.notice:
            state = "next" if self.facts.notice.suspends_on > self.today else "warn"
            return Stop("Suspensão", day(self.facts.notice.suspends_on), state)
        return Stop("Paga", "ainda não", "next")

    @property
    def pix_note(self) -> str:
        """Which value the Pix code asks for."""
        which = ", o valor de hoje" if self.late else ", o que falta" if self.invoice.paid_cents else ""
        return f"Pix de {brl(self.due.total_cents)}{which}."

    @property
    def registration(self) -> Sign | None:
        """What the bank knows of its boleto; None without one, and for one that was closed before the bank knew it."""
        known = self.invoice.registration
        if not self.invoice.barcode or not (self.open or known != "pending"):
            return None
        return Sign(REGISTRATIONS[known], REGISTRATION_TONES.get(known, "neu"))

    @property
    def slip_note(self) -> str:
        """Why nobody should pay by the boleto, or what to do without one; empty while it is good."""
        invoice = self.invoice
        if not invoice.barcode and not invoice.total_cents:
            return "Não há o que pagar: o crédito do cliente cobriu a fatura inteira."
        if not invoice.barcode:
            way = " ou por Pix" if invoice.pix_code else ""
            if self.open and any(old.barcode for old in self.replaced):
                return f"Está sem boleto agora: é paga no balcão{way}. Outro vencimento faz um boleto."
            return f"Esta forma de cobrança não emite boleto: a fatura é paga no balcão{way}."
        if self.open and invoice.paid_cents:
            way = " ou por Pix" if self.pix_code else ""
            return f"O boleto é do valor inteiro. O resto se recebe no balcão{way}."
        if self.open and not invoice.boleto_is_good:
            return "Não se paga mais por este boleto. Confira o cadastro do cliente e mande de novo: sai outro."
        if not self.open and invoice.registration in ("sent", "registered"):
            return "Este boleto ainda pode ser pago: a baixa vai ao banco na próxima remessa."
        if not self.open and invoice.registration == "asked":
            return "A baixa foi pedida. Até o banco responder num retorno, este boleto ainda pode ser pago."
        return ""

    @property
    def no_way_back(self) -> str:
        """Why an ended invoice stays so, and what to do instead; empty where there is a way."""
        return (self.invoice.refusal_to_reopen() or "") if self.closing else ""

    def former(self) -> list[str]:
        """How it could be paid before its due date moved."""
        return [
            f"Boleto anterior {slip.nosso_numero_printed}, vencia em {day(slip.due_on)}: {STANDINGS[slip.at_bank]}"
            if slip.barcode
            else f"Código Pix anterior, vencia em {day(slip.due_on)}: se for pago, baixa esta fatura"
            for slip in self.replaced
        ]


def _difference(line: Change) -> str:
    if not line.before_cents:
        return "novo"
    if not line.after_cents:
        return f"não se repete: eram {brl(line.before_cents)}"
    return f"{brl(line.before_cents)} → {brl(line.after_cents)}"


def _taken_back(reversal: Reversal | None) -> str:
    """'estornado em 30/11/2026 por Ana Souza: recebido na fatura errada'; empty while the payment stands."""
    if reversal is None:
        return ""
    return f"estornado em {moment(reversal.created_at)} por {reversal.reversed_by}: {reversal.reason}"


def _made_of(payment: Payment) -> str:
    """'fatura R$ 99,90 + multa R$ 2,00 − desconto R$ 1,00'."""
    parts = (
        ("fatura ", payment.principal_cents),
        ("+ multa ", payment.fine_cents),
        ("+ juros ", payment.interest_cents),
        ("− desconto ", payment.discount_cents),
        ("+ crédito " if payment.principal_cents else "crédito ", payment.credit_cents),
    )
    return " ".join(words + brl(cents) for words, cents in parts if cents)
