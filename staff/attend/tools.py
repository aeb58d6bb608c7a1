"""Ferramentas: every tool of a ticket under the headings of the manual, with a fact, or why it cannot be used (A-44).

One place for all of them: who adds a tool adds it to its group. A group without tools is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import url_for

from models.desk.ticket_page import TicketHead
from models.wording import counted
from models.workflows import NOTIFY_LEVELS
from web.doors import me
from web.inside import PARAMETER

Asked = Callable[[TicketHead], str | None]
ASK = "Seu perfil não faz isto. Peça à supervisão."


def _act(head: TicketHead) -> str | None:
    refusal: str | None = head.ticket.refusal_to_act(head.holder)
    return refusal


def _free(_: TicketHead) -> str | None:
    return None


def _waiting(head: TicketHead) -> str | None:
    """What needs an order that has not ended."""
    return _act(head) or (None if head.ticket.open_orders else "Nenhuma ordem deste atendimento está em andamento.")


def _scheduled(head: TicketHead) -> str | None:
    return _act(head) or (None if head.scheduled_orders else "Nenhuma ordem deste atendimento está agendada.")


def _orders(head: TicketHead) -> str:
    if not head.orders:
        return "nenhuma ainda"
    pending = head.ticket.open_orders
    return f"{head.orders}, {counted(pending, 'pendente') if pending else 'nenhuma pendente'}"


def _step(head: TicketHead) -> str | None:
    return head.step and f"agora em {head.step}"


@dataclass(frozen=True)
class Tool:
    """`refusal` is the question its verb asks, `fact` what there is now; `offered` is False where it has no place."""

    label: str
    icon: str
    endpoint: str
    permission: str = "tickets.attend"
    refusal: Asked = _act
    fact: Asked = _free
    offered: Callable[[TicketHead], bool] = lambda head: True
    slug: str = ""  # which act of several behind one endpoint
    posts: bool = False  # the act itself, without a page before it
    of_person: bool = False  # a page of the customer, opened from inside


class Drawn(NamedTuple):
    label: str
    icon: str
    href: str
    posts: bool
    why: str | None
    fact: str | None


# Heading: its tools, column by column.
COLUMNS: tuple[tuple[tuple[str, tuple[Tool, ...]], ...], ...] = (
    (
        (
            "Ferramentas Técnicas",
            (Tool("Painel PABX", "phone-call", "staff.pabxs.show", "telephony.read", _free, of_person=True),),
        ),
        (
            "Atendimento",
            (
                Tool("Encaminhar Atendimento", "arrow-forward-up", "staff.forwards.new", fact=_step),
                Tool(
                    "Pausar o prazo",
                    "player-pause",
                    "staff.pauses.new",
                    refusal=lambda head: head.ticket.refusal_to_pause(head.holder),
                    offered=lambda head: not head.ticket.paused_at,
                ),
                Tool(
                    "Retomar o prazo",
                    "player-play",
                    "staff.pauses.destroy",
                    refusal=lambda head: head.ticket.refusal_to_resume(head.holder),
                    fact=lambda head: head.ticket.pause_reason,
                    offered=lambda head: bool(head.ticket.paused_at),
                    posts=True,
                ),
                Tool(
                    "Alterar contrato",
                    "file-text",
                    "staff.ticket_contracts.edit",
                    fact=lambda head: f"agora nº {head.contract}" if head.contract else "agora nenhum",
                ),
                Tool(
                    "Notificação ao cliente",
                    "bell",
                    "staff.notify_levels.edit",
                    fact=lambda head: NOTIFY_LEVELS[head.ticket.notify_level].lower(),
                ),
                Tool(
                    "Macros",
                    "list-check",
                    "staff.macro_runs.index",
                    refusal=lambda head: head.ticket.refusal_to_run(),
                    fact=lambda head: "vários atos de uma vez",
                ),
                Tool(
                    "Finalizar",
                    "check",
                    "staff.ticket_closings.new",
                    refusal=lambda head: head.ticket.refusal_to_close(head.holder),
                ),
            ),
        ),
    ),
    (
        (
            "Ferramentas Financeiras",
            (
                Tool("Painel do Cliente", "receipt", "staff.customer_panels.show", "people.read", _free),
                Tool("Cadastro do Cliente", "user", "staff.customer_records.show", "people.read"),
            ),
        ),
        (
            "Ferramentas do CRM",
            (
                Tool(
                    "Lançar no Planner",
                    "layout-kanban",
                    "staff.upgrade_requests.new",
                    "telephony.work",
                    fact=lambda head: "pedido de telefonia",
                    of_person=True,
                ),
            ),
        ),
    ),
    (
        (
            "Ordens de Serviço",
            (
                Tool("Nova Ordem de Serviço", "plus", "staff.ticket_orders.new", "orders.open"),
                Tool("Ver, editar e imprimir", "tool", "staff.ticket_orders.index", "orders.read", _free, _orders),
                Tool(
                    "Agendar Ordem de Serviço",
                    "calendar-check",
                    "staff.ticket_orders.show",
                    "orders.schedule",
                    _waiting,
                    slug="agendar",
                ),
                Tool(
                    "Cancelar Agendamento",
                    "calendar-event",
                    "staff.ticket_orders.show",
                    "orders.schedule",
                    _scheduled,
                    slug="cancelar-agendamento",
                ),
                Tool("Encerrar O.S.", "check", "staff.ticket_orders.show", "orders.close", _waiting, slug="encerrar"),
            ),
        ),
        (
            "Consultas",
            (
                Tool(
                    "Consulta Expressa",
                    "list-check",
                    "staff.express_checks.show",
                    "tickets.read",
                    _free,
                    lambda head: "a guardada ao lado de hoje",
                ),
                Tool(
                    "Material de Apoio",
                    "books",
                    "staff.ticket_materials.index",
                    "tickets.read",
                    _free,
                    lambda head: head.step,
                    offered=lambda head: bool(head.materials),
                ),
                Tool(
                    "Anexos",
                    "paperclip",
                    "staff.attachments.index",
                    "tickets.read",
                    _free,
                    lambda head: counted(head.files, "arquivo") if head.files else "nenhum",
                ),
                Tool("Histórico do Atendimento", "history", "staff.ticket_histories.index", "tickets.read", _free),
                Tool(
                    "Históricos",
                    "list-check",
                    "staff.histories.index",
                    "history.read",
                    _free,
                    lambda head: "tudo do cliente",
                    of_person=True,
                ),
            ),
        ),
    ),
)

Group = tuple[str, list[Drawn]]


def tools(head: TicketHead) -> list[list[Group]]:
    """Column by column, the groups that have a tool for this ticket."""
    columns = [[(title, _drawn(rows, head)) for title, rows in column] for column in COLUMNS]
    return [kept for column in columns if (kept := [(title, rows) for title, rows in column if rows])]


def _drawn(rows: tuple[Tool, ...], head: TicketHead) -> list[Drawn]:
    return [_of(tool, head) for tool in rows if tool.offered(head)]


def _of(tool: Tool, head: TicketHead) -> Drawn:
    why = tool.refusal(head) if me().may(tool.permission) else ASK
    of: dict[str, Any] = {"id": head.ticket.id} | ({"slug": tool.slug} if tool.slug else {})
    if tool.of_person:
        of = {"id": head.ticket.person_id, PARAMETER: head.ticket.id}
    return Drawn(tool.label, tool.icon, url_for(tool.endpoint, **of), tool.posts, why, tool.fact(head))
