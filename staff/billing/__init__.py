"""Financeiro: invoices, charges and what is received at the counter."""

from staff.billing import (
    charge_closings,
    charge_receipts,
    charges,
    closings,
    due_dates,
    invoices,
    money,
    prints,
    receipts,
    runs,
)

billing = (
    money.money,
    invoices.invoices,
    receipts.receipts,
    prints.invoice_prints,
    due_dates.due_dates,
    closings.closings,
    charges.charges,
    charge_receipts.charge_receipts,
    charge_closings.charge_closings,
    runs.runs,
)
