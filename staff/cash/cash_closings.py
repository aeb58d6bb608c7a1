"""Fechar o caixa with what was counted (B-17)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.cash.loading import PATH, load, page
from web.access import staff
from web.forms import Form, MoneyField, lines
from web.fragments import done

cash_closings = Blueprint("cash_closings", __name__)
CLOSING = f"{PATH}/<int:id>/fechamento"


class Closing(Form):
    counted_cents = MoneyField("Dinheiro contado")
    reason = lines("Motivo da diferença")


@cash_closings.get(CLOSING)
@staff("billing.cash_desk")
def new(id: int) -> ResponseReturnValue:
    desk = load(id)
    require(desk.refusal_to_close(), fix=desk)
    return page("staff/cash_closings/new.html", desk, form=Closing().edits(desk))


@cash_closings.post(CLOSING)
@staff("billing.cash_desk")
def create(id: int) -> ResponseReturnValue:
    desk = load(id)
    form = Closing().edits(desk)
    if form.accepts(lambda: desk.close(form.counted_cents.data, form.reason.data or "", form.seen)):
        return done(url_for("staff.cash_desks.show", id=id), f"Caixa {id} fechado: {desk.difference_words}")
    return page("staff/cash_closings/new.html", desk, form=form), form.code
