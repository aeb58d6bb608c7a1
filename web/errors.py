"""Pages of refusal and failure, in both doors: what happened, what to do, a code."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from models.base import db, reads_from_here
from models.refused import Gone, Refused
from web import logs
from web.fragments import wants_fragment
from web.links import link_to

log = logging.getLogger("enlace")
RACES = ("23505", "23503", "UNIQUE", "FOREIGN KEY")  # PostgreSQL by code, SQLite by word


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(ObjectDeletedError, _gone)
    app.register_error_handler(StaleDataError, _gone)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _taken)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(DBAPIError, _broken)
    app.register_error_handler(Exception, _broken)


def _refused(no: Refused) -> Response:
    return _answer(no.status, no.sentence, fix=no.fix)


def _gone(_: Exception) -> Response:
    """A row was removed between what was read of it and what is asked now, such as its name after the commit."""
    return _refused(Gone())


def _csrf(_: CSRFError) -> Response:
    return _answer(400, "A página ficou aberta tempo demais. Recarregue e envie de novo.")


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if isinstance(error, SecurityError | BadHost):
        return Response("400 Bad Request\n", 400, mimetype="text/plain")  # for a foreign host no address can be built
    if code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = _answer(code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _taken(error: IntegrityError) -> Response:
    """Something that must never happen was stopped by the database: somebody else wrote first."""
    if getattr(error.orig, "sqlstate", None) not in RACES and not any(word in str(error.orig) for word in RACES):
        return _broken(error)
    log.warning("constraint", extra={"error": logs.masked(str(error.orig))})
    return _answer(409, "Outra pessoa gravou ao mesmo tempo. Confira o que está gravado e tente de novo.")


def _busy(error: OperationalError) -> Response:
    log.error("database", extra={"error": logs.masked(str(error.orig))})
    response = _answer(503)
    response.headers["Retry-After"] = "5"
    return response


def _broken(error: Exception) -> Response:
    log.error("failure", exc_info=error)
    return _answer(500)


def _answer(status: int, text: str = "", fix: object = None) -> Response:
    """The page of a status, or for htmx a note above what the person was doing."""
    link = link_to(fix)  # before the rollback takes the row's values away
    db.session.rollback()
    reads_from_here()
    actions = [{"href": link[0], "text": link[1], "icon": "chevron-right"}] if link else None
    values = {"code": status, "text": text, "actions": actions}
    if wants_fragment():
        response = make_response(render_template("errors/_note.html", **values), status)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#notices", "innerHTML"
    else:
        response = make_response(render_template("errors/page.html", **values), status)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response
