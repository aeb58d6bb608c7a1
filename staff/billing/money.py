"""Financeiro - Cliente: what a customer owes and has paid, and how each service is charged."""

from __future__ import annotations

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
    after = key_of(request.args.get("antes"), NEWEST)
    closed, services = closed_invoices(id, after), customer_page.billing(id)
    live = [row.service for row in services if row.service.status != "cancelled"]
    return page(
        "staff/money/index.html",
        id,
        "money",
        open=open_invoices(id),
        closed=closed,
        after=after,
        following=url_for("staff.money.index", id=id, antes=written(closed.last())) if closed.more else None,
        charges=loose_charges(id),
        credits=credits(id),
        wanting=next_carnes(clock.today(me().zone), id),
        services=services,
        monthly={each.company_id for each in live if not each.uses_carne},
        gaps=gaps_of([id]),
        waived=customer_page.uncharged_days(id),
        types=BILLING_TYPES,
    )
