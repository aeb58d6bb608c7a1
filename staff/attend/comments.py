"""Comments, to the team or the customer; the last is written anew (A-91, A-92, A-94, A-110 to A-112, A-118)."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import RadioField

from models.base import db
from models.desk import ticket_page
from models.refused import require
from models.tickets import VISIBILITIES, Comment, forget_draft
from staff.attend.loading import here, load, page
from staff.attend.tickets import conversation
from web.access import staff
from web.doors import me
from web.forms import Form, lines
from web.fragments import done

comments = Blueprint("comments", __name__)
LONGEST = 4000


class Commenting(Form):
    visibility = RadioField("Tipo de Comentário", choices=list(VISIBILITIES.items()), validate_choice=False)
    body = lines("Comentário", LONGEST)


class Rewriting(Form):
    body = lines("Comentário", LONGEST)


@comments.post("/atendimentos/<int:id>/comentarios")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Commenting()

    def act() -> None:
        ticket.comment(form.body.data or "", form.visibility.data or "")
        forget_draft(ticket.id, me().id, form.body.data or "")

    if form.accepts(act):
        return done(f"{here(ticket)}#interacoes")
    return conversation(ticket, form=form), form.code


@comments.get("/comentarios/<int:id>/editar")
@staff("tickets.attend")
def edit(id: int) -> ResponseReturnValue:
    comment = _load(id)
    ticket = load(comment.ticket_id)
    require(comment.refusal_to_edit(ticket.newest()), fix=ticket)
    return _page(comment, Rewriting(obj=comment).edits(comment))


@comments.post("/comentarios/<int:id>/editar")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    comment, form = _load(id), Rewriting()
    ticket = load(comment.ticket_id)
    if form.edits(comment).accepts(lambda: ticket.edit_comment(comment, form.body.data or "", form.seen)):
        return done(f"{here(ticket)}#interacoes", "Comentário editado. O texto de antes fica guardado.")
    if refusal := comment.refusal_to_edit(ticket.newest()):
        again = Commenting(formdata=None, data={"body": form.body.data, "visibility": comment.visibility})
        again.body.errors = [refusal]
        return conversation(ticket, form=again), form.code
    return _page(comment, form), form.code


@comments.get("/comentarios/<int:id>")
@staff("tickets.read")
def show(id: int) -> ResponseReturnValue:
    """What it says now, and what it said before (A-118)."""
    comment = _load(id)
    versions = ticket_page.versions(id)
    return page("staff/comments/show.html", load(comment.ticket_id), "interacoes", comment=comment, versions=versions)


def _load(id: int) -> Comment:
    return db.session.scalars(select(Comment).where(Comment.id == id)).first() or abort(404)


def _page(comment: Comment, form: Rewriting) -> str:
    return page("staff/comments/edit.html", load(comment.ticket_id), "interacoes", comment=comment, form=form)
