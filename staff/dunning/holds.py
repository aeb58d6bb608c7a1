"""Segurar a cobrança: a person keeps the ladder from a service until a day; and why it is blocked, in words."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from models.base import db
from models.desk import ladder_page
from models.dunning import Hold
from models.operators import today_of
from models.services import Service
from models.wording import day
from staff.services.loading import load, page
from web.access import staff
from web.forms import DayField, Form, text
from web.fragments import done

holds = Blueprint("holds", __name__)
SHORT = timedelta(days=3)  # what is offered: most promises are of this week


class Holding(Form):
    until = DayField("Segurar até")
    reason = text("Motivo", 300)
    dia = HiddenField()  # the rehearsal somebody came from, to go back to


@holds.get("/servicos/<int:id>/regua")
@staff("billing.read")
def show(id: int) -> ResponseReturnValue:
    """Where a service stands on the ladder: why it is blocked, what it owes, what comes next."""
    service = load(id)
    form = Holding(data={"until": today_of(service) + SHORT, "dia": request.args.get("dia", "")[:10]})
    return _page(service, form.edits(service))


@holds.post("/servicos/<int:id>/regua")
@staff("dunning.hold")
def create(id: int) -> ResponseReturnValue:
    service = load(id)
    form = Holding().edits(service, until=lambda: _held(service).until, reason=lambda: _held(service).reason)
    if form.accepts(lambda: Hold.put(service, form.until.data, form.reason.data or "", form.seen)):
        return done(_back(service, form.dia.data), f"{service.plan_name}: segurado até {day(form.until.data)}")
    return _page(service, form), form.code


@holds.post("/servicos/<int:id>/regua/fim")
@staff("dunning.hold")
def destroy(id: int) -> ResponseReturnValue:
    """Soltar: the ladder goes on from where it stands."""
    service = load(id)
    Hold.lift(service)
    name = service.plan_name
    db.session.commit()
    return done(_back(service, request.form.get("dia")), f"{name}: a régua segue")


def _held(service: Service) -> Any:
    """The hold there is now."""
    return Hold.of(service) or SimpleNamespace(until=None, reason="")


def _back(service: Service, on: str | None) -> str:
    if on:
        return url_for("staff.rehearsals.index", dia=on)
    return url_for("staff.holds.show", id=service.id)


def _page(service: Service, form: Holding) -> str:
    return page("staff/holds/show.html", service, form=form, ladder=ladder_page.show(service))
