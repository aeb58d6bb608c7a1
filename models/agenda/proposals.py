"""Which hour is proposed first, and why: pure ordering over what was found (X-14, B-21)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from models.agenda.distance import FAR, WORDS
from models.wording import duration, hour


class Neighbour(NamedTuple):
    """A visit of the same technician on the same day: where he is anyway."""

    starts_at: datetime
    street: str
    distance: int


class Proposal(NamedTuple):
    """A free hour of a technician for one order; `late` is by how much it misses the deadline, None without one."""

    technician_id: int
    technician: str
    in_group: bool
    starts_at: datetime
    ends_at: datetime
    neighbour: Neighbour | None
    is_first: bool  # nothing stands before it on that day
    late: timedelta | None

    @property
    def distance(self) -> int:
        return self.neighbour.distance if self.neighbour else FAR

    @property
    def is_late(self) -> bool:
        return bool(self.late)

    def reasons(self, group: str, zone: str) -> list[str]:
        """'do grupo Campo Centro', 'já está na Rua da Matriz às 09:00, mesmo bairro', 'cabe no prazo'."""
        found = []
        if group:
            found.append(f"do grupo {group}" if self.in_group else f"fora do grupo {group}")
        if self.neighbour and self.distance < FAR:
            place = f"em {self.neighbour.street}" if self.neighbour.street else "perto"
            found.append(f"já está {place} às {hour(self.neighbour.starts_at, zone)}, {WORDS[self.distance]}")
        if self.is_first:
            found.append("primeira visita do dia")
        if self.late is not None:
            found.append(self.deadline)
        return found

    @property
    def deadline(self) -> str:
        """'cabe no prazo', 'passa do prazo em 2h'; empty without one."""
        if self.late is None:
            return ""
        return f"passa do prazo em {_roughly(self.late)}" if self.late else "cabe no prazo"


def in_order(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The best first: who is of the group, what keeps the deadline, who is near that day, what is earliest.

    Where the deadline is missed anyway an early hour is worth more than a near one. Whatever comes in whatever order,
    the same comes out.
    """
    return sorted(proposals, key=_rank)


def _rank(one: Proposal) -> tuple[bool, bool, datetime, int, datetime, str, int]:
    soonest = one.starts_at if one.is_late else NEVER
    late = one.is_late
    return (not one.in_group, late, soonest, one.distance, one.starts_at, one.technician, one.technician_id)


NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def _roughly(late: timedelta) -> str:
    """'2 dias', '3h', '40min'."""
    if late.days:
        return "1 dia" if late.days == 1 else f"{late.days} dias"
    minutes = max(1, int(late.total_seconds()) // 60)
    return duration(minutes if minutes < 60 else minutes // 60 * 60)
