"""Money of one company never pays an invoice of another, whichever door it comes by (X-01)."""

from __future__ import annotations

from models.base import db
from models.billing import Invoice
from models.operators import Company, company_of
from models.scope import TODAS


def refusal_of_another(company_id: int, invoice: Invoice) -> str | None:
    """Why money that came to an account of this company, TODAS for one of all, cannot pay an invoice."""
    if len({company_id, invoice.company_id} - {TODAS}) < 2:
        return None
    owner, other = db.session.get_one(Company, company_id).name, company_of(invoice).name
    return (
        f"O dinheiro entrou na conta de {owner}, e a fatura {invoice.number} é de {other}. "
        f"Escolha uma fatura de {owner}; se o dinheiro não é dela, devolva-o pelo banco."
    )
