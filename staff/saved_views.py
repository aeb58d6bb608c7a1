"""Visões: a list as it is asked for, kept under a name (B-09). Each is an address, so a link shares it as well."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from models.base import db
from models.operators import SavedView
from staff.loading import load_row
from web.access import staff
from web.forms import Form, text
from web.fragments import done
from web.lists import LISTINGS, Asked, Listing

saved_views = Blueprint("saved_views", __name__)


class Keeping(Form):
    name = text("Nome", 60)
    shared = BooleanField("Mostrar também aos outros operadores")


@saved_views.get("/visoes/<listing>/nova")
@staff()
def new(listing: str) -> ResponseReturnValue:
    return _page(_listing(listing).asked(), Keeping(formdata=None))


@saved_views.post("/visoes/<listing>/nova")
@staff()
def create(listing: str) -> ResponseReturnValue:
    """Under a name of one's own that is there already it is kept anew."""
    asked, form = _listing(listing).asked(request.form), Keeping()
    name = form.name.data or ""
    if form.accepts(lambda: SavedView.keep(listing, name, asked.query, shared=form.shared.data)):
        return done(asked.address(), f"Visão «{name}» guardada")
    return _page(asked, form), form.code


@saved_views.post("/visoes/<int:id>/remover")
@staff()
def destroy(id: int) -> ResponseReturnValue:
    view = load_row(SavedView, id)
    if not view.is_shown():
        abort(404)
    name, back = view.name, url_for(_listing(view.listing).endpoint)
    view.remove()
    db.session.commit()
    return done(back, f"Visão «{name}» excluída")


def _listing(name: str) -> Listing:
    """The list of this name, which whoever asks may read."""
    found = LISTINGS.get(name)
    if found is None or not found.may_be_read():
        abort(404)
    return found


def _page(asked: Asked, form: Keeping) -> str:
    return render_template("staff/saved_views/new.html", asked=asked, form=form)
