"""A contest: somebody calls a charge wrong, it rests for 30 days at most, and the answer settles it (RGC; CDC art. 42).

The arithmetic of an answer is one question, `outcome`: the page that asks, the act and the words to the customer
read it (B-11, decision 029).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, lock
from models.billing.carne import Carne
from models.billing.charge import Charge
from models.billing.contest_undoing import TakesBack
from models.billing.credit import Credit
from models.billing.followed import tell_carne
from models.billing.invoice import Invoice
from models.billing.issue import Draft, NewCharge, issue
from models.billing.slip import account_of
from models.catalog import BillingMethod
from models.history import track
from models.operators import company_of, today_of
from models.pricing.due_dates import IN_HAND
from models.refused import Refused, Stale, require
from models.scope import OfCompany, who
from models.wording import brl, day, tidy_lines

ANSWERS = {"granted": "Procedente", "upheld": "Improcedente", "withdrawn": "Retirada"}
VERDICTS = {
    "granted": "A cobrança contestada na fatura {number} estava errada.",
    "upheld": "A cobrança contestada na fatura {number} está certa.",
    "withdrawn": "A contestação da fatura {number} foi retirada.",
}
CONTEST_STATUSES = {"open": "Sem resposta", **ANSWERS}
ANSWER_DAYS = 30  # RGC
LONGEST = 1000  # letters of the reason
EARLIER = "Esta contestação já foi respondida."


class Outcome(NamedTuple):
    """What an answer does with the money, in cents; `due_on` of what is owed again."""

    kind: str
    forgiven_cents: int = 0  # nobody owes it
    refunded_cents: int = 0  # what was paid, in double, as the customer's credit
    owed_cents: int = 0
    due_on: date | None = None

    def words(self, number: int, again: int | None = None) -> list[str]:
        """Each thing it does, with its arithmetic, as the customer reads it. `again`: the invoice that charges it."""
        found = [VERDICTS[self.kind].format(number=number)]
        if self.forgiven_cents:
            found.append(f"{brl(self.forgiven_cents)} saem da fatura {number}: não precisa pagar.")
        if self.refunded_cents:
            half = brl(self.refunded_cents // 2)
            found.append(f"{half} já pagos voltam em dobro: 2 × {half} = {brl(self.refunded_cents)} de crédito.")
        if self.owed_cents:
            on = f" na fatura {again}" if again else ""
            found.append(f"{brl(self.owed_cents)} voltam a ser cobrados{on}, com vencimento em {day(self.due_on)}.")
        if not found[1:]:
            found.append(f"A fatura {number} fica como foi paga.")
        return found


class Contest(TakesBack, OfCompany, Base):
    """One for each invoice, but for those that were withdrawn. Its verbs hold the invoice first, as all money does."""

    __tablename__ = "contest"

    id: Mapped[Id]
    invoice_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    amount_cents: Mapped[Cents]
    resting_cents: Mapped[Cents]  # of it, what was not paid yet
    paid_cents: Mapped[Cents]  # of it, what the customer had given money for; a discount is none
    whole: Mapped[bool]  # the invoice itself rests; else a part of it left its total
    reason: Mapped[str] = mapped_column(String(LONGEST))
    status: Mapped[str] = mapped_column(String(10), default="open")
    opened_on: Mapped[date]
    answer_by: Mapped[date]
    opened_by: Mapped[str] = mapped_column(String(120))
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    refunded_cents: Mapped[Cents] = mapped_column(default=0)
    again_id: Mapped[int | None]  # the invoice that charges what was upheld
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        ForeignKeyConstraint(["company_id", "again_id"], ["invoice.company_id", "invoice.id"], name="fk_contest_again"),
        CheckConstraint(f"status in {tuple(CONTEST_STATUSES)!r}", name="status"),
        CheckConstraint(
            "amount_cents > 0 and resting_cents >= 0 and paid_cents >= 0"
            " and resting_cents + paid_cents <= amount_cents",
            name="amount_cents",
        ),
        CheckConstraint("not whole or resting_cents > 0", name="whole"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(status = 'open') = (answered_on is null)", name="answered_on"),
        CheckConstraint("refunded_cents = 0 or status = 'granted'", name="refunded_cents"),
        CheckConstraint("again_id is null or status in ('upheld', 'withdrawn')", name="again_id"),
        Index(
            "uq_contest_invoice",
            "invoice_id",
            unique=True,
            sqlite_where=text("status <> 'withdrawn'"),
            postgresql_where=text("status <> 'withdrawn'"),
        ),
        Index("ix_contest_invoice_id", "invoice_id"),
        Index("ix_contest_again_id", "again_id"),
    )

    @property
    def label(self) -> str:
        return f"contestação {self.id}"

    @classmethod
    def open(cls, invoice: Invoice, amount_cents: int | None, reason: str, version: int | None = None) -> Contest:
        """So much of an invoice is called wrong: what of it is unpaid rests. Raises Refused with the fields at fault,
        Stale when the invoice changed meanwhile.
        """
        invoice.hold().require_version(version)
        require(invoice.refusal_to_contest())
        errors, words = {}, tidy_lines(reason)
        if not amount_cents or amount_cents <= 0:
            errors["amount_cents"] = "Escreva o valor contestado, maior que zero."
        elif amount_cents > invoice.contestable_cents:
            whole = brl(invoice.contestable_cents)
            errors["amount_cents"] = f"A fatura é de {whole}. Escreva um valor até esse."
        if not words:
            errors["reason"] = "Escreva por que esta cobrança está errada."
        elif len(words) > LONGEST:
            errors["reason"] = f"Escreva no máximo {LONGEST} letras. Este texto tem {len(words)}."
        if errors or amount_cents is None:
            raise Refused(errors=errors)
        resting, today = min(amount_cents, invoice.open_cents), today_of(invoice)
        paid = min(amount_cents - resting, invoice.money_paid())
        invoice.contest, invoice.contested_paid_cents = "open", paid
        whole_rests = bool(resting) and invoice.rest(resting)
        if not resting:
            invoice.version += 1
        row = cls(
            company_id=invoice.company_id,
            invoice_id=invoice.id,
            person_id=invoice.person_id,
            amount_cents=amount_cents,
            resting_cents=resting,
            paid_cents=paid,
            whole=whole_rests,
            reason=words,
            status="open",
            opened_on=today,
            answer_by=today + timedelta(days=ANSWER_DAYS),
            opened_by=who().actor.name,
            created_at=clock.now(),
        )
        db.session.add(row)
        db.session.flush()
        row.record(
            "contest.opened", number=invoice.number, amount_cents=amount_cents, answer_on=row.answer_by.isoformat()
        )
        return row

    def invoice(self) -> Invoice:
        return db.session.get_one(Invoice, self.invoice_id)

    def outcome(self, kind: str) -> Outcome:
        """What an answer of this kind does with the money."""
        if kind == "granted":
            return Outcome(kind, self.resting_cents, 2 * self.paid_cents)
        invoice = self.invoice()
        due_on = max(invoice.due_on, today_of(invoice) + IN_HAND) if self.resting_cents else None
        return Outcome(kind, owed_cents=self.resting_cents, due_on=due_on)

    def answer(self, kind: str) -> Outcome:
        """Procedente: nobody owes it, and what was paid comes back in double. Improcedente or retirada: it is owed
        again, five days from now or later. Raises Stale when somebody was faster, Refused for another kind.
        """
        invoice = self.invoice().hold()
        lock(self)
        if self.status != "open":
            raise Stale(EARLIER)
        if kind not in ANSWERS:
            raise Refused("Escolha a resposta: procedente ou improcedente.", field="kind")
        done = self.outcome(kind)
        self.status, self.answered_on, self.answered_by = kind, today_of(invoice), who().actor.name
        if kind == "granted":
            self._grant(invoice, done)
        else:
            self._owe_again(invoice, done)
        invoice.contest = kind
        if kind == "withdrawn" and not invoice.contested_cents:  # nothing of it left the invoice
            invoice.contest, invoice.contested_paid_cents = None, 0
        self.record(
            "contest.answered",
            number=invoice.number,
            answer=ANSWERS[kind].lower(),
            amount_cents=self.amount_cents,
        )
        return done

    def _grant(self, invoice: Invoice, done: Outcome) -> None:
        if self.whole:
            invoice.forgive("contestação procedente")
        else:
            invoice.version += 1
        if done.refunded_cents:
            credit = Credit.of(self.person_id, self.company_id)
            credit.move("refunded", done.refunded_cents, invoice_id=invoice.id, reason="contestação procedente")
            credit.record("credit.refunded", number=invoice.number, amount_cents=done.refunded_cents)
        self.refunded_cents = done.refunded_cents

    def _owe_again(self, invoice: Invoice, done: Outcome) -> None:
        """The invoice itself when the whole of it rested; else one of its own, for the rest keeps its own day."""
        if done.due_on is None:
            invoice.version += 1
            return
        if self.whole:
            self._leave_carne(invoice, done.due_on)
            invoice.owe_again(done.due_on, done.kind)
            return
        invoice.version += 1
        method = db.session.get_one(BillingMethod, invoice.billing_method_id)
        account = account_of(method)
        mute = account is not None and (account.refusal_to_register() or account.numbers_left(today_of(invoice)) < 1)
        name = f"Valor contestado da fatura {invoice.number}"
        parts = [
            NewCharge(service_id, "one_off", name, cents, (("fee", name, cents),))
            for service_id, cents in self._shares(invoice).items()
        ]
        draft = Draft(
            company=company_of(invoice),
            person_id=self.person_id,
            method_id=method.id,
            account=account,
            due_on=done.due_on,
            charges=tuple(parts),
            boleto=method.makes_boleto and not mute,  # without a boleto by Pix or at the counter: the answer is due
        )
        [self.again_id] = issue([draft])
        if self.status == "upheld":  # a value is contested once
            db.session.get_one(Invoice, self.again_id).contest = "upheld"
        db.session.flush()

    def _leave_carne(self, invoice: Invoice, due_on: date) -> None:
        """An instalment that would fall due behind the next one is an invoice of its own from now on."""
        if invoice.refusal_of_order(due_on):
            carne = db.session.get_one(Carne, invoice.carne_id)
            invoice.carne_id = invoice.installment = None
            db.session.flush()
            carne.record("carne.parted", number=carne.id, invoice=invoice.number)
            tell_carne(carne.id)

    def _shares(self, invoice: Invoice) -> dict[int, int]:
        """What is owed again, by service, as the invoice charged them; cents that are left go to the first."""
        rows = select(Charge.service_id, func.sum(Charge.amount_cents - Charge.discount_cents))
        rows = rows.where(Charge.invoice_id == invoice.id).group_by(Charge.service_id).order_by(Charge.service_id)
        charged = {service_id: int(cents) for service_id, cents in db.session.execute(rows)}
        whole = sum(charged.values())
        found = {service_id: self.resting_cents * cents // whole for service_id, cents in charged.items()}
        found[next(iter(found))] += self.resting_cents - sum(found.values())
        return {service_id: cents for service_id, cents in found.items() if cents}

    def record(self, action: str, **data: Any) -> None:
        """On its invoice, whose history is asked for who was faster."""
        track(action, self.invoice(), person_id=self.person_id, company_id=self.company_id, **data)
