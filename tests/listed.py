"""Neighbours of the cast for the lists of the demonstration: who pays, who owes, who is released although they owe.

They pay at the counter, so no bank knows of them. Everything goes through the verbs, on the days when it happened.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import clock
from models.base import db
from models.billing import Invoice
from models.billing.run import bill
from models.people import Person
from models.scope import acting
from models.services import Service
from tests import cast

SOLD = 80  # days ago
# CPF without its last digits, name, telephone, street, number, district, plan, due day, invoices owed, how they stand
NEIGHBOURS = (
    (
        "302477091",
        "Francisca Helena Vasconcelos de Albuquerque",
        "37998450211",
        "Rua dos Ipês",
        "88",
        "Boa Vista",
        "Fibra 500 Mbps",
        10,
        2,
        "released",
    ),
    (
        "118627704",
        "Espólio de Geraldo Magela Pinto",
        "37997718830",
        "Estrada do Rio Pará",
        "s/n",
        "Zona Rural",
        "Rádio 20 Mbps",
        20,
        2,
        "suspended_for_debt",
    ),
    (
        "451302447",
        "Sebastião Ramos da Conceição",
        "37999014402",
        "Rua São José",
        "310",
        "Boa Vista",
        "Fibra 300 Mbps",
        15,
        1,
        "suspended_for_debt",
    ),
    (
        "809118665",
        "Antônio Carlos de Souza Lima",
        "37998771199",
        "Rua das Mangueiras",
        "27",
        "Jardim Alvorada",
        "Fibra 300 Mbps",
        5,
        1,
        "reduced",
    ),
    (
        "217663908",
        "Luciana Moreira Dias",
        "37996640317",
        "Rua Dom Pedro II",
        "940",
        "Centro",
        "Fibra 500 Mbps",
        10,
        0,
        "active",
    ),
    (
        "674201189",
        "Cleusa Aparecida Teixeira",
        "37991288806",
        "Rua Castro Alves",
        "15",
        "Santa Luzia",
        "Fibra 1 Gbps",
        25,
        1,
        "active",
    ),
)


def load() -> None:
    """Sell, bill and receive, and commit."""
    with acting(cast.INSTALLER, "job"):
        people = {}
        with cast.days_ago(SOLD, "10:20"):
            for root, name, mobile, street, number, district, plan, due_day, *_ in NEIGHBOURS:
                document = with_digits(root)
                where = (street, number, district)
                people[document] = cast.sell_home(document, name, mobile, where, plan, due_day, method="Balcão")
        for ago in range(SOLD, -1, -5):
            with cast.days_ago(ago, "06:00"):
                bill([person.id for person in people.values()])
        for (*_, owes, stands), person in zip(NEIGHBOURS, people.values(), strict=True):
            _pays(person, owes)
            _stands(cast.service(person), stands)
        cast.due_now()
        db.session.commit()


def with_digits(root: str) -> str:
    """The CPF that begins with these nine digits."""
    for size in (10, 11):
        rest = sum(int(digit) * weight for digit, weight in zip(root, range(size, 1, -1), strict=True)) % 11
        root += "0" if rest < 2 else str(11 - rest)
    return root


def _pays(person: Person, owes: int) -> None:
    """All that fell due but the latest ones, each on its day, at the counter."""
    past = select(Invoice).where(Invoice.person_id == person.id, Invoice.due_on < clock.today())
    fell_due = list(db.session.scalars(past.order_by(Invoice.due_on, Invoice.id)))
    for invoice in fell_due[: len(fell_due) - owes]:
        with cast.days_ago((clock.today() - invoice.due_on).days, "16:10"), cast.by("ana.souza"):
            invoice.receive(invoice.total_cents, invoice.due_on, 0, may_discount=False)


def _stands(service: Service, status: str) -> None:
    if status == "active":
        return
    cut = "reduced" if status == "reduced" else "suspended_for_debt"
    with cast.days_ago(3, "08:05"), cast.by("ana.souza"):
        service.suspend("Fatura em aberto, aviso enviado há 15 dias", cut)
    if status == "released":
        with cast.by("ana.souza"):
            service.unlock_in_trust(clock.today() + timedelta(days=1), "Recebe amanhã e passa no balcão")
