"""Contacts that act: the addresses that dial a number, write a mail and open WhatsApp with a text (B-14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from models.desk.contact_texts import is_mobile, national
from models.people.contact import KINDS
from models.wording import phone

MOST = 1200  # characters of a text: coded as an address it stays below the 4,000 that every phone opens


class Way(NamedTuple):
    """A contact that acts. `call` and `chat` are addresses, `tel:` and `https://wa.me/`; empty where there is none."""

    kind: str
    title: str
    shown: str
    value: str  # to copy
    call: str
    chat: str


def call(typed: str) -> str:
    """The address that dials a number: 'tel:+5537998120456'; empty when it is none."""
    digits = national(typed)
    return f"tel:+55{digits}" if digits else ""


def chat(typed: str, text: str = "") -> str:
    """The address that opens WhatsApp with a text; empty for a landline, which has none."""
    if not is_mobile(typed):
        return ""
    return f"https://wa.me/55{national(typed)}" + (f"?text={quote(text[:MOST], safe='')}" if text else "")


def ways(contacts: Mapping[str, str], text: str = "") -> list[Way]:
    """The contacts of somebody in their order, a text ready in WhatsApp. `contacts`: value by kind."""
    found = []
    for kind, title in KINDS.items():
        if not (value := contacts.get(kind, "")):
            continue
        if kind == "email":
            found.append(Way(kind, title, value, value, f"mailto:{quote(value, safe='@+')}", ""))
        else:
            found.append(Way(kind, title, phone(value), value, call(value), chat(value, text)))
    return found
