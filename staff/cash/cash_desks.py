"""Caixa: the list of the desks somebody may see, one of them, and opening one's own (B-17)."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from models.base import db
from models.billing import CashDesk
from models.billing.cash_report import desk_page
from models.desk.cash_desks import ORDERS, SHOWN, Filter, desk_companies, desk_operators, find_desks, open_desks, totals
from models.operators import Company
from staff.cash.loading import PATH, load
from web.access import staff
from web.doors import me
from web.forms import Choice, DayField, Form, MoneyField, whole
from web.fragments import done
from web.lists import Asked, Listing, RowChoice, answer_list

cash_desks = Blueprint("cash_desks", __name__)


class Filtering(Form):
    situacao = SelectField("Situação", choices=list(SHOWN.items()), validate_choice=False)
    operador = RowChoice("Operador")
    empresa = RowChoice("Empresa", empty="Todas")
    de = DayField("Abertos de")
    ate = DayField("Abertos até")


def filters(values: MultiDict[str, str]) -> Form:
    form = Filtering(values)
    form.operador.offer(desk_operators() if me().may("billing.cash_supervise") else [(me().id, me().name)])
    form.empresa.offer(desk_companies())
    return form


DESKS = Listing("caixas", "Caixas", "staff.cash_desks.index", filters, ORDERS, always=("situacao",))


class Opening(Form):
    company_id = Choice("Empresa", empty=None)
    opening_cents = MoneyField("Dinheiro no caixa")


def wanted(asked: Asked) -> Filter:
    """Without the permission to supervise, one's own."""
    operator = whole(asked["operador"]) or None
    return Filter(
        asked["situacao"] or "all",
        operator if me().may("billing.cash_supervise") else me().id,
        whole(asked["empresa"]) or None,
        asked.form.de.data,
        asked.form.ate.data,
        asked.order,
    )


@cash_desks.get(PATH)
@staff("billing.cash_desk")
def index() -> ResponseReturnValue:
    asked = DESKS.asked()
    want = wanted(asked)
    found = find_desks(want, asked.behind(ORDERS[want.order]))
    return answer_list(
        "staff/cash_desks/index.html",
        "staff/cash_desks/_list.html",
        asked,
        found=found,
        wanted=want,
        totals=totals(want),
        shown=SHOWN,
        mine=open_desks(me().id),
        following=asked.after(found.last()),
    )


@cash_desks.get(f"{PATH}/abrir")
@staff("billing.cash_desk")
def new() -> ResponseReturnValue:
    return _page(_form({"company_id": me().company_id}))


@cash_desks.post(PATH)
@staff("billing.cash_desk")
def create() -> ResponseReturnValue:
    form, desks = _form(), list[CashDesk]()
    company = db.session.get(Company, form.company_id.data) if isinstance(form.company_id.data, int) else None
    seen = company if company and company.id in dict(form.company_id.choices) else None
    if form.accepts(lambda: desks.append(CashDesk.open(seen, form.opening_cents.data))):
        return done(url_for(".show", id=desks[0].id), f"Caixa {desks[0].id} aberto")
    return _page(form), form.code


@cash_desks.get(f"{PATH}/<int:id>")
@staff("billing.cash_desk")
def show(id: int) -> ResponseReturnValue:
    desk = load(id)
    return render_template("staff/cash_desks/show.html", desk=desk, shown=desk_page(desk))


def _form(data: dict[str, int] | None = None) -> Opening:
    form = Opening(data=data)
    form.company_id.offer(desk_companies())
    return form


def _page(form: Opening) -> str:
    return render_template("staff/cash_desks/new.html", form=form, mine=open_desks(me().id))
