"""Enviar por Email: the booklet as an attachment, mailed by the worker (C-45)."""

from __future__ import annotations

from models.base import db
from models.billing.carne import Carne
from models.billing.paper import print_carne
from models.notices import Notice
from models.people import Person
from models.refused import Refused

NO_EMAIL = "Nem o carnê nem o cliente têm e-mail. Escreva um em Editar e envie de novo."


def email_of(carne: Carne) -> str:
    """Where a booklet goes: its own address, else the customer's; empty without both."""
    return carne.email or db.session.get_one(Person, carne.person_id).contacts().get("email", "")


def mail_carne(carne: Carne, subject: str, body: str) -> Notice:
    """Print the booklet and send it. Raises Refused without an e-mail, or when nothing is left to pay."""
    address = email_of(carne)
    if not address:
        raise Refused(NO_EMAIL, fix=carne)
    document = print_carne(carne)
    notice = Notice.send_later("carne", carne.person_id, carne.company_id, address, subject, body, document.id)
    carne.tell("carne.mailed", number=carne.id, address=address)
    return notice
