"""Express queries of the demonstration: one at its stage with all that can be red, one calm, one that differs by now.

The cooperative waits at the second stage: suspended, offline, with an outage, orders and debts. Hotel Mar Azul's found
nothing. José's was kept an hour ago and another ticket of his came since. Padaria Sol's ticket keeps its diagnostics.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from models import clock
from models.base import db
from models.contracts import contract_of
from models.express_check import ExpressCheck
from models.people import Contact, Person
from models.services import Service
from models.tickets import Ticket
from tests import cast


def load() -> None:
    """After the network was told of. Flushes; the caller commits."""
    cooperative, hotel = cast.cooperative(), cast.mar_azul()
    cut = select(Service).where(Service.person_id == cooperative.id, Service.status == "suspended_for_debt")
    service = db.session.scalars(cut.order_by(Service.id).limit(1)).first() or cast.service(cooperative)
    with minutes_ago(6, "bruno.reis"):
        identified(cooperative, service, "Ivone diz que o galpão está sem internet desde cedo.")
    db.session.add(Contact(person_id=hotel.id, kind="email", value="recepcao@hotelmarazul.example"))
    with minutes_ago(25, "celia.prado"):
        _begin(identified(hotel, cast.service(hotel), "Quer saber se dá para ter mais um ponto na recepção."))
    with minutes_ago(60, "bruno.reis"):
        _begin(identified(cast.ze(), cast.service(cast.ze()), "A chamada de vídeo cai depois das oito da noite."))
    with minutes_ago(20, "bruno.reis"):
        cast.ticket(cast.ze(), "Segunda via e vencimento", "Pergunta se pode pagar no dia 20.")
    broken = select(Ticket).where(Ticket.person_id == cast.sol().id, Ticket.status == "pending_work_order")
    with minutes_ago(58, "bruno.reis"):
        ExpressCheck.diagnose(db.session.scalars(broken.limit(1)).one())
    cast._told()


def identified(of: Person, service: Service, report: str) -> Ticket:
    """A draft in stages of a service, at its second stage with the query made."""
    row = Ticket.open(of)
    answers = {"service_id": service.id, "contract_id": contract_of(service.id), "company_id": service.company_id}
    row.identify({**answers, "contact_origin_id": cast.contact_origin().id, "report": report})
    ExpressCheck.run(row)
    return row


def _begin(row: Ticket) -> None:
    row.start(cast.process(), cast.opening_classification())


@contextmanager
def minutes_ago(minutes: int, login: str) -> Iterator[None]:
    with clock.set_to(clock.now() - timedelta(minutes=minutes)), cast.by(login):
        yield
