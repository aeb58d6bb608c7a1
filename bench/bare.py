"""The same content written straight in Flask and SQLAlchemy: no session, CSRF, permission or history, one flat page.

Columns, not entities, and one template without macros per page: what somebody would write who has only this page
to write.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Flask, request
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import Engine, Select, func, or_, select

from models.contracts import Contract
from models.history import Event
from models.network import Connection
from models.people import Address, Contact, Person, PersonTag, Tag
from models.people.person import searchable
from models.services import STATUSES, Service, Suspension, TrustUnlock
from models.wording import brl, day, masked, near, phone
from models.work_orders import WorkOrder
from web.history import sentence

PAGE = 50
pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
pages.filters |= {"masked": masked, "phone": phone, "day": day, "near": near, "money": brl}
pages.globals |= {"statuses": STATUSES, "sentence": sentence}


def make(engine: Engine, company_id: int) -> Flask:
    """The bare application on a database, with what one company sees."""
    app = Flask(__name__)

    @app.route("/clientes", methods=["GET", "POST"])
    def customers() -> str:
        return customer_list(engine, company_id, request.values.get("q", ""), request.values.get("pagina", 1, int))

    @app.route("/clientes/<int:id>", methods=["GET", "POST"])  # posted only to be compared with a form of ours
    def customer(id: int) -> str:
        return customer_page(engine, id)

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
        of = select(Service.person_id, Service.plan_name, Service.status).where(Service.person_id.in_(ids))
        for service in connection.execute(of.order_by(Service.id)):
            plans[service.person_id].append(service)
    return pages.get_template("customers.html").render(people=people[:PAGE], plans=plans, q=q, more=len(people) > PAGE)


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
