"""What a contest does to its invoice: what is contested rests, and nobody asks for it (RGC; B-11, decision 029).

An invoice knows that it is contested and how that ended, not by whom: `contest` is set by the row of that name above.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from sqlalchemy import func, select, update

from models.base import db
from models.billing.charge import Charge
from models.billing.followed import tell_carne
from models.billing.payment import Payment
from models.operators import today_of
from models.pricing.due_dates import anchored

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

CONTESTS = ("open", "granted", "upheld", "withdrawn")
YEARS = 3  # RGC: so long after it fell due a charge may be contested
LATER_STATUS = {"cancelled": "cancelada", "written_off": "baixada sem receber"}


class IsContested:
    if TYPE_CHECKING:  # columns and verbs of Invoice
        id: Mapped[int]
        number: Mapped[int]
        carne_id: Mapped[int | None]
        due_on: Mapped[date]
        total_cents: Mapped[int]
        paid_cents: Mapped[int]
        credit_cents: Mapped[int]
        contested_cents: Mapped[int]
        contested_paid_cents: Mapped[int]
        contest: Mapped[str | None]
        paid_on: Mapped[date | None]
        status: Mapped[str]
        version: Mapped[int]

        @property
        def label(self) -> str: ...
        def hold(self) -> Self: ...
        def review_services(self, why: str, due_on: date) -> None: ...
        def _renew_slip(self, due_on: date, *, for_rest: bool = False) -> None: ...
        def _close(self, status: str, reason: str, action: str) -> None: ...

    @property
    def contestable_cents(self) -> int:
        """What of it may be called wrong: all it charged, also what credit paid when it was issued."""
        return self.total_cents + self.credit_cents

    def refusal_to_contest(self) -> str | None:
        """Why nothing of it can be contested now: closed without money, contested before, too old (B-11)."""
        if self.contest == "open":
            return f"A {self.label} já está em contestação. A resposta vem pelo atendimento dela."
        if self.contest:
            return (
                f"A {self.label} já foi contestada, e um valor se contesta uma vez. "
                "Quem não concorda com a resposta escreve no atendimento dela."
            )
        if self.status in LATER_STATUS:
            return f"A {self.label} está {LATER_STATUS[self.status]}: não há o que contestar."
        today = today_of(self)
        if self.due_on < anchored(today, -12 * YEARS, today.day):
            return f"O prazo para contestar é de {YEARS} anos depois do vencimento, e o desta fatura já passou."
        return None

    def refusal_of_contest(self) -> str | None:
        """Why it cannot be cancelled: somebody waits for the answer, or a part has left it, and its days would be
        charged again in full.
        """
        if self.contest == "open":
            return f"A {self.label} está em contestação. Responda à contestação no atendimento dela antes."
        if self.contested_cents:
            return (
                f"Uma parte da {self.label} saiu dela por uma contestação, e cancelar cobraria os dias dela de novo, "
                "inteiros. Receba o resto, ou baixe sem receber."
            )
        return None

    def refusal_of_paid_contest(self, what: str) -> str | None:
        """Why what paid it stays, payment or credit: somebody calls it wrong, or it came back in double."""
        if not self.contested_paid_cents or self.contest not in ("open", "granted"):
            return None
        first = "Desfaça a resposta" if self.contest == "granted" else "Responda à contestação"
        return f"{what} na {self.label} está contestado. {first} no atendimento dela antes."

    def money_paid(self) -> int:
        """What the customer gave for it, in cents: payments without their discounts, and the credit that joined it."""
        given = select(func.sum(Payment.principal_cents - Payment.discount_cents))
        return self.credit_cents + int(
            db.session.scalar(given.where(Payment.invoice_id == self.id, Payment.stands())) or 0
        )

    def rest(self, cents: int) -> bool:
        """So much of what is open rests until the answer: the whole of it with its status, else as a smaller total
        with a slip for what is left. True for the whole. Only a contest calls it, with the invoice held.

        The slip for what is left is due as before; past that day there is no new boleto, and Pix asks for the rest
        as it costs that day (decision 029).
        """
        self.version += 1
        if cents == self.total_cents and not self.paid_cents:
            self._rest_whole("open")
            return True
        self.total_cents -= cents
        self.contested_cents += cents
        self._renew_slip(self.due_on, for_rest=True)  # also of one that is paid without it: an estorno may open it
        if self.total_cents == self.paid_cents:
            self._is_paid_without_it()
        db.session.flush()
        return False

    def rest_again(self) -> None:
        """The answer about the whole of it was taken back. Only a contest calls it, with the invoice held."""
        self.version += 1
        self._rest_whole(self.status)

    def owe_again(self, due_on: date, contest: str) -> None:
        """The whole of it is owed again, due on another day, with a new slip. Only a contest calls it, held."""
        self.status, self.contest, self.version = "open", contest, self.version + 1
        self._renew_slip(due_on, for_rest=True)
        db.session.flush()
        db.session.execute(update(Charge).where(Charge.invoice_id == self.id).values(due_on=due_on))
        tell_carne(self.carne_id, opened=True)

    def forgive(self, reason: str) -> None:
        """The whole of it was charged wrongly: nobody owes it. Only a contest calls it, with the invoice held."""
        self.contest = "granted"
        self._close("written_off", reason, "invoice.written_off")

    def _rest_whole(self, was: str) -> None:
        """Its charges stay open, so that no run issues them again; a service that was cut for it comes back."""
        self.status, self.contest = "contested", "open"
        db.session.flush()
        mine = update(Charge).where(Charge.invoice_id == self.id, Charge.status == was)
        db.session.execute(mine.values(status="open"))
        self.review_services("contested", self.due_on)
        tell_carne(self.carne_id, opened=was != "open")

    def _is_paid_without_it(self) -> None:
        """What was paid before is all that is left."""
        paid = select(func.max(Payment.paid_on)).where(Payment.invoice_id == self.id, Payment.stands())
        self.status, self.paid_on = "paid", db.session.scalar(paid)
        db.session.flush()
        charges = update(Charge).where(Charge.invoice_id == self.id, Charge.status == "open")
        db.session.execute(charges.values(status="paid"))
        self.review_services("contested", self.due_on)
        tell_carne(self.carne_id)


def about_contest(contest: str | None) -> str:
    """What became of an amount that left an invoice by a contest, in words."""
    if contest == "open":
        return "Em contestação"
    return "Contestado, retirado" if contest == "granted" else "Contestado, cobrado em outra fatura"
