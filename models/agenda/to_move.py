"""Orders whose technician cannot go: he is away at that hour, or no technician there any more (B-21)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from models import clock
from models.base import Utc, db
from models.operators import Operator
from models.operators.operator import OperatorCompany
from models.people import Person
from models.scope import TODAS
from models.tickets import Ticket
from models.wording import hour, near
from models.work_orders import PENDING, Absence, WorkOrder, WorkOrderKind

MOST = 100


class ToMove(NamedTuple):
    """An order to be given to somebody else or to another hour."""

    id: int
    number: int
    kind: str
    customer: str
    starts_at: datetime | None
    ends_at: datetime | None
    technician_id: int
    technician: str
    absence_id: int | None  # None: he is no technician there any more

    @property
    def when(self) -> str:
        if self.starts_at is None or self.ends_at is None:
            return "sem agenda"
        return f"{near(self.starts_at)}, até {hour(self.ends_at)}"

    @property
    def why(self) -> str:
        return "ausente" if self.absence_id else "não atende mais em campo"


def is_to_come() -> ColumnElement[bool]:
    """Of a technician, not over, and not of an hour that has passed."""
    ahead = or_(WorkOrder.starts_at.is_(None), WorkOrder.ends_at > bindparam("now", type_=Utc()))
    return and_(WorkOrder.status.in_(PENDING), WorkOrder.technician_id.is_not(None), ahead)


def _is_away() -> ColumnElement[bool]:
    during = and_(Absence.starts_at < WorkOrder.ends_at, Absence.ends_at > WorkOrder.starts_at)
    return and_(Absence.operator_id == WorkOrder.technician_id, Absence.undone_at.is_(None), during)


def is_nobodys() -> ColumnElement[bool]:
    """Its technician is out of use, no technician, or of another company by now."""
    there = OperatorCompany.company_id.in_((TODAS, WorkOrder.company_id)) | (WorkOrder.company_id == TODAS)
    works = exists().where(OperatorCompany.operator_id == WorkOrder.technician_id, there)
    one = aliased(Operator)  # whose name may stand beside it
    mine = and_(one.id == WorkOrder.technician_id, one.inactive_since.is_(None), one.technician, works)
    return ~exists().where(mine)


def cannot_go() -> ColumnElement[bool]:
    """Which orders nobody will come for as they stand."""
    return and_(is_to_come(), or_(exists().where(_is_away()), is_nobodys()))


def collides() -> ColumnElement[bool]:
    """Visits that begin while an earlier one of the same technician is still to be made."""
    other = aliased(WorkOrder)
    earlier = or_(
        other.starts_at < WorkOrder.starts_at, and_(other.starts_at == WorkOrder.starts_at, other.id < WorkOrder.id)
    )
    same = and_(other.technician_id == WorkOrder.technician_id, other.status.in_(PENDING), earlier)
    return and_(WorkOrder.status.in_(PENDING), exists().where(same, other.ends_at > WorkOrder.starts_at))


def is_unplaced_and_late() -> ColumnElement[bool]:
    """Without an hour while the deadline of its ticket has passed; asked beside the ticket."""
    late = and_(Ticket.due_at < bindparam("now", type_=Utc()), Ticket.paused_at.is_(None))
    return and_(WorkOrder.status.in_(PENDING), WorkOrder.starts_at.is_(None), late)


def orders_to_move() -> list[ToMove]:
    """Those of everybody that whoever acts sees, the earliest first; one question."""
    first = select(func.min(Absence.id)).where(_is_away()).correlate(WorkOrder).scalar_subquery()
    rows = (
        select(WorkOrder.id, WorkOrder.number, WorkOrderKind.name, Person.name, WorkOrder.starts_at, WorkOrder.ends_at)
        .add_columns(WorkOrder.technician_id, Operator.name, first)
        .select_from(WorkOrder)
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .join(Person, Person.id == WorkOrder.person_id)
        .join(Operator, Operator.id == WorkOrder.technician_id)
        .where(cannot_go())
        .order_by(WorkOrder.starts_at.is_(None), WorkOrder.starts_at, WorkOrder.id)
        .limit(MOST)
    )
    return [ToMove._make(row) for row in db.session.execute(rows, {"now": clock.now()})]


def visits_of_operator(operator_id: int) -> int:
    """How many orders to come are his: what is left behind when he is put out of use (said where that is done)."""
    rows = select(func.count(WorkOrder.id)).where(is_to_come(), WorkOrder.technician_id == operator_id)
    rows = rows.execution_options(every_company="of the operator, whoever sent him")
    return db.session.scalar(rows, {"now": clock.now()}) or 0
