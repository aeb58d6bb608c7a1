"""Concentradores: the equipment that lets connections in and counts what they use (decision 038)."""

from __future__ import annotations

from datetime import datetime
from ipaddress import IPv4Address
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id, db
from models.operators.catalogue_row import chosen
from models.wording import tidy
from models.workflows.chosen_row import ChosenRow

VENDORS = {"mikrotik": "MikroTik", "huawei": "Huawei", "juniper": "Juniper", "cisco": "Cisco", "other": "Outro"}


class AccessConcentrator(ChosenRow, Base):
    __tablename__ = "access_concentrator"
    kind: ClassVar[str] = "o concentrador"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    vendor: Mapped[str] = mapped_column(String(10), info={"title": "fabricante"})
    # What it calls itself in every accounting row (NAS-IP-Address); the rows of two must not be mixed up.
    address: Mapped[str] = mapped_column(String(15), unique=True, info={"title": "endereço IP"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(f"vendor in {tuple(VENDORS)!r}", name="vendor"), KEPT_IDS)

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        return values | ({"address": tidy(values["address"])} if "address" in values else {})

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new) | chosen("vendor", new.get("vendor"), VENDORS, "Escolha o fabricante.")
        if not is_ipv4(new.get("address")):
            errors["address"] = "Escreva o endereço IP com que ele fala. Exemplo: 10.0.0.1."
        elif self._taken(new["address"]):
            errors["address"] = "Já há um concentrador com este endereço. Confira qual dos dois está certo."
        return errors

    def _taken(self, address: str) -> bool:
        same = select(AccessConcentrator.id).where(AccessConcentrator.address == address)
        if self.id is not None:
            same = same.where(AccessConcentrator.id != self.id)
        with db.session.no_autoflush:
            found = db.session.execute(same, execution_options={"every_company": "an address is somebody's alone"})
        return found.first() is not None


def is_ipv4(text: object) -> bool:
    """Four numbers with dots, as a router writes them."""
    try:
        return isinstance(text, str) and str(IPv4Address(text)) == text
    except ValueError:
        return False
