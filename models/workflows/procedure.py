"""Procedimentos: how the house does something, as a page of which every text is kept under its number (U-30)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.history import Event, track
from models.operators.catalogue_row import CatalogueRow, every
from models.refused import Refused, require
from models.scope import who
from models.wording import tidy
from models.workflows.procedure_text import tidy_text

LONGEST = 20_000
LONGEST_NOTE = 200


class Procedure(CatalogueRow, Base):
    __tablename__ = "procedure"
    kind: ClassVar[str] = "o procedimento"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120), unique=True, info={"title": "nome"})
    inactive_since: Mapped[datetime | None]

    @classmethod
    def begin(cls, name: str, body: str) -> Procedure:
        """A new procedure with its first revision. Raises Refused with a sentence for each wrong field."""
        row = cls(name=name)
        every(row.create, lambda: _refuse(tidy_text(body)))
        row.write(body)
        return row

    def edit(self, name: str, body: str, note: str = "", version: int | None = None) -> ProcedureRevision | None:
        """Another name, another text, or both; None when the name alone changed, which makes no revision.

        Raises Stale when somebody was faster, Refused with a sentence for each wrong field, or when nothing changed.
        """
        self.require_version(version)
        newest = self.newest()
        if tidy(name) != self.name and newest and tidy_text(body) == newest.body:
            if tidy(note):
                raise Refused("O texto não mudou, e a nota é de uma revisão. Altere o texto ou apague.", field="note")
            self.change(name=name)
            return None
        written: list[ProcedureRevision] = []
        every(lambda: self.change(name=name), lambda: written.append(self.write(body, note)))
        return written[0]

    def write(self, body: str, note: str = "", version: int | None = None) -> ProcedureRevision:
        """Add the next revision; those before stay as they were written.

        Raises Stale when somebody was faster than whoever was shown this version; Refused for a text without words,
        one too long, or the one that is there already.
        """
        require(self.refusal_to_change())
        self.require_version(version)
        body, note = tidy_text(body), tidy(note)
        _refuse(body, note)
        newest = self.newest()
        if newest and newest.body == body:
            raise Refused(f"O texto é igual ao da revisão {newest.number}. Altere algo antes de gravar.", field="body")
        actor = who().actor
        row = ProcedureRevision(
            procedure_id=self.id,
            number=newest.number + 1 if newest else 1,
            body=body,
            note=note,
            author_id=actor.id if actor.kind == "operator" else None,
            author=actor.name,
            created_at=clock.now(),
        )
        db.session.add(row)
        self.take()
        track("procedure.written", self, revision=row.number, name=self.name)
        return row

    def newest(self) -> ProcedureRevision | None:
        """What the procedure says now."""
        mine = select(ProcedureRevision).where(ProcedureRevision.procedure_id == self.id)
        return db.session.scalars(mine.order_by(ProcedureRevision.number.desc()).limit(1)).first()

    def revision(self, number: int) -> ProcedureRevision | None:
        mine = select(ProcedureRevision).where(ProcedureRevision.procedure_id == self.id)
        return db.session.scalars(mine.where(ProcedureRevision.number == number)).first()

    def revisions(self) -> list[Written]:
        """Who wrote each revision and when, without their texts, the newest first."""
        row = ProcedureRevision
        mine = select(row.number, row.author, row.created_at, row.note).where(row.procedure_id == self.id)
        return [Written(*each) for each in db.session.execute(mine.order_by(row.number.desc()))]

    def acts(self, most: int = 10) -> list[Event]:
        """What else was done with it, the newest first: another name, out of use, back into use."""
        about = (Event.subject_type == self.__tablename__, Event.subject_id == self.id)
        told = Event.action.in_(("catalog.changed", "catalog.retired", "catalog.restored"))
        return list(db.session.scalars(select(Event).where(*about, told).order_by(Event.id.desc()).limit(most)))

    @classmethod
    def listed(cls) -> list[Listed]:
        """Every procedure by name, with its newest revision."""
        row = ProcedureRevision
        newest = select(row.procedure_id, func.max(row.number).label("number")).group_by(row.procedure_id).subquery()
        rows = select(cls.id, cls.name, cls.inactive_since, row.number, row.author, row.created_at)
        rows = rows.join(newest, newest.c.procedure_id == cls.id)
        rows = rows.join(row, (row.procedure_id == cls.id) & (row.number == newest.c.number))
        return [Listed(*each) for each in db.session.execute(rows.order_by(cls.name))]


class ProcedureRevision(Base):
    """What a procedure said. The database refuses to change or delete it."""

    __tablename__ = "procedure_revision"

    id: Mapped[Id]
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")  # what changed, if the author said so
    author_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))  # None: the house itself
    author: Mapped[str] = mapped_column(String(120))  # by the name they had
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("procedure_id", "number"), CheckConstraint("body <> ''", name="body"))


class Written(NamedTuple):
    number: int
    author: str
    created_at: datetime
    note: str


class Listed(NamedTuple):
    id: int
    name: str
    inactive_since: datetime | None
    number: int
    author: str
    created_at: datetime  # of the newest revision


def _refuse(body: str, note: str = "") -> None:
    """Raises Refused with what is wrong in a text and its note, as they would be written."""
    errors = {}
    if not body:
        errors["body"] = "Escreva o procedimento."
    elif len(body) > LONGEST:
        errors["body"] = f"O texto tem {len(body) - LONGEST} letras a mais que as 20.000 que cabem. Encurte ou divida."
    if len(note) > LONGEST_NOTE:
        errors["note"] = f"Use no máximo {LONGEST_NOTE} caracteres."
    if errors:
        raise Refused(errors=errors)
