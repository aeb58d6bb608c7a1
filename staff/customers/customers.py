"""The list of customers, its search, and the Dashboard do Cliente."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from models.desk import customer_list
from models.desk.document_searches import is_whole_document
from models.desk.finished_sale import finished_sale
from models.operators import roles_with
from staff.customers.dashboards import dashboard
from staff.customers.lists import CUSTOMERS, acts, wanted, ways_out
from staff.searching import missed, searched
from web.access import staff
from web.doors import me
from web.forms import whole
from web.fragments import wants_fragment
from web.lists import Asked, answer_list
from web.paging import written

customers = Blueprint("customers", __name__)


@customers.get("/clientes")
@staff("people.read")
def index() -> ResponseReturnValue:
    return _list(CUSTOMERS.asked())[0]


@customers.post("/clientes")
@staff("people.read")
def search() -> ResponseReturnValue:
    """A post, because a CPF may not stand in an address; what may stand there is shown there. 60 a minute each."""
    by_part = me().may("people.read_cpf")
    searched(by_part)
    asked = CUSTOMERS.asked(request.form)
    if not asked.is_secret and not wants_fragment():
        return redirect(asked.address(), 303)
    answer, found = _list(asked)
    if not found.rows and is_whole_document(asked["q"], by_part):
        missed()
    return answer


def _list(asked: Asked) -> tuple[Response, customer_list.Page]:
    """The whole is counted with the first page alone."""
    want = wanted(asked)
    found = customer_list.find(want, asked.behind(customer_list.KEYS[want.sort]))
    total = (0, 0) if found.behind else customer_list.totals(want)
    answer = answer_list(
        "staff/customers/index.html",
        "staff/customers/_list.html",
        asked,
        found=found,
        wanted=want,
        some=total[0],
        everybody=total[1],
        acts=acts(),
        ways_out=[] if found.rows else ways_out(asked, want.days),
        following=asked.after(found.more),
        last=written(found.more),
    )
    return answer, found


@customers.get("/clientes/<int:id>")
@staff("people.read")
def show(id: int) -> ResponseReturnValue:
    """After Salvar, `venda` is the sale that was saved: what can be done with it now stands on top (C-20)."""
    finished = finished_sale(id, whole(request.args.get("venda")))
    enabling = roles_with(["services.enable"])["services.enable"] if finished and finished.waits else []
    return dashboard(id, finished=finished, enabling=enabling)
