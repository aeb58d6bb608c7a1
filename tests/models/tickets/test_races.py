"""Two people in one ticket at the same moment: one act comes first, and the other finds what it left (A-44, A-108)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models import clock as real
from models.base import changed
from models.base import db as base
from models.history import Event
from models.refused import Refused
from models.tickets import OPEN, Ticket, TicketStay
from tests import cast

ROUNDS = 5


@pytest.fixture
def started(db):
    """`started()`: the id of a ticket that runs, held by Bruno."""

    def make() -> int:
        with cast.by("bruno.reis"):
            row = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
            row.claim()
        db.commit()
        return row.id

    return make


@pytest.fixture
def against(app, race):
    """`against(id, ("bruno.reis", verb), ("silvia.maia", verb))`: both at once; what each gave, or its refusal."""

    def run(id, *acts):
        def one(i):
            login, verb = acts[i]
            with app.app_context(), cast.by(login):
                try:
                    verb(base.session.get_one(Ticket, id))
                    base.session.commit()
                finally:
                    base.session.remove()
                return login

        results = race(len(acts), one)
        faults = [each for each in results if isinstance(each, Exception) and not isinstance(each, Refused)]
        assert not faults, faults
        return results

    return run


def won(results) -> list[int]:
    """Which of the acts happened."""
    return [number for number, each in enumerate(results) if isinstance(each, str)]


def told(db, id) -> list[tuple[str, str]]:
    rows = select(Event.action, Event.actor_name).where(Event.ticket_id == id).order_by(Event.id)
    return [(action, name) for action, name in db.execute(rows)]


def finish(row):
    row.close(cast.closing_classification())


def reopen(row):
    row.reopen("Voltou a cair")


def rescue_and_finish(row):
    row.claim()
    row.close(cast.closing_classification())


def test_two_people_close(db, started, against):
    for _ in range(ROUNDS):
        id = started()
        done = won(against(id, ("bruno.reis", finish), ("silvia.maia", rescue_and_finish)))
        assert len(done) == 1
        ended = [name for action, name in told(db, id) if action == "ticket.closed"]
        assert ended == [("Bruno Reis", "Sílvia Maia")[done[0]]]


def test_an_order_against_the_end(db, started, against):
    """What a floor above opens holds the ticket, or finds it finished; never both."""

    def order(row):
        mine = update(Ticket).where(Ticket.id == row.id, Ticket.status.in_(OPEN))
        if not changed(mine.values(open_orders=Ticket.open_orders + 1)):
            raise Refused("Este atendimento está finalizado. Para agir nele de novo, reabra.")

    for _ in range(ROUNDS):
        id = started()
        assert len(won(against(id, ("bruno.reis", finish), ("silvia.maia", order)))) == 1
        ticket = db.get_one(Ticket, id, populate_existing=True)
        assert (ticket.status == "closed") == (ticket.open_orders == 0)


@pytest.mark.parametrize("verb", ["comment", "forward", "pause"])
def test_who_was_relieved_acts_no_more(db, started, against, verb):
    """Whatever Bruno does stands below Sílvia's rescue."""
    acts = {
        "comment": lambda row: row.comment("Mais um.", "internal"),
        "forward": lambda row: row.forward(),
        "pause": lambda row: row.pause("Espera o cliente"),
    }
    for _ in range(ROUNDS):
        id = started()
        done = won(against(id, ("bruno.reis", acts[verb]), ("silvia.maia", lambda row: row.claim())))
        names = [name for _, name in told(db, id)][3:]  # after opened, started, claimed
        assert names == (["Bruno Reis", "Sílvia Maia"] if 0 in done else ["Sílvia Maia"])
        assert 1 in done
        ticket = db.get_one(Ticket, id, populate_existing=True)
        assert ticket.assignee_id == cast.operator("silvia.maia").id


def test_two_forwards_take_one_step(db, started, against):
    for _ in range(ROUNDS):
        id = started()
        forward = ("bruno.reis", lambda row: row.forward())
        assert len(won(against(id, forward, forward))) == 1
        stays = select(TicketStay.left_at).where(TicketStay.ticket_id == id).order_by(TicketStay.id)
        assert [left is None for left in db.scalars(stays)] == [False, True]


def test_a_pause_ended_twice_counts_once(db, started, against, clock):
    for _ in range(ROUNDS):
        id = started()
        with cast.by("bruno.reis"):
            db.get_one(Ticket, id).pause("Espera o cliente")
        db.commit()
        due = db.get_one(Ticket, id).due_at
        resume = ("bruno.reis", lambda row: row.resume())
        with clock(real.now() + timedelta(minutes=30)):
            assert len(won(against(id, resume, resume))) == 1
        ticket = db.get_one(Ticket, id, populate_existing=True)
        assert timedelta(minutes=29) <= ticket.due_at - due <= timedelta(minutes=31)
        assert len(ticket.pauses) == 1


@pytest.mark.parametrize("other", ["save", "discard"])
def test_a_draft_begins_or_ends_once(db, against, other):
    def save(row):
        row.save(cast.ticket_kind(), {"status": "pending", "destination": None, "report": "Caiu."})

    acts = {"save": save, "discard": lambda row: row.discard("Engano")}
    for _ in range(ROUNDS):
        with cast.by("bruno.reis"):
            id = Ticket.open(cast.ze(), cast.service(cast.ze())).id
        db.commit()
        assert len(won(against(id, ("bruno.reis", save), ("silvia.maia", acts[other])))) == 1
        assert len(told(db, id)) == 2
        assert db.get_one(Ticket, id, populate_existing=True).status in ("pending", "closed")


def test_two_reopen(db, started, against):
    for _ in range(ROUNDS):
        id = started()
        with cast.by("bruno.reis"):
            finish(db.get_one(Ticket, id))
        db.commit()
        assert len(won(against(id, ("bruno.reis", reopen), ("silvia.maia", reopen)))) == 1
        lasting = select(func.count()).where(TicketStay.ticket_id == id, TicketStay.left_at.is_(None))
        assert db.scalar(lasting) == 1


def test_into_another_process_against_the_next_step(db, started, against):
    """Into another process and along this one: the deadline is that of the process it is in."""
    for _ in range(ROUNDS):
        id = started()
        elsewhere = ("bruno.reis", lambda row: row.forward_to_process(cast.process("Rompimento")))
        along = ("bruno.reis", lambda row: row.forward())
        assert len(won(against(id, elsewhere, along))) == 1
        ticket = db.get_one(Ticket, id, populate_existing=True)
        step = {
            step.id
            for step in cast.process("Rompimento" if ticket.sla_type == "emergency" else "Suporte técnico").steps()
        }
        assert ticket.step_id in step
