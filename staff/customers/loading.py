"""The customer of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from models.desk import customer_page
from models.desk.customer_rows import Head
from models.history import ACTIONS, Event
from models.history.action import KINDS
from models.people import Person
from models.people.person import PERSON_KINDS
from staff.loading import load_row
from web.doors import me
from web.inside import is_of_another


def load(id: int) -> Person:
    """The row, to act on."""
    return load_row(Person, id)


def kinds() -> dict[str, str]:
    """The kinds of history that whoever looks reads: what is done to tickets is for who sees tickets."""
    return {name: title for name, title in KINDS.items() if name != "ticket" or me().may("tickets.read")}


def told_of(id: int, limit: int, kind: str = "", before: int = 0) -> list[Event]:
    """What whoever looks reads of a customer's history, newest first; of one kind, or of all of theirs."""
    read = kinds()
    asked = {kind} if kind in read else set(read)
    every = len(asked) == len(KINDS)
    actions = None if every else {name for name, action in ACTIONS.items() if action.kind in asked}
    return customer_page.history(id, limit, actions, before)


def page(template: str, id: int, tab: str, **values: Any) -> str:
    """A page of the customer's Menu: every one begins with the same head."""
    return drawn(template, head_of(id), tab, **values)


def head_of(id: int) -> Head:
    head = customer_page.head(id)
    if head is None or is_of_another(id):
        abort(404)
    return head


def drawn(template: str, head: Head, tab: str, **values: Any) -> str:
    """The same where the head was read already."""
    return render_template(template, head=head, tags=head.tags, tab=tab, kind=PERSON_KINDS[head.kind], **values)
