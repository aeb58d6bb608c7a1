"""The outages of the demonstration: one of a silent concentrator, one of a district, one that is over.

The cooperative waits at BRAS-03 with two tickets that were answered at once. The centre of Vale Claro has no power: it
touches Dona Rita, who is suspended besides, and gathers the ticket of Padaria Sol. Boa Vista came back yesterday, and
its credits wait for somebody of the finance.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from models import clock
from models.base import db
from models.network import Connection, Outage, Place, RadiusSession, touched
from models.outages import OutageAnswer, OutageReply, gather
from models.outbox import Effect
from models.services import Service
from models.tickets import Ticket
from tests import cast
from tests.expressed import minutes_ago

POWER = "Falta de energia da concessionária"
CENTRE = ("Centro", "Vale Claro", "MG")
BOA_VISTA = ("Boa Vista", "Vale Claro", "MG")
SAID = "A equipe achou o ponto do rompimento e já está emendando a fibra."
LIT = "Gerador ligado. Estamos testando os equipamentos."
NOTE = "A concessionária deu o protocolo 7714 e fala em transformador queimado."
HOW = "Sem acesso à internet"


def load() -> None:
    """After the network was told of. Flushes; the caller commits."""
    _at_the_silent_one()
    _in_the_centre()
    _over()
    deliver()


def _at_the_silent_one() -> None:
    outage = db.session.scalars(select(Outage).where(Outage.closed_at.is_(None))).one()
    with minutes_ago(40, "bruno.reis"):
        for number, words in ((4, "O escritório da fazenda está sem internet."), (6, "A balança não manda as notas.")):
            service = _services(cast.cooperative())[number]
            row = Ticket.open(cast.cooperative(), service)
            row.save(cast.ticket_kind(HOW), {"status": "pending", "destination": None, "report": words})
        gather(outage)
    with minutes_ago(25, "bruno.reis"):
        OutageAnswer.write(outage, SAID, "subscriber")


def _in_the_centre() -> None:
    with minutes_ago(34, "bruno.reis"):
        since, until = clock.now() - timedelta(minutes=32), clock.now() + timedelta(hours=2, minutes=30)
        outage = Outage.open(Place.within(*CENTRE), POWER, until, since=since)
        gather(outage, "opening")
    with minutes_ago(20, "bruno.reis"):
        OutageAnswer.write(outage, NOTE, "internal")
    with minutes_ago(12, "bruno.reis"):
        OutageAnswer.write(outage, LIT, "subscriber")


def _over() -> None:
    """Yesterday, from 13:20 to 16:50."""
    with cast.days_ago(1, "13:31"), cast.by("bruno.reis"):
        since = clock.now() - timedelta(minutes=11)
        _fell(since, since + timedelta(hours=3, minutes=30))
        told = "Uma árvore caiu sobre a rede do bairro. A equipe está no local."
        outage = Outage.open(Place.within(*BOA_VISTA), "Chuva ou raio", since=since, told=told)
    with cast.days_ago(1, "13:44"), cast.by("bruno.reis"):
        cast.ticket(cast.ze(), HOW, "Caiu tudo depois do trovão.")
        gather(outage)
    with cast.days_ago(1, "16:50"), cast.by("bruno.reis"):
        OutageAnswer.end(outage, None, outage.version, cast.closing_classification())
    deliver()


def deliver() -> None:
    """What the worker would do with the answers that are on their way."""
    for row in db.session.scalars(select(OutageReply).where(OutageReply.state == "waiting")).all():
        answer = db.session.get_one(OutageAnswer, row.answer_id)
        with clock.set_to(answer.created_at):
            row.deliver()
    waits = update(Effect).where(Effect.kind.in_(("answer_outage", "gather_tickets")))
    db.session.execute(waits.values(state="done").execution_options(synchronize_session=False))
    cast._told()


def _fell(stopped: datetime, back: datetime) -> None:
    """The sessions of the district end and begin again."""
    here = select(Connection.id).join(Service, Service.id == Connection.service_id)
    lines = here.where(*touched(Place.within(*BOA_VISTA)))
    going = select(RadiusSession).where(RadiusSession.connection_id.in_(lines), RadiusSession.started_at < stopped)
    for row in db.session.scalars(going.where(RadiusSession.stopped_at.is_(None))).all():
        again = {name: getattr(row, name) for name in ("connection_id", "login", "nas_address", "mac", "ipv4")}
        heard = row.updated_at
        row.stopped_at, row.updated_at, row.stop_cause = stopped, stopped, "NAS-Reboot"
        db.session.add(
            RadiusSession(unique_id=f"{row.unique_id[:28]}v2", started_at=back, updated_at=heard, seconds=0, **again)
        )
    db.session.flush()


def _services(of) -> list[Service]:  # of a person, the oldest first
    mine = select(Service).where(Service.person_id == of.id, Service.status == "active").order_by(Service.id)
    return list(db.session.scalars(mine))
