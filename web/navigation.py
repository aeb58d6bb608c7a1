"""What every page of a door carries: its menu, its name and colour, who is there.

Which entry a page lights is said in the package of the page, where it calls `lights`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from flask import Blueprint, current_app, g, has_request_context, request, url_for
from jinja2.environment import TemplateModule
from sqlalchemy.exc import SQLAlchemyError

from models.base import db
from models.operators import Principal
from models.operators.company import BRAND, Brand, first_company
from models.operators.operator import who_may
from models.scope import TODAS
from models.scope.acting import acting_now
from models.worklist.mine import mine
from web import assets
from web.doors import door
from web.inside import inside, permits


@dataclass(frozen=True)
class Entry:
    """A line of a menu: where it leads, what a person needs to see it, and what of it is theirs to do (COUNTERS)."""

    label: str
    icon: str
    endpoint: str
    permission: str = ""
    counter: str = ""
    counted: tuple[str, str] = ("", "")  # what the counter counts, one and many
    is_alert: bool = False


Menu = tuple[tuple[Entry, ...], ...]  # in groups
MENUS: dict[str, Menu] = {}  # of each door, which declares its own
_lit: dict[str, Entry] = {}


def lights(entry: Entry, *blueprints: Blueprint) -> tuple[Blueprint, ...]:
    """The blueprints whose pages stand under an entry of their door's menu. An entry's own page is always under it."""
    for blueprint in blueprints:
        _lit[f"{entry.endpoint.partition('.')[0]}.{blueprint.name}"] = entry
    return blueprints


def lit_by(endpoint: str | None) -> Entry | None:
    """The entry under which a page stands."""
    here = endpoint or ""
    own = (entry for menu in MENUS.values() for group in menu for entry in group if entry.endpoint == here)
    return next(own, None) or _lit.get(".".join(here.split(".")[:2]))


def context() -> dict[str, Any]:
    """Names every template may use. Asks nothing of the database for pages of failure."""
    if not has_request_context():
        return {}
    principal: Principal | None = g.get("me")
    here = door()
    brand = brand_here()
    return {
        "door": here,
        "me": principal,
        "inside": inside(),
        "brand": brand,
        "who_may": lambda permission: " ou ".join(who_may(permission, principal.company_id if principal else TODAS)),
        "stylesheet": lambda family: assets.stylesheet(family or here, brand.colour),
        "script": lambda family: assets.script(family or here, here),
        "navigation": (lambda: _menu(principal)) if here == "staff" and principal else "",
        "tabs": _drawn(MENUS[here][0], principal) if here == "portal" and principal else [],
        "simulated": current_app.extensions["radius"].simulated,
        "counts_simulated": current_app.extensions["accounting"] is not None,
        "mail_simulated": current_app.extensions["mail"].simulated,
    }


def may(permission: str) -> bool:
    """Whether whoever sees this page may do something here; nobody may on a public one."""
    principal: Principal | None = g.get("me")
    return principal is not None and principal.may(permission) and permits(permission)


def brand_here() -> Brand:
    """Name and colour of the company; our own when the database does not answer."""
    principal: Principal | None = g.get("me")
    if principal and principal.brand:
        return principal.brand
    try:
        company = first_company()
        return Brand(company.name, company.phone, company.whatsapp, company.brand)
    except SQLAlchemyError:
        db.session.rollback()
        return Brand("Enlace", "", "", BRAND)


def _menu(principal: Principal) -> TemplateModule:
    """Drawn by pages alone, which call it: a fragment counts nothing."""
    lit = lit_by(request.endpoint)
    counts = frozenset(_mine(principal).items())
    return _drawn_menu(request.root_path, lit and lit.endpoint, principal.permissions, counts)


def _mine(principal: Principal) -> dict[str, int]:
    """What is theirs to do; nothing when the database does not answer, of which the page tells.

    Nor before anybody acts, as on the page that says what one may not open.
    """
    if acting_now() is None:
        return {}
    try:
        return mine(principal)
    except SQLAlchemyError:
        db.session.rollback()
        return {}


@lru_cache(1000)  # it stands on every page: drawn once for each role, each place in it and what there is to do
def _drawn_menu(
    _root: str, lit: str | None, permissions: frozenset[str], counts: frozenset[tuple[str, int]]
) -> TemplateModule:
    groups = [
        [entry for entry in group if not entry.permission or entry.permission in permissions]
        for group in MENUS["staff"]
    ]
    return current_app.jinja_env.get_template("staff/_menu.html").make_module(
        {"groups": groups, "lit": lit, "counts": dict(counts)}
    )


def _drawn(group: tuple[Entry, ...], principal: Principal) -> list[dict[str, Any]]:
    lit = lit_by(request.endpoint)
    return [
        {
            "label": entry.label,
            "icon": entry.icon,
            "href": _address(request.root_path, entry.endpoint),
            "current": entry is lit,
        }
        for entry in group
        if not entry.permission or principal.may(entry.permission)
    ]


@cache  # the menu stands on every page
def _address(_root: str, endpoint: str) -> str:
    return url_for(endpoint)
