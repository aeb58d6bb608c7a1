"""The acting context: who acts, by which door, in which company. It also decides what a query may see."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, with_loader_criteria

TODAS = 0  # the company row that means every company, so that company_id is never NULL


class NobodyActing(RuntimeError):
    """A rule was asked to act, or a row of a company was asked for, outside `acting(...)`."""


@dataclass(frozen=True)
class Actor:
    kind: str  # operator, subscriber, job or integration
    id: int | None
    name: str


@dataclass(frozen=True)
class Acting:
    actor: Actor
    channel: str  # staff, portal, job or api
    company_id: int = TODAS
    ticket_id: int | None = None
    request_id: str | None = None
    session_id: int | None = None
    ip: str | None = None
    port: int | None = None


_now: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(actor: Actor, channel: str, company_id: int = TODAS, **more: Any) -> Iterator[None]:
    """Everything done inside is done by this actor, through this door, in the scope of this company."""
    token = _now.set(Acting(actor, channel, company_id, **more))
    try:
        yield
    finally:
        _now.reset(token)


def who() -> Acting:
    current = _now.get()
    if current is None:
        raise NobodyActing("nobody is acting: enter acting(...) first")
    return current


class OfCompany:
    """Rows of a company: a query sees those of the acting company and those of TODAS, no others (X-01)."""

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))


@event.listens_for(Session, "do_orm_execute")
def _scope(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load:
        return
    if not (state.is_select or state.is_update or state.is_delete):
        return
    if not any(issubclass(mapper.class_, OfCompany) for mapper in state.all_mappers):
        return
    mine = who().company_id
    if mine == TODAS:
        return
    seen = (TODAS, mine)
    state.statement = state.statement.options(
        with_loader_criteria(OfCompany, lambda cls: cls.company_id.in_(seen), include_aliases=True)
    )
