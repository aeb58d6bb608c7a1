"""What is charged to a subscriber and how it is paid."""

from models.billing.bank_file import DIRECTIONS, FILE_STATUSES, OUTCOMES, BankFile, BankFileRecord
from models.billing.carne import CARNE_STATUSES, Carne
from models.billing.charge import CHARGE_STATUSES, Charge, ChargeItem
from models.billing.commission import Commission
from models.billing.invoice import INVOICE_STATUSES, REGISTRATIONS, Invoice
from models.billing.payment import FLAGS, PAID_BY, Payment, Receipt, receive, settle, settle_charge
from models.billing.pix import PIX_STATUSES, RECEIPT_OUTCOMES, HeardPix, PixCharge, PixReceipt
from models.billing.proration import (
    INSTALLATION_FEE,
    Base,
    Composition,
    FirstInvoice,
    Formula,
    Installment,
    Kind,
    Line,
    Part,
    Period,
    first_due,
    first_invoice,
    schedule,
)
from models.billing.replaced_slip import STANDINGS, ReplacedSlip

__all__ = [
    "CARNE_STATUSES",
    "CHARGE_STATUSES",
    "DIRECTIONS",
    "FILE_STATUSES",
    "FLAGS",
    "INSTALLATION_FEE",
    "INVOICE_STATUSES",
    "OUTCOMES",
    "PAID_BY",
    "PIX_STATUSES",
    "RECEIPT_OUTCOMES",
    "REGISTRATIONS",
    "STANDINGS",
    "BankFile",
    "BankFileRecord",
    "Base",
    "Carne",
    "Charge",
    "ChargeItem",
    "Commission",
    "Composition",
    "FirstInvoice",
    "Formula",
    "HeardPix",
    "Installment",
    "Invoice",
    "Kind",
    "Line",
    "Part",
    "Payment",
    "Period",
    "PixCharge",
    "PixReceipt",
    "Receipt",
    "ReplacedSlip",
    "first_due",
    "first_invoice",
    "receive",
    "schedule",
    "settle",
    "settle_charge",
]
