"""What takes an act on an invoice back: a payment, a write-off, a refused boleto, its credit (kinds of fault, 2).

Where an act has no inverse it says so: a cancelled invoice stays cancelled, and what it charged is charged again by a
new one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import update

from models import banking
from models.base import db
from models.billing.charge import FARTHEST, Charge
from models.billing.credit import Credit, give_line_back
from models.billing.followed import tell_carne
from models.billing.payment import Payment, Receipt
from models.operators import today_of
from models.refused import Refused, require
from models.wording import brl, tidy

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped


AGAIN = ("rejected", "asked", "closed", "paid")  # what the bank knows no more of, or soon will not


class Reopens:
    if TYPE_CHECKING:  # columns and verbs of Invoice
        id: Mapped[int]
        company_id: Mapped[int]
        person_id: Mapped[int]
        carne_id: Mapped[int | None]
        number: Mapped[int]
        due_on: Mapped[date]
        total_cents: Mapped[int]
        paid_cents: Mapped[int]
        credit_cents: Mapped[int]
        contest: Mapped[str | None]
        paid_on: Mapped[date | None]
        status: Mapped[str]
        barcode: Mapped[str]
        registration: Mapped[str]
        version: Mapped[int]

        @property
        def label(self) -> str: ...
        def hold(self) -> Self: ...
        def require_version(self, version: int | None) -> None: ...
        def due_today(self) -> banking.AmountDue: ...
        def refusal_to_close(self) -> str | None: ...
        def refusal_to_receive(self) -> str | None: ...
        def refusal_of_paid_contest(self, what: str) -> str | None: ...
        def refusal_to_forgive(self, may_discount: bool) -> str | None: ...
        def refusal_to_move_due(self, due_on: date | None) -> str | None: ...
        def refusal_of_order(self, due_on: date | None) -> str | None: ...
        def review_services(self, why: str, due_on: date) -> None: ...
        def record(self, action: str, **data: Any) -> None: ...
        def _renew_slip(self, due_on: date) -> None: ...
        def _settle(self, receipt: Receipt) -> Payment: ...

    def refusal_to_take_back(self, payment: Payment) -> str | None:
        """Why a payment of it cannot be taken back as it stands now."""
        contested = self.refusal_of_paid_contest("O que este pagamento quitou")
        if payment.principal_cents and contested:
            return contested
        if payment.principal_cents and self.status == "written_off":
            return f"A {self.label} foi baixada sem receber. Reabra a fatura e depois estorne o recebimento."
        return None

    def take_back(self, payment: Payment) -> None:
        """What a payment settled is owed again. Only an estorno calls it (Reversal.make), with the invoice held."""
        self.paid_cents -= payment.principal_cents
        self.version += 1
        if payment.principal_cents:
            self._open_again(self.status)

    def refusal_to_reopen(self) -> str | None:
        """Only a write-off is taken back, and not that of a contest."""
        if self.status == "written_off" and self.contest == "granted":
            return f"A contestação da {self.label} foi aceita. Para cobrar, desfaça a resposta no atendimento dela."
        if self.status == "written_off":
            return None
        if self.status == "cancelled":
            return (
                f"A {self.label} está cancelada e não se reabre. Os dias de uso dela decidem-se em Dias sem cobrança, "
                "no Financeiro do cliente; o que não é de dias lança-se de novo."
            )
        return f"A {self.label} não foi baixada sem receber."

    def reopen(self, reason: str, version: int | None = None) -> None:
        """Reabrir: the debt that was forgiven is owed again. Raises Stale, Refused without a reason."""
        self.hold().require_version(version)
        require(self.refusal_to_reopen())
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: baixada por engano.", field="reason")
        self.version += 1
        self._open_again(self.status)
        self.record("invoice.reopened", number=self.number, reason=tidy(reason))

    def _open_again(self, was: str) -> None:
        """Its charges, which `was` closed, are owed again; services that went free by it are looked at (dunning)."""
        self.status, self.paid_on = "open", None
        db.session.flush()
        mine = update(Charge).where(Charge.invoice_id == self.id, Charge.status == was)
        db.session.execute(mine.values(status="open"))
        self.review_services("reopened", self.due_on)
        tell_carne(self.carne_id, opened=True)

    def refusal_to_send_again(self) -> str | None:
        if refusal := self.refusal_to_close():
            return refusal
        if not self.barcode:
            return f"A {self.label} não tem boleto."
        if self.registration not in AGAIN:
            return "O banco conhece este boleto, ou vai conhecer pela próxima remessa. Não é preciso mandar de novo."
        return None

    def send_again(self, due_on: date | None, version: int | None = None, *, may_discount: bool = False) -> None:
        """Mandar de novo: a new boleto for one the bank refused or took off, due today or later. Raises Refused,
        Stale. What owes fine and interest only moves by whoever `may_discount`, as in `move_due`.
        """
        self.hold().require_version(version)
        require(self.refusal_to_send_again())
        today = today_of(self)
        if due_on is None:
            raise Refused("Escolha o vencimento do novo boleto.", field="due_on")
        if due_on < today:
            raise Refused("O vencimento já passou. Escolha hoje ou um dia que vem.", field="due_on")
        if (due_on - today).days > FARTHEST:
            raise Refused("Confira o ano do vencimento: passa de dois anos.", field="due_on")
        before = self.due_on
        moves = due_on != before
        if moves:
            refusal = self.refusal_to_move_due(due_on) or self.refusal_to_forgive(may_discount)
            if refusal := refusal or self.refusal_of_order(due_on):
                raise Refused(refusal, field="due_on")
        given_up = self.due_today().late_cents if moves else 0
        self._renew_slip(due_on)
        self.version += 1
        db.session.flush()
        db.session.execute(update(Charge).where(Charge.invoice_id == self.id).values(due_on=due_on))
        self.record("invoice.sent_again", number=self.number, due_on=due_on.isoformat(), late_cents=given_up)
        if moves:
            self.review_services("moved", before)

    def use_credit(self, cents: int | None, version: int | None = None) -> Payment:
        """Usar crédito: pay with what the customer has in this company. Undone by the estorno of the payment.

        `version` is what somebody looked at. Raises Refused with the field at fault, Stale when it changed.
        """
        self.hold().require_version(version)
        require(self.refusal_to_receive())
        credit = Credit.of(self.person_id, self.company_id)
        if refusal := credit.refusal_to_spend(cents):
            raise Refused(refusal, field="amount_cents")
        owed, spent = self.due_today().total_cents, cents or 0
        if spent > owed:
            raise Refused(f"Hoje a fatura custa {brl(owed)}. Escreva um valor até esse.", field="amount_cents")
        today = today_of(self)
        payment = self._settle(Receipt("credit", spent, today, today))
        credit.move("used", -spent, payment_id=payment.id, invoice_id=self.id)
        return payment

    def refusal_to_drop_credit(self) -> str | None:
        """Why the credit it was issued with stays."""
        if not self.credit_cents:
            return f"A {self.label} não foi emitida com crédito."
        if refusal := self.refusal_of_paid_contest("O que o crédito pagou"):
            return refusal
        if self.status == "paid" and not self.total_cents:
            return None
        return self.refusal_to_close()

    def drop_credit(self, reason: str, version: int | None = None) -> None:
        """Tirar o crédito: the customer has it again, and the invoice costs the whole, with a new boleto and Pix.

        Raises Stale, and Refused when something of it was paid, it is closed, or without a reason.
        """
        self.hold().require_version(version)
        require(self.refusal_to_drop_credit())
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: o cliente quer o crédito de volta.", field="reason")
        given, was = self.credit_cents, self.status
        give_line_back(self.id, self.person_id, self.company_id, tidy(reason))
        self.total_cents, self.credit_cents = self.total_cents + given, 0
        self.version += 1
        self._open_again(was)
        self._renew_slip(self.due_on)
        self.record("invoice.credit_dropped", number=self.number, amount_cents=given, reason=tidy(reason))
