"""Addresses in templates, and the page of a row in each door: what a refusal offers as the way out."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import has_request_context, request, url_for

from models.billing import Carne, CashDesk, Invoice
from models.boards import Card
from models.contracts import Contract
from models.network import Outage
from models.people import Person
from models.sales import Sale
from models.services import Service
from models.telephony import UpgradeRequest
from models.tickets import Ticket
from models.work_orders import WorkOrder, WorkOrderKind
from models.workflows import Procedure
from web.doors import door
from web.inside import inside

STAFF: dict[type, tuple[str, str]] = {
    Person: ("staff.customers.show", "Abrir cadastro"),
    Card: ("staff.cards.show", "Ver o card"),
    Carne: ("staff.carnes.show", "Ver o carnê"),
    CashDesk: ("staff.cash_desks.show", "Ver o caixa"),
    Contract: ("staff.prints.index", "Ver o contrato"),
    Invoice: ("staff.invoices.show", "Ver a fatura"),
    Outage: ("staff.outages.show", "Ver a parada"),
    Procedure: ("staff.procedures.show", "Ver o procedimento"),
    Sale: ("staff.sales.show", "Abrir o rascunho"),
    Service: ("staff.services.show", "Ver o serviço"),
    Ticket: ("staff.tickets.show", "Ver o atendimento"),
    UpgradeRequest: ("staff.upgrade_requests.show", "Ver o pedido"),
    WorkOrder: ("staff.work_orders.show", "Ver a OS"),
}


def address(endpoint: str, **values: Any) -> str:
    """As `url_for`, which templates know it by; what was built once is kept, for lists have the same rows again.

    Inside a ticket an address carries its number, so nothing is kept there.
    """
    if not has_request_context() or "_external" in values or inside():
        return url_for(endpoint, **values)
    return _address(request.root_path, endpoint, tuple(values.items()))


@lru_cache(20_000)
def _address(_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def link_to(row: Any) -> tuple[str, str] | None:
    """(address, words) of the page that solves a refusal; None where this door has no such page."""
    if row is None:
        return None
    if door() == "portal":
        return (url_for("portal.services.index"), "Ver meus serviços") if isinstance(row, Service) else None
    if isinstance(row, WorkOrderKind):  # what is missing of a type is its print profile
        return url_for("staff.configuration.catalogues.index", slug="perfis-de-os"), "Abrir os perfis de OS"
    endpoint, words = STAFF.get(type(row), ("", ""))
    return (url_for(endpoint, id=row.id), words) if endpoint else None
