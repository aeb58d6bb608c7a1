"""Não cobrar estes dias: days of a service nobody charged, given up with a reason, and that taken back."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.billing.gaps import gaps, refusal_to_decide
from models.pricing import Period
from models.refused import require
from models.services import Service, UnchargedDays
from models.services.uncharged_days import in_words
from staff.loading import load_row
from staff.services.loading import load, page
from web.access import staff
from web.forms import DayField, Form, lines
from web.fragments import done

uncharged_days = Blueprint("uncharged_days", __name__)


class Waiving(Form):
    starts_on = DayField("Primeiro dia")
    ends_on = DayField("Último dia")
    reason = lines("Motivo")


@uncharged_days.get("/servicos/<int:id>/dias-sem-cobranca")
@staff("billing.cancel")
def new(id: int) -> ResponseReturnValue:
    service = load(id)
    require(refusal_to_decide(service), fix=service)
    found = gaps(service)
    chosen = asked_for(found)
    form = Waiving(formdata=None, data={"starts_on": chosen.from_, "ends_on": chosen.to})
    return _page(service, form, found)


@uncharged_days.post("/servicos/<int:id>/dias-sem-cobranca")
@staff("billing.cancel")
def create(id: int) -> ResponseReturnValue:
    service, form = load(id), Waiving()
    days, reason = (form.starts_on.data, form.ends_on.data), form.reason.data or ""
    if form.accepts(lambda: service.leave_uncharged(*days, reason, gaps)):
        return done(url_for("staff.money.index", id=service.person_id), f"{service.plan_name}: dias que não se cobram")
    return _page(service, form, gaps(service)), form.code


@uncharged_days.post("/dias-sem-cobranca/<int:id>/remover")
@staff("billing.cancel")
def destroy(id: int) -> ResponseReturnValue:
    """Desfazer: the days may be charged again."""
    row = load_row(UnchargedDays, id)
    service = load(row.service_id)
    row.undo(service)
    period, back = in_words(row.period), url_for("staff.money.index", id=service.person_id)
    db.session.commit()
    return done(back, f"{period}: podem ser cobrados de novo")


def asked_for(found: list[Period]) -> Period:
    """The gap that begins on the day in the address, else the first."""
    return next((gap for gap in found if str(gap.from_) == request.args.get("de")), found[0])


def _page(service: Service, form: Waiving, found: list[Period]) -> str:
    return page("staff/uncharged_days/new.html", service, form=form, gaps=[in_words(gap) for gap in found])
