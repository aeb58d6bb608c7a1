"""How a service is charged: method, due day, type, carnê and installation fee (C-13 to C-16, C-25 to C-27)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BigInt

BILLING_TYPES = {"prepaid": "Antecipado", "postpaid": "Postecipado"}

HIGHEST_FEE = 10_000_000  # centavos; a slip of the keyboard
FEE_WITH_CARNE = "Com carnê a taxa não entra na primeira mensalidade. Escolha Não e use Financeiro, Cobrança."


class BillingTerms:
    billing_method_id: Mapped[int] = mapped_column(ForeignKey("billing_method.id"))
    due_day: Mapped[int]
    billing_type: Mapped[str] = mapped_column(String(10))
    uses_carne: Mapped[bool]
    separate_invoice: Mapped[bool] = mapped_column(default=False)
    separate_tax_note: Mapped[bool] = mapped_column(default=False)
    installation_fee_cents: Mapped[int] = mapped_column(BigInt, default=0)
    installation_fee_text: Mapped[str] = mapped_column(String(80), default="")


BILLING_CHECKS = (
    CheckConstraint("due_day between 1 and 31", name="due_day"),
    CheckConstraint("billing_type in ('prepaid','postpaid')", name="billing_type"),
    CheckConstraint("installation_fee_cents >= 0", name="installation_fee_cents"),
    CheckConstraint("installation_fee_cents = 0 or not uses_carne", name="no_fee_with_carne"),
)


def billing_errors(terms: dict[str, Any], days: list[int], method_ids: set[int]) -> dict[str, str]:
    """What is missing or refused in a billing set-up, by field. `days` are the company's due days."""
    errors = {}
    if terms.get("billing_method_id") not in method_ids:
        errors["billing_method_id"] = "Escolha a forma de cobrança."
    if terms.get("due_day") not in days:
        errors["due_day"] = "Escolha o dia do vencimento."
    if terms.get("billing_type") not in BILLING_TYPES:
        errors["billing_type"] = "Escolha Antecipado ou Postecipado."
    if terms.get("uses_carne") is None:
        errors["uses_carne"] = "Diga se o cliente usa carnê."
    if terms.get("charge_fee"):
        errors |= _fee_errors(terms)
    return errors


def _fee_errors(terms: dict[str, Any]) -> dict[str, str]:
    if terms.get("uses_carne"):
        return {"charge_fee": FEE_WITH_CARNE}
    errors = {}
    if (terms.get("installation_fee_cents") or 0) <= 0:
        errors["installation_fee_cents"] = "Escreva o valor da taxa, maior que zero."
    elif terms["installation_fee_cents"] > HIGHEST_FEE:
        errors["installation_fee_cents"] = "Confira o valor da taxa: passa de R$ 100.000,00."
    if not terms.get("installation_fee_text"):
        errors["installation_fee_text"] = "Escreva a descrição que sai na fatura."
    return errors
