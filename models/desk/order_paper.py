"""A work order on A4, by the print profile of its type (A-86)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.base import db
from models.desk.order_page import OrderPage
from models.documents import Document, printed, shown
from models.documents.document import fingerprint
from models.papers import company_facts
from models.refused import require
from models.wording import moment
from models.work_orders import ORDER_STATUSES, WorkOrder


def print_order(page: OrderPage) -> Document:
    """The PDF of an order as it stands: the one of before while nothing changed. Raises Refused without a profile."""
    require(page.refusal_to_print(), fix=page.facts.kind)
    order, values = page.order, order_paper(page)
    mine = select(Document).where(Document.of(order), Document.values_hash == fingerprint(values))
    last = db.session.scalars(mine.order_by(Document.id.desc()).limit(1)).first()
    return printed(
        last, values, lambda: Document.issue("work_order", order, order.label, values), lambda: show_order(order)
    )


def show_order(order: WorkOrder) -> None:
    """Track that whoever acts is shown a print."""
    shown(order, "work_order.printed", order.record, number=order.number)


def order_paper(page: OrderPage) -> dict[str, Any]:
    """The values of a print, JSON-plain; the profile says which parts there are."""
    order, facts, profile = page.order, page.facts, page.facts.profile
    zone = order.zone
    about = [["Tipo", facts.kind.name], ["Situação", ORDER_STATUSES[order.status]]]
    about += [["Aberta em", moment(order.created_at, zone)], ["Defeito Associado", facts.defect or ""]]
    about += [["Grupo", facts.group or ""], ["Atendimento", facts.ticket.protocol if facts.ticket else ""]]
    parts: list[dict[str, Any]] = []
    if profile and profile.shows_place:
        place = facts.address.whole if facts.address else ""
        rows = [["Endereço", place], ["Contato", ", ".join(page.phones)]]
        parts.append({"title": "Onde", "rows": [*rows, ["Serviço", facts.service.plan_name if facts.service else ""]]})
    if profile and profile.shows_visit:
        parts.append({"title": "Visita", "rows": [["Técnico", facts.technician or ""], ["Quando", page.when]]})
    if profile and profile.shows_closing and order.closed_at:
        rows = [["Terminou em", moment(order.closed_at, zone)], ["Defeito encontrado", order.defect_found]]
        parts.append({"title": "Encerramento", "rows": [*rows, ["O que foi feito", order.done]]})
    return {
        "title": profile.title if profile else "",
        "number": order.number,
        "company": company_facts(order.company_id),
        "customer": facts.person.name,
        "about": [row for row in about if row[1]],
        "description": order.description,
        "parts": [{**part, "rows": [row for row in part["rows"] if row[1]]} for part in parts],
        "materials": [[one.item, one.quantity] for one in page.materials]
        if profile and profile.shows_materials
        else None,
        "blank": order.closed_at is None,  # there is room to write by hand
        "closing": bool(profile and profile.shows_closing),
        "signature": bool(profile and profile.shows_signature),
        "footer": profile.footer if profile else "",
    }
