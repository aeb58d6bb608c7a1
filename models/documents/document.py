"""A printed document: issued with its values, rendered once by the worker, the same bytes ever after."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import JSON, CheckConstraint, ColumnElement, Index, LargeBinary, String, and_, update
from sqlalchemy.orm import Mapped, deferred, mapped_column

from models import clock
from models.base import Base, Id, changed, db
from models.history.event import Subject
from models.outbox import enqueue
from models.scope import OfCompany


class Printed(Subject, Protocol):
    """A row that is printed: a contract, an invoice, a carnê."""

    @property
    def company_id(self) -> int: ...


class Document(OfCompany, Base):
    __tablename__ = "document"

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(30))
    subject_type: Mapped[str] = mapped_column(String(40))  # what it is a print of, as history names rows
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    values: Mapped[dict[str, Any]] = mapped_column("values_json", JSON, deferred=True)
    values_hash: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime]
    rendered_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    size: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("kind in ('contract','invoice','carne','receipt','cash_desk','work_order')", name="kind"),
        CheckConstraint("(sha256 is null) = (rendered_at is null)", name="rendered"),
        Index("ix_document_subject_type_subject_id", "subject_type", "subject_id"),
    )

    @property
    def label(self) -> str:
        return self.title

    @property
    def ready(self) -> bool:
        return self.rendered_at is not None

    @classmethod
    def issue(cls, kind: str, subject: Printed, title: str, values: dict[str, Any]) -> Document:
        """Keep what is to be printed of a row and ask the worker to render it."""
        row = cls(
            kind=kind,
            subject_type=subject.__tablename__,
            subject_id=subject.id,
            title=title,
            values=values,
            values_hash=fingerprint(values),
            issued_at=clock.now(),
            company_id=subject.company_id,
        )
        db.session.add(row)
        db.session.flush()
        enqueue("render_document", str(row.id), {"document_id": row.id})
        return row

    @classmethod
    def of(cls, subject: Printed) -> ColumnElement[bool]:
        """Which documents are prints of a row."""
        return and_(cls.subject_type == subject.__tablename__, cls.subject_id == subject.id)

    def keep(self, content: bytes) -> bool:
        """Store the rendered bytes, once: a second rendering changes nothing and answers False."""
        keeping = update(Document).where(Document.id == self.id, Document.rendered_at.is_(None))
        sha256 = hashlib.sha256(content).hexdigest()
        return bool(changed(keeping.values(content=content, size=len(content), sha256=sha256, rendered_at=clock.now())))


def fingerprint(values: dict[str, Any]) -> str:
    """Tells whether what would be printed now is what was printed then."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
