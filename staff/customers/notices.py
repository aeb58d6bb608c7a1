"""Avisos enviados of a customer, with their texts."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk.notices import notices as told_to
from staff.customers.loading import load, page
from web.access import staff

notices = Blueprint("notices", __name__)


@notices.get("/clientes/<int:id>/avisos")
@staff("history.read")
def index(id: int) -> ResponseReturnValue:
    load(id)
    return page("staff/notices/index.html", id, "history", notices=told_to(id))
