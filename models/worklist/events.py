"""What Início reads of history: tickets by hour, who was blocked and let back, what the routines did today (B-15)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all

from models import clock
from models.base import db
from models.history import Event
from models.scope import TODAS, who
from models.wording import counted

WEEKS = 4  # that make a common day of the week
OPENS, CLOSES = 8, 18  # the hours that are always drawn
BLOCKS = ("service.suspended", "service.reduced")
# What the routines do, in the order of the night: words for one, for many.
BY_ITSELF = {
    "invoice.issued": ("fatura emitida", "faturas emitidas"),
    "debt.noticed": ("aviso de débito", "avisos de débito"),
    "service.reduced": ("serviço reduzido", "serviços reduzidos"),
    "service.suspended": ("serviço suspenso", "serviços suspensos"),
    "service.trust_ended": ("liberação em confiança terminada", "liberações em confiança terminadas"),
    "notice.sent": ("e-mail enviado", "e-mails enviados"),
    "notice.failed": ("e-mail que voltou", "e-mails que voltaram"),
}


class Hour(NamedTuple):
    """Tickets opened in an hour of today, and in that hour of a common day like this one, to the nearest whole."""

    hour: int
    today: int
    usual: int


class Blocked(NamedTuple):
    """A day of the month: how many services were blocked or slowed, how many let back."""

    on: date
    blocked: int
    back: int


class Happened(NamedTuple):
    """What the routines did today, and when for the last time."""

    words: str
    at: datetime


class Night(NamedTuple):
    days: list[Blocked]
    today: list[Happened]


def hours() -> list[Hour]:
    """From the first hour of the desk to its last, and those beyond in which something came."""
    today = clock.today()
    days = [today - timedelta(weeks=week) for week in range(WEEKS + 1)]
    spans = [Event.occurred_at.between(clock.at(day, time(0)), clock.end_of(day)) for day in days]
    rows = select(Event.occurred_at).where(Event.action == "ticket.opened", or_(*spans), *_seen())
    now, before = Counter[int](), Counter[int]()
    for at in db.session.scalars(rows):
        local = clock.local(at)
        (now if local.date() == today else before)[local.hour] += 1
    asked = {*range(OPENS, CLOSES), *now, *before}
    return [Hour(at, now[at], round(before[at] / WEEKS)) for at in range(min(asked), max(asked) + 1)]


def night() -> Night:
    """The month of who is blocked, and the routines of today; one question."""
    today = clock.today()
    first, midnight = clock.at(today.replace(day=1), time(0)), clock.at(today, time(0))
    both = union_all(_blocked(first), _by_itself(midnight)).subquery()
    blocked, back, did = Counter[date](), Counter[date](), dict[str, Any]()
    for row in db.session.execute(select(both)):
        if row.part == "today":
            did[row.action] = row
        else:
            (blocked if row.action in BLOCKS else back)[clock.local(row.at).date()] += 1
    days = [today.replace(day=day) for day in range(1, today.day + 1)]
    return Night(
        [Blocked(on, blocked[on], back[on]) for on in days],
        [Happened(counted(did[key].many, *words), did[key].at) for key, words in BY_ITSELF.items() if key in did],
    )


def _blocked(since: datetime) -> Select[*tuple[Any, ...]]:
    rows = select(literal("month").label("part"), Event.action, literal(1).label("many"), Event.occurred_at.label("at"))
    return rows.where(Event.action.in_((*BLOCKS, "service.enabled")), Event.occurred_at >= since, *_seen())


def _by_itself(since: datetime) -> Select[*tuple[Any, ...]]:
    rows = select(literal("today"), Event.action, func.count(), func.max(Event.occurred_at))
    rows = rows.where(Event.action.in_(BY_ITSELF), Event.occurred_at >= since, Event.actor_kind == "job", *_seen())
    return rows.group_by(Event.action)


def _seen() -> list[ColumnElement[bool]]:
    """History is no table of companies: of what happened, what is of those whoever acts sees."""
    company = who().company_id
    return [] if company == TODAS else [Event.company_id.in_((TODAS, company))]
