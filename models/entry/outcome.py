"""What a try at the door of the Central comes to: one of four."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.base import db
from models.entry.known import MEANS, Known
from models.history import track
from models.operators import LoginSession
from models.people import Person


@dataclass(frozen=True)
class Entered:
    """In, by a good answer to `question`; without one, by the document alone."""

    known: Known
    question: str = ""

    @property
    def level(self) -> str:
        return "proved" if self.question else "weak"

    @property
    def goes_on_to_password(self) -> bool:
        """The first entry where a password is the rule is by the record, and one is to be chosen next."""
        return bool(self.question) and self.known.owes_password

    def begin(self, instead_of: int | None = None) -> None:
        """Write in the history that the new session begins; whoever acts is the person, in that session.

        `instead_of` is the weak session of somebody who was inside already: it ends.
        """
        person = db.session.get_one(Person, self.known.person_id)
        if instead_of:
            LoginSession.revoke(instead_of)
        else:
            track("person.signed_in", person, person_id=person.id, company_id=person.company_id)
        if self.question:
            means = MEANS[self.question]
            track("person.proved", person, person_id=person.id, company_id=person.company_id, means=means)


@dataclass(frozen=True)
class Asked:
    """Not in yet: the answer to `question` opens. That a question is asked tells nothing about the person."""

    question: str


@dataclass(frozen=True)
class Wrong:
    """Not in, and no reason is given: by an answer to `question`; without one, by the document alone."""

    question: str = ""


@dataclass(frozen=True)
class TooOften:
    """Not tried, because too many were wrong or too many codes were sent; `until` when to wait."""

    until: datetime


Outcome = Entered | Asked | Wrong | TooOften
