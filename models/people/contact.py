"""How to reach a person: mobile, phone, e-mail; digits only for the first two."""

import re

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id

KINDS = {"mobile": "Celular", "phone": "Telefone fixo", "email": "E-mail"}


class Contact(Base):
    __tablename__ = "contact"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(120))

    __table_args__ = (
        CheckConstraint("kind in ('mobile','phone','email')", name="kind"),
        Index("ix_contact_person_id_kind", "person_id", "kind"),
        Index("ix_contact_value", "value"),
    )


def digits(typed: str) -> str:
    return re.sub(r"[^0-9]", "", typed)


def contact_errors(values: dict[str, str]) -> dict[str, str]:
    """What is wrong with typed contacts: a mobile is compulsory, the others may stay empty (C-02, C-03)."""
    errors = {}
    if not re.fullmatch(r"[1-9][1-9]9\d{8}", digits(values.get("mobile") or "")):
        errors["mobile"] = "Escreva o celular com DDD: 11 números. Exemplo: (37) 98765-4321."
    if values.get("phone") and not re.fullmatch(r"[1-9][1-9]\d{8,9}", digits(values["phone"])):
        errors["phone"] = "Escreva o telefone com DDD: 10 números. Exemplo: (37) 3221-4321."
    if refusal := refusal_to_email(values.get("email") or ""):
        errors["email"] = refusal
    return errors


def refusal_to_email(typed: str) -> str | None:
    """Why this is no address; none at all is fine."""
    if not typed or re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}", typed):
        return None
    return "Confira o e-mail. Exemplo: maria@exemplo.com."
