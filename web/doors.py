"""The two doors: which cookie belongs to which, who is behind a request, and in whose name it acts."""

from __future__ import annotations

import re
import uuid
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, flash, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response as AnyResponse

from models import clock
from models.base import db, may_write, read_only, reads_from_here
from models.entry import principals
from models.operators import LoginSession, Principal
from models.operators.login_session import TOUCH
from models.scope import Actor, acting, inside_ticket
from web import access

KINDS = {"staff": "staff", "portal": "subscriber"}
COOKIES = {"staff": "staff", "portal": "central"}
ENTRIES = {"staff": "staff.sessions.new", "portal": "portal.sessions.new"}
PROOF = "portal.confirmations.new"
STEPS = {"code": "staff.codes.new", "enrol": "staff.factors.new"}  # where the rest of signing in is done


class Member:
    """What Flask-Login hands to a view: the principal, nothing else."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, principal: Principal) -> None:
        self.principal = principal

    def get_id(self) -> str:
        return str(self.principal.session_id)


class DoorSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, one per door; it keeps the CSRF token and flashes, never who is signed in."""

    def get_cookie_name(self, app: Flask) -> str:
        return cookie_name(f"{COOKIES[door()]}_form")


def door() -> str:
    return "portal" if f"{request.path}/".startswith(("/central/", "/ofertas/")) else "staff"


def cookie_name(name: str) -> str:
    return f"__Host-{name}" if current_app.config["HTTPS"] else name


def me() -> Principal:
    """Whoever uses this view; only inside views that are not public."""
    return g.me  # type: ignore[no-any-return]


def init_app(app: Flask) -> None:
    app.session_interface = DoorSessions()
    logins = LoginManager(app, add_context_processor=False)
    logins.session_protection = None
    logins.request_loader(_member)
    app.before_request(_enter)
    app.teardown_request(_leave)


def open_session(principal_id: int, level: str, company_id: int) -> tuple[LoginSession, str]:
    """A new session at the current door, with the address and browser it began from."""
    agent = request.user_agent.string
    return LoginSession.open(KINDS[door()], principal_id, level, company_id, client_ip(), agent)


def hand_token(response: AnyResponse, token: str) -> AnyResponse:
    response.set_cookie(
        cookie_name(COOKIES[door()]),
        token,
        secure=current_app.config["HTTPS"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def client_ip() -> str:
    return request.remote_addr or ""


def context() -> dict[str, Any]:
    """What every event of this request says about where it came from."""
    port = request.environ.get("REMOTE_PORT")
    return {"request_id": g.request_id, "ip": client_ip(), "port": int(port) if port else None}


def safe_next(target: str | None) -> str:
    """Where to go after signing in: a page of the same door, else its home."""
    home = url_for(f"{door()}.home.index")
    if not target or not re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", target) or "\\" in target:
        return home
    same_door = target.startswith("/central") == (door() == "portal")
    return target if same_door and _is_page(target) else home


def _is_page(target: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(urlsplit(target).path, method="GET"))
    except (HTTPException, NotFound):
        return False


def _member(_: object) -> Member | None:
    token = request.cookies.get(cookie_name(COOKIES[door()]))
    if not token:
        return None
    with read_only():
        principal, last_seen = principals.find(KINDS[door()], token)
    if principal and clock.now() - last_seen >= TOUCH and not access.is_polling():
        _touch(principal)
    return Member(principal) if principal else None


def _touch(principal: Principal) -> None:
    """In a transaction of its own, since the request may only read."""
    db.session.rollback()
    with may_write():
        LoginSession.touch(principal.session_id)
        db.session.commit()


def _enter() -> Response | AnyResponse | None:
    g.request_id = uuid.uuid4().hex[:12]
    g.stack, g.me = ExitStack(), None
    g.stack.enter_context(may_write())
    if request.method in ("GET", "HEAD"):
        reads_from_here()
    if request.endpoint is None:
        return None
    wanted = access.access_of(request.endpoint)
    if wanted is None:
        abort(403)
    if wanted.kind == "public":
        return None
    if wanted.kind != KINDS[door()] or not current_user.is_authenticated:
        return _to(ENTRIES[door()])
    principal = g.me = current_user.principal
    if access.lacks_proof(wanted, principal):
        return _to(PROOF)
    if (step := access.step_of(principal)) and step not in wanted.steps:
        return _to(STEPS[step])
    g.principal = f"{principal.kind}:{principal.id}"
    access.check(wanted, principal)
    _act(principal)
    return None


def _act(principal: Principal) -> None:
    kind = "operator" if principal.kind == "staff" else "subscriber"
    name = principal.name if principal.kind == "staff" else "Assinante"  # persons stand in history by number
    actor = Actor(kind, principal.id, name)
    company = principal.company_id if principal.kind == "staff" else 0
    more = {**context(), "session_id": principal.session_id}
    g.stack.enter_context(clock.in_zone(principal.zone))
    g.stack.enter_context(acting(actor, door(), company, **more))


def stand_in(zone: str) -> None:
    """The days and hours of what is left of this request are those of this zone."""
    g.stack.enter_context(clock.in_zone(zone))


def act_inside(ticket_id: int, person_id: int) -> None:
    """What is left of this request, done to this customer, is done from inside this ticket."""
    g.stack.enter_context(inside_ticket(ticket_id, person_id))


def _to(endpoint: str) -> Response | AnyResponse:
    """To where one shows who one is; for htmx by a header, so that the page is not swapped into a panel."""
    is_htmx = "HX-Request" in request.headers
    asked = request.full_path.rstrip("?") if request.method == "GET" and not is_htmx else None
    address = url_for(endpoint, next=asked or _page_before())
    if endpoint in ENTRIES.values() and cookie_name(door()) in request.cookies and "_flashes" not in session:
        flash("Sua sessão terminou. Entre de novo para continuar de onde parou.", "warn")
    return Response(status=401, headers={"HX-Redirect": address}) if is_htmx else redirect(address, 303)


def _page_before() -> str | None:
    """The page of ours that somebody was on when this was asked: there they want to be again."""
    try:
        page = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    except ValueError:  # an address that is none
        return None
    if page.netloc != request.host:
        return None
    return page._replace(scheme="", netloc="", fragment="").geturl() or None


def _leave(_: BaseException | None) -> None:
    stack = g.pop("stack", None)
    if stack:
        stack.close()
