"""Descartar a draft: a page that says whose it is and what goes, then the act."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.refused import require
from models.sales.answers import REVIEW
from models.worklist.counts import beginner
from staff.sales.loading import load
from web.access import staff
from web.fragments import done

discards = Blueprint("discards", __name__)
PATH = "/vendas/<int:id>/descarte"


@discards.get(PATH)
@staff("sales.sell")
def new(id: int) -> ResponseReturnValue:
    sale = load(id)
    require(sale.refusal_to_answer())
    slug = request.args.get("passo", "")
    inside = slug in {step.slug for step in sale.steps}
    back = url_for("staff.steps.edit", id=id, slug=slug) if inside else url_for("staff.sales.index")
    back = url_for("staff.sales.review", id=id) if slug == REVIEW else back
    return render_template("staff/sales/discard.html", sale=sale, by=beginner(sale), back=back)


@discards.post(PATH)
@staff("sales.sell")
def destroy(id: int) -> ResponseReturnValue:
    load(id).discard()
    db.session.commit()
    return done(url_for("staff.sales.index"), "Rascunho descartado")
