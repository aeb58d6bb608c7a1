"""Procurar: one's own orders by number or name; a post, since what is typed may be a CPF (A-122)."""

from __future__ import annotations

from flask import Blueprint

from models.base import reads_from_here
from models.desk.technician_visits import search as found
from staff.phone.loading import ROOT, draw
from web.access import staff
from web.doors import me
from web.forms import Form, text

visit_searches = Blueprint("visit_searches", __name__)


class Searching(Form):
    q = text("Número da OS ou nome do cliente", 80)


@visit_searches.get(f"{ROOT}/procurar")
@staff("orders.close")
def new() -> str:
    return draw("staff/phone/search.html", "Procurar", form=Searching(), visits=None)


@visit_searches.post(f"{ROOT}/procurar")
@staff("orders.close")
def search() -> tuple[str, int]:
    form = Searching()
    reads_from_here()
    if not form.validate():
        return draw("staff/phone/search.html", "Procurar", form=form, visits=None), 422
    visits = found(me().id, form.q.data or "")
    return draw("staff/phone/search.html", "Procurar", form=form, visits=visits), 200
