"""The routines by name: how people call each, and how often it runs. What each does stands in jobs/timetable.py."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

ROUTINES = {
    "trust_unlock_ends": ("Fim das liberações em confiança", timedelta(minutes=1)),
    "billing": ("Faturamento", timedelta(hours=1)),
    "invoice_mails": ("E-mails de faturas", timedelta(minutes=5)),
    "dunning": ("Régua de cobrança", timedelta(minutes=30)),
    "pix_requests": ("Registro de Pix no banco", timedelta(minutes=5)),
    "pix_reconciliation": ("Conciliação de Pix", timedelta(days=1)),
    "exhausted_effects": ("Tarefas sem resposta", timedelta(minutes=5)),
    "accounting": ("Sessões da rede", timedelta(minutes=5)),
    "usage_days": ("Consumo por dia", timedelta(days=1)),
    "retention": ("Limpeza do que venceu", timedelta(days=1)),
}
GRACE = timedelta(minutes=10)  # the slots a worker may be behind before somebody is told


class Trouble(NamedTuple):
    """A routine that does not do its work: what failed, or that nobody has run it since `since`."""

    name: str
    since: datetime
    error: str  # empty: it is overdue

    @property
    def words(self) -> str:
        return ROUTINES[self.name][0]


def is_overdue(name: str, ran_at: datetime, now: datetime) -> bool:
    """Whether a routine that ended for the last time at `ran_at` should have run again by now, twice."""
    return ran_at < now - 2 * ROUTINES[name][1] - GRACE
