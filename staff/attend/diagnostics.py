"""Diagnósticos do Serviço: seven blocks beside the quick form, each asked for by itself (C-57).

A block that fails, or whose concentrator says nothing, says so in its own place; the others stand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from models import clock
from models.base import db
from models.desk.diagnostics import connection_of, orders_of, period_of
from models.dunning.debts import debts_of
from models.network.counted import by_hour, extract, traffic, week
from models.network.standing import Standing
from models.operators import company_of
from models.services import Service
from models.tickets import Ticket
from staff.attend.loading import load
from staff.loading import load_row
from staff.network import pictures
from web.access import staff
from web.doors import me
from web.forms import whole
from web.fragments import answer

diagnostics = Blueprint("diagnostics", __name__)
log = logging.getLogger("enlace")

BLOCKS = {
    "situacao-da-conexao": "Status da Conexão",
    "trafego": "Tráfego Tempo Real",
    "autenticacoes": "Autenticações na Última Semana",
    "extrato": "Extrato de Conexões",
    "situacao": "Status e Período",
    "faturas": "Faturas Vencidas",
    "ordens": "Ordens de Serviço dos últimos três meses",
}
SLUGS = ",".join(f'"{slug}"' for slug in BLOCKS)
NEEDS = {
    "situacao-da-conexao": "network.read",
    "trafego": "network.read",
    "autenticacoes": "network.read",
    "extrato": "network.read",
    "faturas": "billing.read",
}
LIVE = timedelta(minutes=5)  # so long the traffic asks again by itself
THREE_MONTHS = timedelta(days=92)
FEW, HOURS = 4, 12


@diagnostics.get(f"/atendimentos/<int:id>/diagnosticos/<any({SLUGS}):block>")
@staff("tickets.attend")
def show(id: int, block: str) -> ResponseReturnValue:
    ticket = load(id)
    return answer("staff/diagnostics/show.html", "staff/diagnostics/_block.html", **told(ticket, block))


def told(ticket: Ticket, block: str) -> dict[str, Any]:
    """What a block shows: what it found, or why it has nothing to show."""
    values = {
        "ticket": ticket,
        "block": block,
        "title": BLOCKS[block],
        "at": clock.now(),
        "failed": False,
        "allowed": True,
    }
    if not me().may(NEEDS.get(block, "tickets.attend")):
        return values | {"allowed": False}
    try:
        service = load_row(Service, ticket.service_id or 0)
        return values | {"service": service} | ASKED[block](service)
    except HTTPException:  # not there, or not theirs
        raise
    except Exception as error:  # whatever it was, the other blocks are wanted now
        db.session.rollback()
        log.error("diagnosis failed", extra={"block": block, "error": type(error).__name__}, exc_info=error)
        return values | {"failed": True, "ticket": load(ticket.id)}


def _connection(service: Service) -> dict[str, Any]:
    return {"stands": connection_of(service.id)}


def _of_connection(found: Callable[[Standing], dict[str, Any]]) -> Callable[[Service], dict[str, Any]]:
    """A block of what was counted of the connection, which says first how the connection stands."""

    def asked(service: Service) -> dict[str, Any]:
        stands = connection_of(service.id)
        return {"stands": stands, **(found(stands) if stands else {})}

    return asked


def _traffic(stands: Standing) -> dict[str, Any]:
    hours = by_hour(stands.connection.id, HOURS)
    now, asked = int(clock.now().timestamp()), whole(request.args.get("ate"))
    until = min(asked, now + int(LIVE.total_seconds())) if asked else now + int(LIVE.total_seconds())
    return {
        "rate": traffic(stands.connection.id),
        "chart": pictures.traffic(hours, stands.zone) if any(row.counted for row in hours) else None,
        "until": until if until > now else 0,
        "ends": datetime.fromtimestamp(until, UTC),
    }


def _authentications(stands: Standing) -> dict[str, Any]:
    tries = week(stands.connection.login, stands.zone)
    tried = any(row.accepted or row.refused for row in tries)
    return {"chart": pictures.authentications(tries) if tried else None, "refused": any(row.refused for row in tries)}


def _extract(stands: Standing) -> dict[str, Any]:
    return {"sessions": extract(stands.connection.id, None, FEW)[:FEW]}


def _period(service: Service) -> dict[str, Any]:
    return {"period": period_of(service)}


def _invoices(service: Service) -> dict[str, Any]:
    today = clock.today(company_of(service).zone)
    return {"debts": debts_of([service.id], today).get(service.id, [])}


def _orders(service: Service) -> dict[str, Any]:
    return {"orders": orders_of(service.id, clock.now() - THREE_MONTHS)}


ASKED: dict[str, Callable[[Service], dict[str, Any]]] = {
    "situacao-da-conexao": _connection,
    "trafego": _of_connection(_traffic),
    "autenticacoes": _of_connection(_authentications),
    "extrato": _of_connection(_extract),
    "situacao": _period,
    "faturas": _invoices,
    "ordens": _orders,
}
