"""Novo Cliente from the search of a new ticket: registered, and the ticket in stages begun for them (A-07, C-04)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.people import Person, cleaned, refusal_to_tax_id
from models.sales.answers import PersonAnswers
from models.sales.completion import register
from models.sales.offers import Offer
from models.tickets import Ticket
from staff.attend.loading import here, requires
from staff.sales import forms
from staff.sales.redraws import redrawn
from staff.searching import accepts_document
from web.access import staff
from web.fragments import done

new_customers = Blueprint("new_customers", __name__)
AS_WELL = ("tickets.attend", "people.read")  # whoever registers for a ticket opens it, and is told who is there already


@new_customers.get("/atendimentos/novo/cliente")
@staff("people.change")
def new() -> ResponseReturnValue:
    requires(*AS_WELL)
    return drawn(begun(""), url_for("staff.tickets.new"))


@new_customers.post("/atendimentos/novo/cliente")
@staff("people.change")
def create() -> ResponseReturnValue:
    """From the search, which it carries along and Cancelar gives back; a post, as a CPF may stand in it."""
    requires(*AS_WELL)
    if "comecar" in request.form:
        return drawn(begun(request.form.get("q", "")[:120].strip()), url_for("staff.tickets.new"))
    form, opened = typed(), list[Ticket]()
    if redrawn("dados", form, request.form) is not None:
        return drawn(form, url_for("staff.tickets.new"))
    if registers(form, lambda person: opened.append(Ticket.open(person))):
        return done(here(opened[0]), f"{opened[0].protocol}: cliente cadastrado e escolhido")
    return drawn(form, url_for("staff.tickets.new")), form.code


def begun(q: str) -> forms.Person:
    """The form with what was searched for in its place."""
    kind, found = "individual", {}
    numbers = cleaned(q)
    for each in ("individual", "organization"):
        if numbers and refusal_to_tax_id(q, each) is None:
            kind, found = each, {"document": q}
    if not found and numbers.isdigit() and len(numbers) in (10, 11):
        found = {"mobile" if len(numbers) == 11 else "phone": q}
    elif not found and not any(char.isdigit() for char in q):
        found = {"name": q}
    form = forms.Person(formdata=None, data={"kind": kind, **found})
    form.choose_from(Offer())
    return form


def typed() -> forms.Person:
    """The form as it was posted."""
    form = forms.Person()
    form.choose_from(Offer())
    return form


def registers(form: forms.Person, then: Any) -> bool:
    """The customer is there and `then` is done with them, in one transaction; counted as a search for the document."""
    return accepts_document(form, form.document.data, lambda: then(register(PersonAnswers(**form.typed), Offer())))


def drawn(form: forms.Person, back: str, ticket: Ticket | None = None) -> str:
    registered = form.refused.fix if form.refused and isinstance(form.refused.fix, Person) else None
    return render_template("staff/new_customers/new.html", form=form, ticket=ticket, back=back, registered=registered)
