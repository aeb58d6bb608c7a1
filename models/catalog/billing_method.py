"""Forma de Cobrança: by which means a customer is charged (C-13)."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.operators.checked import chosen
from models.operators.in_company import InCompany

MEANS = {"boleto": "Boleto com Pix", "pix": "Somente Pix", "counter": "No balcão"}


class BillingMethod(InCompany, Base):
    __tablename__ = "billing_method"
    kind: ClassVar[str] = "a forma de cobrança"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    means: Mapped[str] = mapped_column(String(10), info={"title": "meio"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("means in ('boleto','pix','counter')", name="means"),)

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        return super().errors(new) | chosen("means", new.get("means"), MEANS, "Escolha o meio de cobrança.")
