"""The address of a service: its place on the customer's page."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from staff.services.loading import load
from web.access import staff

services = Blueprint("services", __name__)


@services.get("/servicos/<int:id>")
@staff("people.read")
def show(id: int) -> ResponseReturnValue:
    service = load(id)
    return redirect(url_for("staff.customers.show", id=service.person_id, _anchor=f"service-{id}"), 303)
