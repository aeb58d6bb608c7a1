"""The booklet of a carnê: a slip for each open instalment, printed once for what it says and mailed (C-45)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.base import db, lock
from models.billing import Carne, Invoice
from models.documents import Document, printed, shown
from models.notices import Notice
from models.papers.parties import late_rule, parties
from models.papers.slips import slips
from models.people import Person
from models.refused import Refused, require

NO_EMAIL = "Nem o carnê nem o cliente têm e-mail. Escreva um em Editar e envie de novo."


def print_carne(carne: Carne) -> Document:
    """The booklet of the open instalments, as `print_invoice`. Raises Refused when none is open (C-45)."""
    return _booklet(carne, lambda: show_carne(carne))


def show_carne(carne: Carne) -> None:
    """Track that whoever acts is shown a booklet: the present one, or one of before."""
    shown(carne, "carne.printed", carne.record, number=carne.id)


def _booklet(carne: Carne, tell: Callable[[], None]) -> Document:
    lock(carne)
    require(carne.refusal_to_print())
    paper = carne_paper(carne)
    last = db.session.get(Document, carne.document_id) if carne.document_id else None
    document = printed(last, paper, lambda: Document.issue("carne", carne, paper["title"], paper), tell)
    carne.document_id = document.id
    return document


def carne_paper(carne: Carne) -> dict[str, Any]:
    """The values of a booklet, JSON-plain: a slip for each open instalment."""
    payable = carne.payable()
    return {
        "title": f"Carnê {carne.id}",
        "of": max(invoice.installment or 0 for invoice in carne.invoices()),
        "slips": [_with_late(slip, each, payable[0]) for slip, each in zip(slips(payable), payable, strict=True)],
        **parties(carne.company_id, carne.person_id, carne.service_id, payable[0]),
    }


def _with_late(slip: dict[str, Any], invoice: Invoice, first: Invoice) -> dict[str, Any]:
    """What being late costs, on a slip that was issued with another rule than the first one."""
    rule = late_rule(invoice)
    return slip if rule == late_rule(first) else {**slip, "late": rule}


def email_of(carne: Carne) -> str:
    """Where a booklet goes: its own address, else the customer's; empty without both."""
    return carne.email or db.session.get_one(Person, carne.person_id).contacts().get("email", "")


def mail_carne(carne: Carne, subject: str, body: str) -> Notice:
    """Print the booklet and send it. Raises Refused without an e-mail, or when nothing is left to pay."""
    address = email_of(carne)
    if not address:
        raise Refused(NO_EMAIL, fix=carne)
    document = _booklet(carne, lambda: carne.record("carne.mailed", number=carne.id, address=address))
    return Notice.send_later("carne", carne.person_id, carne.company_id, address, subject, body, document.id)
