"""Reabrir um caixa that was closed by mistake, for whoever supervises (B-17)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.cash.loading import PATH, load, page
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

cash_reopenings = Blueprint("cash_reopenings", __name__)
REOPENING = f"{PATH}/<int:id>/reabertura"


class Reopening(Form):
    reason = lines("Motivo")


@cash_reopenings.get(REOPENING)
@staff("billing.cash_supervise")
def new(id: int) -> ResponseReturnValue:
    desk = load(id)
    require(desk.refusal_to_reopen(), fix=desk)
    return page("staff/cash_reopenings/new.html", desk, form=Reopening().edits(desk))


@cash_reopenings.post(REOPENING)
@staff("billing.cash_supervise")
def create(id: int) -> ResponseReturnValue:
    desk = load(id)
    form = Reopening().edits(desk)
    if form.accepts(lambda: desk.reopen(form.reason.data or "", form.seen)):
        return done(url_for("staff.cash_desks.show", id=id), f"Caixa {id} reaberto")
    return page("staff/cash_reopenings/new.html", desk, form=form), form.code
