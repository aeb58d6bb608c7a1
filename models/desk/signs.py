"""What pages are made of, in plain values: a status in words, a stop of a fio, a line of a sum. Templates draw them."""

from __future__ import annotations

from typing import NamedTuple

from models.services import STATUSES


class Sign(NamedTuple):
    """A status as a person reads it; without an icon it has that of its tone (components/status.html)."""

    text: str
    tone: str = "neu"
    icon: str | None = None


class Stop(NamedTuple):
    """A stop of a fio (components/fio.html). `passes`: the line goes on behind it; None: as its state has it."""

    label: str
    fact: str
    state: str
    passes: bool | None = None


class SumLine(NamedTuple):
    """A line of a sum, or its total (components/money.html). `formula`, `aside`, `below` explain it; `note` a total."""

    label: str
    cents: int
    formula: str = ""
    aside: str = ""
    below: str = ""
    subtotal: bool = False
    note: str = ""


SERVICE_SIGNS = {
    status: Sign(STATUSES[status], tone, icon)
    for status, tone, icon in (
        ("awaiting_installation", "neu", "hourglass"),
        ("active", "ok", "circle-check"),
        ("awaiting_migration", "neu", "hourglass"),
        ("suspended_for_debt", "bad", "player-pause"),
        ("reduced", "warn", "gauge"),
        ("cancelled", "neu", "ban"),
    )
}
# Invoices and charges; an open one that is late has its own words.
MONEY_SIGNS = {
    "open": Sign("Em aberto"),
    "contested": Sign("Em contestação", "warn"),
    "paid": Sign("Paga", "ok"),
    "cancelled": Sign("Cancelada", "neu", "ban"),
    "written_off": Sign("Baixada sem receber", "neu", "ban"),
}
LATE = Sign("Vencida", "bad")
