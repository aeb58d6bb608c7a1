"""Financeiro - Cliente: what a customer owes and has paid, and how each service is charged."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.billing.gaps import gaps_of
from models.desk import customer_page
from models.desk.credit_page import credits
from models.desk.invoices import NEWEST, closed_invoices, loose_charges, open_invoices
from models.desk.next_carnes import next_carnes
from models.services import BILLING_TYPES
from staff.customers.loading import page
from web.access import staff
from web.doors import me
from web.paging import key_of, written

money = Blueprint("money", __name__)


@money.get("/clientes/<int:id>/financeiro")
@staff("billing.read")
def index(id: int) -> ResponseReturnValue:
    return page("staff/money/index.html", id, "money", **standing(id, "staff.money.index", id))


def standing(person_id: int, endpoint: str, id: int) -> dict[str, Any]:
    """What a customer owes and has paid, for a page of which `endpoint` with `id` is the address."""
    after = key_of(request.args.get("antes"), NEWEST)
    closed, services = closed_invoices(person_id, after), customer_page.billing(person_id)
    live = [row.service for row in services if row.service.status != "cancelled"]
    return {
        "open": open_invoices(person_id),
        "closed": closed,
        "after": after,
        "following": url_for(endpoint, id=id, antes=written(closed.last())) if closed.more else None,
        "charges": loose_charges(person_id),
        "credits": credits(person_id),
        "wanting": next_carnes(clock.today(me().zone), person_id),
        "services": services,
        "monthly": {each.company_id for each in live if not each.uses_carne},
        "gaps": gaps_of([person_id]),
        "waived": customer_page.uncharged_days(person_id),
        "types": BILLING_TYPES,
    }
