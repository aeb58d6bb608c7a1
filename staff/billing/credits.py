"""Devolver crédito, and taking such a giving back back (B-02)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.base import db
from models.billing import GIVEN_BY, Credit, CreditEntry
from models.operators import company_of
from models.refused import require
from models.wording import brl
from staff.customers.loading import page
from staff.loading import load_row
from web.access import staff
from web.forms import Choice, DayField, Form, MoneyField, lines
from web.fragments import done

credits = Blueprint("credits", __name__)
GIVING, UNDOING = "/creditos/<int:id>/devolucao", "/creditos/movimentos/<int:id>/remover"


class Giving(Form):
    amount_cents = MoneyField("Quanto devolver")
    means = Choice("Como")
    given_on = DayField("Devolvido em")
    reason = lines("Motivo")


class Undoing(Form):
    reason = lines("Motivo")


@credits.get(GIVING)
@staff("billing.reverse")
def new(id: int) -> ResponseReturnValue:
    credit = load_row(Credit, id)
    free = credit.to_spend_cents
    require(credit.refusal_to_spend(free))
    today = clock.today(company_of(credit).zone)
    return _giving(credit, _form({"amount_cents": free, "given_on": today}))


@credits.post(GIVING)
@staff("billing.reverse")
def create(id: int) -> ResponseReturnValue:
    credit, form = load_row(Credit, id), _form()
    typed = (form.amount_cents.data, form.means.data or "", form.given_on.data, form.reason.data or "")
    if form.accepts(lambda: credit.give_back(*typed)):
        toast = f"{brl(form.amount_cents.data)} de crédito devolvidos"
        return done(url_for("staff.money.index", id=credit.person_id), toast)
    return _giving(credit, form), form.code


@credits.get(UNDOING)
@staff("billing.reverse")
def edit(id: int) -> ResponseReturnValue:
    entry = load_row(CreditEntry, id)
    require(entry.refusal_to_undo())
    return _undoing(entry, Undoing())


@credits.post(UNDOING)
@staff("billing.reverse")
def destroy(id: int) -> ResponseReturnValue:
    entry, form = load_row(CreditEntry, id), Undoing()
    if form.accepts(lambda: entry.undo(form.reason.data or "")):
        return done(url_for("staff.money.index", id=_of(entry).person_id), "Devolução desfeita: o crédito voltou")
    return _undoing(entry, form), form.code


def _form(filled: dict[str, object] | None = None) -> Giving:
    form = Giving(data=filled)
    form.means.offer(list(GIVEN_BY.items()))
    return form


def _of(entry: CreditEntry) -> Credit:
    return db.session.get_one(Credit, entry.credit_id)


def _giving(credit: Credit, form: Giving) -> str:
    return page("staff/credits/new.html", credit.person_id, "money", credit=credit, form=form)


def _undoing(entry: CreditEntry, form: Undoing) -> str:
    return page("staff/credits/edit.html", _of(entry).person_id, "money", entry=entry, form=form)
