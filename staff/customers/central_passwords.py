"""Senha da Central: taken away when the subscriber has forgotten it; only they choose another."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.people import SubscriberPassword
from staff.customers.loading import load
from web.access import staff
from web.fragments import done

central_passwords = Blueprint("central_passwords", __name__)


@central_passwords.post("/clientes/<int:id>/senha-da-central/remover")
@staff("people.change")
def destroy(id: int) -> ResponseReturnValue:
    SubscriberPassword.remove(load(id))
    db.session.commit()
    return done(url_for("staff.details.show", id=id), "Senha da Central removida")
