"""A step of the wizard: shown with what was answered, kept when it is right."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models.catalog import TECHNOLOGIES
from models.people import cleaned
from models.refused import require
from models.sales import Sale, offers
from models.sales.answers import REVIEW, AddressAnswers, BillingAnswers, PersonAnswers
from models.sales.proposals import proposed
from models.services import BILLING_TYPES
from models.wording import brl, near
from staff.sales.forms import FORMS, Address, Person, Step
from staff.sales.loading import load, page
from staff.sales.redraws import redrawn
from staff.sales.taken_hours import hours_of
from staff.searching import accepts_document, may_ask
from web.access import staff

steps = Blueprint("steps", __name__)


@steps.get("/vendas/<int:id>/<slug>")
@staff("sales.sell")
def edit(id: int, slug: str) -> ResponseReturnValue:
    sale = _sale(id, slug)
    if sale.status != "draft" or not sale.may_open(slug):
        return redirect(url_for("staff.sales.show", id=id), 303)
    form = _edits(sale, slug, _stored(sale, slug))
    if isinstance(form, Address) and "editar" in request.args:
        form.rewrite(sale.offer)
    return _page(sale, slug, form)


@steps.post("/vendas/<int:id>/<slug>")
@staff("sales.sell")
def update(id: int, slug: str) -> ResponseReturnValue:
    sale = _sale(id, slug)
    require(sale.refusal_to_answer() or _refusal_to_open(sale, slug), fix=sale)
    form = _edits(sale, slug, _form(sale, slug))
    beside = redrawn(slug, form, request.form)
    if beside is not None:
        return _page(load(id), slug, form, **beside)
    document = _other_document(sale, form)
    if "sair" in request.form:
        answers = form.readable if may_ask(document) else None
        kept = form.accepts(lambda: sale.leave(slug, answers, form.sent, form.seen), unfinished=True)
    else:
        keep = sale.go_on if "seguir" in request.form else sale.answer
        kept = accepts_document(form, document, lambda: keep(form.answers, form.seen))
    if kept:
        return redirect(_after(sale, slug), 303)
    require(sale.refusal_to_answer(), fix=sale)  # another window may have saved or discarded it meanwhile
    return _page(sale, slug, form), form.code


def _sale(id: int, slug: str) -> Sale:
    """The draft, when this is one of its steps: Adicionar Serviço has no Dados (C-22)."""
    sale = load(id)
    return sale if slug in {step.slug for step in sale.steps} else abort(404)


def _other_document(sale: Sale, form: Step) -> str:
    """The document typed in Dados when it is not the one the draft has: whether that is here was answered."""
    typed = form.document.data or "" if isinstance(form, Person) else ""
    return typed if cleaned(typed) != cleaned(sale.answers_of(PersonAnswers).document or "") else ""


def _refusal_to_open(sale: Sale, slug: str) -> str | None:
    return None if sale.may_open(slug) else "Responda primeiro os passos anteriores."


def _form(sale: Sale, slug: str, **values: Any) -> Step:
    form = FORMS[slug](**values)
    form.choose_from(sale.offer)
    return form


def _stored(sale: Sale, slug: str) -> Step:
    """The step as it was left, as it stands in the draft, or as it is proposed."""
    shown = FORMS[slug]
    if slug in sale.unfinished:
        left = shown.unfinished(sale.unfinished[slug])
        left.choose_from(sale.offer)
        return left
    kept = sale.answers_of(shown.step) if slug in sale.answers else proposed(shown.step, sale.offer)
    form = _form(sale, slug, formdata=None, data=kept.values)
    if isinstance(form, Address):
        form.accept_ceps()
    return form


def _edits(sale: Sale, slug: str, form: Step) -> Step:
    """A draft is nobody's yet, so history tells nothing of it; when it was kept, the draft knows."""
    here = url_for("staff.steps.edit", id=sale.id, slug=slug, depois=request.values.get("depois"))
    kept = lambda: f"O rascunho foi gravado {near(sale.updated_at)}"  # noqa: E731
    return form.edits(sale, lambda: _stored(sale, slug), who=kept, href=here)


def _after(sale: Sale, slug: str) -> str:
    if "sair" in request.form:
        return url_for("staff.sales.index")
    if "seguir" in request.form:
        return url_for("staff.sales.show", id=sale.id)
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
    beside = _lists(sale, slug, form)
    gone = form.gone([row.id for row in beside.get("retired", [])])
    return page(f"staff/sales/{slug}.html", sale, slug, form=form, after=after, gone=gone, **beside, **values)


def _lists(sale: Sale, slug: str, form: Any) -> dict[str, Any]:
    """What a step lists beside its form."""
    if slug == "contrato":
        offered = sale.offer.templates
        gone = set(form.templates.data or []) - {row.id for row in offered}  # chosen earlier, no longer offered
        places = sale.answers_of(AddressAnswers).places(sale.offer)
        return {"templates": offered, "retired": offers.retired_templates(gone) if gone else [], "places": places}
    if slug == "plano":
        plans = sale.offer.plans
        return {
            "plans": {plan.id: f"{TECHNOLOGIES[plan.technology]}, {brl(plan.price_cents)} por mês" for plan in plans},
            "skips": _skips(sale),
        }
    if slug == "instalacao":
        return hours_of(sale, form.technician_id.data, form.start_on.data)
    return {}


def _skips(sale: Sale) -> str:
    """How Cobrança would be answered by what is proposed, in words; nothing where somebody has to answer it."""
    if sale.has_answered(BillingAnswers.slug) or BillingAnswers.slug in sale.unfinished:
        return ""
    billing = proposed(BillingAnswers, sale.offer)
    if billing.errors(sale.offer):
        return ""
    method = sale.offer.lists.methods[billing.billing_method_id or 0]
    type = BILLING_TYPES[billing.billing_type or ""].lower()
    return f"{method}, dia {billing.due_day}, {type}, {'com' if billing.uses_carne else 'sem'} carnê"
