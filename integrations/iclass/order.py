"""What is handed over of a work order, as plain data and as JSON, and how that fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


class IclassTrouble(Exception):
    """It did not answer, or not as agreed; the effect waits and is tried again."""


class IclassRefused(Exception):
    """It answered no; its reason is for a person."""


@dataclass(frozen=True)
class FieldOrder:
    """Only what a visit needs; a CPF is nothing the field has to know."""

    key: str  # of ours, the same each time it is sent: letters, digits and hyphens
    number: int
    kind: str
    description: str
    customer: str
    phones: tuple[str, ...]
    address: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    technician: str | None = None
    protocol: str | None = None

    def as_json(self) -> dict[str, Any]:
        visit = None
        if self.starts_at and self.ends_at:
            visit = {
                "inicio": self.starts_at.isoformat(),
                "fim": self.ends_at.isoformat(),
                "tecnico": self.technician,
            }
        return {
            "numero": self.number,
            "tipo": self.kind,
            "descricao": self.description,
            "protocolo": self.protocol,
            "cliente": {"nome": self.customer, "telefones": list(self.phones), "endereco": self.address},
            "agendamento": visit,
        }
