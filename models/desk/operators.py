"""Operators who are not quite inside: an invitation nobody used, a second factor nobody set up (X-02, B-08)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_, select

from models.operators import Operator, Role, SecondFactor
from models.operators.permissions import DEMANDING

WAITING = {"convite": "Convite sem resposta", "sem-codigo": "Sem segundo fator"}


def waiting(which: str) -> list[ColumnElement[bool]]:
    """Conditions of the operators in use who wait in one of WAITING; `sem-codigo` asks who may do what demands one."""
    if which == "convite":
        return [Operator.inactive_since.is_(None), Operator.password_hash.is_(None)]
    permissions: Any = cast(Role.permissions, String)
    demanding = select(Role.id).where(or_(*(permissions.contains(f'"{code}"') for code in sorted(DEMANDING))))
    proved = select(SecondFactor.operator_id).where(SecondFactor.confirmed_at.is_not(None))
    return [
        Operator.inactive_since.is_(None),
        Operator.password_hash.is_not(None),
        Operator.role_id.in_(demanding),
        Operator.id.not_in(proved),
    ]
