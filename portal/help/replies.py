"""What a subscriber writes in their request, with photos if they like; a finished one keeps it (B-12)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from portal.help.loading import Replying, conversation, load, require_few_said
from web.access import subscriber
from web.fragments import done
from web.uploads import arrived, may_take_files

replies = Blueprint("replies", __name__)


@replies.post("/ajuda/pedidos/<int:id>/mensagens")
@subscriber("proved")
@may_take_files
def create(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Replying()

    def act() -> None:
        require_few_said()
        ticket.reply(form.body.data or "", arrived())

    if form.accepts(act):
        return done(f"{url_for('portal.tickets.show', id=id)}#fim")
    return conversation(id, reply=form), form.code
