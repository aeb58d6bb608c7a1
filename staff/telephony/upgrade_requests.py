"""Requests of telephony: the queue, a new one of exactly one type, and each up to its end (U-01 to U-05, U-34).

A choice that changes the questions redraws the form; who posts it without a script is asked for what is missing.
"""

from __future__ import annotations

from functools import cache

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import BooleanField, RadioField

from models.base import db
from models.boards import card_of
from models.history import Event
from models.people import Person
from models.refused import require
from models.telephony import (
    ANSWERS,
    KINDS,
    QUESTION,
    Pabx,
    UpgradeRequest,
    panel_of,
    queue,
    refusal_to_step,
)
from models.telephony.kinds import KIND_OF_ANSWER
from models.tickets import Ticket
from staff.customers.loading import load as load_person
from staff.telephony.acts import acts_of
from staff.telephony.closing import agreeing, disagreeing
from staff.telephony.loading import ASKS, load_request, page, panel_facts, steps_of
from web.access import staff
from web.doors import me
from web.forms import Form, text, whole
from web.fragments import done, go_on
from web.inside import inside
from web.paging import key_of, written

upgrade_requests = Blueprint("upgrade_requests", __name__)
MODULES = ("Gravação", "URA", "Fila de espera")
TOLD = 30
STAGES = {"negociacao": "negotiation", "triagem": "triage", "encerrados": "ended"}


class Asking(Form):
    kind = RadioField(
        "Tipo de upgrade", choices=[(kind, row.title) for kind, row in KINDS.items()], validate_choice=False
    )
    answer = RadioField("O que ele respondeu", choices=list(ANSWERS.items()), validate_choice=False)
    intention_confirmed = BooleanField("Intenção confirmada com o cliente")
    line_number = text("Número", 20)
    donor = text("Operadora doadora", 60)
    module = text("Qual módulo", 40)
    note = text("Observação", 200)

    def follow(self, changed: str) -> None:
        """The answer sets the type; a type chosen against it takes the answer away, and it is asked again (U-02)."""
        means = KIND_OF_ANSWER.get(self.answer.data or "")
        if changed.startswith("input#kind") and means != self.kind.data:
            self.answer.data = None
        elif means and self.kind.data in (None, "", *KIND_OF_ANSWER.values()):
            self.kind.data = means


@upgrade_requests.get("/planner/pedidos")
@staff("telephony.read")
def index() -> ResponseReturnValue:
    stage = STAGES.get(request.args.get("etapa", ""), "negotiation")
    order = queue.ORDERS[stage]
    rows, last = queue.find(stage, key_of(request.args.get("depois"), order))
    step = cache(refusal_to_step)
    chosen = _chosen(rows) if stage == "negotiation" and not step("sales") else None
    refuses = request.args.get("como") == "nao"
    return render_template(
        "staff/upgrade_requests/index.html",
        stage=stage,
        titles=queue.TITLES,
        slugs={stage: slug for slug, stage in STAGES.items()},
        counts=queue.counts(),
        rows=rows,
        chosen=chosen,
        form=None if chosen is None else disagreeing(chosen.request) if refuses else agreeing(chosen.request),
        refuses=refuses,
        following=written(last),
        begun="depois" in request.args,
        after=request.args.get("depois") if rows else None,
        step=step,
    )


def _chosen(rows: list[queue.Waiting]) -> queue.Waiting | None:
    """The row that is open beside the list."""
    id = whole(request.args.get("pedido"))
    if not id:
        return None
    among = next((row for row in rows if row.request.id == id), None)
    found = among or queue.one(load_request(id))
    return None if found.request.refusal_to_agree() else found


@upgrade_requests.get("/clientes/<int:id>/pedidos-de-telefonia/novo")
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    person = load_person(id)
    require(UpgradeRequest.refusal_to_register(), fix=person)
    return _new(person, Asking(data={"note": _of_ticket(), "intention_confirmed": False}))


@upgrade_requests.post("/clientes/<int:id>/pedidos-de-telefonia/novo")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    person, form, made = load_person(id), Asking(), list[UpgradeRequest]()
    if "redesenhar" in request.form:
        form.follow(request.headers.get("HX-Source", ""))
        return _new(person, form)
    here = inside()

    def act() -> None:
        typed = {name: form[name].data for name in ("intention_confirmed", "module", "line_number", "donor", "note")}
        kinds, ticket_id = request.form.getlist("kind"), here.ticket_id if here else None
        made.append(UpgradeRequest.register(person, kinds, answer=form.answer.data or "", ticket_id=ticket_id, **typed))

    if form.accepts(act):
        return _after(made[0])
    form.follow("")
    return _new(person, form), form.code


def _after(row: UpgradeRequest) -> ResponseReturnValue:
    """To what the customer has, for who looks at it; what is handed over ends here."""
    if not row.refusal_to_triage():
        return go_on(url_for("staff.upgrade_checks.edit", id=row.id))
    said = "Encaminhado ao Comercial" if row.is_line else "Registrado: espera Suporte ou Comercial"
    return done(url_for("staff.upgrade_requests.show", id=row.id), said)


def _new(person: Person, form: Asking) -> str:
    return render_template(
        "staff/upgrade_requests/new.html",
        person=person,
        form=form,
        kinds=KINDS,
        question_words=QUESTION,
        asks=form.kind.data in (None, "", *KIND_OF_ANSWER.values()),
        means=KINDS.get(KIND_OF_ANSWER.get(form.answer.data or "", "")),
        modules=MODULES,
        facts=panel_facts(panel_of(person.id)),
        hands_over=refusal_to_step("support", "sales"),
        **steps_of(ASKS),
    )


def _of_ticket() -> str:
    """The ticket it is opened from (U-17)."""
    here = inside()
    ticket = db.session.get(Ticket, here.ticket_id) if here else None
    return f"Atendimento {ticket.protocol}" if ticket else ""


@upgrade_requests.get("/planner/pedidos/<int:id>")
@staff("telephony.read")
def show(id: int) -> ResponseReturnValue:
    row = load_request(id)
    pabx = Pabx.of(row.company_id, row.person_id)
    return page(
        "staff/upgrade_requests/show.html",
        row,
        row=queue.one(row),
        acts=acts_of(row),
        card=card_of(pabx.id if pabx else None),
        ticket=db.session.get(Ticket, row.ticket_id) if row.ticket_id and me().may("tickets.read") else None,
        events=_told(row),
    )


def _told(row: UpgradeRequest) -> list[Event]:
    mine = select(Event).where(Event.subject_type == UpgradeRequest.__tablename__, Event.subject_id == row.id)
    return list(db.session.scalars(mine.order_by(Event.id.desc()).limit(TOLD)))
