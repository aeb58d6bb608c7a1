"""What the Painel knows of a CPF or CNPJ that was typed into a new registration: whose it is, and what they have."""

from __future__ import annotations

from typing import NamedTuple

from models.desk.customer_services import ServiceRow, services
from models.people import Person
from models.people.person import Registered, already_registered, find_by_document
from models.people.tax_id import refusal_to_tax_id


class DocumentAnswer(NamedTuple):
    """`sentence` says what is wrong with it; of somebody in reach, `person` and their services."""

    sentence: str = ""
    person: Person | None = None
    services: tuple[ServiceRow, ...] = ()

    @property
    def free(self) -> bool:
        """Nobody has it: the registration goes on."""
        return not self.sentence and self.person is None


def answer_to(typed: str, kind: str) -> DocumentAnswer:
    """Is this the document of a customer? Refused as the registration would refuse it (C-03, C-04)."""
    if refusal := refusal_to_tax_id(typed, kind):
        return DocumentAnswer(refusal)
    if not find_by_document(typed):
        return DocumentAnswer()
    known: Registered = already_registered(typed, kind)
    if not isinstance(known.fix, Person):
        return DocumentAnswer(known.sentence)
    return DocumentAnswer("", known.fix, tuple(services(known.fix.id)))
