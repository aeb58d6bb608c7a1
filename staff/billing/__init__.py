"""Financeiro: invoices, charges and what is received at the counter."""

from staff.billing import (
    all_charges,
    charge_closings,
    charge_receipts,
    charges,
    chosen_invoices,
    chosen_prints,
    closings,
    contests,
    credit_uses,
    credits,
    due_dates,
    gap_charges,
    invoice_sheets,
    invoices,
    money,
    payments,
    prints,
    receipt_mails,
    receipt_prints,
    receipts,
    resendings,
    reversals,
    runs,
)
from staff.customers.menu import CUSTOMERS
from web.navigation import Entry, lights

INVOICES = Entry("Faturas", "receipt", "staff.invoices.index", "billing.read")

billing = (
    *lights(
        CUSTOMERS,
        money.money,
        charges.charges,
        all_charges.all_charges,
        charge_receipts.charge_receipts,
        charge_closings.charge_closings,
        payments.payments,
        receipt_prints.receipt_prints,
        receipt_mails.receipt_mails,
        reversals.reversals,
        credits.credits,
        gap_charges.gap_charges,
    ),
    *lights(
        INVOICES,
        invoices.invoices,
        invoice_sheets.invoice_sheets,
        chosen_invoices.chosen_invoices,
        chosen_prints.chosen_prints,
        receipts.receipts,
        prints.invoice_prints,
        due_dates.due_dates,
        resendings.resendings,
        credit_uses.credit_uses,
        closings.closings,
        contests.contests,
        runs.runs,
    ),
)
