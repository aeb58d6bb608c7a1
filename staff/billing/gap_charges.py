"""Cobrar estes dias: an invoice for days of a service that nobody charged."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.billing.gaps import charge_days, cost_of, gaps, proposed_due, refusal_to_charge_days
from models.desk.carnes import lines_of
from models.desk.signs import SumLine
from models.pricing import Period
from models.refused import Refused, require
from models.services import Service
from models.services.uncharged_days import in_words
from staff.services.loading import load, page
from staff.services.uncharged_days import asked_for
from web.access import staff
from web.forms import DayField, Form, whole
from web.fragments import done

gap_charges = Blueprint("gap_charges", __name__)


class Charging(Form):
    starts_on = DayField("Primeiro dia")
    ends_on = DayField("Último dia")
    due_on = DayField("Vencimento")


@gap_charges.get("/servicos/<int:id>/cobranca-de-dias")
@staff("billing.charge")
def new(id: int) -> ResponseReturnValue:
    service = load(id)
    require(refusal_to_charge_days(service), fix=service)
    found = gaps(service)
    chosen = asked_for(found)
    proposed = {"starts_on": chosen.from_, "ends_on": chosen.to, "due_on": proposed_due(service)}
    return _page(service, Charging(formdata=None, data=proposed), found)


@gap_charges.post("/servicos/<int:id>/cobranca-de-dias")
@staff("billing.charge")
def create(id: int) -> ResponseReturnValue:
    """Calcular shows what the days cost; the invoice is issued for the value that was shown."""
    service, form, made = load(id), Charging(), list[int]()
    days = (form.starts_on.data, form.ends_on.data, form.due_on.data)
    if "calcular" in request.form:
        return _page(service, form, gaps(service))
    shown = whole(request.form.get("shown"))
    if form.accepts(lambda: made.append(charge_days(service, *days, shown))):
        return done(url_for("staff.invoices.show", id=made[0]), f"{service.plan_name}: fatura emitida")
    return _page(service, form, gaps(service)), form.code


def _page(service: Service, form: Charging, found: list[Period]) -> str:
    lines, cents = list[SumLine](), 0
    try:
        parts = cost_of(service, form.starts_on.data, form.ends_on.data)
        lines, cents = lines_of(parts), sum(part.cents for part in parts)
    except Refused as no:
        if "calcular" in request.form:
            form.refuse(no)
    words = [in_words(gap) for gap in found]
    return page("staff/gap_charges/new.html", service, form=form, gaps=words, lines=lines, cents=cents)
