"""A customer's credit in one company: what came in too much, and what became of it, movement by movement (B-02)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, changed, db, lock, upsert
from models.billing.cash_desk import CashDesk
from models.billing.cash_entry import CashEntry
from models.billing.payment import Payment
from models.history import track
from models.operators import company_of
from models.refused import Refused, Stale, require
from models.scope import OfCompany, who
from models.wording import brl, day, tidy

CREDIT_KINDS = {
    "paid": "Pago a mais",
    "reversed": "Recebimento estornado",
    "used": "Usado em uma fatura",
    "joined": "Descontado ao emitir",
    "given_back": "Devolvido",
    "undone": "Desfeito",
    "refunded": "Cobrança indevida, em dobro",
    "taken_back": "Resposta desfeita",
    "outage": "Desconto por parada",
    "outage_off": "Desconto por parada desfeito",
}
GIVEN_BY = {"pix": "Pix", "transfer": "Transferência", "cash": "Dinheiro"}
UNDONE_BY_ITSELF = ("given_back",)  # a use is undone by the estorno of its payment, a line on its invoice


class Credit(OfCompany, Base):
    """What one company owes one customer. The row is the anchor of every movement; locked after the invoice."""

    __tablename__ = "credit"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    balance_cents: Mapped[Cents] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        UniqueConstraint("person_id", "company_id", name="uq_credit_person_company"),
        CheckConstraint("balance_cents >= 0", name="balance_cents"),
    )

    @property
    def label(self) -> str:
        return f"crédito {self.id}"

    @classmethod
    def of(cls, person_id: int, company_id: int) -> Credit:
        """The credit of a customer in a company, held until the commit; an empty one when there was none."""
        adding = upsert(cls).values(company_id=company_id, person_id=person_id, balance_cents=0)
        db.session.execute(adding.on_conflict_do_nothing())
        mine = select(cls).where(cls.person_id == person_id, cls.company_id == company_id)
        return lock(db.session.scalars(mine).one())

    def move(self, kind: str, cents: int, **more: Any) -> CreditEntry:
        """Write a movement: `cents` above zero come in, below zero go out. Raises Refused when there is not so much.

        The UPDATE asks for the balance again, so of two at once one is let through; the CHECK stands behind it.
        """
        enough = (Credit.id == self.id) & (Credit.balance_cents + cents >= 0)
        if not changed(update(Credit).where(enough).values(balance_cents=Credit.balance_cents + cents)):
            raise Refused(f"O crédito do cliente é de {brl(self.balance_cents)}. Escolha um valor até esse.")
        db.session.refresh(self, ["balance_cents"])
        usual = {"happened_on": clock.today(company_of(self).zone), "means": "", "reason": ""}
        entry = CreditEntry(
            company_id=self.company_id,
            credit_id=self.id,
            kind=kind,
            amount_cents=cents,
            noted_by=who().actor.name,
            created_at=clock.now(),
            **{**usual, **more},
        )
        db.session.add(entry)
        db.session.flush()
        return entry

    @property
    def to_spend_cents(self) -> int:
        """What of it may go out: not what came of a Pix that the bank took back, until a person decides."""
        held = _taken_back([self.person_id]).get((self.person_id, self.company_id), 0)
        return max(0, self.balance_cents - held)

    def refusal_to_spend(self, cents: int | None) -> str | None:
        """Why so much of it cannot go out."""
        if not self.balance_cents:
            return "O cliente não tem crédito nesta empresa."
        free = self.to_spend_cents
        if free < self.balance_cents and (cents or 1) > free:
            held = self.balance_cents - free
            return f"O banco devolveu {brl(held)} de um Pix que virou este crédito. Estorne esse recebimento antes."
        if not cents or cents <= 0:
            return "Escreva o valor, maior que zero."
        if cents > self.balance_cents:
            return f"O crédito do cliente é de {brl(self.balance_cents)}. Escreva um valor até esse."
        return None

    def give_back(self, cents: int | None, means: str, on: date | None, reason: str) -> CreditEntry:
        """Devolver: money that goes back to the customer; cash leaves the drawer of whoever hands it over.

        Raises Refused with the fields at fault.
        """
        lock(self)
        errors, today = {}, clock.today(company_of(self).zone)
        if refusal := self.refusal_to_spend(cents):
            errors["amount_cents"] = refusal
        if means not in GIVEN_BY:
            errors["means"] = "Escolha como foi devolvido."
        if on is None:
            errors["given_on"] = "Escolha o dia em que devolveu."
        elif not today.replace(year=today.year - 1, day=1) <= on <= today:
            errors["given_on"] = "Escolha hoje ou um dia do último ano."
        elif (first := self._first_day()) and on < first:
            errors["given_on"] = f"O crédito é de {day(first)}. Escolha esse dia ou depois."
        if not tidy(reason):
            errors["reason"] = "Escreva o motivo. Exemplo: o cliente pediu, conta encerrada."
        desk = CashDesk.mine(self.company_id) if means == "cash" else None
        if desk and (refusal := lock(desk).refusal_to_take_out(cents)):
            errors["means"] = refusal
        elif means == "cash" and desk is None and company_of(self).cash_needs_desk:
            errors["means"] = "Nesta empresa dinheiro só sai de um caixa aberto. Abra o seu em Caixa e devolva de novo."
        if errors or cents is None:
            raise Refused(errors=errors)
        entry = self.move("given_back", -cents, means=means, happened_on=on, reason=tidy(reason))
        if desk:
            words = f"Crédito devolvido ao cliente {self.person_id}: {entry.reason}"
            desk.withdraw(cents, words, credit_entry_id=entry.id)
        self.record("credit.given_back", amount_cents=cents, means=GIVEN_BY[means], reason=tidy(reason))
        return entry

    def _first_day(self) -> date | None:
        """The day of its first movement."""
        return db.session.scalar(select(func.min(CreditEntry.happened_on)).where(CreditEntry.credit_id == self.id))

    def use_by(self, payment_id: int) -> CreditEntry | None:
        """What a payment took of it, when it was one by credit."""
        used = select(CreditEntry).where(CreditEntry.payment_id == payment_id, CreditEntry.kind == "used")
        return db.session.scalars(used).first()

    def record(self, action: str, **data: Any) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)


class CreditEntry(OfCompany, Base):
    """A movement of a credit. Its sign is that of the balance; it is never changed, its undo is another one."""

    __tablename__ = "credit_entry"

    id: Mapped[Id]
    credit_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    amount_cents: Mapped[Cents]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("credit_entry.id"), unique=True)
    happened_on: Mapped[date]
    means: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    noted_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "credit_id"], ["credit.company_id", "credit.id"]),
        UniqueConstraint("payment_id", "kind", name="uq_credit_entry_payment_kind"),
        CheckConstraint(f"kind in {tuple(CREDIT_KINDS)!r}", name="kind"),
        CheckConstraint("amount_cents <> 0", name="amount_cents"),
        CheckConstraint("(kind in ('paid','undone','refunded','outage')) = (amount_cents > 0)", name="sign"),
        CheckConstraint("(kind in ('undone','taken_back','outage_off')) = (undoes_id is not null)", name="undoes_id"),
        CheckConstraint("(kind in ('paid','reversed','used')) = (payment_id is not null)", name="payment_id"),
        CheckConstraint("kind not in ('joined','refunded','taken_back') or invoice_id is not null", name="invoice_id"),
        CheckConstraint("kind <> 'given_back' or (means in ('pix','transfer','cash') and reason <> '')", name="given"),
        Index("ix_credit_entry_credit_id", "credit_id"),
        Index("ix_credit_entry_invoice_id", "invoice_id"),
    )

    def refusal_to_undo(self, undone: bool | None = None) -> str | None:
        """Why it is not undone here. `undone`: was it already? None: not read yet, so it is asked here."""
        if self.kind not in UNDONE_BY_ITSELF:
            return "Só uma devolução se desfaz aqui. Um uso se desfaz no pagamento ou na fatura em que entrou."
        if undone is None:
            mine = select(CreditEntry.id).where(CreditEntry.undoes_id == self.id)
            undone = db.session.scalar(mine) is not None
        return "Esta devolução já foi desfeita." if undone else None

    def undo(self, reason: str) -> CreditEntry:
        """Desfazer: what was noted as given back was not, and is the customer's again. Raises Refused.

        Cash lies again in the drawer it left while that is open; one that was counted and closed does not change.
        """
        credit = lock(db.session.get_one(Credit, self.credit_id))
        if self.kind in UNDONE_BY_ITSELF and (refusal := self.refusal_to_undo()):
            raise Stale(refusal)
        require(self.refusal_to_undo())
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: o Pix foi recusado pelo banco do cliente.", field="reason")
        left = db.session.scalars(select(CashEntry).where(CashEntry.credit_entry_id == self.id)).first()
        if left and lock(desk := db.session.get_one(CashDesk, left.cash_desk_id)).is_open:
            desk.put_back(left, f"Devolução ao cliente {credit.person_id} desfeita: {tidy(reason)}")
        entry = credit.move("undone", -self.amount_cents, undoes_id=self.id, reason=tidy(reason))
        credit.record("credit.giving_undone", amount_cents=entry.amount_cents, reason=tidy(reason))
        return entry


def credit_of(person_id: int) -> int:
    """What a customer has to their credit in the companies whoever acts may see, in cents."""
    mine = select(func.coalesce(func.sum(Credit.balance_cents), 0)).where(Credit.person_id == person_id)
    return db.session.scalar(mine) or 0


def balances(person_ids: Sequence[int], *, held: bool = False) -> dict[tuple[int, int], int]:
    """What these customers may spend of their credit, by (customer, company), `held` until the commit.

    What came of a Pix that the bank took back waits until a person decides.
    """
    rows = select(Credit.person_id, Credit.company_id, Credit.balance_cents).order_by(Credit.id)
    rows = rows.where(Credit.person_id.in_(person_ids), Credit.balance_cents > 0)
    rows = rows.with_for_update() if held else rows
    found = db.session.execute(rows).all()
    back = _taken_back(person_ids) if found else {}
    free = {(row.person_id, row.company_id): row.balance_cents for row in found}
    return {whose: left for whose, cents in free.items() if (left := cents - back.get(whose, 0)) > 0}


def _taken_back(person_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """Of payments that stand: how much of their credit the bank has given back meanwhile, by (customer, company)."""
    rows = select(Payment.person_id, Payment.company_id, Payment.credit_cents, Payment.returned_cents)
    rows = rows.where(Payment.person_id.in_(person_ids), Payment.returned_cents > 0, Payment.stands())
    found: dict[tuple[int, int], int] = {}
    for person_id, company_id, credit, returned in db.session.execute(rows):
        found[person_id, company_id] = found.get((person_id, company_id), 0) + min(credit, returned)
    return found


def keep_credit(payment: Payment) -> None:
    """What a payment brought too much is the customer's from now on."""
    if payment.credit_cents:
        Credit.of(payment.person_id, payment.company_id).move("paid", payment.credit_cents, payment_id=payment.id)


def give_line_back(invoice_id: int, person_id: int, company_id: int, reason: str) -> None:
    """The credit that joined an invoice when it was issued is the customer's again."""
    undone = select(CreditEntry.undoes_id).where(CreditEntry.undoes_id.is_not(None))
    joined = select(CreditEntry).where(CreditEntry.invoice_id == invoice_id, CreditEntry.kind == "joined")
    credit = Credit.of(person_id, company_id)
    for entry in db.session.scalars(joined.where(CreditEntry.id.not_in(undone))).all():
        credit.move("undone", -entry.amount_cents, undoes_id=entry.id, invoice_id=invoice_id, reason=reason)
