"""Carnê Bancário: the customer's booklets, a new one with its pro-rata before it is saved, one to see and to edit."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models import clock
from models.base import db, reads_from_here
from models.billing import INVOICE_STATUSES, Carne, Invoice
from models.billing.carne_plan import plan, proposal, refusal_to_carne
from models.desk.carnes import Instalment, carnes_of, end_of, services_for_carne, sums_of, terms_of
from models.desk.next_carnes import next_carnes
from models.operators import Company, today_of
from models.people import Person
from models.refused import Refused, require
from models.services import BILLING_TYPES, Service
from staff.carnes.loading import load, page
from staff.customers.loading import load as load_person
from staff.customers.loading import page as customer_page
from web.access import staff
from web.doors import me
from web.forms import Choice, DayField, Form, text, whole
from web.fragments import done

carnes = Blueprint("carnes", __name__)
INSTALLMENTS = "12"


class NewCarne(Form):
    service_id = Choice("Serviço", empty=None)
    used_from = DayField("Data de início do uso")
    first_due_on = DayField("1º Vencimento")
    installments = text("Quantidade de parcelas", 3)
    description = text("Descrição")
    email = text("E-mail")

    def asked(self, person_id: int) -> tuple[Service, date | None, date | None, int]:
        """The chosen service of this customer, the two days and how many instalments."""
        mine = select(Service).where(Service.person_id == person_id, Service.id == self.service_id.data)
        service = db.session.scalars(mine).first() if isinstance(self.service_id.data, int) else None
        if service is None:
            raise Refused("Escolha o serviço.", field="service_id")
        return service, self.used_from.data, self.first_due_on.data, whole(self.installments.data)


class Editing(Form):
    """Editar: a day for each instalment is added by `_editing`."""

    description = text("Descrição")
    email = text("E-mail para envio")


@carnes.get("/clientes/<int:id>/carnes")
@staff("billing.read")
def index(id: int) -> ResponseReturnValue:
    load_person(id)
    return customer_page(
        "staff/carnes/index.html",
        id,
        "carnes",
        carnes=carnes_of(id),
        wanting=next_carnes(clock.today(), id),
    )


@carnes.get("/clientes/<int:id>/carnes/adicionar")
@staff("billing.charge")
def new(id: int) -> ResponseReturnValue:
    person = load_person(id)
    services = services_for_carne(id)
    wanted = whole(request.args.get("servico"))
    ready = [row for row in services if refusal_to_carne(row) is None]
    chosen = next((row for row in ready if row.id == wanted), next(iter(ready), None))
    form = NewCarne(formdata=None, data=_proposed(person, chosen) if chosen else {})
    return _new(id, form, services)


@carnes.post("/clientes/<int:id>/carnes/adicionar")
@staff("billing.charge")
def create(id: int) -> ResponseReturnValue:
    """Salvar; or Calcular, which only shows the sum to whoever has no JavaScript."""
    calculates = "calcular" in request.form
    if calculates:
        reads_from_here()
    load_person(id)
    form = NewCarne()
    if calculates:
        return _new(id, form, services_for_carne(id))
    generated: list[Carne] = []
    if form.accepts(lambda: generated.append(_generate(id, form))):
        carne = generated[0]
        return done(url_for("staff.carnes.show", id=carne.id), f"Carnê {carne.id} gerado")
    return _new(id, form, services_for_carne(id)), form.code


@carnes.get("/carnes/<int:id>")
@staff("billing.read")
def show(id: int) -> ResponseReturnValue:
    carne = load(id)
    today = today_of(carne)
    service = db.session.get_one(Service, carne.service_id)
    return page(
        "staff/carnes/show.html",
        carne,
        service=service,
        instalments=[Instalment(invoice, today) for invoice in carne.invoices()],
        types=BILLING_TYPES,
        end=end_of(carne),
        asks_next=carne.status == "paid",
        refused=refusal_to_carne(service),
    )


@carnes.get("/carnes/<int:id>/editar")
@staff("billing.charge")
def edit(id: int) -> ResponseReturnValue:
    carne = load(id)
    require(carne.refusal_to_change(), fix=carne)
    return _edit(carne, _stored(carne).edits(carne))


@carnes.post("/carnes/<int:id>/editar")
@staff("billing.charge")
def update(id: int) -> ResponseReturnValue:
    carne = load(id)
    form = _editing(carne.invoices())().edits(carne, lambda: _stored(carne))
    if form.accepts(lambda: _change(carne, form)):
        return done(url_for("staff.carnes.show", id=id), f"Carnê {id} gravado")
    return _edit(load(id), form), form.code


def preview(person_id: int, form: NewCarne) -> dict[str, Any]:
    """What _preview.html shows: the instalments as typed, or why there are none yet."""
    shown: dict[str, Any] = {
        "plan": None,
        "sums": [],
        "service": None,
        "refusals": [],
        "today": clock.today(),
        "types": BILLING_TYPES,
    }
    try:
        service, used_from, first_due_on, count = form.asked(person_id)
        planned = plan(service, used_from, first_due_on, count)
        shown |= {"service": service, "plan": planned, "sums": sums_of(planned)}
    except Refused as no:
        shown["refusals"] = list(no.errors.values()) or [no.sentence]
    return shown


def _generate(person_id: int, form: NewCarne) -> Carne:
    return Carne.generate(*form.asked(person_id), form.description.data or "", form.email.data or "")


def _proposed(person: Person, service: Service) -> dict[str, Any]:
    used_from, first_due_on = proposal(service)
    return {
        "service_id": service.id,
        "used_from": used_from,
        "first_due_on": first_due_on,
        "installments": INSTALLMENTS,
        "description": service.plan_name,
        "email": person.contacts().get("email", ""),
    }


def _new(person_id: int, form: NewCarne, services: list[Service]) -> str:
    form.service_id.offer([(row.id, row.plan_name) for row in services])
    refused = {row.id: refusal for row in services if (refusal := refusal_to_carne(row))}
    return customer_page(
        "staff/carnes/new.html",
        person_id,
        "carnes",
        form=form,
        services=services,
        refused=refused,
        about={row.id: refused.get(row.id) or terms_of(row) for row in services},
        **preview(person_id, form),
    )


def _late(invoice: Invoice) -> str | None:
    """Why whoever looks does not move an open instalment (decision 012)."""
    return invoice.refusal_to_forgive(me().may("billing.discount"))


def _editing(invoices: list[Invoice]) -> type[Editing]:
    """The form with a day for each instalment; those that may not move are not drawn, only refused."""
    days = {
        f"due_on_{each.id}": DayField(f"Vencimento da parcela {each.installment}")
        for each in invoices
        if (each.status == "open" and not _late(each)) or f"due_on_{each.id}" in request.form
    }
    return type("CarneEditing", (Editing,), days)


def _stored(carne: Carne) -> Editing:
    invoices = carne.invoices()
    days = {f"due_on_{each.id}": each.due_on for each in invoices}
    return _editing(invoices)(formdata=None, obj=carne, data=days)


def _change(carne: Carne, form: Editing) -> None:
    days = {int(name.removeprefix("due_on_")): day for name, day in form.data.items() if name.startswith("due_on_")}
    typed = (form.description.data or "", form.email.data or "", form.seen)
    carne.change(days, *typed, may_discount=me().may("billing.discount"))


def _edit(carne: Carne, form: Editing) -> str:
    invoices, company = carne.invoices(), db.session.get_one(Company, carne.company_id)
    today = clock.today(company.zone)
    return page(
        "staff/carnes/edit.html",
        carne,
        form=form,
        invoices=invoices,
        late={each.id: _late(each) for each in invoices},
        given_up={each.id: each.amount_due(today).late_cents for each in invoices},
        invoice_statuses=INVOICE_STATUSES,
    )
