"""An item leaves the panel, since the contract does not include it any more (U-06)."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.telephony.loading import load_item
from web.access import staff
from web.forms import Form, text
from web.fragments import done

pabx_withdrawals = Blueprint("pabx_withdrawals", __name__)


class Withdrawing(Form):
    reason = text("Motivo", 200)


@pabx_withdrawals.get("/pabx/<int:id>/retirada")
@staff("telephony.register")
def new(id: int) -> ResponseReturnValue:
    row, person = load_item(id)
    require(row.refusal_to_withdraw(), fix=person)
    return render_template("staff/pabx_withdrawals/new.html", head=person, row=row, form=Withdrawing().edits(row))


@pabx_withdrawals.post("/pabx/<int:id>/retirada")
@staff("telephony.register")
def create(id: int) -> ResponseReturnValue:
    row, person = load_item(id)
    form = Withdrawing().edits(row)
    if form.accepts(lambda: row.withdraw(form.reason.data, form.seen)):
        return done(url_for("staff.pabxs.show", id=person.id), f"Retirado do painel: {row.called}")
    return render_template("staff/pabx_withdrawals/new.html", head=person, row=row, form=form), form.code
