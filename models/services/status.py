"""The statuses of a service, which may follow which, and what each means for the access (X-05, D-19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Mapped

STATUSES = {
    "awaiting_installation": "Aguardando Instalação",
    "active": "Habilitado",
    "awaiting_migration": "Aguardando Migração",
    "suspended_for_debt": "Suspenso por Débito",
    "reduced": "Suspenso parcialmente",
    "cancelled": "Cancelado",
}

SUSPENDED = ("suspended_for_debt", "reduced")

MOVES: dict[str, set[str]] = {
    "awaiting_installation": {"active", "cancelled"},
    "active": {"reduced", "suspended_for_debt", "cancelled"},
    "reduced": {"active", "suspended_for_debt", "cancelled"},
    "suspended_for_debt": {"active", "cancelled"},
    "awaiting_migration": {"active", "cancelled"},
    "cancelled": set(),
}

ACCESS = {
    "active": "active",
    "reduced": "reduced",
    "suspended_for_debt": "blocked",
    "awaiting_installation": "disabled",
    "awaiting_migration": "disabled",
    "cancelled": "disabled",
}


class Moves:
    """The status machine of a service; its abilities build on it."""

    if TYPE_CHECKING:  # columns and abilities of Service that others use
        id: Mapped[int]
        company_id: Mapped[int]
        status: Mapped[str]
        plan_name: Mapped[str]
        activated_on: Mapped[date | None]
        starts_on: Mapped[date]
        line: int

        def move_to(self, status: str) -> None: ...
        def record(self, action: str, **data: Any) -> None: ...
        def end_trust(self, status: str) -> bool: ...


def status_phrase(status: str) -> str:
    """The status inside a sentence: 'suspenso por débito'."""
    return STATUSES[status].lower()
