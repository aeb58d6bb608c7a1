"""A step of the wizard: shown with what was answered, kept when it is right."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models.catalog import TECHNOLOGIES
from models.refused import require
from models.sales import Sale, offers
from models.sales.steps import REVIEW
from models.wording import brl
from staff.sales.ceps import fill_in
from staff.sales.forms import FORMS, Step
from staff.sales.loading import load, page
from web.access import staff

steps = Blueprint("steps", __name__)


@steps.get("/vendas/<int:id>/<slug>")
@staff("sales.sell")
def edit(id: int, slug: str) -> ResponseReturnValue:
    sale = load(id)
    if sale.status != "draft" or not sale.may_open(slug):
        return redirect(url_for("staff.sales.show", id=id), 303)
    proposed = FORMS[slug].proposed(sale) if slug in FORMS else {}
    form = _form(sale, slug, data={**proposed, **sale.said(slug), "version": sale.version})
    return _page(sale, slug, form)


@steps.post("/vendas/<int:id>/<slug>")
@staff("sales.sell")
def update(id: int, slug: str) -> ResponseReturnValue:
    sale = load(id)
    require(sale.refusal_to_answer(), fix=sale)
    form = _form(sale, slug)
    if "tipo" in request.form and slug == "dados":
        form.kind.data = "organization" if request.form["tipo"] == "organization" else "individual"
        form.offer(sale)
        return _page(sale, slug, form)
    if "procurar" in request.form and slug == "endereco":  # Buscar CEP, without JavaScript
        which = request.form["procurar"]
        return _page(load(id), slug, form, **{f"said_{which}": fill_in(form, which)})
    if {"acao", "tirar"} & set(request.form) and slug == "contrato":
        form.templates.data = _contracts(form.templates.data, request.form)  # type: ignore[attr-defined]
        return _page(sale, slug, form)
    if form.accepts(lambda: sale.answer(slug, form.answers, form.seen)):
        return redirect(_after(sale, slug), 303)
    return _page(sale, slug, form), form.code


def _form(sale: Sale, slug: str, **values: Any) -> Step:
    form: Step = FORMS.get(slug, _missing)(**values)
    form.offer(sale)  # type: ignore[attr-defined]
    return form


def _missing(**_: Any) -> None:
    abort(404)


def _after(sale: Sale, slug: str) -> str:
    order = [step.slug for step in sale.steps] + [REVIEW]
    following = order[order.index(slug) + 1]
    if sale.next_slug == REVIEW and request.form.get("depois") == REVIEW:
        following = REVIEW  # the step was opened from Conferir, by Alterar
    endpoint = "staff.sales.review" if following == REVIEW else "staff.steps.edit"
    return url_for(endpoint, id=sale.id, **({} if following == REVIEW else {"slug": following}))


def _contracts(chosen: list[int], typed: Any) -> list[int]:
    """The list of the contract step after Adicionar or Tirar; nothing is kept before Avançar (C-12)."""
    if "tirar" in typed:
        return [id for id in chosen if str(id) != typed["tirar"]]
    added = typed.get("adicionar", "")
    return sorted({*chosen, int(added)}) if added.isdecimal() and len(added) < 19 else chosen


def _page(sale: Sale, slug: str, form: Step, **values: Any) -> str:
    after = request.values.get("depois")
    return page(f"staff/sales/{slug}.html", sale, slug, form=form, after=after, **_lists(sale, slug), **values)


def _lists(sale: Sale, slug: str) -> dict[str, Any]:
    """What a step lists beside its form."""
    if slug == "contrato":
        return {"templates": offers.templates(sale.customer_company)}
    if slug == "plano":
        rows = offers.plans(sale.customer_company)
        return {"plans": {row.id: f"{TECHNOLOGIES[row.technology]}, {brl(row.price_cents)} por mês" for row in rows}}
    return {}
