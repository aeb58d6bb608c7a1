"""Cash desks: each is the sum of its movements, and every receipt of its time stands on it (B-17)."""

from __future__ import annotations

from sqlalchemy import case, exists, func, or_, select

from models.billing import CashDesk, CashEntry, Payment
from models.check.question import findings
from models.history import Event


def desks_are_the_sum_of_their_movements() -> list[str]:
    """What a desk began with and what went in and out in cash is what ought to lie in it."""
    cash = case((CashEntry.paid_with == "cash", CashEntry.amount_cents), else_=0)
    of = CashDesk.opening_cents + func.coalesce(func.sum(cash), 0)
    rows = select(CashDesk.id, CashDesk.cash_cents, of.label("sum"))
    rows = rows.outerjoin(CashEntry, CashEntry.cash_desk_id == CashDesk.id)
    rows = rows.group_by(CashDesk.id, CashDesk.cash_cents, CashDesk.opening_cents).having(of != CashDesk.cash_cents)
    return findings("caixa {id}: diz {cash_cents} centavos e seus movimentos somam {sum}", rows.order_by(CashDesk.id))


def receipts_stand_on_the_desk_of_their_time() -> list[str]:
    """Whoever had a desk open while they received has the receipt on it; nobody else's receipt stands there."""
    during = (
        (CashDesk.operator_id == Payment.operator_id)
        & (CashDesk.company_id == Payment.company_id)
        & (CashDesk.opened_at < Payment.created_at)
        & or_(CashDesk.closed_at.is_(None), CashDesk.closed_at > Payment.created_at)
    )
    entry = (CashEntry.payment_id == Payment.id) & (CashEntry.kind == "receipt")
    missing = select(Payment.id, CashDesk.id.label("desk")).join(CashDesk, during).outerjoin(CashEntry, entry)
    again = Event.subject_id == CashDesk.id, Event.subject_type == "cash_desk", Event.action == "cash_desk.reopened"
    missing = missing.where(Payment.means == "counter", Payment.paid_with != "", CashEntry.id.is_(None))
    missing = missing.where(~exists().where(*again))  # of one that was reopened it is not known when it was closed
    told = select(Payment.id, CashEntry.cash_desk_id.label("desk")).join(CashEntry, CashEntry.payment_id == Payment.id)
    told = told.join(CashDesk, CashDesk.id == CashEntry.cash_desk_id)
    signed = case((CashEntry.kind == "receipt", CashEntry.amount_cents), else_=-CashEntry.amount_cents)
    foreign = (CashEntry.kind == "receipt") & (CashDesk.operator_id != Payment.operator_id)
    wrong = or_(signed != Payment.amount_cents, CashEntry.paid_with != Payment.paid_with, foreign)
    return [
        *findings(
            "pagamento {id}: foi recebido com o caixa {desk} aberto e não está nele", missing.order_by(Payment.id)
        ),
        *findings("pagamento {id}: o caixa {desk} diz outra coisa dele", told.where(wrong).order_by(Payment.id)),
    ]


def estornos_left_a_desk() -> list[str]:
    """What an estorno took out of a desk was taken back."""
    rows = select(Payment.id, CashEntry.cash_desk_id.label("desk")).join(CashEntry, CashEntry.payment_id == Payment.id)
    standing = rows.where(CashEntry.kind == "reversal", Payment.stands())
    return findings("pagamento {id}: vale, e o caixa {desk} diz que foi estornado", standing.order_by(Payment.id))


QUESTIONS = (
    desks_are_the_sum_of_their_movements,
    receipts_stand_on_the_desk_of_their_time,
    estornos_left_a_desk,
)
