"""One answer for all the tickets of an outage, or a note for the team (B-23)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.outages import OutageAnswer
from models.wording import counted
from staff.network.outage_page import PATH, load, show_page
from web.access import staff
from web.forms import Form, lines, text
from web.fragments import done

outage_answers = Blueprint("outage_answers", __name__)


class Answering(Form):
    body = lines("Comentário", 4000)
    visibility = text("Quem lê", 10)


@outage_answers.post(f"{PATH}/respostas")
@staff("network.outages")
def create(id: int) -> ResponseReturnValue:
    outage, form, written = load(id), Answering(), list[OutageAnswer]()
    if form.accepts(
        lambda: written.append(OutageAnswer.write(outage, form.body.data or "", form.visibility.data or ""))
    ):
        public = written[0].visibility == "subscriber"
        many = written[0].replies()
        toast = f"Resposta a caminho de {counted(many, 'atendimento')}" if public else "Comentário guardado"
        return done(url_for("staff.outages.show", id=id), toast)
    return show_page(load(id), form.body.data or "", form.visibility.data or "", form.errors), form.code
