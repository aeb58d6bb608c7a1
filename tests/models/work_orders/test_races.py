"""Two people at one order, or at an order and its ticket, at the same moment: one of both hears no (A-108)."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from models import clock
from models.agenda.to_move import orders_to_move
from models.base import db as base
from models.history import Event
from models.refused import Refused
from models.tickets import Ticket
from models.work_orders import Absence, WorkOrder
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


def away(login, days):
    """The absence of João from tomorrow on, for so many days."""

    def act():
        first = clock.today() + timedelta(days=1)
        Absence.mark(cast.operator(login).id, "course", first, None, first + timedelta(days=days), None)

    return act


def test_of_two_overlapping_absences_one_is_refused(db, at_once):
    for turn in range(ROUNDS):
        done = at_once(("bruno.reis", away("joao.alcantara", turn)), ("silvia.maia", away("joao.alcantara", turn + 2)))
        assert sorted(done) == [False, True]
        [row] = db.scalars(select(Absence).where(Absence.undone_at.is_(None)))
        with cast.by("bruno.reis"):
            row.end(row.version)
        db.commit()


def test_a_visit_and_an_absence_at_once_see_each_other_or_are_listed(db, at_once, ordered):
    """Whoever comes second either is asked, or the visit stands in the list of those to be moved."""
    for turn in range(ROUNDS):
        id = ordered()
        acts = [("bruno.reis", visit(id, "joao.alcantara")), ("silvia.maia", away("joao.alcantara", 1))]
        done = at_once(*(acts if turn % 2 else acts[::-1]))
        scheduled, marked = done if turn % 2 else done[::-1]
        assert marked
        with cast.by("bruno.reis"):
            listed = [one.id for one in orders_to_move()]
            assert (id in listed) == scheduled
            row = db.get(WorkOrder, id)
            if scheduled:
                row.unschedule("Outra rodada.", row.version)
            absence = db.scalars(select(Absence).where(Absence.undone_at.is_(None))).one()
            absence.end(absence.version)
        db.commit()


def dropped(login):
    def act(row):
        row.schedule(clock.today() + timedelta(days=1), time(14), cast.operator(login).id, 2, confirmed=())

    return act


def cancelled(row):
    row.unschedule("O cliente pediu outro dia.", 2)


def test_a_drag_and_a_cancel_at_once_leave_one_of_both(db, at_once, ordered):
    for _ in range(ROUNDS):
        id = ordered()
        with cast.by("bruno.reis"):
            visit(id, "joao.alcantara")()
        db.commit()
        moved, ended = at_once(("bruno.reis", of(id, dropped("joao.alcantara"))), ("silvia.maia", of(id, cancelled)))
        assert moved != ended
        row = db.get(WorkOrder, id)
        assert (row.version, row.status) == (3, "scheduled" if moved else "open")
        with cast.by("bruno.reis"):
            row.cancel("Outra rodada.", row.version)
        db.commit()
