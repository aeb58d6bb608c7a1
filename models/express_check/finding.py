"""A finding: one thing that was looked up of a customer, what it showed, and how it is kept (A-20, A-31, B-24).

Its words name moments and days in full, never 'hoje': they are read again when it is another day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.tickets import Ticket

SECTIONS = {
    "technical": "Técnicas",
    "financial": "Financeiras",
    "registration": "Cadastrais",
    "diagnosis": "Diagnósticos do Serviço",
}
# The nine of, in the order of the seed: (title, section).
TILES = {
    "outage": ("Notificação de Parada no ponto de acesso", "technical"),
    "default": ("Inadimplente", "financial"),
    "orders": ("Ordem de Serviço", "technical"),
    "reduction": ("Redução", "technical"),
    "online": ("Online/Offline", "technical"),
    "block": ("Bloqueio", "technical"),
    "invoices": ("Financeiro", "financial"),
    "contract": ("Contrato", "registration"),
    "priority": ("Prioridade de Atendimento", "registration"),
}
# What the grid says besides.
FACTS = {
    "connection": ("Conexão", "technical"),
    "email": ("E-mail", "registration"),
    "telephone": ("Telefone", "registration"),
    "document": ("CPF ou CNPJ", "registration"),
}
# The seven blocks of the quick form (C-57).
BLOCKS = {
    "status": ("Status da Conexão", "diagnosis"),
    "traffic": ("Tráfego Tempo Real", "diagnosis"),
    "tries": ("Autenticações na Última Semana", "diagnosis"),
    "sessions": ("Extrato de Conexões", "diagnosis"),
    "period": ("Status e Período", "diagnosis"),
    "overdue": ("Faturas Vencidas", "diagnosis"),
    "recent_orders": ("Ordens de Serviço dos últimos três meses", "diagnosis"),
}
KINDS = TILES | FACTS | BLOCKS
NETWORK = ("online", "connection", "reduction", "block", "traffic", "tries", "sessions", "period")
MONEY = ("default", "invoices", "overdue")  # what a customer owes, which not everybody may see
# matter: something is pending, red; notice: to be known before one begins; calm; silent: nobody knows.
STATES = ("matter", "notice", "calm", "silent")
NO_ANSWER = "não respondeu"


class Line(NamedTuple):
    """A sentence of the grid; `about` and `id` name the row it speaks of, for a door to link it."""

    text: str
    about: str = ""
    id: int = 0


@dataclass(frozen=True)
class Keyed:
    """What is named by one of KINDS."""

    key: str

    @property
    def title(self) -> str:
        return titled(self.key)[0]

    @property
    def section(self) -> str:
        return titled(self.key)[1]

    @property
    def is_money(self) -> bool:
        return self.key in MONEY

    @property
    def is_of_network(self) -> bool:
        return self.key in NETWORK


@dataclass(frozen=True)
class Finding(Keyed):
    state: str
    words: str  # what its tile says
    lines: tuple[Line, ...] = ()

    @property
    def is_tile(self) -> bool:
        return self.key in TILES

    @property
    def asks(self) -> bool:
        """Is it something to know before one begins?"""
        return self.state in ("matter", "notice")

    @property
    def is_silent(self) -> bool:
        return self.state == "silent"

    @property
    def told(self) -> tuple[Line, ...]:
        """What the grid says of it; its words where it has no more to say."""
        return self.lines or (Line(f"{self.words[:1].upper()}{self.words[1:]}."),)

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {"key": self.key, "state": self.state, "words": self.words, "lines": [list(line) for line in self.lines]}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Finding:
        lines = tuple(Line(*line) for line in kept["lines"])
        return cls(kept["key"], kept["state"], kept["words"], lines)


class Source(NamedTuple):
    """One place that is asked, and the findings it answers for; `ask` sends a fixed number of statements."""

    keys: tuple[str, ...]
    ask: Callable[[Ticket], list[Finding]]


@dataclass(frozen=True)
class Beside(Keyed):
    """A finding as it was kept, and as it is today; None where one of them did not ask for it."""

    then: Finding | None
    now: Finding | None

    @property
    def differs(self) -> bool:
        """Is it otherwise today? Of what did not answer, then or now, that is not known."""
        if self.then is None or self.now is None or NO_ANSWER in (self.then.words, self.now.words):
            return False
        return self.then != self.now


def titled(key: str) -> tuple[str, str]:
    """Title and section of a finding."""
    return KINDS[key]


def beside(then: Sequence[Finding], now: Sequence[Finding]) -> list[Beside]:
    """Each kept finding with today's of the same kind (B-24)."""
    before, today = ({row.key: row for row in rows} for rows in (then, now))
    return [Beside(key, before.get(key), today.get(key)) for key in KINDS if key in before or key in today]
