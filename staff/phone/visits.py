"""One visit: where, what is the matter, what was told of it, and the next step (A-122)."""

from __future__ import annotations

from flask import Blueprint

from staff.phone.loading import PATH, load
from staff.phone.steps import Telling, page
from web.access import staff

visits = Blueprint("visits", __name__)


@visits.get(PATH)
@staff("orders.close")
def show(id: int) -> str:
    return page(load(id), Telling(formdata=None))
