"""What is created once is created once: a form posted again gets the first one's answer (B-04, decision 014).

Every view called `create...` of the two doors is wrapped when the application starts, so a new one cannot forget it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from flask import Flask, g, make_response, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from models.base import db, one_commit
from models.operators import IdemKey
from web.access import Access
from web.doors import KINDS, door
from web.fragments import tell_sent

LEFT_OUT = ("csrf_token", "idem")
# Views called create whose double post makes nothing twice.
MAKES_NOTHING = {
    "staff.previews.create": "shows the arithmetic of a step",
    "staff.carne_previews.create": "shows the instalments of a carnê",
    "staff.ceps.create": "looks an address up",
    "staff.tax_ids.create": "shows a document; each time it was seen is written down",
    "staff.results.create": "a CSV file",
    "staff.rehearsals.create": "a CSV file",
    "staff.reports.create": "a CSV file",
    "staff.ticket_sheets.create": "a CSV file",
    "staff.invoice_sheets.create": "a CSV file",
    "staff.customer_sheets.create": "a CSV file",
    "staff.all_contracts.create": "a CSV file",
    "staff.all_carnes.create": "a CSV file",
    "staff.all_charges.create": "a CSV file",
    "staff.all_orders.create": "a CSV file",
    "staff.cash_sheets.create": "a CSV file",
    "staff.document_checks.create": "says whether somebody has a document",
    "portal.contract_prints.create": "the PDF of what was agreed",
    "staff.prints.create": "the PDF of what is so now, from a page that stays open behind it",
    "staff.invoice_prints.create": "the PDF of what is so now, from a page that stays open behind it",
    "staff.chosen_prints.create": "the PDF of what is so now, from a list that stays as it is",
    "staff.order_prints.create": "the PDF of what is so now, from a page that stays open behind it",
    "staff.receipt_prints.create": "the PDF of what is so now, from a page that stays open behind it",
    "staff.carne_prints.create": "the PDF of what is so now, from a page that stays open behind it",
    "portal.invoice_prints.create": "the PDF of what is so now",
    "staff.card_moves.create": "a move, which the version of its card lets be made once",
    "staff.codes.create": "a session, whose cookie only its own answer may bring",
    "staff.recovery_codes.create": "ten codes, which only its own answer shows; the code that asks is good once",
    "staff.factors.create": "a secret, which its page shows again as it is",
    "staff.companies.create": "a session, whose cookie only its own answer may bring",
    "portal.confirmations.create": "a session, whose cookie only its own answer may bring",
}
# Views of other names that make something.
MAKES = {
    "staff.sales.update": "the customer and the service of a draft",
    "staff.opening_orders.update": "a ticket that begins, and its order",
    "staff.bank_lines.update": "the payment of a title in quarantine",
    "staff.pix_receipts.update": "the payment of a Pix that waited",
}


def init_app(app: Flask) -> None:
    """After every room was registered."""
    app.jinja_env.globals["idem"] = new_key
    for endpoint in creating(app):
        app.view_functions[endpoint] = _once(app.view_functions[endpoint])


def creating(app: Flask) -> Iterator[str]:
    """The endpoints whose post makes something."""
    for endpoint, view in app.view_functions.items():
        room, _, name = endpoint.rpartition(".")
        access: Access | None = getattr(view, "access", None)
        at_a_door = room.split(".")[0] in KINDS and access is not None and access.kind != "public"
        if endpoint in MAKES or (at_a_door and name.startswith("create") and endpoint not in MAKES_NOTHING):
            yield endpoint


def new_key() -> str:
    """The key of a form that is being drawn."""
    return str(uuid.uuid4())


def _once(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def first_time_only(**values: Any) -> AnyResponse:
        route = str(request.endpoint)
        with one_commit() as work:
            id, earlier = IdemKey.claim(g.principal, route, request.form.get("idem", ""), _body_hash())
            if earlier is not None:
                return _again(earlier)
            answer = make_response(view(**values))
            acted = work.asked
        if acted:  # what is committed beside a refusal stays, its key does not
            IdemKey.keep(id, _address(answer) if answer.status_code < 400 else None)
            db.session.commit()
        return answer

    return first_time_only


def _address(answer: AnyResponse) -> str:
    """Where an answer led; of a page that may be shown only once, the page to go on from."""
    names = ("Location", "HX-Redirect", "Content-Location")
    return next((answer.headers[name] for name in names if name in answer.headers), "")


def _again(address: str) -> AnyResponse:
    """The first one's answer: there, or the page as it is now where a fragment was swapped."""
    tell_sent()
    if "HX-Request" not in request.headers:
        return redirect(address or url_for(f"{door()}.home.index"), 303)
    answer = make_response("", 204)
    answer.headers["HX-Redirect" if address else "HX-Refresh"] = address or "true"
    return answer


def _body_hash() -> str:
    """SHA-256 of what was posted, and where; a token drawn anew is no other body. Files are read and rewound."""
    digest = hashlib.sha256(request.path.encode())
    for name, value in sorted(request.form.items(multi=True)):
        if name not in LEFT_OUT:
            digest.update(f"\0{len(name)}:{name}={len(value)}:{value}".encode())
    for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
        digest.update(f"\0{name}={file.filename}:".encode() + _content(file))
    return digest.hexdigest()


def _content(file: FileStorage) -> bytes:
    content = hashlib.sha256()
    while piece := file.stream.read(65536):
        content.update(piece)
    file.stream.seek(0)
    return content.digest()
