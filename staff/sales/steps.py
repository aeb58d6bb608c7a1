"""A step of the wizard: shown with what was answered, kept when it is right."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.catalog import TECHNOLOGIES, ContractTemplate
from models.refused import Stale, require
from models.sales import Sale, offers
from models.sales.steps import REVIEW
from models.wording import brl
from staff.sales.forms import FORMS, Step
from staff.sales.loading import load, page, places
from staff.sales.redraws import redrawn
from web.access import staff
from web.differences import differences

steps = Blueprint("steps", __name__)


@steps.get("/vendas/<int:id>/<slug>")
@staff("sales.sell")
def edit(id: int, slug: str) -> ResponseReturnValue:
    sale = _sale(id, slug)
    if sale.status != "draft" or not sale.may_open(slug):
        return redirect(url_for("staff.sales.show", id=id), 303)
    form = _stored(sale, slug)
    if slug == "endereco" and "editar" in request.args:
        form.rewrite()  # type: ignore[attr-defined]
    return _page(sale, slug, form)


@steps.post("/vendas/<int:id>/<slug>")
@staff("sales.sell")
def update(id: int, slug: str) -> ResponseReturnValue:
    sale = _sale(id, slug)
    require(sale.refusal_to_answer() or _refusal_to_open(sale, slug), fix=sale)
    form = _form(sale, slug)
    beside = redrawn(slug, form, request.form)
    if beside is not None:
        return _page(load(id), slug, form, **beside)
    if form.accepts(lambda: sale.answer(slug, form.answers, form.seen)):
        return redirect(_after(sale, slug), 303)
    require(sale.refusal_to_answer(), fix=sale)  # another window may have saved or discarded it meanwhile
    return _page(sale, slug, form), form.code


def _sale(id: int, slug: str) -> Sale:
    """The draft, when this is one of its steps: Adicionar Serviço has no Dados (C-22)."""
    sale = load(id)
    return sale if slug in {step.slug for step in sale.steps} else abort(404)


def _refusal_to_open(sale: Sale, slug: str) -> str | None:
    return None if sale.may_open(slug) else "Responda primeiro os passos anteriores."


def _form(sale: Sale, slug: str, **values: Any) -> Step:
    form: Step = FORMS[slug](**values)
    form.offer(sale)  # type: ignore[attr-defined]
    return form


def _stored(sale: Sale, slug: str) -> Step:
    """The step as it stands in the draft, or as it is proposed."""
    answers = {**FORMS[slug].proposed(sale), **sale.said(slug), "version": sale.version}
    return _form(sale, slug, formdata=None, data=answers)


def _after(sale: Sale, slug: str) -> str:
    if "sair" in request.form:
        return url_for("staff.sales.index")
    order = [step.slug for step in sale.steps] + [REVIEW]
    following = order[order.index(slug) + 1]
    after = request.form.get("depois")
    if after and sale.may_open(after):
        following = after  # the step was opened from there, by Alterar or Editar
    if following == REVIEW:
        return url_for("staff.sales.review", id=sale.id)
    return url_for("staff.steps.edit", id=sale.id, slug=following)


def _page(sale: Sale, slug: str, form: Step, **values: Any) -> str:
    after = request.values.get("depois")
    if isinstance(form.refused, Stale):
        values["differences"] = differences(form, _stored(sale, slug), form.titles)
    return page(f"staff/sales/{slug}.html", sale, slug, form=form, after=after, **_lists(sale, slug, form), **values)


def _lists(sale: Sale, slug: str, form: Any) -> dict[str, Any]:
    """What a step lists beside its form."""
    if slug == "contrato":
        offered = offers.templates(sale.service_company)
        retired = _retired(form.templates.data or [], offered)
        return {"templates": offered, "retired": retired, "places": places(sale)}
    if slug == "plano":
        rows = offers.plans(sale.customer_company)
        return {"plans": {row.id: f"{TECHNOLOGIES[row.technology]}, {brl(row.price_cents)} por mês" for row in rows}}
    return {}


def _retired(chosen: list[int], offered: list[ContractTemplate]) -> list[ContractTemplate]:
    """Those chosen earlier that are no longer offered."""
    gone = set(chosen) - {row.id for row in offered}
    if not gone:
        return []
    rows = select(ContractTemplate).where(ContractTemplate.id.in_(gone)).order_by(ContractTemplate.name)
    return list(db.session.scalars(rows))
