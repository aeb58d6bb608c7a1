"""An address of a person. Services point at one; changing a shared one is asked first (C-29)."""

from __future__ import annotations

import re

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.people.tax_id import is_valid_cep
from models.wording import tidy

STATES = [
    "AC",
    "AL",
    "AM",
    "AP",
    "BA",
    "CE",
    "DF",
    "ES",
    "GO",
    "MA",
    "MG",
    "MS",
    "MT",
    "PA",
    "PB",
    "PE",
    "PI",
    "PR",
    "RJ",
    "RN",
    "RO",
    "RR",
    "RS",
    "SC",
    "SE",
    "SP",
    "TO",
]

COMPULSORY = {
    "street": "Escreva a rua ou avenida.",
    "number": "Escreva o número. Sem número, escreva s/n.",
    "district": "Escreva o bairro.",
    "city": "Escreva a cidade.",
}


class Address(Base):
    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("person_id", "id"), Index("ix_address_city", "city"))

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    cep: Mapped[str] = mapped_column(String(8))
    street: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(20))
    complement: Mapped[str] = mapped_column(String(60), default="")
    district: Mapped[str] = mapped_column(String(80))
    city: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(2))

    @property
    def text(self) -> str:
        return address_text(address_parts(self))

    @property
    def whole(self) -> str:
        """All of it in one line, CEP too: what somebody was shown, and what history keeps."""
        return f"{self.text}, CEP {self.cep}"


FIELDS = ("cep", "street", "number", "complement", "district", "city", "state")


def address_parts(address: Address) -> dict[str, str]:
    """Its fields as plain text, apart from the row."""
    return {name: getattr(address, name) for name in FIELDS}


def address_text(parts: dict[str, str]) -> str:
    """One line: 'Rua das Acácias, 120, ap. 302, Centro, Vale Claro/MG'."""
    street = ", ".join(filter(None, [parts["street"], parts["number"], parts.get("complement")]))
    return f"{street}, {parts['district']}, {parts['city']}/{parts['state']}"


def address_errors(parts: dict[str, str], prefix: str = "") -> dict[str, str]:
    """What is missing or wrong in a typed address, by field (C-03, C-08)."""
    errors = {key: sentence for key, sentence in COMPULSORY.items() if not tidy(parts.get(key))}
    if not is_valid_cep(parts.get("cep") or ""):
        errors["cep"] = "O CEP tem 8 números. Exemplo: 35500-120."
    if (parts.get("state") or "") not in STATES:
        errors["state"] = "Escolha o estado."
    return {prefix + key: sentence for key, sentence in errors.items()}


def address_values(parts: dict[str, str], prefix: str = "") -> dict[str, str]:
    """The fields of an address out of typed answers, cleaned."""
    values = {key: tidy(str(parts.get(prefix + key) or "")) for key in FIELDS}
    return {**values, "cep": re.sub(r"[^0-9]", "", values["cep"])}
