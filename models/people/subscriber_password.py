"""The password of a subscriber in the Central; nobody needs one. A table of its own, so that nobody reads it by chance.

It may be shorter than an operator's: it opens one person's own data, the tries are few (models/entry/tries.py), and it
is typed on a phone. See docs/decisions/010-entering-the-central.md.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, changed, db, lock
from models.history import track
from models.operators import LoginSession
from models.operators.password import hashed, matches, refusal_to_password
from models.people.person import Person
from models.refused import Refused
from models.scope import who

SHORTEST = 8


class SubscriberPassword(Base):
    __tablename__ = "subscriber_password"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]

    @classmethod
    def of(cls, person: Person) -> SubscriberPassword | None:
        return db.session.get(cls, person.id)

    @classmethod
    def choose(cls, person: Person, password: str, present: str) -> None:
        """Set or change it; every other session of the person ends.

        Raises Refused for a present password that is wrong, and for a new one that is easily guessed.
        """
        lock(person)
        row, errors = cls.of(person), {}
        if row and not matches(row.password_hash, present):
            errors["present"] = "A senha atual não confere. Escreva de novo, ou fale com a gente para tirar a senha."
        if refusal := refusal_to_password(password, _own_words(person), SHORTEST):
            errors["password"] = refusal
        if errors:
            raise Refused(errors=errors)
        row = row or cls(person_id=person.id)
        row.password_hash, row.set_at = hashed(password), clock.now()
        db.session.add(row)
        LoginSession.revoke_all("subscriber", person.id, but=who().session_id)
        track("person.password_set", person, person_id=person.id, company_id=person.company_id)

    @classmethod
    def remove(cls, person: Person) -> None:
        """For who forgot it: the record proves them again. Every session of the person ends. Raises without one."""
        if not changed(delete(cls).where(cls.person_id == person.id)):
            raise Refused("Este cliente não tem senha da Central.", fix=person)
        LoginSession.revoke_all("subscriber", person.id)
        track("person.password_removed", person, person_id=person.id, company_id=person.company_id)


def _own_words(person: Person) -> list[str]:
    """What a stranger would try first."""
    born = [f"{person.birth_date:{form}}" for form in ("%d%m%Y", "%d%m%y")] if person.birth_date else []
    return [person.name, person.document, *born, *person.contacts().values()]
