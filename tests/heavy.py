"""The largest customer of the demonstration: the Cooperativa Rural with 14 services and 60 invoices, some in trouble.

Beside the service it was sold at first: three cut for debt, one of them released in confidence, one late, one that
waits to be installed. The rest is in order, each with an invoice of its own.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select, update

from models import clock
from models.base import db
from models.billing import Invoice, Receipt
from models.billing.run import bill
from models.contracts import ladder_of
from models.dunning.cut import Cut
from models.dunning.debt_notice import notify_of_debt
from models.dunning.debts import debts_of
from models.outbox import Effect
from models.sales import Sale
from models.scope import acting
from models.services import Service
from models.wording import day
from tests import billed, cast

SITES = (  # plan, street, number
    ("Fibra 500 Mbps", "Rodovia MG-050, km 12", "s/n"),
    ("Fibra 300 Mbps", "Av. Sete de Setembro", "410"),
    ("Fibra 500 Mbps", "Rua do Armazém", "31"),
    ("Fibra 300 Mbps", "Rua da Balança", "9"),
    ("Fibra 1 Gbps", "Av. das Indústrias", "2300"),
    ("Fibra 500 Mbps", "Av. das Indústrias", "2400"),
    ("Rádio 20 Mbps", "Estrada do Açude", "s/n"),
    ("Fibra 300 Mbps", "Rua Dona Mariquinha", "120"),
    ("Fibra 300 Mbps", "Rua São José", "700"),
    ("Rádio 20 Mbps", "Fazenda Boa Vista", "s/n"),
    ("Fibra 500 Mbps", "Rua do Comércio", "212"),
    ("Fibra 300 Mbps", "Rua dos Ipês", "18"),
)
OWED = {0: 2, 1: 2, 2: 2, 3: 1}  # by place in SITES: how many of its latest invoices nobody paid
TOLD = 20  # days ago
BY_CARNE = 2  # so many of the last sites


def load() -> None:
    """Sell, bill, pay, tell and cut, each on its day; and commit."""
    person = cast.cooperative()
    sold = [_sell(*site, ago=70 - at) for at, site in enumerate(SITES)]
    for ago in range(billed.DAYS, -1, -10):
        with cast.days_ago(ago, "05:00"):
            bill([person.id])
    for at, service in enumerate(sold):
        _pay(service, OWED.get(at, 0))
    for service in sold[:3]:
        _tell(service, TOLD)
        _cut(service)
    _tell(sold[3], 0)
    with cast.by("silvia.maia"):
        sold[2].unlock_in_trust(clock.today() + timedelta(days=2), "Pagamento combinado com a Ivone para sexta")
    with cast.by("ana.souza"):
        for service in sold[-BY_CARNE:]:
            billed._carne(service)
    _to_install()
    done = update(Effect).where(Effect.kind == "review_service").values(state="done")
    db.session.execute(done.execution_options(synchronize_session=False))
    cast.due_now()
    db.session.commit()


def _sell(plan: str, street: str, number: str, *, ago: int, order: dict[str, Any] | None = None) -> Service:
    with cast.days_ago(ago, "09:20"), cast.by("silvia.maia"):
        sale = Sale.start_for(cast.cooperative())
        billing = {**cast._billing(25), "separate_invoice": True}
        cast._answer(
            sale,
            cast._address("35500170", street, number, "Zona Rural"),
            cast._offer(plan, "rafael.teixeira"),
            billing,
            order,
        )
        return db.session.get_one(Service, sale.service_id)


def _pay(service: Service, owed: int) -> None:
    """What fell due, on its day, but the latest."""
    past = select(Invoice).where(Invoice.service_id == service.id, Invoice.due_on < clock.today())
    fell_due = db.session.scalars(past.order_by(Invoice.due_on)).all()
    for invoice in fell_due[: len(fell_due) - owed]:
        with cast.days_ago((clock.today() - invoice.due_on).days, "18:00"), acting(billed.BANK, "job"):
            invoice.settle(Receipt("boleto", invoice.total_cents, invoice.due_on))


def _tell(service: Service, ago: int) -> None:
    told = clock.today() - timedelta(days=ago)
    with cast.days_ago(ago, "06:00"):
        for debt in debts_of([service.id], told).get(service.id, []):
            notify_of_debt(service, debt, ladder_of(service.id), told + timedelta(days=15), told)


def _cut(service: Service) -> None:
    on = clock.today() - timedelta(days=TOLD - 15)
    with cast.days_ago(TOLD - 15, "05:10"):
        debt = next(debt for debt in debts_of([service.id], on)[service.id] if debt.noticed_on)
        Cut.make(service, debt, "suspended_for_debt", f"Fatura {debt.number} de {day(debt.due_on)}, avisada", on)


def _to_install() -> None:
    order = {
        "open_order": True,
        "kind_id": cast.order_kind().id,
        "status": "scheduled",
        "technician_id": cast.operator("wagner.luis").id,
        "start_on": clock.today() + timedelta(days=2),
        "start_time": time(14, 0),
        "description": "Instalar fibra no galpão 3. Falar com o Ademir na portaria.",
    }
    _sell("Fibra 1 Gbps", "Av. das Indústrias", "2500", ago=1, order=order)
