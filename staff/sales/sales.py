"""A sale as a whole: begin, resume, discard, review and save."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.contracts import USUAL
from models.people import cleaned
from models.people.person import PERSON_KINDS
from models.refused import require
from models.sales import Sale, offers
from models.sales.answers import (
    REVIEW,
    AddressAnswers,
    BillingAnswers,
    ContractAnswers,
    InstallationAnswers,
    PersonAnswers,
    PlanAnswers,
)
from models.sales.offers import Offer
from models.sales.proposals import proposed
from models.wording import near
from models.worklist import counts
from staff.customers.loading import load as load_person
from staff.sales import forms
from staff.sales.loading import load, page
from staff.sales.redraws import redrawn
from staff.searching import accepts_document, may_ask
from web.access import staff
from web.differences import GONE
from web.doors import me
from web.forms import Form
from web.fragments import done

sales = Blueprint("sales", __name__)
SHOWN = 50


class Save(Form):
    """Nothing is asked any more."""


@sales.get("/vendas")
@staff("sales.sell")
def index() -> ResponseReturnValue:
    mine = request.args.get("de") == "mim"
    drafts = counts.drafts(limit=SHOWN + 1, by=me().id if mine else None)
    return render_template("staff/sales/index.html", drafts=drafts[:SHOWN], more=len(drafts) > SHOWN, mine=mine)


@sales.get("/clientes/adicionar")
@staff("sales.sell")
def new() -> ResponseReturnValue:
    offer, asked = Offer(me().company_id), request.args.get("tipo")
    begun = proposed(PersonAnswers, offer)
    form = forms.Person(data={"kind": asked if asked in PERSON_KINDS else begun.kind})
    form.choose_from(offer)
    return page("staff/sales/dados.html", None, "dados", form=form)


@sales.post("/clientes/adicionar")
@staff("sales.sell")
def create() -> ResponseReturnValue:
    form, offer = forms.Person(), Offer()
    form.choose_from(offer)
    if redrawn("dados", form, request.form) is not None:
        return page("staff/sales/dados.html", None, "dados", form=form)
    begun: list[Sale] = []
    if "sair" in request.form:
        read = form.typed if form.validate() and may_ask(form.document.data) else None
        form.accepts(lambda: Sale.start_unfinished(read, form.sent, offer), unfinished=True)
        return redirect(url_for("staff.sales.index"), 303)
    start = lambda: begun.append(Sale.start(PersonAnswers(**form.typed), offer))  # noqa: E731
    if accepts_document(form, form.document.data, start):
        return redirect(url_for("staff.steps.edit", id=begun[0].id, slug="endereco"), 303)
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
        return redirect(url_for("staff.customers.show", id=sale.person_id, venda=id), 303)
    require(sale.refusal_to_answer())
    return redirect(url_for("staff.steps.edit", id=id, slug=sale.next_slug), 303)


@sales.get("/vendas/<int:id>/conferir")
@staff("sales.sell")
def review(id: int) -> ResponseReturnValue:
    sale = load(id)
    if sale.status != "draft" or not sale.may_open(REVIEW):
        return redirect(url_for("staff.sales.show", id=id), 303)
    return _review(sale, Save())


@sales.post("/vendas/<int:id>/conferir")
@staff("sales.sell")
def update(id: int) -> ResponseReturnValue:
    """Salvar: everything or nothing (C-19)."""
    sale = load(id)
    form = Save().edits(sale, who=lambda: f"O rascunho foi gravado {near(sale.updated_at)}")
    customer: list[int | None] = []

    def save() -> None:
        sale.complete(form.seen)
        customer.append(sale.person_id)  # the commit forgets it

    toast = "Serviço adicionado ao cliente." if sale.adds_service else "Cliente cadastrado."
    if form.accepts(save):
        return done(url_for("staff.customers.show", id=customer[0], venda=id), toast)
    require(sale.refusal_to_answer())
    if not sale.may_open(REVIEW):
        return redirect(url_for("staff.sales.show", id=id), 303)
    return _review(sale, form), form.code


def _review(sale: Sale, form: Save) -> str:
    facts = _facts(sale)
    faulty = sale.faulty() if form.refused or sale.offer.plan is None or _names_gone(facts) else None
    return page("staff/sales/conferir.html", sale, REVIEW, form=form, facts=facts, faulty=faulty)


def _names_gone(facts: dict[str, Any]) -> bool:
    """Does the draft name something that is not offered any more?"""
    order = (facts["order_kind"], facts["technician"]) if facts["order"].open_order else ()
    alone = (facts["group"], facts["origin"], facts["seller"], facts["method"], facts["ladder"], *order)
    return GONE in (*alone, *facts["tags"], *facts["template_names"])


def _facts(sale: Sale) -> dict[str, Any]:
    """The names behind the ids of the answers."""
    offer, person, what = sale.offer, sale.answers_of(PersonAnswers), sale.answers_of(PlanAnswers)
    billing, order = sale.answers_of(BillingAnswers), sale.answers_of(InstallationAnswers)
    contract = sale.answers_of(ContractAnswers)
    chosen = contract.templates
    templates = [row for row in offer.templates if row.id in chosen]
    company_id = offer.customer_company
    return {
        "person": person,
        "document": cleaned(person.document or ""),
        "company": offer.lists.companies.get(company_id) or offers.company(company_id).name,
        "group": _named(offer.lists.groups, person.group_id),
        "origin": _named(offer.lists.origins, person.origin_id),
        "tags": [_named(offer.lists.tags, id) for id in person.tags],
        "gone": GONE,
        "places": sale.answers_of(AddressAnswers).places(offer),
        "seller": _named(offer.lists.sellers, what.seller_id),
        "sold_on": what.sold_on,
        "templates": templates,
        "template_names": [row.name for row in templates] + [GONE] * (len(chosen) - len(templates)),
        "sla_table": _named(offer.lists.sla_tables, contract.sla_table_id) or USUAL,
        "ladder": _named(offer.lists.ladders, contract.dunning_rule_id) or USUAL,
        "billing": billing,
        "method": _named(offer.lists.methods, billing.billing_method_id),
        "order": order,
        "order_kind": _named(offer.lists.kinds, order.kind_id),
        "technician": _named(offer.lists.technicians, order.technician_id),
    }


def _named(rows: dict[int, str], id: int | None) -> str | None:
    """The name of what was chosen, also when it is not offered any more."""
    return rows.get(id, GONE) if id else None
