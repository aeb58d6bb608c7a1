"""What pages are made of, in plain values: a status in words, a stop of a fio, a line of a sum. Templates draw them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ScalarSelect, select

from models.services import STATUSES, Service, TrustUnlock
from models.wording import near
from models.work_orders import ORDER_STATUSES

ORDER_TONES = {
    "open": ("neu", "tool"),
    "scheduled": ("neu", "calendar-check"),
    "closed": ("ok", "circle-check"),
    "cancelled": ("neu", "ban"),
}


class Sign(NamedTuple):
    """A status as a person reads it; without an icon it has that of its tone (components/status.html)."""

    text: str
    tone: str = "neu"
    icon: str | None = None


def order_sign(status: str) -> Sign:
    """The status of a work order."""
    tone, icon = ORDER_TONES[status]
    return Sign(ORDER_STATUSES[status], tone, icon)


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


def service_sign(status: str, trust_until: datetime | None) -> Sign:
    """How a service stands, told with its condition: released in confidence it is active, but not paid for.

    `trust_until`: when its release in confidence ends, as `trust_ends` reads it; None without one. The only way from
    a service's status to a sign: `SERVICE_SIGNS` alone would tell a debtor as Habilitado.
    """
    if trust_until:
        return Sign(f"Em confiança até {near(trust_until)}", "warn", "heart-handshake")
    return SERVICE_SIGNS[status]


def trust_ends() -> ScalarSelect[datetime]:
    """A column for a question on services: when the release in confidence in force ends; null without one."""
    ends = select(TrustUnlock.ends_at).where(TrustUnlock.service_id == Service.id, TrustUnlock.status == "active")
    return ends.correlate(Service).scalar_subquery()


def sign_of_service(service: Service) -> Sign:
    """The same for a service at hand; one question."""
    unlock = service.active_trust()
    return service_sign(service.status, unlock.ends_at if unlock else None)


# Invoices and charges; an open one that is late has its own words.
MONEY_SIGNS = {
    "open": Sign("Em aberto"),
    "contested": Sign("Em contestação", "warn"),
    "paid": Sign("Paga", "ok"),
    "cancelled": Sign("Cancelada", "neu", "ban"),
    "written_off": Sign("Baixada sem receber", "neu", "ban"),
}
LATE = Sign("Vencida", "bad")
