"""How an atendimento walks: processes, the time each type of SLA has, the lists it uses; and written procedures."""

from models.workflows.answer_text import PLACEHOLDERS, Filled, Values, fill
from models.workflows.attend_settings import AttendSettings
from models.workflows.canned_answer import CannedAnswer
from models.workflows.contact_origin import ContactOrigin
from models.workflows.deadline import add_working, minutes_of, working_between
from models.workflows.hours import HoursProfile
from models.workflows.macro import Macro, MacroAct
from models.workflows.notify_level import NOTIFY_LEVELS
from models.workflows.procedure import Procedure, ProcedureRevision
from models.workflows.process import Process, ProcessStep
from models.workflows.sla import SLA_TYPES, SlaTable
from models.workflows.support_material import SupportMaterial
from models.workflows.ticket_classification import TicketClassification
from models.workflows.ticket_kind import TOPICS, TicketKind

__all__ = [
    "NOTIFY_LEVELS",
    "PLACEHOLDERS",
    "SLA_TYPES",
    "TOPICS",
    "AttendSettings",
    "CannedAnswer",
    "ContactOrigin",
    "Filled",
    "HoursProfile",
    "Macro",
    "MacroAct",
    "Procedure",
    "ProcedureRevision",
    "Process",
    "ProcessStep",
    "SlaTable",
    "SupportMaterial",
    "TicketClassification",
    "TicketKind",
    "Values",
    "add_working",
    "fill",
    "minutes_of",
    "working_between",
]
