"""Taking a row out of use, back into use, or away: the same three posts for every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from staff.configuration.screen import Screen, toast_of
from web.access import staff
from web.forms import Form
from web.fragments import done, wants_fragment

# the noun of the address, the verb of the row, what is said afterwards
ACTS = (("inativacao", "retire", "inativad"), ("reativacao", "restore", "reativad"), ("remover", "remove", "excluíd"))


def retirement(
    blueprint: Blueprint,
    path: str,
    permission: str,
    screen: Callable[..., Screen],
    listing: Callable[..., str],
    removable: bool = True,
    left: Callable[[Any], str] = lambda row: "",
) -> None:
    """Add the posts below `path`; a refusal draws the list again, with its sentence above.

    `left`: what a row that goes out of use leaves to be done, told with what was done.
    """
    for noun, verb, participle in ACTS if removable else ACTS[:2]:
        view = staff(permission)(_view(verb, participle, screen, listing, left))
        blueprint.add_url_rule(f"{path}/<int:id>/{noun}", verb, view, methods=["POST"])


def _view(
    verb: str,
    participle: str,
    screen: Callable[..., Screen],
    listing: Callable[..., str],
    left: Callable[[Any], str],
) -> Callable[..., ResponseReturnValue]:
    def view(id: int, **where: Any) -> ResponseReturnValue:
        row, form = screen(**where).load(id), Form()
        words, below = toast_of(row, participle), screen(**where).below(row)
        if form.accepts(getattr(row, verb)):
            more = left(row) if verb == "retire" else ""
            return done(screen(**where).url(**below), ". ".join(filter(None, (words, more))))
        if form.refused and wants_fragment():
            raise form.refused
        return listing(**where, **below, refused=form.refused), form.code

    return view
