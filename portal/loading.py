"""What belongs to the subscriber who is signed in; anybody else's is a 404."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select

from models.base import db
from models.desk import subscriber_page
from models.desk.subscriber_page import WeakView
from models.services import Service
from web.doors import me


def service(id: int) -> Service:
    """To act on it."""
    mine = select(Service).where(Service.id == id, Service.person_id == me().id, Service.status != "cancelled")
    return db.session.scalars(mine).first() or abort(404)


def seen(id: int) -> WeakView:
    """To show it."""
    return subscriber_page.service(me().id, id) or abort(404)
