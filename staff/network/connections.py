"""Conexão: how it stands, what was counted of it, and its facts (A-25, A-31, C-57)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from models.network import MEDIA, TECHNOLOGIES, ZONES, AccessConcentrator, Connection
from models.network.connection_facts import FACTS
from models.network.counted import ORDER, by_day, by_hour, extract, traffic, week
from models.network.standing import Standing, standing
from models.services import Service
from staff.customers.loading import page as customer_page
from staff.loading import load_row
from staff.network import pictures
from web.access import staff
from web.forms import Choice, Form, text
from web.fragments import done
from web.paging import key_of, written

connections = Blueprint("connections", __name__)
PAGE = 20
PERIODS = {"24h": "24 horas", "7d": "7 dias", "30d": "30 dias"}


class Facts(Form):
    concentrator_id = Choice("Concentrador", empty="Ainda não se sabe")
    medium = Choice("Meio", empty="Ainda não se sabe")
    technology = Choice("Tecnologia", empty="Ainda não se sabe")
    mac = text("MAC do equipamento", 17)
    fixed_ipv4 = text("IP fixo", 15)
    zone = Choice("Zona", empty=None)
    ibge_code = text("Código do IBGE da cidade", 7)

    def offered(self, connection: Connection) -> Facts:
        kept = AccessConcentrator.offered(connection.company_id, kept=connection.concentrator_id)
        self.concentrator_id.offer([(row.id, row.name) for row in kept])
        self.medium.offer(list(MEDIA.items()))
        names = sorted({name for names in TECHNOLOGIES.values() for name in names})
        self.technology.offer([(name, name) for name in names])
        self.zone.offer(list(ZONES.items()))
        return self


@connections.get("/conexoes/<int:id>")
@staff("network.read")
def show(id: int) -> ResponseReturnValue:
    connection, stands = load(id)
    period = request.args.get("periodo", "")
    period = period if period in PERIODS else "24h"
    after = key_of(request.args.get("depois"), ORDER)
    sessions = extract(id, after, PAGE)
    used = by_hour(id, 24) if period == "24h" else by_day(id, int(period[:-1]), stands.zone)
    return _page(
        "staff/connections/show.html",
        stands,
        sessions=sessions[:PAGE],
        after=after,
        next_page=written(ORDER.of(sessions[PAGE - 1])) if len(sessions) > PAGE else None,
        chart=pictures.consumption(used, stands.zone, period == "24h"),
        has_usage=any(row.counted for row in used),
        period=period,
        periods=PERIODS,
        rate=traffic(id),
        tries=(tried := week(connection.login, stands.zone)),
        tried=pictures.authentications(tried) if any(row.accepted or row.refused for row in tried) else None,
        media=MEDIA,
        zones=ZONES,
    )


@connections.get("/conexoes/<int:id>/editar")
@staff("network.change")
def edit(id: int) -> ResponseReturnValue:
    connection, stands = load(id)
    return _page("staff/connections/edit.html", stands, form=_stored(connection).edits(connection))


@connections.post("/conexoes/<int:id>/editar")
@staff("network.change")
def update(id: int) -> ResponseReturnValue:
    connection, stands = load(id)
    form = Facts().edits(connection, lambda: _stored(load(id)[0])).offered(connection)
    typed = {name: form[name].data for name in FACTS}
    if form.accepts(lambda: connection.describe(form.seen, **typed)):
        return done(url_for("staff.connections.show", id=id), "Dados da conexão gravados")
    return _page("staff/connections/edit.html", stands, form=form), form.code


def load(id: int) -> tuple[Connection, Standing]:
    """A connection, through the operator's companies, and how it stands."""
    connection = load_row(Connection, id)
    stands = standing(id)
    if stands is None:
        abort(404)
    return connection, stands


def _stored(connection: Connection) -> Facts:
    values = {name: getattr(connection, name) for name in FACTS}
    return Facts(formdata=None, data=values).offered(connection)


def _page(template: str, stands: Standing, **values: Any) -> str:
    service: Service = stands.service
    return customer_page(
        template,
        service.person_id,
        "services",
        stands=stands,
        service=service,
        connection=stands.connection,
        address=service.address("installation"),
        **values,
    )
