"""Suspender por débito, or reduce, by hand and with a reason."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models.refused import require
from models.services import STATUSES
from models.services.status import SUSPENDED
from staff.services.loading import load, page
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

suspensions = Blueprint("suspensions", __name__)


class Suspending(Form):
    to = RadioField(
        "Nova situação",
        choices=[(key, STATUSES[key]) for key in SUSPENDED],
        default=SUSPENDED[0],
        validate_choice=False,
    )
    reason = lines("Motivo")


@suspensions.get("/servicos/<int:id>/suspensao")
@staff("services.suspend")
def new(id: int) -> ResponseReturnValue:
    service = load(id)
    require(service.refusal_to_suspend(), fix=service)
    return page("staff/suspensions/new.html", service, form=Suspending())


@suspensions.post("/servicos/<int:id>/suspensao")
@staff("services.suspend")
def create(id: int) -> ResponseReturnValue:
    service, form = load(id), Suspending()
    reason = form.reason.data or ""
    if form.accepts(lambda: service.suspend(reason, form.to.data)):
        return done(url_for("staff.services.show", id=id), f"{service.plan_name}: {STATUSES[service.status]}")
    return page("staff/suspensions/new.html", service, form=form), form.code
