"""What can be done with a request now, each act with the reason when it cannot (U-05, U-07 to U-10, U-34)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from flask import url_for

from models.telephony import UpgradeRequest, refusal_to_launch
from web.navigation import may


class Act(NamedTuple):
    """`posts`: done at once, without a page before it."""

    label: str
    icon: str
    href: str
    why: str | None
    posts: bool = False


WORK = "Seu perfil só consulta a telefonia. Peça à supervisão."


def acts_of(row: UpgradeRequest) -> list[Act]:
    """The most likely one first."""
    found = {"triage": _in_triage, "negotiation": _in_negotiation, "ended": _ended}[row.stage](row)
    return [act if may("telephony.work") else act._replace(why=WORK) for act in found]


def _in_triage(row: UpgradeRequest) -> Iterator[Act]:
    yield _act(row, "Conferir o que já tem", "list-check", "upgrade_checks.edit", row.refusal_to_triage)
    yield _act(row, "Desistência", "circle-x", "request_ends.new", row.refusal_to_give_up)


def _in_negotiation(row: UpgradeRequest) -> Iterator[Act]:
    agree = _act(row, "Registrar acordo", "check", "agreements.edit", row.refusal_to_agree)
    if not row.is_agreed:
        yield agree
    if row.is_line:
        yield _act(row, "Fechar como venda", "signature", "line_sales.new", row.refusal_to_sell)
    yield _act(row, "Lançar no Planner", "layout-kanban", "launches.new", lambda: refusal_to_launch(row))
    if row.is_agreed:
        yield agree._replace(label="Corrigir o acordo", icon="pencil")
    yield _act(row, "Não fechado", "circle-x", "disagreements.new", row.refusal_to_agree)
    if not row.is_line:
        yield _act(
            row, "Conferir de novo", "refresh", "request_rechecks.create", row.refusal_to_check_again, posts=True
        )


def _ended(row: UpgradeRequest) -> Iterator[Act]:
    yield _act(row, "Retomar", "arrow-back-up", "request_retakes.create", row.refusal_to_take_up_again, posts=True)


def _act(
    row: UpgradeRequest, label: str, icon: str, endpoint: str, refusal: Callable[[], str | None], posts: bool = False
) -> Act:
    return Act(label, icon, url_for(f"staff.{endpoint}", id=row.id), refusal(), posts)
