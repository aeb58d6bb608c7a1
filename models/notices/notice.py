"""A notice to a subscriber: kept with its text before it goes, sent by the worker, never lost with a dead server."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.history import track
from models.outbox import enqueue
from models.scope import OfCompany

NOTICE_STATUSES = {"waiting": "Na fila", "sent": "Enviado", "failed": "Não entregue"}
KINDS = ("invoice", "carne", "debt", "paid", "code", "unlock", "ticket", "contest", "receipt", "contract")


class Notice(OfCompany, Base):
    __tablename__ = "notice"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(10), default="email")
    address: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(150))
    body: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    invoice_id: Mapped[int | None]  # what it is about, where it is told once per invoice
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        CheckConstraint(f"kind in {KINDS!r}", name="kind"),
        CheckConstraint("channel in ('email')", name="channel"),
        CheckConstraint(f"status in {tuple(NOTICE_STATUSES)!r}", name="status"),
        CheckConstraint("(sent_at is not null) = (status = 'sent')", name="sent"),
        Index("ix_notice_person_id", "person_id"),
        Index(
            "uq_notice_invoice",
            "invoice_id",
            "kind",
            unique=True,
            sqlite_where=text("invoice_id is not null"),
            postgresql_where=text("invoice_id is not null"),
        ),
    )

    @property
    def label(self) -> str:
        return f"aviso {self.id}"

    @classmethod
    def send_later(
        cls,
        kind: str,
        person_id: int,
        company_id: int,
        address: str,
        subject: str,
        body: str,
        document_id: int | None = None,
        invoice_id: int | None = None,
    ) -> Notice:
        """Keep the text and have the worker mail it, in the transaction of whoever decided it."""
        row = cls.write(kind, person_id, company_id, address, subject, body)
        row.document_id, row.invoice_id = document_id, invoice_id
        enqueue("send_notice", str(row.id), {"notice_id": row.id})
        return row

    @classmethod
    def write(cls, kind: str, person_id: int, company_id: int, address: str, subject: str, body: str) -> Notice:
        """Keep the text of what somebody else sends."""
        row = cls(
            company_id=company_id,
            person_id=person_id,
            kind=kind,
            channel="email",
            address=address,
            subject=subject[:150],
            body=body,
            status="waiting",
            created_at=clock.now(),
        )
        db.session.add(row)
        db.session.flush()
        return row

    def sent(self) -> None:
        """The server took it."""
        self.status, self.sent_at = "sent", clock.now()
        track(
            "notice.sent",
            self,
            person_id=self.person_id,
            company_id=self.company_id,
            title=self.subject,
            address=self.address,
        )

    def failed(self) -> None:
        """The address does not exist, or the server refused it for good."""
        self.status = "failed"
        track("notice.failed", self, person_id=self.person_id, company_id=self.company_id, title=self.subject)
