"""What is charged to a subscriber and how it is paid."""

from models.billing.carne import CARNE_STATUSES, Carne
from models.billing.cash_desk import CashDesk
from models.billing.cash_entry import CASH_KINDS, CashEntry
from models.billing.charge import CHARGE_STATUSES, Charge, ChargeItem
from models.billing.commission import Commission
from models.billing.contest import ANSWERS, CONTEST_STATUSES, Contest
from models.billing.credit import CREDIT_KINDS, GIVEN_BY, Credit, CreditEntry, credit_of
from models.billing.invoice import INVOICE_STATUSES, REGISTRATIONS, Invoice
from models.billing.payment import FLAGS, PAID_BY, PAID_WITH, Handed, Payment, Receipt
from models.billing.replaced_slip import STANDINGS, ReplacedSlip

__all__ = [
    "ANSWERS",
    "CARNE_STATUSES",
    "CASH_KINDS",
    "CHARGE_STATUSES",
    "CONTEST_STATUSES",
    "CREDIT_KINDS",
    "FLAGS",
    "GIVEN_BY",
    "INVOICE_STATUSES",
    "PAID_BY",
    "PAID_WITH",
    "REGISTRATIONS",
    "STANDINGS",
    "Carne",
    "CashDesk",
    "CashEntry",
    "Charge",
    "ChargeItem",
    "Commission",
    "Contest",
    "Credit",
    "CreditEntry",
    "Handed",
    "Invoice",
    "Payment",
    "Receipt",
    "ReplacedSlip",
    "credit_of",
]
