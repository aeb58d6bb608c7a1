"""The acting context: who acts, by which door, in which company."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

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
    ticket_person_id: int | None = None  # whose ticket it is: acts on anybody else are none of it
    request_id: str | None = None
    session_id: int | None = None
    ip: str | None = None
    port: int | None = None

    def ticket_of(self, person_id: int | None) -> int | None:
        """The ticket in which an act on this customer stands; None for an act on somebody else."""
        return self.ticket_id if self.ticket_person_id in (None, person_id) else None


_now: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(actor: Actor, channel: str, company_id: int = TODAS, **more: Any) -> Iterator[None]:
    """Everything done inside is done by this actor, through this door, in the scope of this company."""
    token = _now.set(Acting(actor, channel, company_id, **more))
    try:
        yield
    finally:
        _now.reset(token)


@contextmanager
def inside_ticket(ticket_id: int, person_id: int | None = None) -> Iterator[None]:
    """What is done inside, to this customer, stands in the timeline of this ticket too (A-46)."""
    token = _now.set(replace(who(), ticket_id=ticket_id, ticket_person_id=person_id))
    try:
        yield
    finally:
        _now.reset(token)


@contextmanager
def inside_company(company_id: int) -> Iterator[None]:
    """What is asked inside sees one company and what is of all, whatever else whoever acts may see."""
    token = _now.set(replace(who(), company_id=company_id or who().company_id))
    try:
        yield
    finally:
        _now.reset(token)


def who() -> Acting:
    current = _now.get()
    if current is None:
        raise NobodyActing("nobody is acting: enter acting(...) first")
    return current


def acting_now() -> Acting | None:
    """Whoever acts, or None."""
    return _now.get()
