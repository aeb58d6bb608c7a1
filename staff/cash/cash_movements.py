"""Sangria and suprimento of a cash desk, and taking one back (B-17)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing import CashDesk
from models.refused import require
from models.wording import brl
from staff.cash.loading import PATH, load, load_entry, page
from web.access import staff
from web.forms import Form, MoneyField, lines
from web.fragments import done

cash_movements = Blueprint("cash_movements", __name__)
MOVING, UNDOING = f"{PATH}/<int:id>/<any(sangria,suprimento):slug>", f"{PATH}/movimentos/<int:id>/remover"


class Moving(Form):
    amount_cents = MoneyField("Valor")
    reason = lines("Motivo")


class Undoing(Form):
    reason = lines("Motivo")


@cash_movements.get(MOVING)
@staff("billing.cash_desk")
def new(id: int, slug: str) -> ResponseReturnValue:
    desk = load(id)
    require(desk.refusal_to_move(), fix=desk)
    return page("staff/cash_movements/new.html", desk, form=Moving(), slug=slug)


@cash_movements.post(MOVING)
@staff("billing.cash_desk")
def create(id: int, slug: str) -> ResponseReturnValue:
    desk, form = load(id), Moving()
    move = CashDesk.withdraw if slug == "sangria" else CashDesk.supply
    if form.accepts(lambda: move(desk, form.amount_cents.data, form.reason.data or "")):
        words = f"{slug.capitalize()} de {brl(form.amount_cents.data)} no caixa {id}"
        return done(url_for("staff.cash_desks.show", id=id), words)
    return page("staff/cash_movements/new.html", desk, form=form, slug=slug), form.code


@cash_movements.get(UNDOING)
@staff("billing.cash_desk")
def edit(id: int) -> ResponseReturnValue:
    desk, entry = load_entry(id)
    require(desk.refusal_to_undo(entry), fix=desk)
    return page("staff/cash_movements/edit.html", desk, form=Undoing(), entry=entry)


@cash_movements.post(UNDOING)
@staff("billing.cash_desk")
def destroy(id: int) -> ResponseReturnValue:
    """Desfazer."""
    (desk, entry), form = load_entry(id), Undoing()
    if form.accepts(lambda: desk.undo(entry, form.reason.data or "")):
        return done(url_for("staff.cash_desks.show", id=desk.id), f"Desfeito: {brl(abs(entry.amount_cents))}")
    return page("staff/cash_movements/edit.html", desk, form=form, entry=entry), form.code
