"""The quick form: the protocol on top, a draft that keeps itself, Salvar (C-55, C-59 to C-64, C-114, C-115)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import RadioField

from models import clock
from models.base import db
from models.desk import ticket_page
from models.desk.outage_page import open_for
from models.express_check import ExpressCheck
from models.operators import Department, Operator
from models.refused import Refused, require
from models.services import Service
from models.tickets import AT_OPENING, Destination, Ticket, receivers
from models.tickets.opening import opening_errors
from models.workflows import TicketKind
from staff.attend.diagnostics import BLOCKS
from staff.attend.loading import due_words, here, load, page
from web.access import staff
from web.doors import me
from web.forms import Choice, Form, lines, whole
from web.fragments import done

openings = Blueprint("openings", __name__)
LONGEST = 4000
HINTS = {
    "awaiting_analysis": "Outra pessoa ou setor vai analisar. Diga quem.",
    "pending": "Continua aberto. Sem destino, fica no seu setor.",
    "pending_work_order": "Avançar leva à ordem de serviço. Os dois são salvos juntos.",
    "closed": "Termina agora, com o que foi feito.",
}
# Who does not open orders leaves it to who does.
WAITS = {"pending_work_order": "Fica em «OS por abrir», no seu setor, até abrirem a ordem de serviço."}
STAGED = ("service_id", "contract_id", "company_id", "contact_origin_id", "technician_id", "report")
DRAFT = ("kind_id", "status", "destination", "report", "closing_note")
ORDER = ("kind_id", "status", "technician_id", "start_on", "start_time", "description")


class Opening(Form):
    kind_id = Choice("Tipo de Atendimento")
    status = RadioField("Status do Atendimento", choices=list(AT_OPENING.items()), validate_choice=False)
    destination = Choice("Destino de Atendimento")
    report = lines("Descrição de Abertura", LONGEST)
    closing_note = lines("Descrição do Fechamento", LONGEST)

    def answers(self) -> dict[str, Any]:
        return {
            "status": self.status.data,
            "destination": destination_of(self.destination.data),
            "unknown": self.destination.data is not None and destination_of(self.destination.data) is None,
            "report": self.report.data,
            "closing_note": self.closing_note.data,
        }


@openings.get("/atendimentos/<int:id>/abertura")
@staff("tickets.attend")
def edit(id: int) -> ResponseReturnValue:
    ticket = load(id)
    if ticket.refusal_to_go_on() or ticket.staged:
        return done(here(ticket))
    return _page(ticket, stored(ticket).edits(ticket, lambda: stored(load(id))))


@openings.post("/atendimentos/<int:id>/abertura")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    """Salvar, or Guardar e sair, which takes it as it is."""
    ticket, form = load(id), Opening()
    form.edits(ticket, lambda: stored(load(id)))
    if "sair" in request.form:
        keep(ticket)
        db.session.commit()
        return done(url_for("staff.tickets.index", aba="rascunhos"), f"{ticket.protocol} guardado em Rascunhos")
    if form.status.data == "pending_work_order" and me().may("orders.open"):
        if form.accepts(lambda: _advance(ticket, form)):
            return done(url_for("staff.opening_orders.edit", id=id))
        return _page(ticket, form), form.code
    kind = kind_of(form)
    if form.accepts(lambda: _save(ticket, kind, form)):
        return done(url_for("staff.tickets.index", **list_of(ticket)), saved(ticket))
    return _page(ticket, form), form.code


def _save(ticket: Ticket, kind: TicketKind | None, form: Opening) -> None:
    """With what the diagnostics beside the form said, kept as it was (C-58)."""
    ticket.save(kind, form.answers(), form.seen)
    ExpressCheck.diagnose(ticket)


def keep(ticket: Ticket) -> None:
    """What is typed so far, finished or not (C-64); a browser counts a line end as one sign, and posts two."""
    names = STAGED if ticket.staged else (*DRAFT, *map("order_{}".format, ORDER))
    typed = {name: request.form[name].replace("\r\n", "\n")[:LONGEST] for name in names if name in request.form}
    ticket.keep(ticket.typed | typed)


def kind_of(form: Opening) -> TicketKind | None:
    id = form.kind_id.data
    return db.session.get(TicketKind, id) if isinstance(id, int) else None


def _advance(ticket: Ticket, form: Opening) -> None:
    """Avançar: what Salvar would refuse is refused now; the draft keeps the rest for the next step (C-67)."""
    ticket.require_version(form.seen)
    require(ticket.refusal_to_go_on())
    if errors := opening_errors(ticket.company_id, kind_of(form), form.answers()):
        raise Refused(errors=errors)
    keep(ticket)


def destination_of(typed: Any) -> Destination | None:
    """'d3' is a sector, 'o5' somebody, in theirs; None for what is neither or out of use."""
    kind, number = str(typed or "")[:1], whole(str(typed or "")[1:])
    if kind == "d":
        department = db.session.get(Department, number)
        return Destination(department) if department and not department.inactive_since else None
    operator = db.session.get(Operator, number) if kind == "o" else None
    if operator is None or operator.inactive_since:
        return None
    return Destination(db.session.get_one(Department, operator.department_id), operator)


def destinations(company_id: int) -> list[tuple[str, str]]:
    """The sectors in use, then the people who attend in a company, with theirs."""
    sectors = select(Department.id, Department.name).where(Department.inactive_since.is_(None))
    every = dict(db.session.execute(select(Department.id, Department.name)).all())
    found = [(f"d{row.id}", f"Setor {row.name}") for row in db.session.execute(sectors.order_by(Department.name))]
    return found + [(f"o{row.id}", f"{row.name}, {every[row.department_id]}") for row in receivers(company_id)]


def stored(ticket: Ticket) -> Opening:
    """The form as the draft keeps it."""
    kept = {"status": "awaiting_analysis", **ticket.typed}
    form = Opening(formdata=None, data={**kept, "kind_id": whole(kept.get("kind_id")) or None})
    return _offered(form, ticket)


def _offered(form: Opening, ticket: Ticket) -> Opening:
    form.kind_id.offer([(row.id, row.title) for row in TicketKind.offered(ticket.company_id)])
    form.destination.offer(destinations(ticket.company_id))
    return form


def _page(ticket: Ticket, form: Opening) -> str:
    _offered(form, ticket)
    advances = me().may("orders.open")
    return opening_page(
        "staff/tickets/opening.html",
        ticket,
        form=form,
        hints=HINTS if advances else HINTS | WAITS,
        advances=advances,
        orders=ticket_page.open_orders(ticket.person_id),
        others=ticket_page.open_tickets(ticket),
        outages=open_for(ticket),
    )


def opening_page(template: str, ticket: Ticket, **values: Any) -> str:
    """Either step of the quick form, with the service it is about and its diagnostics beside it."""
    service = db.session.get(Service, ticket.service_id) if ticket.service_id else None
    return page(
        template,
        ticket,
        service=service,
        blocks=BLOCKS if service else {},
        address=service.address("installation") if service else None,
        at=clock.now(),
        **values,
    )


def list_of(ticket: Ticket) -> dict[str, Any]:
    """The list in which it stands now, on top (C-63)."""
    if ticket.is_closed:
        return {"aba": "todos", "status": "closed"}
    return {"aba": "meus" if ticket.assignee_id == me().id else "todos", "ordem": "-protocolo"}


def saved(ticket: Ticket, order: str = "") -> str:
    """'202611.483 salvo. Está com Suporte N2, vence às 18:33'; with an 'OS 1191' also that (C-69)."""
    if ticket.status == "closed":
        return f"{ticket.protocol} salvo e finalizado"
    head = ticket_page.head(ticket.id)
    whom = (head.holder or head.department) if head else ""
    also = f" com a {order}" if order else ""
    return f"{ticket.protocol} salvo{also}. Está com {whom}, vence {due_words(ticket)}"
