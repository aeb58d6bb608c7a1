"""Clientes atingidos: whom an outage touches, and how each stands now (B-23)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk.outage_reach import ORDER, customers
from models.network import touched
from staff.network.outage_page import PATH, load, page
from web.access import staff
from web.paging import key_of, written

outage_customers = Blueprint("outage_customers", __name__)


@outage_customers.get(f"{PATH}/clientes")
@staff("people.read")
def index(id: int) -> ResponseReturnValue:
    outage = load(id)
    which = touched(outage.where)
    down = request.args.get("mostrar") == "sem-sessao"
    after = key_of(request.args.get("depois"), ORDER)
    rows, more = customers(which, after, down=down)
    shown = {"rows": rows, "after": after, "following": written(more), "down": down}
    return page("staff/outages/customers.html", outage, "customers", which, **shown)
