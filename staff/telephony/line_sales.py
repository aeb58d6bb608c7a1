"""A line that was agreed goes on as a sale of its own, by Adicionar Serviço (U-34, D-29)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from models.sales import Sale
from staff.customers.loading import load as load_person
from staff.telephony.loading import ORDERS, edits, load_request, page
from web.access import staff
from web.doors import me
from web.forms import Form
from web.fragments import done, go_on

line_sales = Blueprint("line_sales", __name__)
ENDED = "Encerrado como venda"


class Selling(Form):
    """Nothing is asked any more."""


@line_sales.get("/planner/pedidos/<int:id>/venda")
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    row = load_request(id)
    require(row.refusal_to_sell(), fix=row)
    return _page(id, edits(Selling(), row))


@line_sales.post("/planner/pedidos/<int:id>/venda")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    """Ended, and the sale begun, in one transaction; who may not sell hands it on."""
    row, begun = load_request(id), list[Sale]()
    form = edits(Selling(), row)

    def act() -> None:
        row.sell(form.seen)
        if me().may("sales.sell"):
            begun.append(Sale.start_for(load_person(row.person_id)))

    if not form.accepts(act):
        return _page(id, form), form.code
    if begun:
        return go_on(url_for("staff.steps.edit", id=begun[0].id, slug="endereco"), ENDED)
    return done(url_for("staff.upgrade_requests.show", id=id), ENDED)


def _page(id: int, form: Selling) -> str:
    return page("staff/line_sales/new.html", load_request(id), ORDERS, form=form, sells=me().may("sales.sell"))
