"""The one table of history. Append-only: triggers refuse update and delete on both databases."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import JSON, CheckConstraint, Index, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.history.catalogue import ACTIONS
from models.scope import who


class Subject(Protocol):
    __tablename__: str

    @property
    def id(self) -> int: ...

    @property
    def label(self) -> str: ...


class Event(Base):
    __tablename__ = "event"

    id: Mapped[Id]
    occurred_at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    subject_label: Mapped[str] = mapped_column(String(200))
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(120))
    channel: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None]
    ticket_id: Mapped[int | None]
    company_id: Mapped[int]
    visibility: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(500))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    request_id: Mapped[str | None] = mapped_column(String(40))
    session_id: Mapped[int | None]
    ip: Mapped[str | None] = mapped_column(String(45))
    port: Mapped[int | None]
    erased_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("actor_kind in ('operator','subscriber','job','integration')", name="actor_kind"),
        CheckConstraint("channel in ('staff','portal','job','api')", name="channel"),
        CheckConstraint("visibility in ('internal','subscriber')", name="visibility"),
        Index("ix_event_person_id_occurred_at_id", "person_id", "occurred_at", "id"),
        Index("ix_event_action_occurred_at_id", "action", "occurred_at", "id"),
        Index("ix_event_ticket_id_id", "ticket_id", "id"),
        Index("ix_event_subject_type_subject_id_id", "subject_type", "subject_id", "id"),
        Index("ix_event_actor_kind_actor_id_id", "actor_kind", "actor_id", "id"),
    )


def track(
    action: str,
    subject: Subject,
    *,
    person_id: int | None = None,
    company_id: int | None = None,
    reason: str | None = None,
    **data: Any,
) -> Event:
    """Write one event for an act on `subject`, by whoever is acting, in the transaction of the act.

    Raises KeyError for an action that is not in the catalogue or data keys that are not exactly its own,
    NobodyActing when nobody acts. Source: X-03.
    """
    if subject.id is None:
        db.session.flush()
    about = (subject.__tablename__, subject.id, subject.label)
    row = Event(**event_values(action, about, person_id=person_id, company_id=company_id, reason=reason, **data))
    db.session.add(row)
    return row


def event_values(
    action: str,
    subject: tuple[str, int, str],
    *,
    person_id: int | None = None,
    company_id: int | None = None,
    reason: str | None = None,
    **data: Any,
) -> dict[str, Any]:
    """The columns of an event, for `track` and for acts that write thousands at once. Raises as `track` does."""
    entry, now = ACTIONS[action], who()
    if reason is not None:
        data["reason"] = reason
    if set(data) != entry.keys:
        raise KeyError(f"{action} wants exactly {sorted(entry.keys)}, got {sorted(data)}")
    kind, id, label = subject
    return {
        "occurred_at": clock.now(),
        "action": action,
        "subject_type": kind,
        "subject_id": id,
        "subject_label": label,
        "actor_kind": now.actor.kind,
        "actor_id": now.actor.id,
        "actor_name": now.actor.name,
        "channel": now.channel,
        "person_id": person_id,
        "ticket_id": now.ticket_of(person_id),
        "company_id": now.company_id if company_id is None else company_id,
        "visibility": entry.visibility,
        "reason": reason,
        "data": data,
        "request_id": now.request_id,
        "session_id": now.session_id,
        "ip": now.ip,
        "port": now.port,
    }


def latest_change(*subjects: tuple[str, int]) -> Event | None:
    """The newest event that changed one of these rows (table, id), not only read, printed or sent it."""
    about = or_(*(and_(Event.subject_type == kind, Event.subject_id == id) for kind, id in subjects))
    only = Event.action.in_([name for name, action in ACTIONS.items() if action.changes])
    return db.session.scalars(select(Event).where(about, only).order_by(Event.id.desc()).limit(1)).first()
