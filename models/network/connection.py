"""A connection: by which login a service enters the network, from where, and what it may use there (X-06, A-25)."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.network.connection_facts import TECHNOLOGIES, ChangesFacts
from models.people import Person
from models.people.person import searchable
from models.scope import OfCompany
from models.services import STATUSES, Service, Suspension

ACCESS_STATES = ("active", "reduced", "blocked", "disabled")
_BY_PLAN = {"fiber": "fiber", "radio": "radio", "cable": "coaxial"}  # the technology of a plan: its medium
_LEGAL = ("ltda", "me", "epp", "eireli", "sa")  # no part of what somebody is called
_PAIRS = " or ".join(
    f"(medium = '{medium}' and technology in ({', '.join(map(repr, known))}))" for medium, known in TECHNOLOGIES.items()
)


class Connection(ChangesFacts, OfCompany, Base):
    __tablename__ = "connection"
    stale = "Esta conexão mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    service_id: Mapped[int]
    login: Mapped[str] = mapped_column(String(64), unique=True)  # among all companies: the network knows no company
    mac: Mapped[str | None] = mapped_column(String(17))
    fixed_ipv4: Mapped[str | None] = mapped_column(String(15), unique=True)
    concentrator_id: Mapped[int | None] = mapped_column(ForeignKey("access_concentrator.id"), index=True)
    medium: Mapped[str | None] = mapped_column(String(10))
    technology: Mapped[str | None] = mapped_column(String(10))
    ibge_code: Mapped[str | None] = mapped_column(String(7))
    zone: Mapped[str] = mapped_column(String(5), default="urban")
    # What the network lets it use, since when and why; what it should use is the service's (decision 007).
    access_state: Mapped[str] = mapped_column(String(10), default="disabled")
    access_since: Mapped[datetime | None]
    access_reason: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        UniqueConstraint("company_id", "id"),
        Index("ix_connection_service_id", "service_id"),
        CheckConstraint(f"access_state in {ACCESS_STATES!r}", name="access_state"),
        CheckConstraint("zone in ('urban','rural')", name="zone"),
        CheckConstraint("login <> ''", name="login"),
        CheckConstraint(f"medium is null or {_PAIRS}", name="medium"),
        CheckConstraint("(medium is null) = (technology is null)", name="technology"),
    )

    @classmethod
    def add(cls, service: Service) -> Connection:
        """One connection more for a service, with a login of its own; not let in yet."""
        count = select(func.count()).select_from(cls).where(cls.service_id == service.id)
        number = (db.session.scalar(count) or 0) + 1
        person = select(Person.name, Person.trade_name).where(Person.id == service.person_id)
        name, trade_name = db.session.execute(person, execution_options={"every_company": "its own customer"}).one()
        medium = _BY_PLAN.get(service.technology)
        row = cls(
            company_id=service.company_id,
            service_id=service.id,
            login=login_for(trade_name or name, service.id, number),
            medium=medium,
            technology=TECHNOLOGIES[medium][0] if medium else None,
            created_at=clock.now(),
        )
        db.session.add(row)
        db.session.flush()
        return row

    @classmethod
    def of(cls, service: Service) -> Connection:
        """The first connection of a service, made when it has none yet."""
        first = select(cls).where(cls.service_id == service.id).order_by(cls.id)
        return db.session.scalars(first.limit(1)).first() or cls.add(service)

    @classmethod
    def confirm(cls, service: Service, access: str) -> bool:
        """Keep what the access server has confirmed; False, and nothing kept, when the service may use something
        else by now. Locks the service, so that it does not move in between."""
        if lock(service).access != access:
            return False
        reason = _reason(service)
        for row in db.session.scalars(select(cls).where(cls.service_id == service.id)).all() or [cls.add(service)]:
            row.applied(access, reason)
        return True

    def applied(self, access: str, reason: str = "") -> None:
        """The access server has confirmed this access. It is so since the day it became so, however often said."""
        if self.access_state != access or self.access_since is None:
            self.access_since = clock.now()
        self.access_state, self.access_reason = access, reason if access != "active" else ""


def is_first() -> ColumnElement[bool]:
    """Condition of the first connection of each Service, for what shows one line of a service."""
    older = aliased(Connection)
    return Connection.id == (
        select(func.min(older.id)).where(older.service_id == Service.id).correlate(Service).scalar_subquery()
    )


def login_for(name: str, service_id: int, number: int = 1) -> str:
    """'maria.albuquerque.5': who, and of which service, so that no two are the same; '-2' the second of a service.

    Only letters that every equipment stores as they are (decision 038).
    """
    words = [word for word in re.findall("[a-z0-9]+", searchable(name)) if word not in _LEGAL] or ["cliente"]
    who = words[0][:20] + (f".{words[-1][:20]}" if len(words) > 1 else "")
    return f"{who}.{service_id}" + (f"-{number}" if number > 1 else "")


def _reason(service: Service) -> str:
    """Why it may not use all of it: the suspension's own words, or what the service waits for."""
    open_one = select(Suspension.reason).where(Suspension.service_id == service.id, Suspension.ended_at.is_(None))
    return db.session.scalar(open_one) or STATUSES[service.status]
