"""Padrões da venda of a company: what a new sale begins with. The contract comes with the plan, the account with the
method of billing, so neither is chosen here (decision 034).
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.catalog import BillingMethod
from models.operators import company_of
from models.operators.company_settings import CompanySettings
from models.people.person import PERSON_KINDS
from models.services import BILLING_TYPES


class SaleDefaults(CompanySettings, Base):
    """What is out of use meanwhile is not proposed: the rows may be retired, and the due days changed."""

    __tablename__ = "sale_defaults"
    kind = "os padrões da venda"
    proposed = ("person_kind", "billing_method_id", "due_day", "billing_type", "uses_carne")
    usual: ClassVar[dict[str, Any]] = {"person_kind": "individual", "billing_type": "prepaid", "uses_carne": False}

    person_kind: Mapped[str] = mapped_column(String(12), info={"title": "tipo de cliente"})
    billing_method_id: Mapped[int | None] = mapped_column(
        ForeignKey("billing_method.id"), info={"title": "forma de cobrança"}
    )
    due_day: Mapped[int | None] = mapped_column(info={"title": "dia do vencimento"})
    billing_type: Mapped[str] = mapped_column(String(10), info={"title": "tipo de cobrança"})
    uses_carne: Mapped[bool] = mapped_column(info={"title": "carnê"})

    billing_method: Mapped[BillingMethod | None] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (
        CheckConstraint("person_kind in ('individual','organization')", name="person_kind"),
        CheckConstraint("due_day between 1 and 31", name="due_day"),
        CheckConstraint("billing_type in ('prepaid','postpaid')", name="billing_type"),
    )

    def errors(self, values: dict[str, Any]) -> dict[str, str]:
        """What could not be chosen in a sale of this company cannot be proposed in one either."""
        errors, method, day = {}, values.get("billing_method_id"), values.get("due_day")
        if values.get("person_kind") not in PERSON_KINDS:
            errors["person_kind"] = "Escolha Pessoa Física ou Pessoa Jurídica."
        if method is not None and method not in {row.id for row in BillingMethod.offered(self.company_id)}:
            errors["billing_method_id"] = "Escolha uma forma de cobrança em uso, da empresa ou de TODAS."
        if day is not None and day not in company_of(self).days:
            errors["due_day"] = "Escolha um dos dias de vencimento da empresa."
        if values.get("billing_type") not in BILLING_TYPES:
            errors["billing_type"] = "Escolha Antecipado ou Postecipado."
        if not isinstance(values.get("uses_carne"), bool):
            errors["uses_carne"] = "Diga se o cliente usa carnê."
        return errors
