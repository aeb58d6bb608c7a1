"""The cash desk of an operator in one company: what came in over the counter and went out of the drawer (B-17)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, changed, db, lock, upsert
from models.billing.cash_closing import Closes
from models.billing.cash_entry import CashEntry, refusal_of_amount
from models.billing.payment import Payment
from models.history import track
from models.operators import Company, company_of
from models.operators.versioned import Versioned
from models.refused import Refused, Stale, require
from models.scope import TODAS, OfCompany, who
from models.wording import brl, tidy

OPEN = text("closed_at is null")
NEEDS_DESK = "Esta empresa só recebe dinheiro com caixa aberto. Abra o seu em Caixa e receba de novo."
CLOSED_MEANWHILE = (
    "O caixa {} foi fechado enquanto a página estava aberta. Nada foi recebido. Confira e receba de novo."
)


class CashDesk(Closes, Versioned, OfCompany, Base):
    """Of one operator in one company, who have one open at a time. The row is the anchor of every movement.

    It is locked last, after services, invoices, payments and credit. `cash_cents` is what ought to lie in the drawer:
    closed, it stays what was expected then.
    """

    __tablename__ = "cash_desk"
    stale = (
        "Entrou ou saiu dinheiro deste caixa enquanto a página estava aberta. Confira o que há nele e conte de novo."
    )

    id: Mapped[Id]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    operator_name: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime]
    opening_cents: Mapped[Cents]
    cash_cents: Mapped[Cents]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(120), default="")
    counted_cents: Mapped[int | None] = mapped_column(BigInteger)
    closing_reason: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        CheckConstraint(f"company_id <> {TODAS}", name="of_one_company"),
        CheckConstraint("opening_cents >= 0", name="opening_cents"),
        CheckConstraint("cash_cents >= 0", name="cash_cents"),
        CheckConstraint("counted_cents >= 0", name="counted_cents"),
        CheckConstraint("(closed_at is null) = (counted_cents is null)", name="closed"),
        CheckConstraint(
            "counted_cents is null or counted_cents = cash_cents or closing_reason <> ''", name="difference"
        ),
        Index(
            "uq_cash_desk_open",
            "operator_id",
            "company_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_cash_desk_opened_at", "opened_at"),
    )

    @property
    def label(self) -> str:
        return f"caixa {self.id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @classmethod
    def open(cls, company: Company | None, opening_cents: int | None) -> CashDesk:
        """Abrir: the drawer of whoever acts begins with the money that lies in it, which may be none.

        Raises Refused with the fields at fault, and Stale when they have one open in that company, also when two ask
        at the same moment.
        """
        errors = {}
        if company is None or company.id == TODAS or company.inactive_since:
            errors["company_id"] = "Escolha a empresa de quem é o dinheiro."
        if refusal := refusal_of_amount(opening_cents, least=0):
            errors["opening_cents"] = refusal
        if errors or company is None:
            raise Refused(errors=errors)
        actor = who().actor
        adding = upsert(cls).values(
            company_id=company.id,
            operator_id=actor.id,
            operator_name=actor.name,
            opened_at=clock.now(),
            opening_cents=opening_cents,
            cash_cents=opening_cents,
            closed_by="",
            closing_reason="",
            version=1,
        )
        id = db.session.scalar(adding.on_conflict_do_nothing().returning(cls.id))
        if id is None:
            mine = cls.mine(company.id)
            raise Stale(f"Você já tem um caixa aberto nesta empresa{f': o {mine.id}' if mine else ''}.", fix=mine)
        row = db.session.get_one(cls, id)
        row.record("cash_desk.opened", number=row.id, amount_cents=row.opening_cents)
        return row

    @classmethod
    def mine(cls, company_id: int) -> CashDesk | None:
        """The open desk of whoever acts in a company."""
        actor = who().actor
        return cls.open_of(actor.id, company_id) if actor.kind == "operator" and actor.id else None

    @classmethod
    def open_of(cls, operator_id: int, company_id: int) -> CashDesk | None:
        """The open desk of an operator in a company."""
        open_ = select(cls).where(cls.operator_id == operator_id, cls.company_id == company_id)
        return db.session.scalars(open_.where(cls.closed_at.is_(None))).first()

    @classmethod
    def to_receive(cls, company: Company, paid_with: str, shown: int = 0) -> CashDesk | None:
        """The desk on which whoever acts receives now, held until the commit; None: they have none and need none.

        `shown`: the number of the one their page showed. Held, it cannot be closed before the receipt stands on it.
        Raises Refused where cash needs an open desk, and when the one that was shown was closed meanwhile.
        """
        desk = cls.mine(company.id)
        if desk is not None and not lock(desk).is_open:
            desk = None
        if shown and (desk is None or desk.id != shown):
            raise Refused(CLOSED_MEANWHILE.format(shown), field="paid_with")
        if desk is None and paid_with == "cash" and company.cash_needs_desk:
            raise Refused(NEEDS_DESK, field="paid_with")
        return desk

    def refusal_to_move(self) -> str | None:
        """Why nothing goes in or out any more."""
        if self.is_open:
            return None
        return f"O caixa {self.id} está fechado: nada mais entra nem sai dele. Abra outro ou peça que o reabram."

    def refusal_to_take_out(self, cents: int | None) -> str | None:
        """Why so much cash does not leave the drawer: no more than lies in it."""
        if refusal := self.refusal_to_move():
            return refusal
        if (cents or 0) > self.cash_cents:
            return f"No caixa {self.id} há {brl(self.cash_cents)} em dinheiro. Escolha um valor até esse."
        return None

    def keep(self, payment: Payment) -> CashEntry:
        """A receipt of the counter stands on it. Only what receives calls it, with the desk held."""
        return self._move("receipt", payment.amount_cents, payment.paid_with, payment_id=payment.id)

    def give_back(self, payment: Payment, reason: str) -> CashEntry:
        """An estorno takes the money of a receipt out again. Only `Reversal.make` calls it."""
        if payment.paid_with == "cash":
            require(self.refusal_to_take_out(payment.amount_cents))
        return self._move("reversal", -payment.amount_cents, payment.paid_with, payment_id=payment.id, reason=reason)

    def withdraw(self, cents: int | None, reason: str, credit_entry_id: int | None = None) -> CashEntry:
        """Sangria: cash leaves the drawer, as for the safe or the bank, or with a customer whose credit it was.

        Raises Refused with the fields at fault.
        """
        self._hold()
        self._require(cents, reason, self.refusal_to_take_out(cents), "Exemplo: levado ao cofre.")
        why = tidy(reason)
        entry = self._move("withdrawal", -(cents or 0), "cash", reason=why, credit_entry_id=credit_entry_id)
        self.record("cash_desk.withdrew", number=self.id, amount_cents=cents, reason=entry.reason)
        return entry

    def supply(self, cents: int | None, reason: str) -> CashEntry:
        """Suprimento: cash is put into the drawer, as change. Raises Refused with the fields at fault."""
        self._hold()
        self._require(cents, reason, None, "Exemplo: troco trazido do cofre.")
        entry = self._move("supply", cents or 0, "cash", reason=tidy(reason))
        self.record("cash_desk.supplied", number=self.id, amount_cents=cents, reason=entry.reason)
        return entry

    def refusal_to_undo(self, entry: CashEntry) -> str | None:
        """Why one of its movements is not taken back."""
        if refusal := entry.refusal_to_undo():
            return refusal
        if entry.is_undone():
            return "Este movimento já foi desfeito."
        return self.refusal_to_take_out(entry.amount_cents)

    def undo(self, entry: CashEntry, reason: str) -> CashEntry:
        """Desfazer a sangria ou o suprimento: another movement, the other way. Raises Refused, Stale when undone."""
        self._hold()
        if entry.refusal_to_undo() is None and entry.is_undone():
            raise Stale("Este movimento já foi desfeito.")
        require(self.refusal_to_undo(entry))
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: valor digitado errado.", field="reason")
        return self.put_back(entry, tidy(reason))

    def put_back(self, entry: CashEntry, reason: str) -> CashEntry:
        """The other movement. Beside `undo`, only that of a credit given back calls it, with the desk held and open."""
        undone = self._move("undone", -entry.amount_cents, "cash", undoes_id=entry.id, reason=reason)
        self.record("cash_desk.undone", number=self.id, amount_cents=abs(entry.amount_cents), reason=undone.reason)
        return undone

    def _hold(self) -> Self:
        """Held, and still open. Raises Refused when it was closed."""
        require(lock(self).refusal_to_move())
        return self

    def _require(self, cents: int | None, reason: str, refusal: str | None, example: str) -> None:
        errors = {}
        if words := refusal_of_amount(cents) or refusal:
            errors["amount_cents"] = words
        if not tidy(reason):
            errors["reason"] = f"Escreva o motivo. {example}"
        if errors:
            raise Refused(errors=errors)

    def _move(self, kind: str, cents: int, paid_with: str, **more: Any) -> CashEntry:
        """Write a movement: `cents` above zero come in, below zero go out; only cash changes what lies in the drawer.

        The UPDATE asks again whether it is open and holds so much; the CHECK stands behind it.
        """
        cash = cents if paid_with == "cash" else 0
        able = (CashDesk.id == self.id) & CashDesk.closed_at.is_(None) & (CashDesk.cash_cents + cash >= 0)
        moved = {"cash_cents": CashDesk.cash_cents + cash, "version": CashDesk.version + 1}
        if not changed(update(CashDesk).where(able).values(moved)):
            raise Stale(self.refusal_to_move() or self.stale, fix=self)
        db.session.refresh(self, ["cash_cents", "version"])
        entry = CashEntry(
            company_id=self.company_id,
            cash_desk_id=self.id,
            kind=kind,
            paid_with=paid_with,
            amount_cents=cents,
            noted_by=who().actor.name,
            created_at=clock.now(),
            **{"reason": "", **more},
        )
        db.session.add(entry)
        db.session.flush()
        return entry

    def record(self, action: str, **data: Any) -> None:
        track(action, self, company_id=self.company_id, **data)


def to_give_back(payment: Payment, *, held: bool = False) -> CashDesk | None:
    """The desk out of which the estorno of a receipt takes its money, `held` until the commit.

    The one it stands on while that is open; else the one whoever acts has open in its company; None: neither, or no
    money of the counter. Nothing that is closed changes.
    """
    if payment.means != "counter" or not payment.paid_with:
        return None
    standing = desk_of(payment)
    if standing and (lock(standing) if held else standing).is_open:
        return standing
    mine = CashDesk.mine(payment.company_id)
    if mine and not (lock(mine) if held else mine).is_open:
        return None
    return mine


def refusal_to_give_back(payment: Payment, desk: CashDesk | None) -> str | None:
    """Why the money of a receipt cannot leave the drawer of `desk`, as `to_give_back` chose it."""
    if payment.paid_with != "cash":
        return None
    if desk is None:
        standing, company = desk_of(payment), company_of(payment)
        if standing is None or not company.cash_needs_desk:
            return None
        return f"O caixa {standing.id}, onde este dinheiro entrou, está fechado. Abra o seu em Caixa e estorne de novo."
    if desk.cash_cents < payment.amount_cents:
        return (
            f"No caixa {desk.id} há {brl(desk.cash_cents)} em dinheiro, menos que o estorno. Faça antes um suprimento."
        )
    return None


def desk_of(payment: Payment) -> CashDesk | None:
    """The desk a receipt stands on."""
    mine = select(CashDesk).join(CashEntry, CashEntry.cash_desk_id == CashDesk.id)
    return db.session.scalars(mine.where(CashEntry.payment_id == payment.id, CashEntry.kind == "receipt")).first()
