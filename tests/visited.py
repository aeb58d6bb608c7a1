"""For the demonstration: a ticket with two pending orders, and one whose last order was closed just now."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import select

from models import clock
from models.base import db
from models.tickets import OPEN, Ticket
from models.work_orders import Defect, FieldGroup, Material, WorkOrderKind, open_from
from tests import cast, field


def load() -> None:
    """Dona Maria waits for two visits; at Cooperativa's the work is done and the ticket may be finished. Commits."""
    maria = select(Ticket).where(Ticket.person_id == cast.maria().id, Ticket.status.in_(OPEN), Ticket.report != "")
    down = db.session.scalars(maria.order_by(Ticket.id)).first()
    assert down, "the cast has a ticket of Dona Maria"
    with clock.set_to(clock.now() - timedelta(minutes=35)), cast.by("bruno.reis"):
        row = open_from(down, asked(down.report))
        row.schedule(
            clock.today() + timedelta(days=1), time(9), cast.operator("joao.alcantara").id, row.version, confirmed=True
        )
        row.distribute()
    with clock.set_to(clock.now() - timedelta(minutes=12)), cast.by("silvia.maia"):
        open_from(down, asked("Levar outro rádio, se o alinhamento não bastar.", "Roteador com defeito"))
    with clock.set_to(clock.now() - timedelta(hours=2)), cast.by("bruno.reis"):
        weak = cast.ticket(cast.cooperative(), "Sem acesso à internet", "Sem sinal no escritório desde as sete horas.")
        weak.claim()
        visit = open_from(weak, asked(weak.report, "Conector oxidado"))
    with clock.set_to(clock.now() - timedelta(minutes=6)), cast.by("joao.alcantara"):
        field.close(
            visit,
            "Conector refeito. Teste de 900 Mbps com a secretária.",
            found="Conector oxidado na caixa do poste.",
            materials=[Material("Conector SC/APC", "1")],
        )
    cast.due_now()
    db.session.commit()


def asked(words: str, defect: str = "Rádio desalinhado") -> dict[str, object]:
    """What is typed for an order of a ticket."""
    return {
        "kind_id": field.id_of(WorkOrderKind, "Corretiva"),
        "group_id": field.id_of(FieldGroup, field.GROUP),
        "defect_id": field.id_of(Defect, defect),
        "description": words,
    }
