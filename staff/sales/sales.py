"""A sale as a whole: begin, resume, discard, review and save."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from models.base import db
from models.desk import home
from models.people import Origin, PersonGroup, Tag, cleaned
from models.refused import Refused, require
from models.sales import Sale, offers
from models.sales.steps import REVIEW, Step
from models.work_orders import WorkOrderKind
from models.work_orders.work_order import technicians
from staff.customers.loading import load as load_person
from staff.sales import forms
from staff.sales.loading import load, page, places
from staff.sales.redraws import redrawn
from web.access import staff
from web.differences import GONE
from web.forms import Form, whole
from web.fragments import done

sales = Blueprint("sales", __name__)
SHOWN = 50


class Save(Form):
    version = HiddenField()


@sales.get("/vendas")
@staff("sales.sell")
def index() -> ResponseReturnValue:
    drafts = home.drafts(limit=SHOWN + 1)
    return render_template("staff/sales/index.html", drafts=drafts[:SHOWN], more=len(drafts) > SHOWN)


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
    if redrawn("dados", form, request.form) is not None:
        return page("staff/sales/dados.html", None, "dados", form=form)
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
    if not sale.may_open(REVIEW):
        return redirect(url_for("staff.sales.show", id=id), 303)
    return _review(sale, form), form.code


@sales.post("/vendas/<int:id>/descarte")
@staff("sales.sell")
def destroy(id: int) -> ResponseReturnValue:
    load(id).discard()
    db.session.commit()
    return done(url_for("staff.sales.index"), "Rascunho descartado")


def _review(sale: Sale, form: Save) -> str:
    faulty = _faulty(sale) if form.refused else None
    return page("staff/sales/conferir.html", sale, REVIEW, form=form, facts=_facts(sale), faulty=faulty)


def _faulty(sale: Sale) -> Step | None:
    """The first step whose answers do not hold any more: where the refusal of the whole is mended."""
    return next((step for step in sale.steps if not _holds(sale, step)), None)


def _holds(sale: Sale, step: Step) -> bool:
    answers = sale.said(step.slug)
    if step.slug == "plano" and answers.get("offer") != offers.plan(answers["plan_id"]).offer:
        return False
    try:
        return not step.check(sale, answers)
    except Refused:
        return False


def _facts(sale: Sale) -> dict[str, Any]:
    """The names behind the ids of the answers."""
    person, billing = sale.said("dados"), sale.said("cobranca")
    what, order, company = sale.said("plano"), sale.said("instalacao"), sale.service_company
    offered, chosen = offers.templates(company), sale.said("contrato").get("templates", [])
    templates = [row for row in offered if row.id in chosen]
    return {
        "person": person,
        "document": cleaned(person.get("document") or ""),
        "company": offers.company(sale.customer_company).name,
        "group": _named(offers.names(PersonGroup), person.get("group_id")),
        "origin": _named(offers.names(Origin), person.get("origin_id")),
        "tags": [_named(offers.names(Tag), id) for id in person.get("tags") or []],
        "places": places(sale),
        "seller": _named(offers.sellers(sale.customer_company), what.get("seller_id")),
        "sold_on": what.get("sold_on"),
        "templates": templates,
        "template_names": [row.name for row in templates] + [GONE] * (len(chosen) - len(templates)),
        "billing": billing,
        "method": _named([(row.id, row.name) for row in offers.methods(company)], billing.get("billing_method_id")),
        "order": order,
        "order_kind": _named(offers.names(WorkOrderKind), order.get("kind_id")),
        "technician": _named(technicians(company), order.get("technician_id")),
        "starts_on": sale.start_of_use(),
    }


def _named(rows: list[tuple[int, str]], id: int | None) -> str | None:
    """The name of what was chosen, also when it is not offered any more."""
    return dict(rows).get(id, GONE) if id else None
