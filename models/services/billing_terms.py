"""How a service is charged: method, due day, type, carnê and installation fee (C-13 to C-16, C-25 to C-27, C-38)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BigInt
from models.catalog import BillingMethod
from models.operators import company_of
from models.refused import Refused, require
from models.wording import brl

BILLING_TYPES = {"prepaid": "Antecipado", "postpaid": "Postecipado"}

HIGHEST_FEE = 10_000_000  # centavos; a slip of the keyboard
FEE_WITH_CARNE = "Com carnê a taxa não entra na primeira mensalidade. Escolha Não e use Financeiro, Cobrança."


TITLES = {
    "billing_method_id": "forma de cobrança",
    "due_day": "dia do vencimento",
    "billing_type": "tipo de cobrança",
    "uses_carne": "carnê",
    "separate_invoice": "fatura separada",
    "separate_tax_note": "nota fiscal separada",
    "installation_fee_cents": "taxa de instalação",
    "installation_fee_text": "descrição da taxa",
}
_FEE = ("installation_fee_cents", "installation_fee_text")


class BillingTerms:
    if TYPE_CHECKING:  # columns and verbs of Service
        company_id: Mapped[int]
        status: Mapped[str]
        plan_name: Mapped[str]
        version: Mapped[int]

        def record(self, action: str, **data: Any) -> None: ...
        def require_version(self, version: int | None) -> None: ...
        def take(self, version: int | None = None, **values: Any) -> None: ...

    billing_method_id: Mapped[int] = mapped_column(ForeignKey("billing_method.id"))
    due_day: Mapped[int]
    billing_type: Mapped[str] = mapped_column(String(10))
    uses_carne: Mapped[bool]
    separate_invoice: Mapped[bool] = mapped_column(default=False)
    separate_tax_note: Mapped[bool] = mapped_column(default=False)
    installation_fee_cents: Mapped[int] = mapped_column(BigInt, default=0)
    installation_fee_text: Mapped[str] = mapped_column(String(80), default="")

    def due_days(self) -> list[int]:
        """The due days its company offers, and the one it has."""
        return sorted({*company_of(self).days, self.due_day})

    def refusal_to_change_billing(self) -> str | None:
        return "Este serviço está cancelado: não há mais o que cobrar." if self.status == "cancelled" else None

    def change_billing(self, terms: dict[str, Any], version: int, was_charged: Callable[[Self], bool]) -> None:
        """Alterar cobrança: charge it otherwise from the next invoice on; what was issued stays (C-25 to C-27, C-38).

        `terms` has the columns below and `charge_fee`. `was_charged` is asked under the lock: invoices stand on a
        higher floor. Once something was charged the fee is settled, and what is said of it is passed over. Raises
        Refused with the fields at fault, Stale when the service moved meanwhile.
        """
        self.require_version(version)
        require(self.refusal_to_change_billing())
        methods = {row.id: row.name for row in BillingMethod.offered(self.company_id, self.billing_method_id)}
        fee = {} if was_charged(self) else {key: terms.get(key) for key in ("charge_fee", *_FEE)}
        if errors := billing_errors({**terms, "charge_fee": False, **fee}, self.due_days(), set(methods)):
            raise Refused(errors=errors)
        new = _new_terms(terms, fee)
        changes = [
            f"{TITLES[key]} de {_named(key, getattr(self, key), methods)} para {_named(key, value, methods)}"
            for key, value in new.items()
            if getattr(self, key) != value
        ]
        for key, value in new.items():
            setattr(self, key, value)
        if changes:
            self.take()
            self.record("service.billing_changed", plan=self.plan_name, changes=", ".join(changes))


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


def _new_terms(terms: dict[str, Any], fee: dict[str, Any]) -> dict[str, Any]:
    """The columns to be written. Without `fee` the installation fee stays as it is, but a carnê never carries it."""
    new = {key: terms[key] for key in TITLES if key not in _FEE}
    new |= {"separate_invoice": bool(new["separate_invoice"]), "separate_tax_note": bool(new["separate_tax_note"])}
    if new["uses_carne"] or fee:
        keeps = bool(fee.get("charge_fee"))
        new["installation_fee_cents"] = (fee["installation_fee_cents"] or 0) if keeps else 0
        new["installation_fee_text"] = (fee["installation_fee_text"] or "") if keeps else ""
    return new


def _named(key: str, value: Any, methods: dict[int, str]) -> str:
    """A value of the terms as history says it."""
    if key == "billing_method_id":
        return methods.get(value, "outra")
    if key == "billing_type":
        return BILLING_TYPES[value]
    if key == "installation_fee_cents":
        return brl(value)
    if isinstance(value, bool):
        return "Sim" if value else "Não"
    return str(value) or "vazia"
