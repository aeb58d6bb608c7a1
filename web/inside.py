"""Inside a ticket: the pages of its customer opened from it carry its number, and lead back to it (A-46, A-47).

The staff's door says which pages those are and puts `Inside` there (staff/attend/inside.py); what every page of a door
does with it stands here: addresses carry it, buttons ask it, what is done leads back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import g, has_request_context

PARAMETER = "atendimento"


@dataclass(frozen=True)
class Inside:
    """A ticket somebody acts from; `back` is its page to return to, empty on the pages of the ticket itself."""

    ticket_id: int
    protocol: str
    person_id: int
    back: str
    why: str | None  # why whoever acts may only read
    refusal: Callable[[str], str | None]  # to use a permission


def inside() -> Inside | None:
    """The ticket this request comes from, if it comes from one."""
    return g.get("inside") if has_request_context() else None


def is_of_another(person_id: int | None) -> bool:
    """Is this the row of another customer than that of the ticket somebody acts from?"""
    here = inside()
    return here is not None and person_id not in (None, here.person_id)


def enter(here: Inside) -> None:
    g.inside = here


def permits(permission: str) -> bool:
    """Is this not refused by the ticket somebody acts from? Outside of one everything is permitted."""
    here = inside()
    return here is None or here.refusal(permission) is None


def back_to(url: str) -> str:
    """Where an act ends: at the ticket it was done from, else where its own page says."""
    here = inside()
    return here.back or url if here else url
