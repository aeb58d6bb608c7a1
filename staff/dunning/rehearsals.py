"""Ensaio da noite: what the ladder would do on a day, why, who is kept out of it, and whose contract may end (X-07)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from models import clock
from models.catalog import DunningRule
from models.contracts import named_ladders
from models.desk import rehearsal
from models.desk.next_carnes import how_many
from models.desk.rehearsal_rows import OUTCOMES
from models.dunning.ladder import cut_day, may_cut
from models.refused import Refused
from web.access import staff
from web.csv import download
from web.doors import me
from web.forms import DayField, Form
from web.paging import key_of, written

rehearsals = Blueprint("rehearsals", __name__)
SLUGS = {
    "suspensoes": "suspend",
    "reducoes": "reduce",
    "avisos": "notice",
    "fora": "held",
    "propostas": "terminate",
}
HEADS = {
    "outcome": "O que acontece",
    "person": "Cliente",
    "person_id": "Código",
    "plan_name": "Serviço",
    "company": "Empresa",
    "ladder": "Régua",
    "number": "Fatura",
    "due_on": "Vencimento",
    "open_cents": "Em aberto",
    "noticed_on": "Avisado em",
    "why": "Por quê",
    "held_until": "Segurado até",
    "hold_reason": "Motivo",
}


class Rehearsing(Form):
    dia = DayField("Dia do ensaio")


@rehearsals.get("/financeiro/regua/ensaio")
@staff("billing.read")
def index() -> ResponseReturnValue:
    form, on = _day(request.args)
    return _page("staff/rehearsals/index.html", form, on, night=rehearsal.night(on), carnes=how_many(on)), form.code


@rehearsals.get("/financeiro/regua/ensaio/<outcome>")
@staff("billing.read")
def show(outcome: str) -> ResponseReturnValue:
    """All services with one outcome, page by page."""
    found = SLUGS.get(outcome) or abort(404)
    form, on = _day(request.args)
    rows, last = rehearsal.page(found, on, key_of(request.args.get("apos"), rehearsal.PLACE))
    following = written(last)
    shown = _page("staff/rehearsals/show.html", form, on, rows=rows, following=following, slug=outcome, outcome=found)
    return shown, form.code


@rehearsals.post("/financeiro/regua/ensaio/csv")
@staff("reports.read")
def create() -> ResponseReturnValue:
    """Baixar CSV."""
    form = Rehearsing()
    on = rehearsal.require_day(form.dia.data)
    return download(f"Ensaio da noite de {on:%d/%m/%Y}", f"ensaio-{on}", HEADS, lambda: rehearsal.lines(on))


def _day(typed: Any) -> tuple[Rehearsing, date]:
    """The day that was asked for, or tomorrow; a day nobody can rehearse has its sentence, and tomorrow is shown."""
    form = Rehearsing(typed if "dia" in typed else None, data={"dia": rehearsal.tomorrow()})
    try:
        form.validate()
        return form, rehearsal.require_day(form.dia.data)
    except Refused as no:
        if not form.dia.errors:
            form.refuse(no)
        form.code = no.status
        return form, rehearsal.tomorrow()


def _page(template: str, form: Rehearsing, on: date, **values: Any) -> str:
    rule = DunningRule.of(me().company_id)
    others = [each for each in named_ladders() if each is not rule]
    return render_template(
        template,
        form=form,
        on=on,
        rule=rule,
        others=others,
        cuts=any(may_cut(each, on) for each in (rule, *others)),
        would_cut=cut_day(on, rule),
        now=clock.now(),
        slugs={outcome: slug for slug, outcome in SLUGS.items()},
        titles=OUTCOMES,
        **values,
    )
