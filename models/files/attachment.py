"""A file that hangs on a row: whose, what it is, who sees it. Its bytes lie in store.py under their hash."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, NamedTuple, Protocol

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Select, String, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, upsert
from models.files import store
from models.files.content import FORMATS, KINDS, MOST_BYTES, MOST_PIXELS, Incoming, turned
from models.history import track
from models.operators import Operator
from models.operators.versioned import Versioned
from models.refused import Refused, Stale, require
from models.scope import OfCompany, who
from models.wording import file_size, tidy

VISIBILITIES = {"internal": "só a equipe", "subscriber": "o cliente vê"}
MOST_FILES = 20  # of one row; of 10 MiB each, so 200 MiB
MOST_DESCRIPTION = 200
ENOUGH = f"Já há {MOST_FILES} arquivos aqui, o limite. Exclua um para anexar outro."
LOST = "O arquivo não está no servidor. Avise quem cuida dele: a cópia de segurança o tem."
FROM_THE_CENTRAL = "Cliente, pela Central"


class Holder(Protocol):
    """A row that files hang on."""

    __tablename__: str

    @property
    def id(self) -> int: ...

    @property
    def company_id(self) -> int: ...

    @property
    def person_id(self) -> int | None: ...


class Attachment(OfCompany, Versioned, Base):
    __tablename__ = "attachment"
    stale: ClassVar[str] = "Este arquivo mudou depois que você abriu a página. Confira como ele está."

    id: Mapped[Id]
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    place: Mapped[int | None]  # 1 to 20 among those of its subject; none once it is removed
    person_id: Mapped[int | None]  # whose history tells of it
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(MOST_DESCRIPTION), default="")
    kind: Mapped[str] = mapped_column(String(20))
    size_bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64), index=True)  # of the bytes that are kept
    visibility: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))  # none: the customer, by the Central
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))

    __table_args__ = (
        CheckConstraint(
            "subject_type in ('ticket', 'work_order')", name="subject_type"
        ),  # whose files can be asked for
        CheckConstraint(f"kind in {tuple(KINDS)!r}", name="kind"),
        CheckConstraint(f"visibility in {tuple(VISIBILITIES)!r}", name="visibility"),
        CheckConstraint("name <> '' and length(sha256) = 64", name="name"),
        CheckConstraint(f"size_bytes between 1 and {MOST_BYTES}", name="size_bytes"),
        CheckConstraint("(kind = 'application/pdf') = (width is null)", name="image"),
        CheckConstraint(
            "(width is null) = (height is null) and coalesce(width > 0 and height > 0 and"
            f" width * height <= {MOST_PIXELS}, true)",
            name="pixels",
        ),
        CheckConstraint("created_by is not null or visibility = 'subscriber'", name="created_by"),
        CheckConstraint("(deleted_at is null) = (deleted_by is null)", name="deleted"),
        CheckConstraint("(deleted_at is null) = (place is not null)", name="there"),
        CheckConstraint(f"place between 1 and {MOST_FILES}", name="place"),
        UniqueConstraint("subject_type", "subject_id", "place", name="uq_attachment_place"),
    )

    @property
    def label(self) -> str:
        """Not its name, which may say whose it is."""
        return f"anexo {self.id}"

    @property
    def title(self) -> str:
        return self.description or self.name

    @property
    def is_image(self) -> bool:
        return self.kind in FORMATS

    @property
    def is_private(self) -> bool:
        return self.visibility == "internal"

    @property
    def seen_by(self) -> str:
        return VISIBILITIES[self.visibility]

    @property
    def measures(self) -> str:
        """'2,1 MB, 3024 × 2016'."""
        size = file_size(self.size_bytes)
        return f"{size}, {self.width} × {self.height}" if self.is_image else size

    @classmethod
    def of(cls, subject: Holder) -> ColumnElement[bool]:
        """Which files hang on a row, without those that were removed."""
        there = and_(cls.subject_type == subject.__tablename__, cls.subject_id == subject.id)
        return and_(there, cls.deleted_at.is_(None))

    @classmethod
    def refusal_to_attach(cls, subject: Holder) -> str | None:
        return ENOUGH if cls._free_place(subject) is None else None

    @classmethod
    def attach(cls, subject: Holder, file: Incoming, visibility: str, description: str = "") -> Attachment:
        """Hang a file on a row; whoever acts is its author, and a file of the customer is one the customer sees.

        The bytes are written first and stay as an orphan when the transaction is rolled back. Raises Refused: too many
        files, nobody chosen who sees it, a long description, no room on the disk (A-95, A-98).
        """
        if visibility not in VISIBILITIES:
            raise Refused("Escolha quem vê o arquivo: só a equipe ou também o cliente.", field="visibility")
        require(cls.refusal_to_attach(subject))
        values = {
            "subject_type": subject.__tablename__,
            "subject_id": subject.id,
            "company_id": subject.company_id,
            "person_id": subject.person_id,
            "name": file.name,
            "description": _described(description),
            "kind": file.kind,
            "size_bytes": len(file.content),
            "width": file.width,
            "height": file.height,
            "visibility": visibility,
            "created_at": clock.now(),
            "created_by": _operator(),
            "sha256": store.put(file.content, file.thumbnail),
        }
        while (place := cls._free_place(subject)) is not None:  # of two at once each gets one
            taking = upsert(cls).values(**values, place=place).on_conflict_do_nothing().returning(cls.id)
            if (id := db.session.scalar(taking)) is not None:
                row = db.session.get_one(cls, id)
                row.record("attachment.added" if row.is_private else "attachment.shared", name=row.name)
                return row
        raise Refused(ENOUGH)

    def describe(self, version: int, text: str) -> None:
        """Say what the file shows. Raises Refused, and Stale when somebody was faster (A-97)."""
        description = _described(text)
        self._require_there(version)
        before = self.description
        if description == before:
            return
        self.take(version, description=description)
        self.record("attachment.described", name=self.name, before=before, after=description)

    def refusal_to_rotate(self) -> str | None:
        return None if self.is_image else "Só imagens giram. Um PDF fica como veio: gire-o no aparelho e anexe de novo."

    def rotate(self, version: int) -> None:
        """Turn an image a quarter to the right; the old bytes are kept for a day. Raises Refused, Stale (A-97)."""
        require(self.refusal_to_rotate())
        self._require_there(version)
        before = self.sha256
        try:
            file = turned(store.path_of(before).read_bytes(), self.name, self.kind)
        except OSError as error:
            raise Refused(LOST) from error
        after = store.put(file.content, file.thumbnail)
        size = len(file.content)
        self.take(version, sha256=after, size_bytes=size, width=file.width, height=file.height)
        if before != after:
            store.keep_a_day(before)
        self.record("attachment.rotated", name=self.name)

    def remove(self, reason: str) -> None:
        """Take the file away from its row; who did it and why stays, the bytes go after a day.

        Raises Refused without a reason, Stale when it is gone already (A-97).
        """
        reason = tidy(reason)
        if not reason:
            raise Refused("Escreva por que o arquivo sai. O motivo fica no histórico.", field="reason")
        if len(reason) > MOST_DESCRIPTION:
            raise Refused(f"Use no máximo {MOST_DESCRIPTION} caracteres.", field="reason")
        self._require_there(None)
        self.take(deleted_at=clock.now(), deleted_by=_operator(), place=None)
        store.keep_a_day(self.sha256)
        self.record("attachment.removed", name=self.name, reason=reason)

    def record(self, action: str, **data: str) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)

    def _require_there(self, version: int | None) -> None:
        self.require_version(version)
        if self.deleted_at:
            raise Stale("Este arquivo já foi excluído. Volte à lista de anexos.")

    @classmethod
    def _free_place(cls, subject: Holder) -> int | None:
        taken = set(db.session.scalars(select(cls.place).where(cls.of(subject))))
        return next((place for place in range(1, MOST_FILES + 1) if place not in taken), None)


class Shown(NamedTuple):
    """A file as a page shows it."""

    row: Attachment
    author: str


def shown(subject: Holder, *, to_subscriber: bool = False) -> list[Shown]:
    """The files of a row, oldest first; for the Central only what the customer may see. One query (A-96)."""
    rows = _visible(subject, to_subscriber).add_columns(Operator.name)
    rows = rows.outerjoin(Operator, Operator.id == Attachment.created_by).order_by(Attachment.id)
    return [Shown(row, name or FROM_THE_CENTRAL) for row, name in db.session.execute(rows)]


def attachment_of(subject: Holder, id: int, *, to_subscriber: bool = False) -> Attachment | None:
    """One file of a row; None where it hangs on another, was removed, or is not for the customer's eyes."""
    return db.session.scalars(_visible(subject, to_subscriber).where(Attachment.id == id)).one_or_none()


def _visible(subject: Holder, to_subscriber: bool) -> Select[Attachment]:
    rows = select(Attachment).where(Attachment.of(subject))
    return rows.where(Attachment.visibility == "subscriber") if to_subscriber else rows


def _described(text: str) -> str:
    description = tidy(text)
    if len(description) > MOST_DESCRIPTION:
        raise Refused(f"Use no máximo {MOST_DESCRIPTION} caracteres.", field="description")
    return description


def _operator() -> int | None:
    actor = who().actor
    return actor.id if actor.kind == "operator" else None
