"""What was taken back and what is the customer's: estornos, credits and their movements, ways to pay (B-01, B-02)."""

from __future__ import annotations

from sqlalchemy import case, exists, func, or_, select
from sqlalchemy.orm import aliased

from models.billing import Charge, Credit, CreditEntry, Invoice, Payment
from models.catalog import BillingMethod
from models.check.question import findings
from models.collection import Reversal


def credits_are_the_sum_of_their_movements() -> list[str]:
    """What came in and went out of a credit is its balance (B-02)."""
    of = func.coalesce(func.sum(CreditEntry.amount_cents), 0)
    rows = select(Credit.id, Credit.balance_cents, of.label("sum"))
    rows = rows.outerjoin(CreditEntry, CreditEntry.credit_id == Credit.id).group_by(Credit.id, Credit.balance_cents)
    rows = rows.having(of != Credit.balance_cents).order_by(Credit.id)
    return findings("crédito {id}: é de {balance_cents} centavos e seus movimentos somam {sum}", rows)


def credits_of_payments_are_kept() -> list[str]:
    """What a payment brought too much came into a credit, and went out again when it was taken back."""
    of = func.coalesce(func.sum(CreditEntry.amount_cents), 0)
    brought = case((Payment.stands(), Payment.credit_cents), else_=0)
    mine = (CreditEntry.payment_id == Payment.id) & CreditEntry.kind.in_(("paid", "reversed"))
    rows = select(Payment.id, brought.label("brought"), of.label("sum")).outerjoin(CreditEntry, mine)
    rows = rows.group_by(Payment.id, Payment.credit_cents, Payment.reversed_at).having(of != brought)
    return findings("pagamento {id}: deu {brought} centavos de crédito, e os movimentos dizem {sum}", rows)


def credit_payments_used_credit() -> list[str]:
    """What was paid with credit was taken off one, and given back with the estorno."""
    undo = aliased(CreditEntry)
    of = func.coalesce(func.sum(CreditEntry.amount_cents + func.coalesce(undo.amount_cents, 0)), 0)
    spent = case((Payment.stands(), -Payment.amount_cents), else_=0)
    mine = (CreditEntry.payment_id == Payment.id) & (CreditEntry.kind == "used")
    rows = select(Payment.id, spent.label("spent"), of.label("sum")).outerjoin(CreditEntry, mine)
    rows = rows.outerjoin(undo, undo.undoes_id == CreditEntry.id).where(Payment.means == "credit")
    rows = rows.group_by(Payment.id, Payment.amount_cents, Payment.reversed_at).having(of != spent)
    return findings("pagamento {id}: mexeu em {spent} centavos de crédito, e os movimentos dizem {sum}", rows)


def credit_lines_are_of_credits() -> list[str]:
    """The credit that joined an invoice was taken off one, until it was cancelled or the line removed."""
    undo = aliased(CreditEntry)
    of = func.coalesce(func.sum(CreditEntry.amount_cents + func.coalesce(undo.amount_cents, 0)), 0)
    mine = (CreditEntry.invoice_id == Invoice.id) & (CreditEntry.kind == "joined")
    line = case((Invoice.status == "cancelled", 0), else_=-Invoice.credit_cents)
    rows = select(Invoice.id, line.label("line"), of.label("sum")).outerjoin(CreditEntry, mine)
    rows = rows.outerjoin(undo, undo.undoes_id == CreditEntry.id)
    rows = rows.where(or_(Invoice.credit_cents > 0, CreditEntry.id.is_not(None)))
    rows = rows.group_by(Invoice.id, Invoice.status, Invoice.credit_cents).having(of != line)
    return findings("fatura {id}: leva {line} centavos de crédito, e os movimentos dizem {sum}", rows)


def reversed_payments_say_why() -> list[str]:
    """A payment that was taken back has its estorno, and no other has one (B-01)."""
    rows = select(Payment.id).outerjoin(Reversal, Reversal.payment_id == Payment.id)
    rows = rows.where(Payment.stands() == Reversal.id.is_not(None)).order_by(Payment.id)
    return findings("pagamento {id}: estornado sem estorno, ou com estorno e não estornado", rows)


def loose_charges_are_paid_by_one_payment() -> list[str]:
    """A charge without invoice is paid exactly while a payment of it stands."""
    standing = exists().where(Payment.charge_id == Charge.id, Payment.stands())
    rows = select(Charge.id, Charge.status).where(Charge.invoice_id.is_(None), (Charge.status == "paid") != standing)
    return findings("cobrança {id}: está {status}, e seus pagamentos dizem outra coisa", rows.order_by(Charge.id))


def only_boleto_methods_have_boletos() -> list[str]:
    """«Somente Pix» and «No balcão» issue no boleto; what the bank had heard of before 0008 may still stand."""
    rows = select(Invoice.id).join(BillingMethod, BillingMethod.id == Invoice.billing_method_id)
    rows = rows.where(BillingMethod.means != "boleto", Invoice.status == "open", Invoice.registration == "pending")
    return findings("fatura {id}: é de uma forma sem boleto e tem um a registrar", rows.order_by(Invoice.id))


QUESTIONS = (
    credits_are_the_sum_of_their_movements,
    credits_of_payments_are_kept,
    credit_payments_used_credit,
    credit_lines_are_of_credits,
    reversed_payments_say_why,
    loose_charges_are_paid_by_one_payment,
    only_boleto_methods_have_boletos,
)
