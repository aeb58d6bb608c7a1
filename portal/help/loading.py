"""A ticket of the subscriber who is signed in; anybody else's, a draft and one thrown away are a 404."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, url_for
from sqlalchemy import select
from wtforms import MultipleFileField

from models.base import db
from models.central import tickets as questions
from models.central.tickets import TicketView
from models.desk import contest_page
from models.operators.throttle import DAY, HOUR, within
from models.refused import TooOften
from models.tickets import Ticket
from portal.help.topics import SLUGS
from web.doors import me
from web.forms import Form, lines, text, whole
from web.navigation import brand_here

ASKED_A_DAY, SAID_AN_HOUR = 10, 60
TOO_MANY_ASKED = "São muitos pedidos num dia só. Escreva num dos que já estão abertos, ou ligue para a gente."
TOO_MUCH_SAID = "São muitas mensagens em pouco tempo. Espere alguns minutos, ou ligue para a gente."


class Replying(Form):
    body = lines("Sua mensagem", 4000)
    files = MultipleFileField("Fotos")


class Rating(Form):
    stars = text("Nota", 1)
    why = lines("Quer contar por quê?", 1000)

    @property
    def chosen(self) -> int:
        return whole(self.stars.data)


def load(id: int) -> Ticket:
    """To act on it."""
    mine = select(Ticket).where(Ticket.id == id, Ticket.person_id == me().id, Ticket.due_at.is_not(None))
    return db.session.scalars(mine).first() or abort(404)


def seen(id: int) -> TicketView:
    """To show it."""
    return questions.ticket(me().id, id) or abort(404)


def require_few_asked() -> None:
    """Counted with what is written, so that a refusal counts nothing. Raises TooOften."""
    if not within(f"central-ask:{me().id}", ASKED_A_DAY, DAY):
        raise TooOften(TOO_MANY_ASKED)


def require_few_said() -> None:
    if not within(f"central-say:{me().id}", SAID_AN_HOUR, HOUR):
        raise TooOften(TOO_MUCH_SAID)


def conversation(id: int, before: int | None = None, **forms: Any) -> str:
    """The page of one ticket, with what was typed into its forms."""
    view = seen(id)
    said = questions.conversation(view.ticket, before=before)
    return render_template(
        "portal/help/show.html",
        view=view,
        ticket=view.ticket,
        said=said,
        earlier=before,
        done=None if before else said.last_words(view.ticket),
        provider=brand_here().name,
        contest=contest_page.of_ticket(view.ticket),
        again=url_for("portal.tickets.new", assunto=SLUGS[view.topic], de=id),
        **{"reply": Replying(formdata=None), "rate": Rating(formdata=None), **forms},
    )
