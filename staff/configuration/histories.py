"""Histórico da configuração: who changed which list, when, with each value before and after (B.17)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk.configuration_history import changes
from staff.configuration.menu import GROUPS, page
from web.access import staff
from web.doors import me
from web.forms import whole

histories = Blueprint("histories", __name__)
PAGE = 50


@histories.get("/configuracao/historico")
@staff("catalog.read")
def index() -> ResponseReturnValue:
    """All lists this operator may see, one of them, or one row of one."""
    screens = [screen for _, group in GROUPS for screen in group if me().may(screen.permission)]
    chosen = next((screen for screen in screens if screen.slug == request.args.get("tipo")), None)
    row_id = whole(request.args.get("linha")) or None if chosen else None
    before = whole(request.args.get("antes"))
    tables = {screen.table for screen in ([chosen] if chosen else screens)}
    rows = changes(tables, PAGE + 1, row_id, before)
    return page(
        "history.html",
        here="Histórico",
        heading="Histórico da configuração",
        screens=screens,
        chosen=chosen,
        row_id=row_id,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        before=before,
    )
