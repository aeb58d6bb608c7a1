"""A sale as a whole: begin, resume, discard, review and save."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from models.base import db
from models.desk import home
from models.people import Origin, PersonGroup, Tag, cleaned
from models.people.address import address_text, address_values
from models.refused import require
from models.sales import Sale, offers
from models.sales.steps import REVIEW
from models.work_orders import WorkOrderKind
from staff.customers.loading import load as load_person
from staff.sales import forms
from staff.sales.loading import load, page
from web.access import staff
from web.forms import Form, whole
from web.fragments import done

sales = Blueprint("sales", __name__)


class Save(Form):
    version = HiddenField()


@sales.get("/vendas")
@staff("sales.sell")
def index() -> ResponseReturnValue:
    return render_template("staff/sales/index.html", drafts=home.drafts())


@sales.get("/clientes/adicionar")
@staff("sales.sell")
def new() -> ResponseReturnValue:
    kind = request.args.get("tipo")
    form = forms.Person(data={"kind": kind if kind == "organization" else "individual"})
    form.offer(None)
    return page("staff/sales/dados.html", None, "dados", form=form)


@sales.post("/clientes/adicionar")
@staff("sales.sell")
def create() -> ResponseReturnValue:
    form = forms.Person()
    form.offer(None)
    if "tipo" in request.form:  # only another kind of customer was asked for: draw again, keep what was typed
        return _other_kind(form)
    begun: list[Sale] = []
    if form.accepts(lambda: begun.append(Sale.start(form.answers))):
        leaving = url_for("staff.sales.index") if "sair" in request.form else None
        return redirect(leaving or url_for("staff.steps.edit", id=begun[0].id, slug="endereco"), 303)
    return page("staff/sales/dados.html", None, "dados", form=form), form.code


@sales.post("/clientes/<int:id>/servicos/adicionar")
@staff("sales.sell")
def create_for(id: int) -> ResponseReturnValue:
    """Adicionar Serviços: the same wizard for somebody who is registered (C-22)."""
    sale = Sale.start_for(load_person(id))
    db.session.commit()
    return redirect(url_for("staff.steps.edit", id=sale.id, slug="endereco"), 303)


@sales.get("/vendas/<int:id>")
@staff("sales.sell")
def show(id: int) -> ResponseReturnValue:
    """Where this sale stands: its next step, or the customer it became."""
    sale = load(id)
    if sale.status == "done":
        return redirect(url_for("staff.customers.show", id=sale.person_id), 303)
    require(sale.refusal_to_answer())
    return redirect(url_for("staff.steps.edit", id=id, slug=sale.next_slug), 303)


@sales.get("/vendas/<int:id>/conferir")
@staff("sales.sell")
def review(id: int) -> ResponseReturnValue:
    sale = load(id)
    if sale.status != "draft" or not sale.may_open(REVIEW):
        return redirect(url_for("staff.sales.show", id=id), 303)
    return _review(sale, Save(data={"version": sale.version}))


@sales.post("/vendas/<int:id>/conferir")
@staff("sales.sell")
def update(id: int) -> ResponseReturnValue:
    """Salvar: everything or nothing (C-19)."""
    sale, form = load(id), Save()
    if form.accepts(lambda: sale.complete(whole(form.version.data))):
        said = "Serviço adicionado ao cliente." if sale.adds_service else "Cliente cadastrado."
        return done(url_for("staff.customers.show", id=sale.person_id), said)
    require(sale.refusal_to_answer())
    return _review(sale, form), form.code


@sales.post("/vendas/<int:id>/descarte")
@staff("sales.sell")
def destroy(id: int) -> ResponseReturnValue:
    load(id).discard()
    db.session.commit()
    return done(url_for("staff.sales.index"), "Rascunho descartado")


def _other_kind(form: forms.Person) -> ResponseReturnValue:
    form.kind.data = "organization" if request.form["tipo"] == "organization" else "individual"
    form.offer(None)
    return page("staff/sales/dados.html", None, "dados", form=form)


def _review(sale: Sale, form: Save) -> str:
    return page("staff/sales/conferir.html", sale, REVIEW, form=form, facts=_facts(sale))


def _facts(sale: Sale) -> dict[str, Any]:
    """The names behind the ids of the answers."""
    person, where = sale.said("dados"), sale.said("endereco")
    what, order = sale.said("plano"), sale.said("instalacao")
    names = dict(offers.sellers(sale.customer_company))
    known = {row.id: row.text for row in forms.customer_page.addresses(sale.person_id)} if sale.person_id else {}
    return {
        "person": person,
        "document": cleaned(person.get("document") or ""),
        "company": offers.company(sale.customer_company).name,
        "group": dict(offers.names(PersonGroup)).get(person.get("group_id")),
        "origin": dict(offers.names(Origin)).get(person.get("origin_id")),
        "tags": [name for id, name in offers.names(Tag) if id in (person.get("tags") or [])],
        "address": known.get(where.get("address_id")) or address_text(address_values(where)),
        "billing_address": None if where.get("same_billing") else address_text(address_values(where, "billing_")),
        "seller": names.get(what.get("seller_id")),
        "sold_on": what.get("sold_on"),
        "templates": [
            row
            for row in offers.templates(sale.service_company)
            if row.id in sale.said("contrato").get("templates", [])
        ],
        "billing": sale.said("cobranca"),
        "method": {row.id: row.name for row in offers.methods(sale.service_company)}.get(
            sale.said("cobranca").get("billing_method_id")
        ),
        "order": order,
        "order_kind": dict(offers.names(WorkOrderKind)).get(order.get("kind_id")),
        "technician": dict(forms.technicians(sale.service_company)).get(order.get("technician_id")),
        "starts_on": sale.start_of_use(),
    }
