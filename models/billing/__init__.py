"""What is charged to a subscriber and how it is paid."""

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

__all__ = [
    "INSTALLATION_FEE",
    "Base",
    "Composition",
    "FirstInvoice",
    "Formula",
    "Installment",
    "Kind",
    "Line",
    "Part",
    "Period",
    "first_due",
    "first_invoice",
    "schedule",
]
