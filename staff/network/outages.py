"""Paradas: the list, a new one, one with its log and its live count, what of it may be changed (X-08, B-23)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models import clock
from models.base import db
from models.desk import outage_page as questions
from models.desk.outage_reach import Fall, fall, reach
from models.network import AccessConcentrator, Outage, Place, districts, touched
from models.network.outage import EARLIEST, TOLD, USUAL
from models.operators.company import zone_by_id
from models.outages import gather
from models.outbox import enqueue
from models.pricing.downtime import LEAST
from models.refused import Refused, require
from models.wording import counted
from staff.network import pictures
from staff.network.outage_page import PATH, load, show_page
from web.access import staff
from web.doors import me
from web.forms import Choice, DayField, Form, HourField, YesNo, lines, text
from web.fragments import done, fragments, wants_fragment
from web.paging import key_of, written

outages = Blueprint("outages", __name__)
LOOK_AGAIN = timedelta(minutes=1)  # for tickets that began beside the notification


class Noting(Form):
    place = Choice("Ponto de acesso ou bairro")
    cause = text("Causa", 200)
    opened_on = DayField("Parou em")
    opened_time = HourField("Hora")
    forecast_on = DayField("Previsão de volta")
    forecast_time = HourField("Hora da previsão")
    told = lines("O que o cliente lê na Central", 1000)
    credits = YesNo("Descontar o tempo parado na próxima fatura")

    def values(self, zone: str | None = None) -> dict[str, Any]:
        """What was typed, as the verbs take it. Raises Refused where half of a moment is missing."""
        errors = {}
        for day, hour in ((self.opened_on, self.opened_time), (self.forecast_on, self.forecast_time)):
            if (day.data is None) != (hour.data is None):
                missing = hour if hour.data is None else day
                errors[missing.name] = "Escreva também a hora." if missing is hour else "Escolha também o dia."
        if self.credits.data is None:
            errors["credits"] = "Diga se o tempo parado é descontado."
        if errors:
            raise Refused(errors=errors)
        return {
            "cause": self.cause.data,
            "opened_at": _moment(self.opened_on.data, self.opened_time.data, zone),
            "forecast": _moment(self.forecast_on.data, self.forecast_time.data, zone),
            "told": self.told.data or "",
            "credits": self.credits.data,
        }

    def refuse(self, no: Refused) -> None:
        """A moment stands in two fields; what is said of it stands at the day."""
        names = {"opened_at": "opened_on", "forecast": "forecast_on"}
        if no.errors.keys() & names.keys():
            no.errors = {names.get(name, name): words for name, words in no.errors.items()}
        super().refuse(no)


@outages.get("/paradas")
@staff("network.read")
def index() -> ResponseReturnValue:
    state = request.args.get("situacao", "")
    state = state if state in questions.STATES else "todas"
    after = key_of(request.args.get("depois"), questions.NEWEST)
    rows, more = questions.find(state, after)
    return render_template(
        "staff/outages/index.html",
        rows=rows,
        state=state,
        states=questions.STATES,
        after=after,
        following=written(more),
        now=clock.now(),
    )


@outages.get("/paradas/nova")
@staff("network.outages")
def new() -> ResponseReturnValue:
    """With `place` in the address, whom it touches beside the form, and when it fell in it."""
    place = _place(request.args.get("place"))
    seen = fall(touched(place)) if place else None
    stopped = seen.stopped if seen and seen.stopped else clock.now()
    since = clock.local(stopped, zone_by_id(place.company_id if place else me().company_id))
    typed: dict[str, Any] = {"place": place.key if place else None, "told": TOLD, "credits": True}
    form = Noting(formdata=None, data={**typed, "opened_on": since.date(), "opened_time": since.time()})
    for name in ("cause", "told"):
        if name in request.args:
            form[name].data = request.args[name][:1000]
    return _new_page(form, place, seen)


@outages.post("/paradas/nova")
@staff("network.outages")
def create() -> ResponseReturnValue:
    form, noted = Noting(), list[Outage]()
    place = _place(str(form.place.data or ""))

    def act() -> None:
        values = form.values(zone_by_id(place.company_id) if place else None)
        since = values.pop("opened_at")
        if since is None:
            raise Refused("Escreva quando parou.", field="opened_on")
        row = Outage.open(place, values.pop("cause"), values.pop("forecast"), since=since, **values)
        gather(row, "opening")
        enqueue("gather_tickets", f"outage:{row.id}", {"outage_id": row.id}, at=clock.now() + LOOK_AGAIN)
        noted.append(row)

    if form.accepts(act):
        return done(url_for("staff.outages.show", id=noted[0].id), f"Parada cód. {noted[0].code} notificada")
    return _new_page(form, place, fall(touched(place)) if place else None), form.code


@outages.get(PATH)
@staff("network.read")
def show(id: int) -> ResponseReturnValue:
    return show_page(load(id))


@outages.get(f"{PATH}/editar")
@staff("network.outages")
def edit(id: int) -> ResponseReturnValue:
    outage = load(id)
    require(outage.refusal_to_change(), fix=outage)
    return _edit_page(outage, _stored(outage).edits(outage, lambda: _stored(load(id))))


@outages.post(f"{PATH}/editar")
@staff("network.outages")
def update(id: int) -> ResponseReturnValue:
    outage = load(id)
    form = Noting().edits(outage, lambda: _stored(load(id)))

    def act() -> None:
        outage.change(form.seen, **form.values(outage.zone))
        gather(outage)  # it may have stopped earlier than was thought, and more tickets are about it

    if form.accepts(act):
        return done(url_for("staff.outages.show", id=id), "Parada alterada")
    return _edit_page(load(id), form), form.code


def _stored(outage: Outage) -> Noting:
    since = clock.local(outage.opened_at, outage.zone)
    until = clock.local(outage.forecast, outage.zone) if outage.forecast else None
    form = Noting(
        formdata=None,
        data={
            "cause": outage.cause,
            "told": outage.told,
            "credits": outage.credits,
            "opened_on": since.date(),
            "opened_time": since.time(),
            "forecast_on": until.date() if until else None,
            "forecast_time": until.time() if until else None,
        },
    )
    del form.place
    return form


def _place(key: str | None) -> Place | None:
    """The place of a key, through what whoever acts sees; None for what is no place."""
    kind, _, rest = (key or "").partition(":")
    if kind == "c" and rest.isdecimal() and len(rest) < 19:
        mine = select(AccessConcentrator).where(AccessConcentrator.id == int(rest))
        row = db.session.scalars(mine).first()
        return Place.at(row) if row else None
    return next((place for place in districts() if place.key == key), None) if kind == "d" else None


def _new_page(form: Noting, place: Place | None, seen: Fall | None) -> str:
    kept = AccessConcentrator.offered(me().company_id)
    offered = [(Place.at(row).key, row.name) for row in kept]
    form.place.offer([*offered, *((row.key, f"Bairro {row.name}") for row in districts())])
    found = reach(touched(place)) if place else None
    since = _moment(form.opened_on.data, form.opened_time.data, zone_by_id(place.company_id) if place else None)
    values: dict[str, Any] = {
        "form": form,
        "place": place,
        "reach": found,
        "line": pictures.fall(seen, zone_by_id(place.company_id)) if seen and place else None,
        "stopped": seen.stopped if seen else None,
        "joining": questions.would_join(place, max(since or clock.now(), clock.now() - EARLIEST)) if place else [],
        "usual": USUAL,
        "least": LEAST,
        "notify": f"Notificar parada a {counted(found.people, 'cliente')}" if found else "Notificar parada",
    }
    if wants_fragment():
        names = ("staff/outages/_form.html", "staff/outages/_reach.html")
        drawn = [render_template(name, **values) for name in names]
        return fragments(("#noting", drawn[0]), ("#reach", drawn[1]))
    return render_template("staff/outages/new.html", **values)


def _edit_page(outage: Outage, form: Noting) -> str:
    return render_template("staff/outages/edit.html", outage=outage, form=form, usual=USUAL, least=LEAST)


def _moment(day: Any, hour: Any, zone: str | None = None) -> datetime | None:
    return clock.at(day, hour, zone) if day and hour else None
