"""The states of a work order, who may be chosen for one, and what each door demands (D-32)."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from models.base import db
from models.work_orders.defect import Defect
from models.work_orders.field_group import FieldGroup, technicians_of
from models.work_orders.kind import WorkOrderKind

ORDER_STATUSES = {"open": "Aberta", "scheduled": "Agendada", "closed": "Encerrada", "cancelled": "Cancelada"}
PENDING = ("open", "scheduled")  # not ended; also what one may be opened as
# What a door demands, by field. The rest may be left for Editar OS and for the schedule.
BY_SALE = frozenset({"kind_id", "status", "technician_id", "start", "description"})  # C-18
BY_SHORT_TICKET = frozenset({"kind_id", "status", "technician_id", "description"})  # C-68
BY_TICKET = frozenset({"group_id", "kind_id", "defect_id", "description"})
BY_PANEL = frozenset({"kind_id", "description"})


class Choices(NamedTuple):
    """What may be chosen for an order of a company: names by number. Groups and defects only once there are some."""

    kinds: dict[int, str]
    technicians: dict[int, str]
    groups: dict[int, str] = {}
    defects: dict[int, str] = {}

    @classmethod
    def of(cls, company_id: int, kept: tuple[int | None, int | None, int | None] = (None, None, None)) -> Choices:
        """What is in use, and the kind, group and defect an order has already (`kept`)."""
        kind, group, defect = kept
        return cls(
            _names(WorkOrderKind, kind),
            technicians_of(company_id),
            {row.id: row.name for row in FieldGroup.offered(company_id, group)},
            _names(Defect, defect),
        )


def _names(table: type[WorkOrderKind] | type[Defect], kept: int | None) -> dict[int, str]:
    offered = table.inactive_since.is_(None) | (table.id == kept)
    rows = db.session.execute(select(table.id, table.name).where(offered).order_by(table.name))
    return {row.id: row.name for row in rows}
