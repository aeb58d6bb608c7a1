"""By what a customer is found: the endings of the words of the name and of the streets, and of the telephones.

A part of a word is the beginning of one of its endings: 'rei' begins 'reira', which ends 'moreira'. So an index of
beginnings, which both databases have, finds parts of words in the time the answer is long (decision 033).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, db, insert_all

LONGEST = 24  # characters of an ending that are kept
SHORTEST = 3  # of an ending; a shorter word is kept whole
DIGITS = 4  # of an ending of a telephone
# In the order of its bytes, or a database with a language would not find what begins so between two of them.
Part = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")


class PersonPart(Base):
    __tablename__ = "person_part"

    part: Mapped[str] = mapped_column(Part, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)

    __table_args__ = (Index("ix_person_part_person_id_part", "person_id", "part"), {"sqlite_with_rowid": False})

    @classmethod
    def begins(cls, typed: str) -> ColumnElement[bool]:
        """Does an ending begin with what was typed? Of more than is kept, the beginning decides."""
        word = typed[:LONGEST]
        return and_(cls.part >= word, cls.part < word[:-1] + chr(ord(word[-1]) + 1))


def endings(words: Iterable[str], telephones: Iterable[str]) -> Iterator[str]:
    """Of words without accents, as `searchable` gives them, and of bare telephones; some more than once."""
    for word in words:
        yield word[:LONGEST]
        yield from (word[start : start + LONGEST] for start in range(1, len(word) - SHORTEST + 1))
    for number in telephones:
        yield from (number[start:] for start in range(len(number) - DIGITS + 1))


def keep_parts(person_id: int, words: Iterable[str], telephones: Iterable[str]) -> None:
    """Put exactly these endings for a person; a row that stays is not written again."""
    wanted = set(endings(words, telephones))
    has = set(db.session.scalars(select(PersonPart.part).where(PersonPart.person_id == person_id)))
    if gone := has - wanted:
        db.session.execute(delete(PersonPart).where(PersonPart.person_id == person_id, PersonPart.part.in_(gone)))
    insert_all(PersonPart, [{"person_id": person_id, "part": part} for part in sorted(wanted - has)])


def add_parts(person_id: int, words: Iterable[str], telephones: Iterable[str] = (), *, new: bool = False) -> None:
    """Put the endings of one thing more for a person; `new`: there are none yet."""
    wanted = set(endings(words, telephones))
    if not new:
        there = select(PersonPart.part).where(PersonPart.person_id == person_id, PersonPart.part.in_(wanted))
        wanted -= set(db.session.scalars(there))
    insert_all(PersonPart, [{"person_id": person_id, "part": part} for part in sorted(wanted)])
