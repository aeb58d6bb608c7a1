"""The cash desks of the demonstration: yesterday's, counted with fifty centavos too few, and the one Ana has open."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import clock
from models.base import db
from models.billing import CashDesk, Charge, Handed
from models.catalog import ChargeKind
from models.services import Service
from tests import cast


def load() -> None:
    """Open, receive, withdraw, count and close, each at its hour; and commit."""
    with cast.days_ago(1, "08:05"), cast.by("ana.souza"):
        desk = CashDesk.open(cast.vale_claro(), 15000)
    socket = cast.service(cast.ze())
    with cast.days_ago(1, "10:40"), cast.by("ana.souza"):
        _sold(socket, "Troca da tomada óptica", 6000, Handed("cash", 10000))
    with cast.days_ago(1, "14:15"), cast.by("ana.souza"):
        _sold(cast.service(cast.maria()), "Cabo de rede de 10 m", 4500, Handed("debit"))
    with cast.days_ago(1, "16:30"), cast.by("ana.souza"):
        desk.withdraw(10000, "Levado ao cofre")
    with cast.days_ago(1, "18:02"), cast.by("ana.souza"):
        desk.close(10950, "Faltou uma moeda no troco da manhã", desk.version)
    with cast.by("ana.souza"):
        today = CashDesk.open(cast.vale_claro(), 10950)
        today.supply(5000, "Troco trazido do cofre")
        _sold(socket, "Fonte do roteador", 3500, Handed("cash", 5000))
        _sold(cast.service(cast.maria()), "Roteador Wi-Fi 5", 18900, Handed("credit_card"))
    cast.due_now()
    db.session.commit()


def _sold(service: Service, description: str, cents: int, handed: Handed) -> None:
    """Something small, paid as it is taken along."""
    kind = db.session.scalars(select(ChargeKind).where(ChargeKind.name == "Venda de equipamento")).one()
    charge = Charge.add(
        service,
        kind,
        description=description,
        amount_cents=cents,
        discount_cents=0,
        due_on=clock.today() + timedelta(days=5),
    )
    charge.receive(clock.today(), charge.version, handed)
