"""Every 15 seconds while a conversation is open: what came since, and that it was seen. It never renews a session."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db, read_only, reads_from_here
from models.central import tickets as questions
from models.central.tickets import Conversation, TicketView
from models.tickets import CustomerSeen, saw
from portal.help.loading import load, seen
from web.access import subscriber
from web.forms import whole
from web.fragments import done, fragments, wants_fragment
from web.navigation import brand_here

news = Blueprint("news", __name__)


@news.post("/ajuda/pedidos/<int:id>/novas")
@subscriber("proved", renews=False)
def update(id: int) -> ResponseReturnValue:
    """204 when nothing came; without a script the page anew. Most of the time nothing is to be written down."""
    since, stage = whole(request.args.get("desde")), request.args.get("etapa", "")
    with read_only():
        view = seen(id)
        said = questions.conversation(view.ticket, after=since)
        shown = max(since, said.newest)
        answer = _drawn(view, said, shown) if said.messages or view.stage != stage else ""
        last = db.session.get(CustomerSeen, id)
        is_new = last is None or last.mailed or last.event_id < shown
    if is_new:
        newest = load(id).newest()
        saw(id, min(shown, newest.id if newest else 0))
        db.session.commit()
    reads_from_here()
    if not wants_fragment():
        return done(f"{url_for('portal.tickets.show', id=id)}#fim")
    return answer or Response(status=204)


def _drawn(view: TicketView, said: Conversation, newest: int) -> str:
    values = {"ticket": view.ticket, "view": view, "said": said, "newest": newest, "provider": brand_here().name}
    pieces = {"#novas": "portal/help/_news.html", "#andamento": "portal/help/_path.html"}
    return fragments(*((target, render_template(name, **values)) for target, name in pieces.items()))
