"""Distribuir a O.S. para o iClass: after it was opened, or again after a refusal (A-83)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.refused import Refused
from staff.field.loading import PATH, load
from web.access import staff
from web.fragments import done

distributions = Blueprint("distributions", __name__)
ABSENT = "O iClass não está configurado nesta instalação."


def field_tool() -> Any:
    """The tool outside, or None where nothing is configured: then nothing of it is offered."""
    return current_app.extensions["iclass"]


def outside() -> dict[str, Any]:
    """What a page says of the tool."""
    tool = field_tool()
    return {"tool": tool, "tool_simulated": tool is not None and tool.simulated}


@distributions.post(f"{PATH}/distribuicao")
@staff("orders.open")
def create(id: int) -> ResponseReturnValue:
    order = load(id)
    if field_tool() is None:
        raise Refused(ABSENT, fix=order)
    order.distribute()
    db.session.commit()
    return done(url_for("staff.work_orders.show", id=id, _anchor="distribuicao"), f"{order.label} vai para o iClass")
