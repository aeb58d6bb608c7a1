"""Desbloqueio em Confiança by staff: until which day, and why (C-97 to C-100)."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.operators import today_of
from models.refused import require
from models.wording import moment
from staff.services.loading import load, page
from web.access import staff
from web.forms import DayField, Form, lines
from web.fragments import done

trust_unlocks = Blueprint("trust_unlocks", __name__)


class TrustUnlocking(Form):
    until = DayField("Data")
    reason = lines("Motivo / Observação")


@trust_unlocks.get("/servicos/<int:id>/desbloqueio-em-confianca")
@staff("services.unlock_in_trust")
def new(id: int) -> ResponseReturnValue:
    service = load(id)
    require(service.refusal_to_trust(), fix=service)
    tomorrow = today_of(service) + timedelta(days=1)
    return page("staff/trust_unlocks/new.html", service, form=TrustUnlocking(data={"until": tomorrow}))


@trust_unlocks.post("/servicos/<int:id>/desbloqueio-em-confianca")
@staff("services.unlock_in_trust")
def create(id: int) -> ResponseReturnValue:
    service, form = load(id), TrustUnlocking()
    if form.accepts(lambda: service.unlock_in_trust(form.until.data, form.reason.data or "")):
        unlock = service.active_trust()
        toast = f"{service.plan_name} liberado em confiança até {moment(unlock.ends_at if unlock else None)}"
        return done(url_for("staff.services.show", id=id), toast)
    return page("staff/trust_unlocks/new.html", service, form=form), form.code
