"""What the access servers count, row by row as FreeRADIUS writes it (decision 038).

The names and columns are a contract with a program that is not ours: it knows no company, and what it counted is never
refused, so these tables have neither the company nor foreign keys. They are read through a connection, which has both.
The functions below are its statements, for whatever counts without it: every one may come twice, late, or without the
one before it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, and_, func, or_, select, text, update
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models.base import KEPT_IDS, Base, Id, changed, db, upsert
from models.network.silence import LOST_AFTER, QUIET_AFTER

_OPEN = text("stopped_at is null")
CAUSES = {
    "User-Request": "o equipamento do cliente desligou",
    "Lost-Carrier": "perdeu o sinal",
    "Lost-Service": "perdeu o sinal",
    "Lost-Accounting": "parou de dar notícias",
    "Idle-Timeout": "ficou sem uso",
    "Session-Timeout": "acabou o tempo da sessão",
    "Admin-Reset": "derrubada pela equipe",
    "NAS-Reboot": "o concentrador reiniciou",
    "NAS-Request": "derrubada pelo concentrador",
    "Port-Error": "erro na porta do concentrador",
}
LOST = "Lost-Accounting"  # closed by us, since nothing was heard of it; opens again when something is


class RadiusSession(Base):
    """One stay in the network. `up_bytes` went from the subscriber, `down_bytes` to them."""

    __tablename__ = "radius_session"

    id: Mapped[Id]
    unique_id: Mapped[str] = mapped_column(String(32), unique=True)
    session_id: Mapped[str] = mapped_column(String(64), default="")
    connection_id: Mapped[int | None]
    login: Mapped[str] = mapped_column(String(64))
    nas_address: Mapped[str] = mapped_column(String(15))
    nas_port_id: Mapped[str] = mapped_column(String(64), default="")
    mac: Mapped[str | None] = mapped_column(String(17))
    ipv4: Mapped[str | None] = mapped_column(String(15))
    ipv6_prefix: Mapped[str | None] = mapped_column(String(43))
    delegated_prefix: Mapped[str | None] = mapped_column(String(43))
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    up_bytes: Mapped[int] = mapped_column(default=0, server_default="0")
    down_bytes: Mapped[int] = mapped_column(default=0, server_default="0")
    stop_cause: Mapped[str | None] = mapped_column(String(32))

    @property
    def cause(self) -> str:
        """Why it ended, in words; the word of the equipment where it is none of the usual, empty while it goes on."""
        return CAUSES.get(self.stop_cause, self.stop_cause) if self.stop_cause else ""

    # None on updated_at, seconds or bytes: an interim changes those three alone, and touches no index (decision 038).
    __table_args__ = (
        Index("ix_radius_session_open", "connection_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_radius_session_connection_id_started_at", "connection_id", "started_at"),
        Index("ix_radius_session_ipv4_started_at", "ipv4", "started_at"),
        Index("ix_radius_session_open_nas", "nas_address", sqlite_where=_OPEN, postgresql_where=_OPEN),
        KEPT_IDS,
    )


class RadiusAuthLog(Base):
    """One try to enter, with the reason of a refusal in a word that can be read."""

    __tablename__ = "radius_auth_log"

    id: Mapped[Id]
    login: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(40), default="")
    nas_address: Mapped[str] = mapped_column(String(15))
    mac: Mapped[str | None] = mapped_column(String(17))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("result in ('Access-Accept','Access-Reject')", name="result"),
        Index("ix_radius_auth_log_login_at", "login", "at"),
        KEPT_IDS,
    )


class Traffic(Base):
    """What passed between the last two accountings of an open session, kept by a trigger: raw ones are never stored."""

    __tablename__ = "traffic"

    session_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seconds: Mapped[int]
    up_bytes: Mapped[int]
    down_bytes: Mapped[int]


COUNTED = ("updated_at", "seconds", "up_bytes", "down_bytes")
KNOWN = ("ipv4", "ipv6_prefix", "delegated_prefix")


def start(**columns: Any) -> None:
    """A session begins; one that is known already stays as it is."""
    db.session.execute(upsert(RadiusSession).values(**columns).on_conflict_do_nothing(index_elements=["unique_id"]))


def interim(**columns: Any) -> None:
    """It goes on. A lost start is made up for, an older one that comes late changes nothing, and a session we had
    given up opens again."""
    _count(columns, {"stopped_at": None, "stop_cause": None})


def stop(**columns: Any) -> None:
    """It ended, with `stopped_at` and `stop_cause`."""
    _count(columns, {name: columns[name] for name in ("stopped_at", "stop_cause")})


def _count(columns: dict[str, Any], ending: dict[str, Any]) -> None:
    counting = upsert(RadiusSession).values(**columns)
    news = counting.excluded
    told = {name: news[name] for name in COUNTED} | {
        name: func.coalesce(news[name], getattr(RadiusSession, name)) for name in KNOWN if name in columns
    }
    still_open = or_(RadiusSession.stopped_at.is_(None), RadiusSession.stop_cause == LOST)
    db.session.execute(
        counting.on_conflict_do_update(
            index_elements=["unique_id"],
            set_=told | ending,
            where=and_(still_open, RadiusSession.seconds <= news.seconds),
        )
    )


def restarted(nas_address: str, at: datetime) -> int:
    """A concentrator says that it began anew: whatever was open on it is over."""
    open_ones = update(RadiusSession).where(
        RadiusSession.nas_address == nas_address, RadiusSession.stopped_at.is_(None)
    )
    return changed(open_ones.values(stopped_at=at, stop_cause="NAS-Reboot"))


def authenticated(**columns: Any) -> None:
    """Somebody tried to enter, and was let in or not."""
    db.session.add(RadiusAuthLog(**columns))
    db.session.flush()


def lost(at: datetime) -> Any:
    """Conditions of the sessions nothing was heard of for too long, on a concentrator that does speak.

    One that is silent says nothing of anybody: its sessions stay open and are said to be without news.
    """
    other = aliased(RadiusSession)
    speaks = select(other.nas_address).where(other.stopped_at.is_(None)).group_by(other.nas_address)
    return and_(
        RadiusSession.stopped_at.is_(None),
        RadiusSession.updated_at < at - LOST_AFTER,
        RadiusSession.nas_address.in_(speaks.having(func.max(other.updated_at) >= at - QUIET_AFTER)),
    )


def close_lost(at: datetime) -> int:
    """Close the lost sessions as of when they were last heard of; how many (decision 038)."""
    closing = update(RadiusSession).where(lost(at))
    return changed(closing.values(stopped_at=RadiusSession.updated_at, stop_cause=LOST))
