"""The same content written straight in Flask and SQLAlchemy: no session, CSRF, permission or history, one flat page.

Columns, not entities, and one template without macros per page: what somebody would write who has only this page
to write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, request
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import Engine, Select, case, func, or_, select
from sqlalchemy.orm import aliased

from models import clock
from models.billing import Invoice
from models.catalog import Plan
from models.contracts import Contract
from models.desk.ticket_signs import Clock
from models.history import Event
from models.network import Connection
from models.operators import Company, Department, Operator, SavedView
from models.people import Address, Contact, Person, PersonGroup, PersonTag, Tag
from models.people.person import searchable
from models.services import STATUSES, Service, Suspension, TrustUnlock
from models.tickets import OPEN, PRESENT, Comment, Ticket, TicketSeen, Watcher
from models.tickets import STATUSES as TICKET_STATUSES
from models.wording import brl, day, masked, near, phone
from models.work_orders import ORDER_STATUSES, FieldGroup, WorkOrder, WorkOrderKind
from models.workflows import SLA_TYPES, Process, ProcessStep, SlaTable, TicketKind
from web.history import sentence

PAGE = 50
TICKETS, ENTRIES = 25, 50
pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
pages.filters |= {"masked": masked, "phone": phone, "day": day, "near": near, "money": brl}
pages.globals |= {"statuses": STATUSES, "sentence": sentence}
pages.globals |= {"order_statuses": ORDER_STATUSES}
pages.globals |= {"ticket_statuses": TICKET_STATUSES, "sla_types": SLA_TYPES, "clock_of": Clock.of}


def make(engine: Engine, company_id: int) -> Flask:
    """The bare application on a database, with what one company sees."""
    app = Flask(__name__)

    @app.route("/clientes", methods=["GET", "POST"])
    def customers() -> str:
        return customer_list(engine, company_id, request.values.get("q", ""), request.values.get("pagina", 1, int))

    @app.route("/clientes/<int:id>", methods=["GET", "POST"])  # posted only to be compared with a form of ours
    def customer(id: int) -> str:
        return customer_page(engine, id)

    @app.route("/atendimentos/<int:me>/<tab>")
    def tickets(me: int, tab: str) -> str:
        return ticket_list(engine, company_id, me, tab, request.args.get("q", ""))

    @app.route("/atendimentos/<int:id>")
    def ticket(id: int) -> str:
        return ticket_page(engine, id)

    @app.route("/ordens")
    def orders() -> str:
        return order_list(engine, company_id, request.args)

    @app.route("/central/<int:id>")
    def central(id: int) -> str:
        return central_home(engine, id)

    return app


def customer_list(engine: Engine, company_id: int, q: str, page: int) -> str:
    rows = select(Person.id, Person.name, Person.document, Person.trade_name).where(Person.company_id == company_id)
    rows = _searched(rows, q).order_by(Person.search_text, Person.id).limit(PAGE + 1).offset((page - 1) * PAGE)
    with engine.connect() as connection:
        people = connection.execute(rows).all()
        ids = [person.id for person in people[:PAGE]]
        plans: dict[int, list[Any]] = {id: [] for id in ids}
        of = (
            select(Service.person_id, Service.plan_name, Service.status, Address.district, TrustUnlock.ends_at)
            .join(Address, Address.id == Service.address_id)
            .outerjoin(TrustUnlock, (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active"))
        )
        for service in connection.execute(of.where(Service.person_id.in_(ids)).order_by(Service.id)):
            plans[service.person_id].append(service)
        owed = select(Invoice.person_id, *_owing()).where(Invoice.person_id.in_(ids), Invoice.status == "open")
        owed = owed.where(Invoice.due_on < clock.today()).group_by(Invoice.person_id)
        lists = {table.__tablename__: select(table.id, table.name) for table in (Plan, PersonGroup, Tag)}
        of_company = Person.company_id == company_id
        return pages.get_template("customers.html").render(
            people=people[:PAGE],
            plans=plans,
            owed={row.person_id: row for row in connection.execute(owed)},
            count=connection.scalar(_searched(select(func.count()).select_from(Person).where(of_company), q)),
            everybody=connection.scalar(select(func.count()).select_from(Person).where(of_company)),
            cities=connection.scalars(select(Address.city).distinct()).all(),
            views=connection.execute(select(SavedView.name, SavedView.query)).all(),
            lists={name: connection.execute(rows).all() for name, rows in lists.items()},
            today=clock.today(),
            q=q,
            more=len(people) > PAGE,
        )


def _owing() -> list[Any]:
    cents = func.sum(Invoice.total_cents - Invoice.paid_cents)
    return [cents.label("cents"), func.count().label("invoices"), func.min(Invoice.due_on).label("since")]


def _searched(rows: Select[Any], q: str) -> Select[Any]:
    number = re.sub(r"\D", "", q)
    if number:
        by_contact = select(Contact.person_id).where(Contact.value == number)
        return rows.where(or_(Person.document.startswith(number), Person.id.in_(by_contact)))
    return rows.where(*(Person.search_text.contains(word) for word in searchable(q).split()))


def customer_page(engine: Engine, id: int) -> str:
    of = Service.person_id == id
    head = select(
        Person.id,
        Person.name,
        Person.document,
        Person.since,
        select(func.count()).where(of).scalar_subquery().label("services"),
        select(func.count()).where(WorkOrder.person_id == id).scalar_subquery().label("orders"),
    )
    with engine.connect() as connection:
        return pages.get_template("customer.html").render(
            head=connection.execute(head.where(Person.id == id)).one(),
            tags=connection.scalars(select(Tag.name).join(PersonTag).where(PersonTag.person_id == id)).all(),
            services=connection.execute(_services(of)).all(),
            contacts=connection.execute(select(Contact.kind, Contact.value).where(Contact.person_id == id)).all(),
            events=connection.execute(
                select(Event.action, Event.data, Event.actor_name, Event.occurred_at)
                .where(Event.person_id == id)
                .order_by(Event.id.desc())
                .limit(6)
            ).all(),
        )


def ticket_list(engine: Engine, company_id: int, me: int, tab: str, q: str) -> str:
    """One tab: mine, all that are open, all that are finished."""
    holder = aliased(Operator)
    newest = select(func.max(Event.id)).where(Event.ticket_id == Ticket.id).correlate(Ticket).scalar_subquery()
    rows = (
        select(
            *_timed(),
            Ticket.status,
            Ticket.version,
            Person.name.label("customer"),
            ProcessStep.name.label("step"),
            Department.name.label("department"),
            holder.name.label("holder"),
            TicketSeen.seen_at,
            Event.actor_name.label("last_by"),
            Event.occurred_at.label("last_at"),
        )
        .join(Person, Person.id == Ticket.person_id)
        .outerjoin(ProcessStep, ProcessStep.id == Ticket.step_id)
        .outerjoin(Department, Department.id == Ticket.department_id)
        .outerjoin(holder, holder.id == Ticket.assignee_id)
        .outerjoin(TicketSeen, (TicketSeen.ticket_id == Ticket.id) & (TicketSeen.operator_id == me))
        .outerjoin(Event, Event.id == newest)
        .where(Ticket.company_id == company_id)
    )
    of_me = (Ticket.assignee_id == me) & Ticket.status.in_(OPEN)
    kept = {"meus": of_me, "todos": Ticket.status != "closed", "finalizados": Ticket.status == "closed"}[tab]
    rows = rows.where(kept, *(_in_ticket(word) for word in searchable(q).split()))
    order = Ticket.closed_at.desc() if tab == "finalizados" else Ticket.due_at
    how_many = {"meus": of_me, "setor": Ticket.status.in_(OPEN), "vencidos": Ticket.due_at < clock.now()}
    counts = select(*(func.count(case((condition, 1))).label(name) for name, condition in how_many.items()))
    with engine.connect() as connection:
        found = connection.execute(rows.order_by(order, Ticket.id).limit(TICKETS + 1)).all()
        return pages.get_template("tickets.html").render(
            rows=found[:TICKETS],
            more=len(found) > TICKETS,
            counts=connection.execute(counts.where(Ticket.status != "closed")).one()._mapping,
            departments=connection.execute(select(Department.id, Department.name)).all(),
            processes=connection.execute(select(Process.id, Process.name)).all(),
            views=connection.execute(select(SavedView.name, SavedView.query).where(SavedView.operator_id == me)).all(),
            q=q,
        )


def _in_ticket(word: str) -> Any:
    return or_(Person.search_text.contains(word), Ticket.protocol.startswith(word), Ticket.report.icontains(word))


def order_list(engine: Engine, company_id: int, asked: Mapping[str, str]) -> str:
    q = asked.get("q", "")
    rows = (
        select(
            *(getattr(WorkOrder, name) for name in ("id", "number", "status", "starts_at", "description", "person_id")),
            WorkOrderKind.name.label("kind"),
            Person.name.label("customer"),
            Address.district,
            Address.city,
            Operator.name.label("technician"),
        )
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .join(Person, Person.id == WorkOrder.person_id)
        .outerjoin(Service, Service.id == WorkOrder.service_id)
        .outerjoin(Address, Address.id == Service.address_id)
        .outerjoin(Operator, Operator.id == WorkOrder.technician_id)
    )
    kept = [WorkOrder.company_id == company_id]
    kept += [] if asked.get("situacao") else [WorkOrder.status.in_(("open", "scheduled"))]
    kept += [WorkOrder.technician_id == int(asked["tecnico"])] if "tecnico" in asked else []
    if q:
        kept.append(WorkOrder.number == int(q) if q.isdecimal() else Person.search_text.contains(q))
    order = WorkOrder.number.desc() if asked.get("ordem") else WorkOrder.starts_at
    named = {table.__tablename__: select(table.id, table.name) for table in (WorkOrderKind, FieldGroup, Department)}
    named["technician"] = select(Operator.id, Operator.name).where(Operator.technician.is_(True))
    count = select(func.count()).select_from(WorkOrder).join(Person, Person.id == WorkOrder.person_id).where(*kept)
    with engine.connect() as connection:
        found = connection.execute(rows.where(*kept).order_by(order, WorkOrder.id).limit(TICKETS + 1)).all()
        return pages.get_template("orders.html").render(
            rows=found[:TICKETS],
            more=len(found) > TICKETS,
            count=connection.scalar(count),
            lists={name: connection.execute(each).all() for name, each in named.items()},
            cities=connection.scalars(select(Address.city).distinct()).all(),
            views=connection.execute(select(SavedView.name, SavedView.query)).all(),
            q=q,
        )


def ticket_page(engine: Engine, id: int) -> str:
    holder = aliased(Operator)
    head = (
        select(
            *_timed(),
            Ticket.held_since,
            Ticket.created_at,
            Person.name.label("customer"),
            Company.name.label("company"),
            Service.plan_name.label("plan"),
            Contract.number.label("contract"),
            TicketKind.name.label("kind"),
            Process.name.label("process"),
            ProcessStep.name.label("step"),
            Department.name.label("department"),
            SlaTable.name.label("sla_table"),
            holder.name.label("holder"),
        )
        .join(Person, Person.id == Ticket.person_id)
        .join(Company, Company.id == Ticket.company_id)
        .outerjoin(Service, Service.id == Ticket.service_id)
        .outerjoin(Contract, Contract.id == Ticket.contract_id)
        .outerjoin(TicketKind, TicketKind.id == Ticket.kind_id)
        .outerjoin(Process, Process.id == Ticket.process_id)
        .outerjoin(ProcessStep, ProcessStep.id == Ticket.step_id)
        .outerjoin(Department, Department.id == Ticket.department_id)
        .outerjoin(SlaTable, SlaTable.id == Ticket.sla_table_id)
        .outerjoin(holder, holder.id == Ticket.assignee_id)
        .where(Ticket.id == id)
    )
    said = (Event.subject_type == "comment") & (Event.subject_id == Comment.id)
    entries = (
        select(
            Event.action,
            Event.data,
            Event.actor_name,
            Event.occurred_at,
            Comment.body,
            Comment.visibility,
            Comment.edited_at,
        )
        .outerjoin(Comment, said)
        .where(Event.ticket_id == id)
    )
    names = select(Operator.name)
    of_person = select(Ticket.person_id).where(Ticket.id == id).scalar_subquery()
    tags = select(Tag.name).join(PersonTag).where(PersonTag.person_id == of_person)
    here = names.join(TicketSeen, TicketSeen.operator_id == Operator.id).where(TicketSeen.ticket_id == id)
    follow = names.join(Watcher, Watcher.operator_id == Operator.id).where(Watcher.ticket_id == id)
    with engine.connect() as connection:
        return pages.get_template("ticket.html").render(
            head=connection.execute(head).one(),
            tags=connection.scalars(tags).all(),
            entries=connection.execute(entries.order_by(Event.id.desc()).limit(ENTRIES)).all(),
            watchers=connection.scalars(follow).all(),
            present=connection.scalars(here.where(TicketSeen.seen_at > clock.now() - PRESENT)).all(),
        )


def _timed() -> list[Any]:
    """What both pages show of a ticket, its clock first of all."""
    return [
        Ticket.id,
        Ticket.protocol,
        Ticket.report,
        Ticket.sla_type,
        Ticket.started_at,
        Ticket.due_at,
        Ticket.warns_at,
        Ticket.paused_at,
        Ticket.closed_at,
        Ticket.on_time,
    ]


def central_home(engine: Engine, id: int) -> str:
    with engine.connect() as connection:
        services = connection.execute(_services((Service.person_id == id) & (Service.status != "cancelled"))).all()
        used = connection.scalars(select(TrustUnlock.month).join(Service).where(Service.person_id == id)).all()
    return pages.get_template("central.html").render(services=services, used=used)


def _services(which: Any) -> Select[Any]:
    number = select(func.max(Contract.number)).where(Contract.service_id == Service.id).scalar_subquery()
    return (
        select(
            Service.id,
            Service.plan_name,
            Service.status,
            Service.due_day,
            Service.activated_on,
            Service.price_cents.label("price_cents"),
            Address.street,
            Address.number,
            Address.district,
            Suspension.reason,
            Suspension.started_at,
            TrustUnlock.ends_at,
            Connection.applied_access,
            number.label("contract"),
        )
        .join(Address, Address.id == Service.address_id)
        .outerjoin(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .outerjoin(TrustUnlock, (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active"))
        .outerjoin(Connection, Connection.service_id == Service.id)
        .where(which)
        .order_by(Service.id)
    )
