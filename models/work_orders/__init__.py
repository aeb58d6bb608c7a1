"""Ordem de Serviço: work to be done at a customer's, one record for every door (D-32)."""

from models.work_orders.absence import REASONS, Absence
from models.work_orders.agenda_settings import AgendaSettings
from models.work_orders.closing import MOST_MATERIALS, Material, WorkOrderMaterial
from models.work_orders.defect import Defect
from models.work_orders.distribution import Distribution
from models.work_orders.doubts import Confirmed, Conflict, Doubt, Meeting
from models.work_orders.field_group import FieldGroup, FieldGroupMember, technicians_of
from models.work_orders.from_ticket import open_from, save_with_order
from models.work_orders.kind import WorkOrderKind
from models.work_orders.local_holiday import LocalHoliday
from models.work_orders.opening import order_errors
from models.work_orders.print_profile import SECTIONS, PrintProfile
from models.work_orders.status import (
    BY_PANEL,
    BY_SALE,
    BY_SHORT_TICKET,
    BY_TICKET,
    ORDER_STATUSES,
    PENDING,
    Choices,
)
from models.work_orders.steps import STEPS, StepLine, WorkOrderStep, steps_of
from models.work_orders.whereabouts import Where, visit_begins, where_now
from models.work_orders.work_order import WorkOrder
from models.work_orders.working_hours import WorkingHours

__all__ = [
    "BY_PANEL",
    "BY_SALE",
    "BY_SHORT_TICKET",
    "BY_TICKET",
    "MOST_MATERIALS",
    "ORDER_STATUSES",
    "PENDING",
    "REASONS",
    "SECTIONS",
    "STEPS",
    "Absence",
    "AgendaSettings",
    "Choices",
    "Confirmed",
    "Conflict",
    "Defect",
    "Distribution",
    "Doubt",
    "FieldGroup",
    "FieldGroupMember",
    "LocalHoliday",
    "Material",
    "Meeting",
    "PrintProfile",
    "StepLine",
    "Where",
    "WorkOrder",
    "WorkOrderKind",
    "WorkOrderMaterial",
    "WorkOrderStep",
    "WorkingHours",
    "open_from",
    "order_errors",
    "save_with_order",
    "steps_of",
    "technicians_of",
    "visit_begins",
    "where_now",
]
