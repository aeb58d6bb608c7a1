"""How the time of a ticket reads: what is left, how much of it is used, how loud it is (X-06)."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from models import clock
from models.tickets import Ticket

HOUR = timedelta(hours=1)


class Clock(NamedTuple):
    """`left`: '00:54', 'Vencido 00:12', '1 dia 03 h'. `used`: 0 to 100. `tone`: bad past it, warn with 25 % left."""

    left: str
    used: int
    tone: str
    paused: bool = False

    @property
    def word(self) -> str:
        """The state in a word, for those who do not see the colour."""
        if self.paused:
            return "Pausado"
        return {"bad": "Vencido", "warn": "Atenção", "neu": "No prazo"}[self.tone]

    @property
    def words(self) -> str:
        """Where there is room for a sentence, so that nobody takes it for the time of day."""
        if self.tone == "bad":
            return self.left
        return f"faltam {self.left}" + (", pausado" if self.paused else "")

    @classmethod
    def of(cls, ticket: Ticket) -> Clock:
        """The clock of a ticket now; of a paused one, as it stopped; of a finished one, as it ended."""
        if ticket.due_at is None or ticket.started_at is None:
            return cls("—", 0, "neu")
        at = ticket.closed_at or ticket.paused_at or clock.now()
        whole = max((ticket.due_at - ticket.started_at).total_seconds(), 1)
        used = min(max(round((at - ticket.started_at).total_seconds() * 100 / whole), 0), 100)
        late = at > ticket.due_at
        tone = "bad" if late else "warn" if ticket.warns_at and at >= ticket.warns_at else "neu"
        left = in_words(abs(ticket.due_at - at))
        return cls(f"Vencido {left}" if late else left, used, tone, ticket.paused_at is not None)


def in_words(left: timedelta) -> str:
    """'00:54' below a day, '1 dia 03 h' from there on."""
    minutes = int(left.total_seconds()) // 60
    if left < 24 * HOUR:
        return f"{minutes // 60:02}:{minutes % 60:02}"
    days, hours = divmod(minutes // 60, 24)
    return f"{days} dia{'s' if days > 1 else ''} {hours:02} h"
