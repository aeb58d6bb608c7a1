"""Painel do Cliente: services, invoices, accounts and contracts of the customer, without leaving the ticket (A-46)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk import customer_page
from models.desk.customer_services import services as services_of
from models.network.standing import by_service
from staff.attend.inside import look_from
from staff.attend.loading import load_head, page
from staff.billing.money import standing
from web.access import staff
from web.doors import me

customer_panels = Blueprint("customer_panels", __name__)


@customer_panels.get("/atendimentos/<int:id>/painel-do-cliente")
@staff("tickets.read")
def show(id: int) -> ResponseReturnValue:
    head = load_head(id)
    look_from(head.ticket, head.holder)
    shown = _shown(id, head.ticket.person_id)
    return page("staff/customer_panels/show.html", head.ticket, "painel", head=head, **shown)


def _shown(id: int, person_id: int) -> dict[str, Any]:
    """What of a customer this operator reads."""
    may = me().may
    services = services_of(person_id) if may("people.read") else []
    numbers = [row.service.id for row in services]
    return {
        "live": services,
        "connections": by_service(person_id) if services and may("network.read") else {},
        "contracts": customer_page.contracts(numbers) if may("contracts.read") and numbers else [],
        "money": standing(person_id, "staff.customer_panels.show", id) if may("billing.read") else None,
    }
