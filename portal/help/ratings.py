"""How it was, from 1 to 5, once (A-106)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from portal.help.loading import Rating, conversation, load
from web.access import subscriber
from web.fragments import done

ratings = Blueprint("ratings", __name__)


@ratings.post("/ajuda/pedidos/<int:id>/avaliacao")
@subscriber("proved")
def create(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Rating()
    if form.accepts(lambda: ticket.rate(form.chosen, form.why.data or "")):
        return done(url_for("portal.tickets.show", id=id), "Avaliação enviada. Obrigado por contar")
    return conversation(id, rate=form), form.code
