"""Ofertas: what is sold and what was, for anybody and without signing in (B-18).

The pages are the same for everybody, so they may be kept for some minutes: no name, no token, no cookie in them.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from models.central.offers import public_offer, shelves
from web.access import public

offers = Blueprint("offers", __name__)
KEPT = "public, max-age=300"


@offers.get("/ofertas")
@public
def index() -> ResponseReturnValue:
    return _same_for_all(render_template("portal/offers/index.html", shelves=shelves()))


@offers.get("/ofertas/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """The label of one edition, by the code that stands on contract and invoice; 404 once it is public no more."""
    found = public_offer(code) or abort(404)
    return _same_for_all(render_template("portal/offers/show.html", found=found, offer=found.offer))


def _same_for_all(page: str) -> Response:
    return Response(page, headers={"Cache-Control": KEPT})
