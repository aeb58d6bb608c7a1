"""Nobody uses an item of the panel any more: it stays contracted, and is free (U-07)."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.telephony.loading import load_item
from web.access import staff
from web.forms import Form, text
from web.fragments import done

pabx_frees = Blueprint("pabx_frees", __name__)


class Freeing(Form):
    reason = text("Motivo", 200)


@pabx_frees.get("/pabx/<int:id>/livre")
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    row, person = load_item(id)
    require(row.refusal_to_free(), fix=person)
    return render_template("staff/pabx_frees/new.html", head=person, row=row, form=Freeing().edits(row))


@pabx_frees.post("/pabx/<int:id>/livre")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    row, person = load_item(id)
    form = Freeing().edits(row)
    if form.accepts(lambda: row.free(form.reason.data, form.seen)):
        return done(url_for("staff.pabxs.show", id=person.id), f"Livre: {row.called}")
    return render_template("staff/pabx_frees/new.html", head=person, row=row, form=form), form.code
