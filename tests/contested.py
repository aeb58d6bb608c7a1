"""The contests of the demonstration: one about money that was paid, one about what is late, one that was granted."""

from __future__ import annotations

from sqlalchemy import select

from models.base import db
from models.billing import Invoice
from models.people import Person
from models.tickets import Ticket
from tests import cast

ROUTER = "Devolveu o roteador extra em outubro, e ainda paga por ele."
APPS = "O plano combinado era sem os aplicativos."
LINE = "Cobraram dois ramais, e um foi desligado."


def load() -> None:
    """Contest and answer, each on its day; and commit."""
    with cast.days_ago(6, "10:20"), cast.by("bruno.reis"):
        Ticket.contest(_first(cast.ze(), "paid"), 2000, ROUTER)
    with cast.days_ago(4, "15:05"), cast.by("rafael.teixeira"):
        Ticket.contest(_first(cast.cooperative(), "open"), 3000, APPS)
    with cast.days_ago(12, "09:40"), cast.by("ana.souza"):
        ticket = Ticket.contest(_first(cast.sol(), "paid"), 1500, LINE)
    with cast.days_ago(3, "11:15"), cast.by("ana.souza"):
        ticket.claim()
        ticket.answer_contest("granted", "Conferimos: o ramal 202 estava desligado. Desculpe o engano.")
        ticket.close(cast.closing_classification())
    cast.due_now()
    db.session.commit()


def _first(person: Person, status: str) -> Invoice:
    """The oldest invoice of a customer in this status."""
    mine = select(Invoice).where(Invoice.person_id == person.id, Invoice.status == status)
    return db.session.scalars(mine.order_by(Invoice.due_on).limit(1)).one()
