"""Associar Faturas, Desassociar Faturas: invoices in and out of a booklet (C-46)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing import Carne, Invoice
from models.refused import require
from models.wording import brl, day
from staff.carnes.loading import load, page
from web.access import staff
from web.forms import Choices, Form
from web.fragments import done

carne_invoices = Blueprint("carne_invoices", __name__)
PATH = '/carnes/<int:id>/<any("associar-faturas","desassociar-faturas"):slug>'
JOIN = "associar-faturas"


class Choosing(Form):
    invoices = Choices("Faturas")


@carne_invoices.get(PATH)
@staff("billing.charge")
def new(id: int, slug: str) -> ResponseReturnValue:
    carne = load(id)
    require(carne.refusal_to_change(), fix=carne)
    return _page(carne, slug, Choosing().edits(carne))


@carne_invoices.post(PATH)
@staff("billing.charge")
def create(id: int, slug: str) -> ResponseReturnValue:
    carne = load(id)
    form = Choosing().edits(carne)
    act = carne.join if slug == JOIN else carne.part
    if form.accepts(lambda: act(form.invoices.data, form.seen)):
        toast = "Faturas associadas ao" if slug == JOIN else "Faturas desassociadas do"
        return done(url_for("staff.carnes.show", id=id), f"{toast} carnê {id}")
    return _page(load(id), slug, form), form.code


def _page(carne: Carne, slug: str, form: Choosing) -> str:
    offered = carne.joinable() if slug == JOIN else _partable(carne)
    form.invoices.offer([(each.id, f"Fatura {each.number}") for each in offered])
    about = {each.id: f"vence em {day(each.due_on)}, {brl(each.total_cents)}" for each in offered}
    return page("staff/carne_invoices/new.html", carne, form=form, about=about, joining=slug == JOIN, slug=slug)


def _partable(carne: Carne) -> list[Invoice]:
    return [each for each in carne.invoices() if carne.refusal_to_part(each) is None]
