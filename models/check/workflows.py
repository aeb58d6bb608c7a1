"""What an atendimento begins with is there and in use: type, process, subprocess, SLA table, hours, defaults."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from models.check.question import findings
from models.scope import TODAS
from models.workflows import AttendSettings, HoursProfile, Process, ProcessStep, SlaTable, TicketKind
from models.workflows.attend_settings import CHOICES


def types_begin_somewhere() -> list[str]:
    """A type in use has a process in use, and that a subprocess in use (C-115)."""
    begins = select(ProcessStep.id).where(ProcessStep.process_id == Process.id, ProcessStep.inactive_since.is_(None))
    rows = select(TicketKind.id, TicketKind.process_id).join(Process, Process.id == TicketKind.process_id)
    rows = rows.where(TicketKind.inactive_since.is_(None))
    rows = rows.where(or_(Process.inactive_since.is_not(None), ~begins.exists()))
    return findings("tipo de atendimento {id}: o processo {process_id} está fora de uso ou sem subprocesso", rows)


def tables_count_by_hours_in_use() -> list[str]:
    rows = select(SlaTable.id, SlaTable.hours_profile_id)
    rows = rows.join(HoursProfile, HoursProfile.id == SlaTable.hours_profile_id)
    rows = rows.where(SlaTable.inactive_since.is_(None), HoursProfile.inactive_since.is_not(None))
    return findings("tabela de SLA {id}: o horário {hours_profile_id} está fora de uso", rows)


def defaults_may_be_chosen() -> list[str]:
    """What is proposed is in use, of the same company or of TODAS, and meant for its moment (A-42)."""
    found = []
    for field, (table, wanted, _) in CHOICES.items():
        fits = [getattr(table, name) == value for name, value in wanted.items()]
        fits += [table.inactive_since.is_(None), table.company_id.in_((TODAS, AttendSettings.company_id))]
        rows = select(AttendSettings.company_id, table.id).join(table, table.id == getattr(AttendSettings, field))
        words = f"padrões do atendimento da empresa {{company_id}}: {field} {{id}} não pode ser escolhido"
        found += findings(words, rows.where(~and_(*fits)))
    return found


QUESTIONS = (types_begin_somewhere, tables_count_by_hours_in_use, defaults_may_be_chosen)
