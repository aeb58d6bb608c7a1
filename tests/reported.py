"""More neighbours, for the reports of the demonstration: debts of several ages, cuts, what ended them, new sales.

Gilmar pays nothing and stays cut; Lucélia was cut, paid and came back; Vicente is released in trust; Nilza and Otávio
are new and came from two origins. Everything goes through the verbs of the house, on the days when it happened.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import clock
from models.base import db
from models.billing import Invoice, Receipt
from models.billing.run import bill
from models.people import Person
from tests import cast


def load() -> None:
    """Sell, bill, cut and release; and commit."""
    gilmar = _sold(110, "rafael.teixeira", "31044791276", "Gilmar Antunes Braga", "37991110311", "Panfleto")
    lucelia = _sold(100, "ana.souza", "28451906389", "Lucélia Prates Amorim", "37991110322", "Indicação")
    vicente = _sold(100, "rafael.teixeira", "76512034880", "Vicente de Paula Ramos", "37991110333", "Instagram")
    for ago in range(95, 0, -5):
        with cast.days_ago(ago, "06:00"):
            bill([gilmar.id, lucelia.id, vicente.id])
    _sold(12, "ana.souza", "19283047532", "Nilza Campos Rezende", "37991110344", "Site")
    _sold(6, "rafael.teixeira", "64027518390", "Otávio Henrique Lopes", "37991110355", "Loja")
    _cut(gilmar, 21)
    _cut(lucelia, 17)
    _pay(lucelia, 9)
    with cast.days_ago(9, "11:05"), cast.by("ana.souza"):
        cast.service(lucelia).enable("Pagou por Pix o que devia")
    _pay(vicente, 35)
    _cut(vicente, 6)
    with cast.days_ago(1, "16:40"), cast.by("ana.souza"):
        cast.service(vicente).unlock_in_trust(
            clock.today() + timedelta(days=3), "Paga na sexta, combinado por telefone"
        )
    db.session.commit()


def _sold(ago: int, login: str, document: str, name: str, mobile: str, origin: str) -> Person:
    with cast.days_ago(ago, "10:20"):
        where = ("Rua São José", mobile[-3:], "Boa Vista")
        return cast.sell_home(document, name, mobile, where, "Fibra 300 Mbps", login=login, origin=origin)


def _cut(who: Person, ago: int) -> None:
    with cast.days_ago(ago, "08:05"), cast.by("ana.souza"):
        cast.service(who).suspend("Fatura vencida em aberto, aviso enviado há 15 dias")


def _pay(who: Person, ago: int) -> None:
    """By Pix, whatever fell due until that day, with fine and interest."""
    paid_on = clock.today() - timedelta(days=ago)
    mine = select(Invoice).where(Invoice.person_id == who.id, Invoice.status == "open", Invoice.due_on <= paid_on)
    with cast.days_ago(ago, "10:50"), cast.by("ana.souza"):
        for invoice in db.session.scalars(mine.order_by(Invoice.due_on)).all():
            invoice.settle(Receipt("pix", invoice.amount_due(paid_on).total_cents, paid_on))
