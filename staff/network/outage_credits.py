"""Descontos da parada: each line with its sum, confirmed, refused, or decided anew, by who handles money (B-23)."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.desk import outage_page as questions
from models.network import Outage
from models.outages import CREDIT_STATES, OutageCredit, propose, refusal_to_propose
from models.people import Person
from models.pricing.downtime import LEAST
from models.refused import Refused, require
from models.services import Service
from models.wording import counted
from staff.loading import load_row
from staff.network.outage_page import PATH, load, page
from web.access import staff
from web.forms import Form, lines, whole
from web.fragments import done
from web.paging import key_of, written

outage_credits = Blueprint("outage_credits", __name__)
ONE = "/descontos-de-parada/<int:id>"
MOST = 100  # confirmed at once; whoever has more confirms again
REFUSE, UNDO = "recusa", "reabertura"
ACTS = {
    REFUSE: (
        "Recusar o desconto de {cents}?",
        "Nada entra na fatura do cliente por estas horas.",
        "Recusar o desconto",
    ),
    UNDO: (
        "Decidir de novo sobre o desconto de {cents}?",
        "Ele volta a Propostos. Se tinha sido confirmado, o valor sai do crédito do cliente.",
        "Desfazer a decisão",
    ),
}


class Reason(Form):
    reason = lines("Motivo", 300)


@outage_credits.get(f"{PATH}/descontos")
@staff("billing.read")
def index(id: int) -> ResponseReturnValue:
    outage = load(id)
    state = request.args.get("situacao", "")
    state = state if state in CREDIT_STATES else "proposed"
    after = key_of(request.args.get("depois"), questions.BY_CREDIT)
    rows, more = questions.credit_rows(id, state, after)
    return page(
        "staff/outages/credits.html",
        outage,
        "credits",
        rows=rows,
        state=state,
        states=CREDIT_STATES,
        after=after,
        following=written(more),
        refusal=refusal_to_propose(outage),
        least=LEAST,
    )


@outage_credits.post(f"{PATH}/descontos")
@staff("billing.charge")
def create(id: int) -> ResponseReturnValue:
    """Propor: for whom nothing was proposed yet, as when the outage was closed without."""
    outage = load(id)
    require(refusal_to_propose(outage), fix=outage)
    many = propose(outage)
    db.session.commit()
    return done(_list(id), counted(many, "desconto proposto", "descontos propostos"))


@outage_credits.post(f"{PATH}/descontos/confirmacao")
@staff("billing.charge")
def update(id: int) -> ResponseReturnValue:
    """Confirmar: the chosen ones, or the next of all; each by itself, and what cannot be is left and named."""
    outage = load(id)
    chosen = [whole(value) for value in request.form.getlist("desconto")]
    rows = select(OutageCredit.id).where(OutageCredit.outage_id == outage.id, OutageCredit.status == "proposed")
    if "todos" not in request.form:
        if not chosen:
            raise Refused("Escolha os descontos que confirma.", fix=outage)
        rows = rows.where(OutageCredit.id.in_(chosen[:MOST]))
    # By service, the order in which everybody holds them.
    rows = rows.order_by(OutageCredit.service_id, OutageCredit.id).limit(MOST)
    done_ones, left = 0, list[str]()
    for one in db.session.scalars(rows).all():
        try:
            with db.session.begin_nested():
                db.session.get_one(OutageCredit, one).confirm()
            done_ones += 1
        except Refused as no:
            left.append(no.sentence)
    db.session.commit()
    toast = counted(done_ones, "desconto confirmado", "descontos confirmados")
    if left:
        toast += f". {counted(len(left), 'ficou', 'ficaram')} de fora: {left[0]}"
    return done(_list(id), toast)


@outage_credits.get(f'{ONE}/<any("{REFUSE}","{UNDO}"):slug>')
@staff("billing.charge")
def new(id: int, slug: str) -> ResponseReturnValue:
    row = load_row(OutageCredit, id)
    require(_refusal(row, slug), fix=db.session.get(Outage, row.outage_id))
    return _page(row, slug, Reason(formdata=None))


@outage_credits.post(f'{ONE}/<any("{REFUSE}","{UNDO}"):slug>')
@staff("billing.charge")
def destroy(id: int, slug: str) -> ResponseReturnValue:
    row, form = load_row(OutageCredit, id), Reason()
    verb = row.refuse if slug == REFUSE else row.undo
    if form.accepts(lambda: verb(form.reason.data or "")):
        toast = "Desconto recusado" if slug == REFUSE else "Desconto de volta a Propostos"
        return done(_list(row.outage_id), toast)
    return _page(load_row(OutageCredit, id), slug, form), form.code


def _refusal(row: OutageCredit, slug: str) -> str | None:
    return row.refusal_to_decide() if slug == REFUSE else row.refusal_to_undo()


def _page(row: OutageCredit, slug: str, form: Reason) -> str:
    outage = db.session.get(Outage, row.outage_id) or abort(404)
    names = select(Person.name, Service.plan_name).join(Service, Service.person_id == Person.id)
    customer, plan = db.session.execute(names.where(Service.id == row.service_id)).one()
    whose = {"customer": customer, "plan": plan}
    return render_template(
        "staff/outages/decide.html", outage=outage, credit=row, act=ACTS[slug], slug=slug, form=form, **whose
    )


def _list(outage_id: int) -> str:
    return url_for("staff.outage_credits.index", id=outage_id)
