"""The cash desk of a page: one's own, or anybody's for whoever supervises; any other is a 404."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from models.billing import CashDesk, CashEntry
from staff.loading import load_row
from web.doors import me

PATH = "/caixas"


def load(id: int) -> CashDesk:
    desk = load_row(CashDesk, id)
    return desk if desk.operator_id == me().id or me().may("billing.cash_supervise") else abort(404)


def load_entry(id: int) -> tuple[CashDesk, CashEntry]:
    """A movement, of a desk that may be seen."""
    entry = load_row(CashEntry, id)
    return load(entry.cash_desk_id), entry


def page(template: str, desk: CashDesk, **values: Any) -> str:
    return render_template(template, desk=desk, **values)
