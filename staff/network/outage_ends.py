"""The two ends of an outage: it is back, or it was noted by mistake (X-08, B-23)."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models import clock
from models.base import db
from models.desk import outage_page as questions
from models.desk.outage_reach import names_down, reach
from models.network import Outage, touched
from models.outages import OutageAnswer, end_all
from models.refused import Refused, require
from models.wording import counted
from models.workflows import TicketClassification
from staff.network.outage_page import PATH, load
from web.access import staff
from web.forms import Choice, DayField, Form, HourField, lines
from web.fragments import done

outage_ends = Blueprint("outage_ends", __name__)


class Closing(Form):
    closed_on = DayField("Voltou em")
    closed_time = HourField("Hora")
    tickets = RadioField("Os atendimentos dela", choices=[], validate_choice=False)
    classification_id = Choice("Classificação de encerramento")


class Cancelling(Form):
    reason = lines("Motivo", 300)


@outage_ends.get(f"{PATH}/encerramento")
@staff("network.outages")
def new(id: int) -> ResponseReturnValue:
    outage = load(id)
    require(outage.refusal_to_close(), fix=outage)
    now = clock.local(clock.now(), outage.zone)
    form = Closing(formdata=None, data={"closed_on": now.date(), "closed_time": now.time(), "tickets": "finish"})
    return _page(outage, form.edits(outage, lambda: Closing(formdata=None)))


@outage_ends.post(f"{PATH}/encerramento")
@staff("network.outages")
def create(id: int) -> ResponseReturnValue:
    outage, written = load(id), list[OutageAnswer]()
    form = Closing().edits(outage, lambda: Closing(formdata=None))

    def act() -> None:
        errors, on, hour = {}, form.closed_on.data, form.closed_time.data
        if on is None or hour is None:
            errors["closed_on"] = "Escreva o dia e a hora em que a internet voltou."
        classification = None
        if form.tickets.data == "finish":
            chosen = form.classification_id.data
            classification = db.session.get(TicketClassification, chosen) if isinstance(chosen, int) else None
            if classification is None:
                errors["classification_id"] = "Escolha a classificação dos que são finalizados."
        elif form.tickets.data != "tell":
            errors["tickets"] = "Diga se os que voltaram são finalizados, ou só avisados."
        if errors or on is None or hour is None:
            raise Refused(errors=errors)
        at = clock.at(on, hour, outage.zone)
        written.append(OutageAnswer.end(outage, at, form.seen, classification))

    if form.accepts(act):
        many = written[0].replies()
        toast = f"Parada encerrada; {counted(many, 'atendimento recebe', 'atendimentos recebem')} o aviso"
        return done(url_for("staff.outages.show", id=id), toast)
    return _page(load(id), form), form.code


@outage_ends.get(f"{PATH}/cancelamento")
@staff("network.outages")
def edit(id: int) -> ResponseReturnValue:
    outage = load(id)
    require(outage.refusal_to_cancel(), fix=outage)
    return render_template("staff/outages/cancel.html", outage=outage, form=Cancelling(formdata=None).edits(outage))


@outage_ends.post(f"{PATH}/cancelamento")
@staff("network.outages")
def update(id: int) -> ResponseReturnValue:
    """Notified by mistake: the banner goes, and its tickets go on one by one."""
    outage, form = load(id), Cancelling()

    def act() -> None:
        outage.cancel(form.reason.data or "", form.seen)
        end_all(outage, "out")

    if form.edits(outage).accepts(act):
        return done(url_for("staff.outages.show", id=id), f"Notificação da parada cód. {outage.code} cancelada")
    return render_template("staff/outages/cancel.html", outage=load(id), form=form), form.code


def _page(outage: Outage, form: Closing) -> str:
    which = touched(outage.where)
    found, what = reach(which), questions.ending(outage)
    offered = TicketClassification.for_moment(closing=True, company_id=outage.company_id)
    form.classification_id.offer([(row.id, row.name) for row in offered])
    kept = len(what.down) + len(what.held)
    finish = f"Finalizar {counted(len(what.back), 'que voltou', 'que voltaram')}" + (f", manter {kept}" if kept else "")
    form.tickets.choices = [("finish", finish), ("tell", "Só avisar, finalizar um a um")]
    return render_template(
        "staff/outages/close.html",
        outage=outage,
        form=form,
        reach=found,
        down=names_down(which) if found.down else [],
        ending=what,
    )
