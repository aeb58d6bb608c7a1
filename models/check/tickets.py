"""A ticket is somewhere, has its protocol without gap, and what is said of it stands once in its timeline."""

from __future__ import annotations

from itertools import groupby, pairwise

from sqlalchemy import func, select

from models.base import db
from models.check.question import findings
from models.history import Event
from models.numbers import Counter
from models.people import Person
from models.scope import TODAS
from models.tickets import OPEN, Comment, Ticket, TicketStay


def open_ones_are_in_one_subprocess() -> list[str]:
    """That of its row; a finished one is in none (A-99)."""
    here = select(TicketStay.ticket_id, TicketStay.step_id).where(TicketStay.left_at.is_(None)).subquery()
    rows = select(Ticket.protocol).outerjoin(here, here.c.ticket_id == Ticket.id)
    lost = rows.where(Ticket.status.in_(OPEN), here.c.step_id.is_distinct_from(Ticket.step_id))
    ended = rows.where(Ticket.status.not_in(OPEN), here.c.step_id.is_not(None))
    found = findings("atendimento {protocol}: está aberto e não está no subprocesso dele", lost)
    return found + findings("atendimento {protocol}: acabou e ainda está num subprocesso", ended)


def protocols_have_no_gap() -> list[str]:
    """In each month they run from 1 to its counter (A-05, D-13)."""
    numbers = sorted(tuple(map(int, each.split("."))) for each in db.session.scalars(select(Ticket.protocol)))
    taken = {
        f"protocol:{month}": [number for _, number in rows] for month, rows in groupby(numbers, lambda one: one[0])
    }
    counters = select(Counter.key, Counter.last).where(Counter.key.startswith("protocol:"))
    last = dict(db.session.execute(counters).all())
    found = []
    for key in sorted(taken.keys() | last.keys()):
        month, given = key.partition(":")[2], taken.get(key, [])
        found += [f"protocolo {month}: faltam {a + 1} a {b - 1}" for a, b in pairwise([0, *given]) if b != a + 1]
        if last.get(key, 0) != (given[-1] if given else 0):
            found.append(
                f"protocolo {month}: o contador está em {last.get(key, 0)} e o maior é {given[-1] if given else 0}"
            )
    return found


def comments_stand_once_in_the_timeline() -> list[str]:
    """With the visibility they were said in: a private one is no event of the customer's (A-91, A-94)."""
    events = select(Event.subject_id, func.count().label("many"), func.max(Event.visibility).label("seen"))
    said = ("comment.noted", "comment.sent", "comment.replied")
    events = events.where(Event.action.in_(said)).group_by(Event.subject_id)
    told = events.subquery()
    rows = select(Comment.id).outerjoin(told, told.c.subject_id == Comment.id)
    once = rows.where(func.coalesce(told.c.many, 0) != 1)
    leaks = rows.where(told.c.seen != Comment.visibility)
    found = findings("comentário {id}: não está uma vez na linha do tempo", once)
    return found + findings("comentário {id}: o histórico o mostra a quem não devia, ou o esconde", leaks)


def customers_are_seen_where_their_tickets_are() -> list[str]:
    """Its record stands in the company of the ticket, or in TODAS; else nobody of either reaches it (D-14)."""
    rows = select(Ticket.protocol).join(Person, Person.id == Ticket.person_id)
    lost = rows.where(Person.company_id != TODAS, Person.company_id != Ticket.company_id)
    return findings("atendimento {protocol}: está numa empresa e o cadastro do cliente em outra", lost)


QUESTIONS = (
    open_ones_are_in_one_subprocess,
    customers_are_seen_where_their_tickets_are,
    protocols_have_no_gap,
    comments_stand_once_in_the_timeline,
)
