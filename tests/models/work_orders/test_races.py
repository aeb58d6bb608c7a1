"""Two people at one order, or at an order and its ticket, at the same moment: one of both hears no (A-108)."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from models import clock
from models.base import db as base
from models.history import Event
from models.refused import Refused
from models.tickets import Ticket
from models.work_orders import WorkOrder
from tests import cast, field

ROUNDS = 5
LONG = pytest.param(200, marks=pytest.mark.long)


@pytest.fixture
def at_once(app, race, db):
    """`at_once(("bruno.reis", act), ...)`: acts at one moment, each in its own transaction; which were done."""

    def go(*acts):
        def one(i):
            login, act = acts[i]
            with app.app_context(), cast.by(login):
                try:
                    act()
                    base.session.commit()
                finally:
                    base.session.remove()
                return True

        found = race(len(acts), one)
        faults = [each for each in found if isinstance(each, Exception) and not isinstance(each, Refused)]
        assert not faults, faults
        db.expire_all()
        return [each is True for each in found]

    return go


@pytest.fixture
def held(db):
    """`held()`: the id of a ticket of Seu Zé that Bruno holds."""

    def make() -> int:
        with cast.by("bruno.reis"):
            row = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
            row.claim()
        db.commit()
        return row.id

    return make


@pytest.fixture
def ordered(db):
    """`ordered()`: the id of a new order of Seu Zé."""

    def make() -> int:
        with cast.by("bruno.reis"):
            row = field.order(cast.ze())
        db.commit()
        return row.id

    return make


def of(id, act):
    """An act on an order as whoever does it sees it, at version 1."""
    return lambda: act(base.session.scalars(select(WorkOrder).where(WorkOrder.id == id)).one())


def opening(ticket_id):
    def act():
        ticket = base.session.scalars(select(Ticket).where(Ticket.id == ticket_id)).one()
        field.order(cast.ze(), ticket=ticket)

    return act


def finishing(ticket_id):
    def act():
        ticket = base.session.scalars(select(Ticket).where(Ticket.id == ticket_id)).one()
        ticket.close(cast.closing_classification())

    return act


@pytest.mark.parametrize("rounds", [ROUNDS, LONG])
def test_a_ticket_is_finished_or_has_a_new_order_never_both(db, at_once, held, rounds):
    for turn in range(rounds):
        id = held()
        acts = [("bruno.reis", finishing(id)), ("silvia.maia", opening(id))]
        done = at_once(*(acts if turn % 2 else acts[::-1]))
        ticket = db.get(Ticket, id)
        orders = db.scalar(select(func.count()).select_from(WorkOrder).where(WorkOrder.ticket_id == id))
        assert sorted(done) == [False, True]
        assert (ticket.is_closed, ticket.open_orders, orders) in ((True, 0, 0), (False, 1, 1))


def visit(order_id, login):
    def act(row):
        who = cast.operator(login).id
        row.schedule(clock.today() + timedelta(days=1), time(10), who, 1, confirmed=False)

    return of(order_id, act)


def test_of_two_who_schedule_one_order_one_is_told(db, at_once, ordered):
    for _ in range(ROUNDS):
        id = ordered()
        done = at_once(("bruno.reis", visit(id, "joao.alcantara")), ("silvia.maia", visit(id, "wagner.luis")))
        assert sorted(done) == [False, True]
        assert db.get(WorkOrder, id).version == 2
        with cast.by("bruno.reis"):  # the hour is free again
            row = db.get(WorkOrder, id)
            row.unschedule("Outra rodada.", row.version)
        db.commit()


def test_of_two_visits_put_at_one_hour_the_second_sees_the_first(db, at_once, ordered):
    for _ in range(ROUNDS):
        ids = [ordered(), ordered()]
        done = at_once(
            ("bruno.reis", visit(ids[0], "joao.alcantara")), ("silvia.maia", visit(ids[1], "joao.alcantara"))
        )
        assert sorted(done) == [False, True]
        with cast.by("bruno.reis"):
            row = db.get(WorkOrder, ids[done.index(True)])
            row.unschedule("Outra rodada.", row.version)
        db.commit()


def close(row):
    now = clock.local(clock.now(), row.zone)
    joao = cast.operator("joao.alcantara").id
    row.close(now.date(), now.time(), joao, "", "Feito.", [], 1)


def test_an_order_is_closed_once(db, at_once, ordered):
    for _ in range(ROUNDS):
        id = ordered()
        assert sorted(at_once(("bruno.reis", of(id, close)), ("joao.alcantara", of(id, close)))) == [False, True]
        told = select(func.count()).where(Event.subject_id == id, Event.action == "work_order.closed")
        assert db.scalar(told) == 1


def test_an_order_is_closed_or_cancelled(db, at_once, ordered):
    for _ in range(ROUNDS):
        id = ordered()
        cancel = of(id, lambda row: row.cancel("Não precisa mais.", 1))
        closed, cancelled = at_once(("bruno.reis", of(id, close)), ("silvia.maia", cancel))
        assert closed != cancelled
        assert db.get(WorkOrder, id).status == ("closed" if closed else "cancelled")
