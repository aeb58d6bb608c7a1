"""First stage: who calls, and why. The choice of a service redraws the form with its contract (A-08 to A-18)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.contracts import Contract, contract_of
from models.desk.outage_page import open_for
from models.express_check import ExpressCheck
from models.operators import Company, Operator
from models.people import Person
from models.services import Service
from models.tickets import Ticket, locked_company
from models.workflows import AttendSettings, ContactOrigin
from staff.attend.loading import here, load, page, requires
from staff.attend.openings import keep
from staff.loading import load_row
from web.access import staff
from web.forms import Choice, Form, lines, whole
from web.fragments import done

identifications = Blueprint("identifications", __name__)


class Identifying(Form):
    service_id = Choice("Conexão", empty="Nenhuma")
    contract_id = Choice("Contrato", empty="Nenhum")
    company_id = Choice("Empresa", empty="Escolha a empresa")
    contact_origin_id = Choice("Origem do contato")
    technician_id = Choice("Técnico Responsável")
    report = lines("Relato do cliente ou do técnico", 4000)


@identifications.post("/clientes/<int:id>/atendimentos/etapas")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    """Atendimento completo: the protocol is drawn as soon as the customer is known (D-23)."""
    requires("people.read")
    ticket = Ticket.open(load_row(Person, id))
    db.session.commit()
    return done(here(ticket))


@identifications.get("/atendimentos/<int:id>/identificacao")
@staff("tickets.attend")
def edit(id: int) -> ResponseReturnValue:
    ticket = load(id)
    if ticket.refusal_to_stages():
        return done(here(ticket))
    return _page(ticket, _stored(ticket).edits(ticket, lambda: _stored(load(id))))


@identifications.post("/atendimentos/<int:id>/identificacao")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    """Avançar; or the form anew, with the contract of the service that was chosen (A-10)."""
    ticket = load(id)
    form = _offered(Identifying(), ticket).edits(ticket, lambda: _stored(load(id)))
    if "redesenhar" in request.form:
        chosen = form.service_id.data
        form.contract_id.data = contract_of(chosen) if isinstance(chosen, int) else None
        form.contract_id.raw_data = None
        return _page(ticket, form)
    if "sair" in request.form:
        keep(ticket)
        db.session.commit()
        return done(url_for("staff.tickets.index", aba="rascunhos"), f"{ticket.protocol} guardado em Rascunhos")
    if "novo-cliente" in request.form:
        keep(ticket)
        db.session.commit()
        return done(url_for("staff.ticket_customers.new", id=id))
    if form.accepts(lambda: _identify(ticket, form)):
        return done(url_for("staff.express_checks.show", id=id))
    return _page(ticket, form), form.code


def _identify(ticket: Ticket, form: Identifying) -> None:
    """The next stage is entered with its query made, for its page only reads (A-19)."""
    ticket.identify(dict(form.data), form.seen)
    ExpressCheck.run(ticket)


def _stored(ticket: Ticket) -> Identifying:
    proposed = AttendSettings.of(ticket.company_id).contact_origin_id
    form = Identifying(formdata=None, obj=ticket)
    form.contact_origin_id.data = ticket.contact_origin_id or proposed
    for field in form:
        if field.name in ticket.typed:  # left unfinished
            kept = ticket.typed[field.name]
            field.data = (whole(kept) or None) if field.name != "report" else kept
    return _offered(form, ticket)


def _offered(form: Identifying, ticket: Ticket) -> Identifying:
    """Services and contracts of this customer, companies in use, every operator in use (A-08, A-09, A-16)."""
    services = select(Service).where(Service.person_id == ticket.person_id).order_by(Service.id)
    form.service_id.offer([(row.id, row.label) for row in db.session.scalars(services)])
    contracts = select(Contract.id, Contract.number, Service.plan_name, Contract.status)
    contracts = contracts.join(Service, Service.id == Contract.service_id).where(Service.person_id == ticket.person_id)
    form.contract_id.offer(
        [
            (row.id, f"nº {row.number}, {row.plan_name}{'' if row.status == 'active' else ', cancelado'}")
            for row in db.session.execute(contracts.order_by(Contract.number))
        ]
    )
    companies = select(Company.id, Company.name).where(Company.id > 0, Company.inactive_since.is_(None))
    form.company_id.offer([(row.id, row.name) for row in db.session.execute(companies.order_by(Company.name))])
    form.contact_origin_id.offer([(row.id, row.name) for row in ContactOrigin.offered(ticket.company_id)])
    people = select(Operator.id, Operator.name).where(Operator.inactive_since.is_(None)).order_by(Operator.name)
    form.technician_id.offer([(row.id, row.name) for row in db.session.execute(people)])
    return form


def _page(ticket: Ticket, form: Identifying) -> str:
    person = load_row(Person, ticket.person_id)
    locked = locked_company(person.company_id)
    chosen = form.service_id.data
    service = db.session.get(Service, chosen) if isinstance(chosen, int) else None
    where: Any = service.address("installation") if service and service.person_id == person.id else None
    asking = [row.id for row in ContactOrigin.offered(ticket.company_id) if row.asks_technician]
    return page(
        "staff/identifications/edit.html",
        ticket,
        outages=open_for(ticket),
        form=form,
        locked=db.session.get_one(Company, locked).name if locked is not None else None,
        address=where or next(iter(person.addresses()), None),
        of_service=where is not None,
        asking=asking,
    )
