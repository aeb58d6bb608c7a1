"""Dados: the customer's record, read and changed (X-18)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.changes import Correction
from models.desk import customer_page
from models.people import Origin, Person, PersonGroup, SubscriberPassword
from models.people.contact import KINDS as CONTACTS
from models.people.person import DETAILS
from models.sales import offers
from models.wording import phone
from staff.customers.loading import load, page
from web.access import staff
from web.forms import Choice, DayField, Form, text
from web.fragments import done

details = Blueprint("details", __name__)


class Details(Form):
    name = text("Nome")
    trade_name = text("Nome Fantasia")
    state_registration = text("Inscrição Estadual (IE)", 20)
    contact_person = text("Pessoa de contato", 80)
    rg = text("RG", 20)
    birth_date = DayField("Nascimento")
    mobile = text("Celular", 20)
    phone = text("Telefone fixo", 20)
    email = text("E-mail")
    group_id = Choice("Grupo de Clientes", empty="Sem grupo")
    origin_id = Choice("Origem", empty="Sem origem")


@details.get("/clientes/<int:id>/dados")
@staff("people.read")
def show(id: int) -> ResponseReturnValue:
    return page("staff/details/show.html", id, "details", **record_of(load(id)))


def record_of(person: Person) -> dict[str, Any]:
    """The record of a customer, as a page shows it."""
    return {
        "record": customer_page.record(person.id),
        "contacts": customer_page.contacts(person.id),
        "addresses": customer_page.addresses(person.id),
        "central_password": SubscriberPassword.of(person),
        "unmovable": Correction(person).refusal_to_move(),
    }


@details.get("/clientes/<int:id>/dados/editar")
@staff("people.change")
def edit(id: int) -> ResponseReturnValue:
    person = load(id)
    return _page(person, _stored(person).edits(person))


@details.post("/clientes/<int:id>/dados/editar")
@staff("people.change")
def update(id: int) -> ResponseReturnValue:
    person = load(id)
    form = Details().edits(person, lambda: _stored(person))
    _offer(form, person)
    values = {key: form[key].data for key in DETAILS if key in form}
    contacts = {key: form[key].data or "" for key in CONTACTS}
    if form.accepts(lambda: person.change_details(values, contacts, form.seen)):
        return done(url_for("staff.details.show", id=id), "Cadastro gravado")
    return _page(person, form), form.code


def _stored(person: Person) -> Details:
    """The record as it is."""
    contacts = {kind: phone(value) for kind, value in person.contacts().items()}
    form = Details(formdata=None, obj=person, **contacts)
    _offer(form, person)
    return form


def _offer(form: Details, person: Person) -> None:
    """What is in use, and what the customer has already."""
    form.group_id.offer(offers.names(PersonGroup, kept=[person.group_id]))
    form.origin_id.offer(offers.names(Origin, kept=[person.origin_id]))


def _page(person: Person, form: Details) -> str:
    return page("staff/details/edit.html", person.id, "details", form=form, person=person)
