"""Respostas prontas in a ticket: the list that '/' opens in a comment, and their page without JavaScript (B-10)."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.refused import require
from models.tickets import Ticket
from models.workflows import CannedAnswer, fill
from staff.attend.loading import load, page
from web.access import staff
from web.doors import me
from web.fragments import wants_fragment

answers = Blueprint("answers", __name__)


class Offered(NamedTuple):
    """An answer with its text filled for one ticket; why it is not inserted, where a placeholder has no value."""

    answer: CannedAnswer
    text: str
    refusal: str | None


@answers.get("/atendimentos/<int:id>/respostas")
@staff("tickets.attend")
def index(id: int) -> ResponseReturnValue:
    """Filled here, so that the browser inserts a text and knows no placeholder; nothing is written."""
    ticket = load(id)
    require(ticket.refusal_to_act(), fix=ticket)
    found = offered(ticket)
    if wants_fragment():
        return render_template("staff/answers/_list.html", answers=found)
    return page("staff/answers/index.html", ticket, "interacoes", answers=found)


def offered(ticket: Ticket) -> list[Offered]:
    values = ticket.answer_values(sees_money=me().may("billing.read"))
    return [Offered(row, *fill(row.text, values)) for row in ticket.answers()]


def inserted(ticket: Ticket, answer_id: int, body: str) -> str:
    """What was typed with the text of an answer behind it, once; as it was when it is not offered, or has a hole."""
    text = next((one.text for one in offered(ticket) if one.answer.id == answer_id and not one.refusal), "")
    return f"{body.rstrip()}\n{text}".lstrip() if text and not body.rstrip().endswith(text) else body
