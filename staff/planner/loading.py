"""The card or the order a page is about, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from models.base import db
from models.boards import Card, proposed
from models.desk import card_page
from models.telephony import UpgradeOrder, of
from staff.loading import load_row
from web.doors import me
from web.fragments import done
from web.history import facts_of
from web.paging import key_of, written

SUPERVISES = "planner.supervise"


def load_card(id: int) -> Card:
    return load_row(Card, id)


def load_order(id: int) -> UpgradeOrder:
    """An order, with which comes its card."""
    return load_row(UpgradeOrder, id)


def card_of(order: UpgradeOrder) -> Card:
    found = db.session.scalars(select(Card).where(Card.pabx_id == order.pabx_id)).first()
    return found or abort(404)


def supervises() -> bool:
    return me().may(SUPERVISES)


def show(card: Card, template: str = "staff/cards/show.html", after: str | None = None, **values: Any) -> str:
    """A page of the card: all of them begin with the same head."""
    events = card_page.log(card, key_of(after, card_page.LOG))
    more = written(card_page.LOG.of(events[card_page.PAGE - 1])) if len(events) > card_page.PAGE else None
    found = card_page.card_page(card)
    return render_template(
        template,
        page=found,
        card=card,
        log=facts_of(events[: card_page.PAGE]),
        more=more,
        begins=after is None,
        supervises=supervises(),
        of=of,
        proposed=proposed,
        **values,
    )


def to_card(card: Card, toast: str = "", anchor: str = "") -> AnyResponse:
    """An act on a card is over: back to it."""
    return done(url_for("staff.cards.show", id=card.id) + anchor, toast)
