"""What is printed of contracts, invoices and carnês, as text; each is printed once for what it says."""

from models.papers.carne_paper import carne_paper, email_of, mail_carne, print_carne, show_carne
from models.papers.cash_paper import cash_desk_paper, print_cash_desk, show_cash_desk
from models.papers.contract_mail import mail_contract, refusal_to_mail_contract
from models.papers.contract_paper import contract_paper, invoice_lines
from models.papers.invoice_paper import invoice_paper, mail_invoice, mailed_facts, print_invoice, show_invoice
from models.papers.parties import company_facts, late_rule
from models.papers.receipt_paper import (
    PAPERS,
    mail_receipt,
    print_receipt,
    receipt_paper,
    refusal_to_print_receipt,
    show_receipt,
)

__all__ = [
    "PAPERS",
    "carne_paper",
    "cash_desk_paper",
    "company_facts",
    "contract_paper",
    "email_of",
    "invoice_lines",
    "invoice_paper",
    "late_rule",
    "mail_carne",
    "mail_contract",
    "mail_invoice",
    "mail_receipt",
    "mailed_facts",
    "print_carne",
    "print_cash_desk",
    "print_invoice",
    "print_receipt",
    "receipt_paper",
    "refusal_to_mail_contract",
    "refusal_to_print_receipt",
    "show_carne",
    "show_cash_desk",
    "show_invoice",
    "show_receipt",
]
