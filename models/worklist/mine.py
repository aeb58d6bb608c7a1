"""What of the menu is mine to do: a counter for each entry that has one, in one statement (B-15)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from models import clock
from models.base import Utc, db
from models.boards import BoardColumn, Card
from models.desk.stopped import dead_count
from models.desk.tickets import is_of_somebody
from models.network import Outage
from models.operators import Principal
from models.outbox import Effect, LeftOut
from models.scope import TODAS
from models.tickets import OPEN, Ticket
from models.worklist.waiting import in_my_turn, is_under_way

# name: the permission without which nothing of it is one's own
COUNTERS = {"late": "tickets.attend", "turn": "telephony.work", "stopped": "outbox.retry", "outages": "network.read"}


def mine(me: Principal) -> dict[str, int]:
    """By the names of COUNTERS, without those that are nought: my tickets past their time, the cards in my sector's
    turn, the tasks that stopped, the outages that are
    open. Asks nothing for whom none of it can be.
    """
    names = tuple(name for name, permission in COUNTERS.items() if me.may(permission))
    if not names:
        return {}
    asked = {"me": me.id, "department": me.department_id, "duty": me.duty, "now": clock.now()}
    found = dict(db.session.execute(_asked(names, me.company_id), asked).one()._mapping)
    dead = found.pop("dead", 0)
    if "stopped" in found and dead:
        found["stopped"] += dead if me.company_id == TODAS else dead_count()
    return {name: count for name, count in found.items() if count}


@lru_cache(200)
def _asked(names: tuple[str, ...], _company_id: int) -> Select[*tuple[Any, ...]]:
    """Kept for each company, whose number stands in the text of what was left out."""
    counts = [_COUNTS[name]().scalar_subquery().label(name) for name in names]
    if "stopped" in names:
        counts.append(select(func.count(Effect.id)).where(Effect.state == "dead").scalar_subquery().label("dead"))
    return select(*counts)


def _late() -> Select[int]:
    mine = [Ticket.assignee_id == bindparam("me"), Ticket.status.in_(OPEN), Ticket.paused_at.is_(None)]
    late = Ticket.due_at < bindparam("now", type_=Utc())
    return select(func.count(Ticket.id)).where(*mine, late, is_of_somebody())


def _turn() -> Select[int]:
    rows = select(func.count(Card.id)).join(BoardColumn, BoardColumn.id == Card.board_column_id)
    return rows.where(in_my_turn(), is_under_way())


def _stopped() -> Select[int]:
    return select(func.count(LeftOut.id)).where(LeftOut.status == "open", *LeftOut.seen())


def _outages() -> Select[int]:
    return select(func.count(Outage.id)).where(Outage.closed_at.is_(None))


_COUNTS = {"late": _late, "turn": _turn, "stopped": _stopped, "outages": _outages}
