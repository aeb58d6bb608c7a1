"""The draft of a page, through the operator's companies, and what every page of the wizard shows."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from models.people import Person
from models.sales import STEPS, Sale
from models.sales.answers import REVIEW
from staff.loading import load_row
from web.doors import stand_in

REVIEW_TITLE = "Conferir"


def load(id: int) -> Sale:
    sale = load_row(Sale, id)
    stand_in(sale.zone)
    return sale


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
        expected=sale.expected() if sale else None,
        plan=sale.offer.plan if sale else None,
        registered=refused.fix if refused and isinstance(refused.fix, Person) else None,
        **values,
    )


def stepper(sale: Sale | None, slug: str) -> list[dict[str, Any]]:
    """Done steps are links, the current one is marked, later ones wait."""
    order = [(step.slug, step.title) for step in (sale.steps if sale else STEPS)] + [(REVIEW, REVIEW_TITLE)]
    at = [name for name, _ in order].index(slug)
    drawn = []
    for index, (name, title) in enumerate(order):
        open_ = bool(sale and sale.status == "draft" and sale.may_open(name))
        state = "current" if index == at else "done" if sale and sale.has_answered(name) else "next"
        href = url_for("staff.steps.edit", id=sale.id, slug=name) if open_ and sale and index != at else None
        drawn.append({"label": title, "state": state, "href": href})
    return drawn
