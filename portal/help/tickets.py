"""Ajuda: the requests under way and the topics; a request in plain words; its conversation (B-12)."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import MultipleFileField, RadioField

from models.base import db
from models.central import home as home_questions
from models.central import outages as outages_questions
from models.central import tickets as tickets_questions
from models.services import Service
from models.tickets import MOST_TEXT, QUESTIONS, Ticket
from models.wording import phone
from portal.help.loading import conversation, load, require_few_asked
from portal.help.topics import BY_SLUG, SHOWN, Topic
from portal.loading import every, myself
from web.access import subscriber
from web.doors import me
from web.forms import Choice, Form, lines, text, whole
from web.fragments import done
from web.uploads import arrived, may_take_files

tickets = Blueprint("tickets", __name__)


class Asking(Form):
    service_id = Choice("De qual serviço?", empty=None)
    answer = RadioField("Pergunta", choices=[], validate_choice=False)
    body = lines("O que está acontecendo?", MOST_TEXT)
    files = MultipleFileField("Fotos")
    phone = text("Telefone para falar com você", 20)


@tickets.get("/ajuda")
@subscriber("weak")
def index() -> ResponseReturnValue:
    """Whoever has only typed a document sees how to reach the provider and how to show who they are: no ticket."""
    down = outages_questions.told(me().id, every, me().level)
    if me().level != "proved":
        return render_template("portal/help/weak.html", outages=down)
    found, closed = tickets_questions.current(me().id), tickets_questions.count_closed(me().id)
    return render_template("portal/help/index.html", found=found, closed=closed, topics=SHOWN, outages=down)


@tickets.get("/ajuda/<assunto>")
@subscriber("proved")
def new(assunto: str) -> ResponseReturnValue:
    contacts = myself().contacts()
    known = contacts.get("mobile") or contacts.get("phone")
    return _page(_topic(assunto), Asking(formdata=None, data={"phone": phone(known) if known else ""}))


@tickets.post("/ajuda/<assunto>")
@subscriber("proved")
@may_take_files
def create(assunto: str) -> ResponseReturnValue:
    topic, form, asked = _topic(assunto), Asking(), list[Ticket]()

    def act() -> None:
        require_few_asked()
        asked.append(
            Ticket.ask(
                myself(),
                topic.key,
                form.body.data or "",
                _service(form.service_id.data),
                answer=form.answer.data or "",
                phone=form.phone.data or "",
                files=arrived(),
                previous=_previous(),
            )
        )

    if form.accepts(act):
        row = asked[0]
        return done(f"{url_for('portal.tickets.show', id=row.id)}#fim", f"Pedido recebido. Protocolo {row.protocol}")
    return _page(topic, form), form.code


@tickets.get("/ajuda/pedidos/<int:id>")
@subscriber("proved")
def show(id: int) -> ResponseReturnValue:
    return conversation(id, whole(request.args.get("antes")) or None)


def _topic(slug: str) -> Topic:
    return BY_SLUG.get(slug) or abort(404)


def _service(id: object) -> Service | None:
    """One of theirs that is in use; for any other they are asked again."""
    mine = select(Service).where(Service.id == id, Service.person_id == me().id, Service.status != "cancelled")
    return db.session.scalars(mine).first() if isinstance(id, int) else None


def _previous() -> Ticket | None:
    """The finished request that this one goes on from."""
    id = whole(request.values.get("de"))
    return load(id) if id else None


def _page(topic: Topic, form: Asking) -> str:
    question, answers = QUESTIONS.get(topic.key, ("", {}))
    form.answer.label.text, form.answer.choices = question, list(answers.items())
    form.body.label.text = topic.asks
    home = home_questions.home(me().id, me().level)
    rows = sorted(home.services, key=lambda row: row.id)
    nothing = [] if answers else [("0", "Nenhum em especial")]
    form.service_id.offer([*((row.id, row.label) for row in rows), *nothing])
    return render_template(
        "portal/help/new.html",
        topic=topic,
        form=form,
        home=home,
        services=rows,
        about_service=bool(answers),
        previous=_previous(),
    )
