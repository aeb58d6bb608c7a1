"""Who may use a view. Every view carries exactly one of @public, @subscriber, @staff; a bare one is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort, current_app, request

from models.operators import PERMISSIONS, Principal

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    kind: str  # public, staff or subscriber
    permission: str = ""  # of staff; empty: any operator
    level: str = ""  # of a subscriber: weak or proved
    steps: frozenset[str] = frozenset()  # of staff: open between password and code too, see `step_of`
    renews: bool = True  # False for polling: it does not count as using the session


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """For anybody: signing in, static files, health."""
    return _mark(Access("public"))(view)


def staff(permission: str = "", *, renews: bool = True, steps: tuple[str, ...] = ()) -> Callable[[View], View]:
    """For operators with a permission; without one, for every operator who is signed in.

    `steps` are the halves of signing in at which it is open as well: `code`, `enrol`. Every other view is closed then.
    """
    if permission and permission not in PERMISSIONS:
        raise KeyError(permission)
    return _mark(Access("staff", permission=permission, renews=renews, steps=frozenset(steps)))


def subscriber(level: str, *, renews: bool = True) -> Callable[[View], View]:
    """For subscribers: `weak` after typing a CPF, `proved` after proving who they are (D-11)."""
    return _mark(Access("subscriber", level=level, renews=renews))


def access_of(endpoint: str | None) -> Access | None:
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "access", None)


def check(access: Access, principal: Principal) -> None:
    """Abort unless this principal may use a view of this access."""
    if access.kind == "staff" and access.permission and not principal.may(access.permission):
        abort(403)


def lacks_proof(access: Access, principal: Principal) -> bool:
    """Has this subscriber yet to show who they are, before the view?"""
    return access.level == "proved" and principal.level != "proved"


def step_of(principal: Principal) -> str:
    """What of signing in an operator has yet to do: `code`, `enrol` or nothing (B-08).

    Asked at every request: a role that comes to need a second factor, or a setting, holds for whoever is inside.
    """
    if principal.kind != "staff":
        return ""
    if principal.level == "half" and principal.has_factor:
        return "code"
    compulsory = current_app.config["SECOND_FACTOR"] and principal.needs_factor and not principal.has_factor
    return "enrol" if compulsory or principal.level == "half" else ""


def is_polling() -> bool:
    access = access_of(request.endpoint)
    return bool(access and not access.renews)
