"""The customer of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from models.desk import customer_page
from models.people import Person
from models.people.person import PERSON_KINDS
from staff.loading import load_row
from web.inside import is_of_another


def load(id: int) -> Person:
    """The row, to act on."""
    return load_row(Person, id)


def page(template: str, id: int, tab: str, **values: Any) -> str:
    """A page of the customer's Menu: every one begins with the same head."""
    head = customer_page.head(id)
    if head is None or is_of_another(id):
        abort(404)
    return render_template(template, head=head, tags=head.tags, tab=tab, kind=PERSON_KINDS[head.kind], **values)
