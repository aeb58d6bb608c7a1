"""The draft of a page, through the operator's companies, and what every page of the wizard shows."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, url_for
from sqlalchemy import select

from models.base import db
from models.desk import customer_page
from models.people import Person
from models.people.address import address_text, address_values
from models.refused import Refused
from models.sales import Sale, offers
from models.sales.steps import REVIEW, STEPS

REVIEW_TITLE = "Conferir"


def load(id: int) -> Sale:
    return db.session.scalars(select(Sale).where(Sale.id == id)).first() or abort(404)


def page(template: str, sale: Sale | None, slug: str, **values: Any) -> str:
    """A page of the wizard: steps on top, the first invoice beside it as soon as it is known."""
    drawn = stepper(sale, slug)
    refused = values["form"].refused
    return render_template(
        template,
        sale=sale,
        slug=slug,
        steps=drawn,
        step_number=[step["state"] for step in drawn].index("current") + 1,
        invoice=preview(sale) if sale else None,
        plan=_plan(sale) if sale else None,
        registered=refused.fix if refused and isinstance(refused.fix, Person) else None,
        **values,
    )


def stepper(sale: Sale | None, slug: str) -> list[dict[str, Any]]:
    """Done steps are links, the current one is marked, later ones wait (ui.md 7)."""
    order = [(step.slug, step.title) for step in (sale.steps if sale else STEPS)] + [(REVIEW, REVIEW_TITLE)]
    at = [name for name, _ in order].index(slug)
    drawn = []
    for index, (name, title) in enumerate(order):
        open_ = bool(sale and sale.status == "draft" and sale.may_open(name))
        state = "current" if index == at else "done" if sale and name in sale.answers else "next"
        href = url_for("staff.steps.edit", id=sale.id, slug=name) if open_ and sale and index != at else None
        drawn.append({"label": title, "state": state, "href": href})
    return drawn


def places(sale: Sale) -> dict[str, str | None]:
    """The addresses of the draft in words; billing is None where it is the same."""
    where = sale.said("endereco")
    known = {row.id: row.text for row in customer_page.addresses(sale.person_id)} if sale.person_id else {}
    return {
        "installation": known.get(where.get("address_id", 0)) or address_text(address_values(where)),
        "billing": None if where.get("same_billing") else address_text(address_values(where, "billing_")),
    }


def _plan(sale: Sale) -> Any:
    plan_id = sale.said("plano").get("plan_id")
    return offers.plan(plan_id) if plan_id else None


def preview(sale: Sale, billing: dict[str, Any] | None = None) -> Any:
    """The first invoice as it would be; None while the answers leave nothing to charge."""
    try:
        return sale.first_invoice(billing)
    except Refused:
        return None
