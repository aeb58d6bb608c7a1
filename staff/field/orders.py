"""A work order: opened for a customer or a service, seen in its five parts, edited (A-81, A-84, A-85)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.desk import ticket_search
from models.people import Person
from models.refused import Refused, require
from models.services import Service
from models.work_orders import Choices, WorkOrder
from staff.field.distributions import outside
from staff.field.loading import PATH, again, load, page
from staff.loading import load_row
from web.access import staff
from web.doors import me
from web.forms import Choice, Form, lines, whole
from web.fragments import done
from web.history import facts_of
from web.inside import inside
from web.uploads import tiles

work_orders = Blueprint("work_orders", __name__)
FOR_PERSON = "/clientes/<int:id>/ordens-de-servico/adicionar"


class Editing(Form):
    kind_id = Choice("Tipo de Ordem de Serviço")
    group_id = Choice("Grupo de Atendimento preferencial", empty="Nenhum")
    defect_id = Choice("Defeito Associado", empty="Nenhum")
    description = lines("Defeito relatado", 2000)

    def choose_from(self, choices: Choices) -> None:
        self.kind_id.offer(list(choices.kinds.items()))
        self.group_id.offer(list(choices.groups.items()))
        self.defect_id.offer(list(choices.defects.items()))


class Opening(Editing):
    service_id = Choice("Serviço", empty="Nenhum, é do cliente")


@work_orders.get(FOR_PERSON)
@staff("orders.open")
def new(id: int) -> ResponseReturnValue:
    """Of the service that was asked for, or else of the only one."""
    if here := inside():
        return redirect(url_for("staff.ticket_orders.new", id=here.ticket_id))  # where it is opened for the ticket
    person, services = load_row(Person, id), _services(id)
    asked = whole(request.args.get("servico"))
    chosen = asked if asked in dict(services) else services[0][0] if len(services) == 1 else None
    return _page(person, services, Opening(data={"service_id": chosen}))


@work_orders.post(FOR_PERSON)
@staff("orders.open")
def create(id: int) -> ResponseReturnValue:
    person, form = load_row(Person, id), Opening()
    opened: list[WorkOrder] = []
    if form.accepts(lambda: opened.append(_open(person, form))):
        order = opened[0]
        schedules = "agendar" in request.form and me().may("orders.schedule")
        then = "staff.appointments.new" if schedules else "staff.work_orders.show"
        return done(url_for(then, id=order.id), f"{order.label} aberta para {person.name}")
    return _page(load_row(Person, id), _services(id), form), form.code


@work_orders.get(PATH)
@staff("orders.read")
def show(id: int) -> ResponseReturnValue:
    order = load(id)
    more = {"distribution": order.distribution(), **outside()}
    return page("staff/work_orders/show.html", order, tiles=_tiles, facts_of=facts_of, **more)


@work_orders.get(f"{PATH}/editar")
@staff("orders.open")
def edit(id: int) -> ResponseReturnValue:
    order = load(id)
    require(order.refusal_to_edit(), fix=order)
    return _editing(order, Editing(obj=order).edits(order))


@work_orders.post(f"{PATH}/editar")
@staff("orders.open")
def update(id: int) -> ResponseReturnValue:
    order = load(id)
    form = Editing().edits(order)
    if form.accepts(lambda: order.edit(form.data, form.seen)):
        said = ". ".join(filter(None, (f"{order.label} gravada", order.told_of_length())))
        return done(url_for("staff.work_orders.show", id=id), said)
    return _editing(again(id), form), form.code


def _tiles(photos: Any) -> Any:
    def at(row: Any, **more: Any) -> str:
        return url_for("staff.order_photos.show", id=row.id, **more)

    return tiles(photos, at, lambda row: at(row, miniatura=1))


def _open(person: Person, form: Opening) -> WorkOrder:
    service = None
    if form.service_id.data is not None:
        service = db.session.get(Service, form.service_id.data) if isinstance(form.service_id.data, int) else None
        if service is None:
            raise Refused("Escolha um serviço deste cliente, ou nenhum.", field="service_id")
    return WorkOrder.open(person, form.data, service=service)


def _services(person_id: int) -> list[tuple[int, str]]:
    found = ticket_search.services_of([person_id]).get(person_id, [])
    return [(row.id, f"{row.plan_name} · {row.place}") for row in found]


def _page(person: Person, services: list[tuple[int, str]], form: Opening) -> str:
    form.service_id.offer(services)
    chosen = form.service_id.data
    service = db.session.get(Service, chosen) if isinstance(chosen, int) else None
    form.choose_from(Choices.of(service.company_id if service else person.company_id))
    return render_template("staff/work_orders/new.html", person=person, form=form, services=services)


def _editing(order: WorkOrder, form: Editing) -> str:
    form.choose_from(Choices.of(order.company_id, (order.kind_id, order.group_id, order.defect_id)))
    return page("staff/work_orders/edit.html", order, form=form)
