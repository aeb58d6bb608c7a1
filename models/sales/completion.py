"""What a finished sale becomes: customer, addresses, service, contracts and installation order (C-19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import clock
from models.base import db
from models.billing.commission import Commission
from models.contracts import Contract
from models.network import Connection
from models.papers import contract_paper
from models.people import Address, Person
from models.people.address import address_values
from models.sales import offers
from models.sales.steps import CONTACTS, PERSON
from models.services import Service
from models.work_orders import WorkOrder

if TYPE_CHECKING:
    from models.sales.sale import Sale


def create(sale: Sale) -> tuple[Person, Service]:
    """Create everything of a sale whose answers were checked. Raises Refused; the caller's transaction undoes it."""
    person = _person(sale)
    service = _service(sale, person)
    _contracts(sale, person, service)
    Commission.of_sale(service, sum(item.amount_cents for item in service.items()))
    Connection.of(service)
    if sale.said("instalacao").get("open_order"):
        WorkOrder.open(service, sale.said("instalacao"))
    db.session.flush()
    return person, service


def _person(sale: Sale) -> Person:
    answers = sale.said("dados")
    if sale.adds_service:
        return db.session.get_one(Person, sale.person_id)
    details = {key: answers.get(key) or "" for key in PERSON} | {
        "birth_date": answers.get("birth_date"),
        "group_id": answers.get("group_id"),
        "origin_id": answers.get("origin_id"),
    }
    contacts = {key: answers.get(key) or "" for key in CONTACTS}
    person = Person.register(details, contacts, sale.customer_company, sale.id)
    if answers.get("tags"):
        person.set_tags(answers["tags"])
    return person


def _address(sale: Sale, person: Person, prefix: str = "") -> Address:
    address = Address(person_id=person.id, **address_values(sale.said("endereco"), prefix))
    db.session.add(address)
    db.session.flush()
    return address


def _service(sale: Sale, person: Person) -> Service:
    where, what, billing = sale.said("endereco"), sale.said("plano"), sale.said("cobranca")
    plan = offers.plan(what["plan_id"])
    address_id = where.get("address_id") or _address(sale, person).id
    fee = bool(billing.get("charge_fee"))
    return Service.contract(
        plan,
        to_install=bool(sale.said("instalacao").get("open_order")),
        company_id=sale.service_company,
        person_id=person.id,
        address_id=address_id,
        billing_address_id=address_id if where.get("same_billing") else _address(sale, person, "billing_").id,
        seller_id=what["seller_id"],
        sold_on=what["sold_on"],
        starts_on=sale.start_of_use(),
        billing_method_id=billing["billing_method_id"],
        due_day=billing["due_day"],
        billing_type=billing["billing_type"],
        uses_carne=billing["uses_carne"],
        separate_invoice=bool(billing.get("separate_invoice")),
        separate_tax_note=bool(billing.get("separate_tax_note")),
        installation_fee_cents=billing["installation_fee_cents"] if fee else 0,
        installation_fee_text=billing["installation_fee_text"] if fee else "",
    )


def _contracts(sale: Sale, person: Person, service: Service) -> None:
    for template in offers.templates(sale.service_company):
        if template.id in sale.said("contrato").get("templates", []):
            contract = Contract.issue(service, template, clock.today())
            contract.print(contract_paper(contract), person.id)
