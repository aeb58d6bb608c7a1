"""The credit of a customer on the page Financeiro: what there is, by company, and how it came and went."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from models.base import db
from models.billing import CREDIT_KINDS, GIVEN_BY, Credit, CreditEntry, Invoice, Payment
from models.operators import Company

MOST = 30  # movements


class Movement(NamedTuple):
    """A movement with the invoice it came of or went to, and what took it back."""

    entry: CreditEntry
    invoice: Invoice | None
    of_payment: Invoice | None
    undone_id: int | None

    @property
    def about(self) -> Invoice | None:
        return self.invoice or self.of_payment

    @property
    def words(self) -> str:
        kind = CREDIT_KINDS[self.entry.kind]
        return f"{kind} por {GIVEN_BY[self.entry.means]}" if self.entry.means else kind

    @property
    def can_be_undone(self) -> bool:
        return self.entry.refusal_to_undo(self.undone_id is not None) is None


@dataclass(frozen=True)
class CustomerCredit:
    """What one company owes the customer."""

    credit: Credit
    company: str
    movements: list[Movement]


def credits(person_id: int) -> list[CustomerCredit]:
    """The credits of a customer that ever had a movement, the newest movement on top; two questions."""
    found = db.session.execute(_credits(), {"person": person_id}).all()
    moves = [Movement._make(row) for row in db.session.execute(_movements(), {"person": person_id})]
    each = [
        CustomerCredit(credit, company, [move for move in moves if move.entry.credit_id == credit.id])
        for credit, company in found
    ]
    return [one for one in each if one.movements]


@cache
def _credits() -> Select[*tuple[Any, ...]]:
    rows = select(Credit, Company.name).join(Company, Company.id == Credit.company_id)
    return rows.where(Credit.person_id == bindparam("person")).order_by(Credit.company_id)


@cache
def _movements() -> Select[*tuple[Any, ...]]:
    undo, of_payment = aliased(CreditEntry), aliased(Invoice)
    return (
        select(CreditEntry, Invoice, of_payment, undo.id)
        .join(Credit, Credit.id == CreditEntry.credit_id)
        .outerjoin(Invoice, Invoice.id == CreditEntry.invoice_id)
        .outerjoin(Payment, Payment.id == CreditEntry.payment_id)
        .outerjoin(of_payment, of_payment.id == Payment.invoice_id)
        .outerjoin(undo, undo.undoes_id == CreditEntry.id)
        .where(Credit.person_id == bindparam("person"))
        .order_by(CreditEntry.id.desc())
        .limit(MOST)
    )
