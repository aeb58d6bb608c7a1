"""Habilitar: after the installation, or out of a suspension with a reason (D-19, D-26)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.services.loading import load, page
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

enablings = Blueprint("enablings", __name__)


class Enabling(Form):
    reason = lines("Motivo")


@enablings.get("/servicos/<int:id>/habilitacao")
@staff("services.enable")
def new(id: int) -> ResponseReturnValue:
    service = load(id)
    require(service.refusal_to_enable(), fix=service)
    return page("staff/enablings/new.html", service, form=Enabling())


@enablings.post("/servicos/<int:id>/habilitacao")
@staff("services.enable")
def create(id: int) -> ResponseReturnValue:
    service, form = load(id), Enabling()
    if form.accepts(lambda: service.enable(form.reason.data or "")):
        return done(url_for("staff.services.show", id=id), f"{service.plan_name} habilitado")
    return page("staff/enablings/new.html", service, form=form), form.code
