"""What belongs to the subscriber who is signed in; anybody else's is a 404."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select

from models.base import db
from models.central import services as questions
from models.central.services import WeakView
from models.people import Person
from models.services import Service
from web.doors import me


def service(id: int) -> Service:
    """To act on it."""
    mine = select(Service).where(Service.id == id, Service.person_id == me().id, Service.status != "cancelled")
    return db.session.scalars(mine).first() or abort(404)


def seen(id: int) -> WeakView:
    """To show it, as much of it as the level of the session may see."""
    return questions.service(me().id, id, me().level) or abort(404)


def every() -> list[WeakView]:
    return questions.services(me().id, me().level)


def myself() -> Person:
    """Whoever is signed in, to change what is theirs."""
    return db.session.get_one(Person, me().id)
