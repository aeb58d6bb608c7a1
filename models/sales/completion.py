"""What a finished sale becomes: customer, addresses, service, contracts and installation order (C-19)."""

from __future__ import annotations

from typing import Any

from models.base import db
from models.billing.commission import Commission
from models.catalog import ContractTemplate
from models.catalog.plan import PlanTerms
from models.contracts import Contract
from models.network import Connection
from models.operators import today_of
from models.papers import contract_paper
from models.people import Address, Person
from models.people.person import searchable
from models.people.person_part import add_parts
from models.refused import Refused
from models.sales.answers import Answered, ContractAnswers, PersonAnswers, order_choices
from models.sales.offers import Offer
from models.services import Service
from models.telephony import include
from models.work_orders import BY_SALE, WorkOrder

TEXTS = ("kind", "document", "name", "trade_name", "state_registration", "contact_person", "rg")
LISTED = ("group_id", "origin_id")
CONTACTS = ("mobile", "phone", "email")


def create(sale_id: int, answers: Answered, offer: Offer) -> tuple[Person, Service]:
    """Create everything of a sale whose answers were checked: the customer, who may be known already, and the service.

    Raises Refused; the caller's transaction undoes it.
    """
    where, plan = answers.address, offer.plan_of(answers.plan.plan_id)
    if plan is None:
        raise Refused("Escolha o plano contratado.")
    known = db.session.get_one(Person, offer.person_id) if offer.person_id else None
    person = known or _person(sale_id, answers.person)
    installed = None if where.address_id else _address(person, where.installation)
    address_id = installed.id if installed else where.address_id
    billed = None if where.same_billing else _address(person, where.billing)
    service = _service(
        plan,
        answers,
        company_id=offer.service_company,
        person_id=person.id,
        address_id=address_id,
        billing_address_id=billed.id if billed else address_id,
    )
    _contracts(service, plan, answers.contract, offer)
    Commission.of_sale(service, plan.price_cents)
    Connection.add(service)
    include(service, plan.extensions, plan.outbound_channels)
    if answers.installation.open_order:
        order, choices = answers.installation.values, order_choices(offer)
        read = answers.installation.confirmed
        WorkOrder.open(person, order, service=service, demanded=BY_SALE, choices=choices, confirmed=read)
    db.session.flush()
    return person, service


def register(answers: PersonAnswers, offer: Offer) -> Person:
    """A customer who buys nothing yet, as the first step of a sale asks for one (A-07).

    Raises Refused with the fields at fault, Registered when somebody has the document already (C-04).
    """
    if errors := answers.errors(offer):
        raise Refused(errors=errors)
    return _person(None, answers)


def _person(sale_id: int | None, answers: PersonAnswers) -> Person:
    values = answers.values
    details = {key: values[key] or "" for key in TEXTS} | {key: values[key] for key in ("birth_date", *LISTED)}
    contacts = {key: values[key] or "" for key in CONTACTS}
    person = Person.register(details, contacts, values["company_id"], sale_id)
    if answers.tags:
        person.set_tags(answers.tags)
    return person


def _address(person: Person, values: dict[str, str]) -> Address:
    address = Address(person_id=person.id, **values)
    db.session.add(address)
    db.session.flush()
    add_parts(person.id, searchable(address.street).split())
    return address


def _service(plan: PlanTerms, answers: Answered, **whose: Any) -> Service:
    billing = answers.billing
    return Service.contract(
        plan,
        to_install=bool(answers.installation.open_order),
        seller_id=answers.plan.seller_id,
        sold_on=answers.plan.sold_on,
        starts_on=answers.installation.starts_on,
        billing_method_id=billing.billing_method_id,
        due_day=billing.due_day,
        billing_type=billing.billing_type,
        uses_carne=billing.uses_carne,
        separate_invoice=bool(billing.separate_invoice),
        separate_tax_note=bool(billing.separate_tax_note),
        installation_fee_cents=billing.fee_cents,
        installation_fee_text=billing.installation_fee_text if billing.charge_fee else "",
        **whose,
    )


def _contracts(service: Service, plan: PlanTerms, answers: ContractAnswers, offer: Offer) -> None:
    for offered in offer.templates:
        if offered.id in answers.templates:
            template = db.session.get_one(ContractTemplate, offered.id)
            contract = Contract.issue(
                service, template, today_of(service), answers.dunning_rule_id, answers.sla_table_id
            )
            contract.print_first(contract_paper(contract, plan), service.person_id)
