"""An invoice: charges of one person gathered for one due date, with its boleto and Pix, paid once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    and_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import banking, clock
from models.base import Base, Cents, Id, db, lock
from models.billing.charge import FARTHEST, Charge
from models.billing.contesting import CONTESTS, IsContested
from models.billing.credit import give_line_back
from models.billing.followed import tell_carne
from models.billing.instalment_order import Place, refusal_to_place
from models.billing.reopening import AGAIN, Reopens
from models.billing.replaced_slip import ReplacedSlip
from models.billing.settlement import Settles
from models.billing.slip import late_terms_of, payee_name, slip
from models.catalog import AccountEdition, BankAccount, BillingMethod
from models.history import track
from models.operators import company_of, today_of
from models.operators.versioned import Versioned
from models.outbox import enqueue
from models.refused import Refused, require
from models.scope import OfCompany
from models.services import Service
from models.wording import day, tidy

INVOICE_STATUSES = {
    "open": "Em aberto",
    "contested": "Em contestação",  # the whole of it: nothing is to be paid until the answer
    "paid": "Paga",
    "cancelled": "Cancelada",
    "written_off": "Baixada sem receber",
}
REFUSED = text("registration = 'rejected'")  # by the bank, until it is sent again
REGISTRATIONS = {
    "none": "Sem boleto",
    "pending": "A registrar no banco",
    "sent": "Enviado ao banco",
    "registered": "Registrado",
    "rejected": "Recusado pelo banco",
    "asked": "Baixa pedida ao banco",
    "closed": "Baixado no banco",
    "paid": "Liquidado",
}


class Invoice(Settles, Reopens, IsContested, Versioned, OfCompany, Base):
    __tablename__ = "invoice"
    stale = "Esta fatura mudou enquanto a página estava aberta. Confira o que está gravado."

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[int | None]  # NULL: it joins several services (C-25)
    billing_method_id: Mapped[int] = mapped_column(ForeignKey("billing_method.id"))
    bank_account_id: Mapped[int | None] = mapped_column(ForeignKey("bank_account.id"))
    account_edition: Mapped[int | None]  # what the account was when it was issued
    carne_id: Mapped[int | None]
    installment: Mapped[int | None]
    with_carne: Mapped[bool] = mapped_column(default=False)  # it was cancelled with its carnê, by no act of its own
    issued_on: Mapped[date]
    due_on: Mapped[date]
    period_start: Mapped[date | None]  # of use, for the NFCom (Ajuste SINIEF 7/2022)
    period_end: Mapped[date | None]
    total_cents: Mapped[Cents]  # what is asked for: its charges less the credit that joined it and what was contested
    credit_cents: Mapped[Cents] = mapped_column(default=0)  # of the customer, taken off when it was issued
    contested_cents: Mapped[Cents] = mapped_column(default=0)  # taken off by a contest of a part of it
    contested_paid_cents: Mapped[Cents] = mapped_column(default=0)  # of what was paid, that somebody calls wrong
    contest: Mapped[str | None] = mapped_column(String(10))  # how its contest stands; set by the Contest
    # what being late costs, as the company had it when the slip was issued
    fine_bp: Mapped[int]
    interest_bp: Mapped[int]
    late_from: Mapped[str] = mapped_column(String(12))
    paid_cents: Mapped[Cents] = mapped_column(default=0)  # of the total; fine and interest stand on the payment
    paid_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(12), default="open")
    nosso_numero: Mapped[int | None]
    nosso_numero_printed: Mapped[str] = mapped_column(String(30), default="")
    barcode: Mapped[str] = mapped_column(String(44), default="")
    registration: Mapped[str] = mapped_column(String(12), default="none")
    txid: Mapped[str] = mapped_column(String(35), unique=True)
    pix_code: Mapped[str] = mapped_column(String(300), default="")  # static, over the total; shown is that of to_pay.py
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))  # the last PDF of it
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        UniqueConstraint("carne_id", "installment", name="uq_invoice_installment"),
        UniqueConstraint("bank_account_id", "issued_year", "nosso_numero", name="uq_invoice_nosso_numero"),
        ForeignKeyConstraint(
            ["bank_account_id", "account_edition"], ["account_edition.bank_account_id", "account_edition.number"]
        ),
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        ForeignKeyConstraint(["company_id", "carne_id"], ["carne.company_id", "carne.id"]),
        CheckConstraint(f"status in {tuple(INVOICE_STATUSES)!r}", name="status"),
        CheckConstraint(f"registration in {tuple(REGISTRATIONS)!r}", name="registration"),
        CheckConstraint("total_cents >= 0 and paid_cents between 0 and total_cents", name="total_cents"),
        CheckConstraint("credit_cents >= 0 and total_cents + credit_cents > 0", name="credit_cents"),
        CheckConstraint("status <> 'open' or total_cents > 0", name="nothing_to_pay"),
        CheckConstraint("status <> 'paid' or paid_cents = total_cents", name="paid_in_full"),
        CheckConstraint(f"contest in {CONTESTS!r}", name="contest"),
        CheckConstraint(
            "contested_cents >= 0 and contested_paid_cents >= 0"
            " and (contested_cents + contested_paid_cents = 0 or contest is not null)",
            name="contested_cents",
        ),
        CheckConstraint("status <> 'contested' or (contest = 'open' and paid_cents = 0)", name="contested"),
        CheckConstraint("not with_carne or (status = 'cancelled' and carne_id is not null)", name="with_carne"),
        CheckConstraint("(barcode = '') = (nosso_numero is null)", name="barcode"),
        CheckConstraint("(bank_account_id is null) = (account_edition is null)", name="edition"),
        CheckConstraint("fine_bp between 0 and 200", name="fine_bp"),
        CheckConstraint("interest_bp between 0 and 100", name="interest_bp"),
        CheckConstraint("late_from in ('business_day','due_date')", name="late_from"),
        Index("ix_invoice_person_id_due_on", "person_id", "due_on"),
        Index("ix_invoice_status_due_on", "status", "due_on"),
        Index("ix_invoice_carne_id", "carne_id"),
        Index("ix_invoice_rejected", "due_on", sqlite_where=REFUSED, postgresql_where=REFUSED),
    )

    # Sicredi counts its numbers anew each year (its manual), so the year belongs to the number.
    issued_year: Mapped[int]

    @property
    def label(self) -> str:
        return f"fatura {self.number}"

    @property
    def line(self) -> str:
        """The linha digitável; empty without boleto."""
        return banking.line(self.barcode) if self.barcode else ""

    @property
    def boleto_is_good(self) -> bool:
        """It asks for what is owed, and the bank has neither refused nor closed it."""
        return bool(self.barcode) and not self.paid_cents and self.registration not in AGAIN

    def charges(self) -> list[Charge]:
        mine = select(Charge).where(Charge.invoice_id == self.id, Charge.status != "cancelled")
        return list(db.session.scalars(mine.order_by(Charge.period_start, Charge.id)))

    def service_ids(self) -> list[int]:
        mine = select(Charge.service_id).where(Charge.invoice_id == self.id).distinct()
        return sorted(db.session.scalars(mine))

    def hold(self) -> Invoice:
        """Lock its services, then itself, in the order everybody locks."""
        for id in self.service_ids():
            lock(db.session.get_one(Service, id))
        return lock(self)

    def follow_bank(self, meaning: str) -> None:
        """What a retorno says of its boleto: registered, rejected, closed or paid. A late word undoes no newer one."""
        ends = meaning == "paid" or (meaning == "closed" and self.registration != "paid")
        if ends or self.registration in ("pending", "sent"):
            self.registration = meaning

    def refusal_to_close(self) -> str | None:
        if self.status != "open":
            return f"A {self.label} está {INVOICE_STATUSES[self.status].lower()}."
        if self.paid_cents:
            return f"A {self.label} já recebeu uma parte. Receba o resto ou baixe sem receber."
        return None

    def refusal_to_cancel(self) -> str | None:
        """As any act on what is open, but what was contested stays."""
        return self.refusal_of_contest() or self.refusal_to_close()

    def cancel(self, reason: str, version: int | None = None, *, with_carne: bool = False) -> None:
        """Take it back, with its charges: nobody owes them any more. The next run does not issue them again.

        `with_carne`: its carnê is cancelled, and its days are billed by what follows it (decision 017). Raises Refused
        when it is closed or partly paid, or without a reason, Stale when it changed meanwhile.
        """
        self.hold().require_version(version)
        require(self.refusal_to_cancel())
        reason, self.with_carne = _reason(reason), with_carne
        self._close("cancelled", reason, "invoice.cancelled")

    def refusal_to_receive(self) -> str | None:
        return None if self.status == "open" else self.refusal_to_close()

    def refusal_to_write_off(self) -> str | None:
        return self.refusal_to_receive()

    def write_off(self, reason: str, version: int | None = None) -> None:
        """Baixa sem receber: the debt is forgiven. Raises Refused when it is closed, or without a reason, and Stale."""
        self.hold().require_version(version)
        require(self.refusal_to_write_off())
        self._close("written_off", _reason(reason), "invoice.written_off")

    def move_due(
        self, due_on: date | None, version: int | None = None, *, may_discount: bool = False, in_order: bool = False
    ) -> None:
        """A new due date, with a new slip (C-112), for the amount as issued (decision 012). Raises Refused, Stale.

        What owes fine and interest only moves by whoever `may_discount`. An instalment stays between its neighbours;
        `in_order`: its carnê moves several and has seen to that.
        """
        self.hold().require_version(version)
        require(self.refusal_to_close())
        refusal = self.refusal_to_move_due(due_on) or self.refusal_to_forgive(may_discount)
        refusal = refusal or (None if in_order else self.refusal_of_order(due_on))
        if refusal or due_on is None:
            raise Refused(refusal or "", field="due_on")
        before, given_up = self.due_on, self.due_today().late_cents
        self._renew_slip(due_on)
        self.version += 1
        db.session.flush()
        db.session.execute(update(Charge).where(Charge.invoice_id == self.id).values(due_on=due_on))
        moved = {"number": self.number, "before_on": before.isoformat(), "after_on": due_on.isoformat()}
        if given_up:
            self.record("invoice.late_due_moved", **moved, late_cents=given_up)
        else:
            self.record("invoice.due_moved", **moved)
        self.review_services("moved", before)

    def _renew_slip(self, due_on: date, *, for_rest: bool = False) -> None:
        """A new due date, number and code; the old slip is kept, to be taken off at the bank.

        Due already, it gets no boleto, for no bank takes one. `for_rest` of what was contested: being late costs what
        it did, and without a number that is left there is no boleto, for nobody is kept from contesting by that.
        """
        account = db.session.get(BankAccount, self.bank_account_id) if self.bank_account_id else None
        if account:
            self._keep_slip(account)
        self.due_on, on = due_on, today_of(self)
        method = db.session.get_one(BillingMethod, self.billing_method_id)
        boleto = account and account.bank and method.makes_boleto and not account.refusal_to_register()
        boleto = boleto and due_on >= on and not (for_rest and account and account.numbers_left(on) < 1)
        number = account.take_numbers(1, on) if account and boleto else None
        company = company_of(self)
        payee, cents, number_in_carne = payee_name(company), self.total_cents, self.installment or 1
        new = slip(account, payee, number, due_on, cents, on, number_in_carne)
        new |= {} if for_rest else late_terms_of(company)
        for key, value in new.items():
            setattr(self, key, value)

    def _keep_slip(self, account: BankAccount) -> None:
        """Remember how it is payable now: money still comes in by it."""
        known = {"sent": "standing", "registered": "standing", "asked": "asked", "closed": "closed", "paid": "paid"}
        db.session.add(
            ReplacedSlip(
                company_id=self.company_id,
                invoice_id=self.id,
                bank_account_id=account.id,
                account_edition=self.account_edition,
                issued_year=self.issued_year,
                nosso_numero=self.nosso_numero,
                nosso_numero_printed=self.nosso_numero_printed,
                barcode=self.barcode,
                txid=self.txid,
                due_on=self.due_on,
                at_bank=known.get(self.registration, "never"),
                replaced_at=clock.now(),
            )
        )

    def refusal_to_move_due(self, due_on: date | None) -> str | None:
        if refusal := self.refusal_to_close():
            return refusal
        if due_on is None:
            return "Escolha o novo vencimento."
        if due_on < today_of(self):
            return "O vencimento já passou. Escolha hoje ou um dia que vem."
        if due_on == self.due_on:
            return f"A {self.label} já vence nesse dia. Escolha outro."
        if (due_on - today_of(self)).days > FARTHEST:
            return "Confira o ano do vencimento: passa de dois anos."
        return None

    def refusal_of_order(self, due_on: date | None) -> str | None:
        """Why an instalment would fall out of the order of its carnê on a day (C-112)."""
        if due_on is None or self.installment is None:
            return None
        others = [place for place in places_of(self.carne_id) if place.number != self.installment]
        refusal = refusal_to_place(self.installment, due_on, others)
        return f"{refusal} Para mudar várias de uma vez, abra o carnê {self.carne_id} em Editar." if refusal else None

    def _close(self, status: str, reason: str, action: str) -> None:
        self.status, self.version = status, self.version + 1
        db.session.execute(
            update(Charge).where(Charge.invoice_id == self.id, Charge.status == "open").values(status=status)
        )
        if status == "cancelled" and self.credit_cents:
            give_line_back(self.id, self.person_id, self.company_id, reason)
        self.record(action, number=self.number, reason=reason)
        self.review_services("closed", self.due_on)
        tell_carne(self.carne_id)

    def review_services(self, why: str, due_on: date) -> None:
        """Have its services looked at again, in the transaction that ended a debt that was due then (X-07).

        `why` is paid, closed, contested, moved or reopened. What was not late has cut nobody.
        """
        if due_on > banking.last_late_due(today_of(self)):
            return
        for id in self.service_ids():
            key = f"{id}:{why}:{self.id}:{self.version}"
            again = {"reopened": True} if why == "reopened" else {}
            enqueue("review_service", key, {"service_id": id, "paid": why == "paid", "invoice_id": self.id, **again})

    def told_of(self) -> list[tuple[str, int]]:
        """A carnê tells of what comes in and goes out."""
        return [*super().told_of(), *([("carne", self.carne_id)] if self.carne_id else [])]

    def record(self, action: str, **data: Any) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)


def issued_with() -> ColumnElement[bool]:
    """Joins an invoice to what its account was when it was issued."""
    mine = AccountEdition.bank_account_id == Invoice.bank_account_id
    return and_(mine, AccountEdition.number == Invoice.account_edition)


def places_of(carne_id: int | None) -> list[Place]:
    """The instalments of a carnê that were not cancelled, in the order of their numbers."""
    mine = select(Invoice.installment, Invoice.due_on).where(Invoice.carne_id == carne_id)
    rows = mine.where(Invoice.status != "cancelled", Invoice.installment.is_not(None)).order_by(Invoice.installment)
    return [Place._make(row) for row in db.session.execute(rows)]


def period_text(start: date | None, end: date | None) -> str:
    """'20/11/2026 a 09/12/2026'; empty for a charge without period."""
    return f"{day(start)} a {day(end)}" if start and end else ""


def _reason(typed: str) -> str:
    reason = tidy(typed)
    if not reason:
        raise Refused("Escreva o motivo. Exemplo: emitida em duplicidade.", field="reason")
    return reason
