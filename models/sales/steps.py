"""The steps of the wizards, in their only order, and what each demands before the next (C-01, C-03, C-28)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from models import clock
from models.people import Origin, PersonGroup, Tag
from models.people.address import address_errors
from models.people.person import already_registered, find_by_document, person_errors
from models.sales import offers
from models.services.billing_terms import billing_errors
from models.work_orders import order_errors

if TYPE_CHECKING:
    from models.sales.sale import Sale

Answers = dict[str, Any]
PERSON = (
    "kind",
    "document",
    "name",
    "trade_name",
    "state_registration",
    "contact_person",
    "rg",
    "birth_date",
)
CONTACTS = ("mobile", "phone", "email")
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Step:
    slug: str
    title: str
    check: Callable[[Sale, Answers], dict[str, str]]


def check_person(sale: Sale, answers: Answers) -> dict[str, str]:
    """C-02 to C-06, C-110, C-111. Raises the refusal of a document that is already registered."""
    errors = person_errors(answers, answers)
    if "document" not in errors and "kind" not in errors and find_by_document(answers["document"]):
        raise already_registered(answers["document"], answers["kind"])
    if answers.get("company_id") not in offers.company_ids():
        errors["company_id"] = "Escolha a empresa do cliente."
    for field, table in (("group_id", PersonGroup), ("origin_id", Origin)):
        if answers.get(field) and answers[field] not in offers.ids(table):
            errors[field] = "Escolha um item da lista."
    if not set(answers.get("tags") or []) <= offers.ids(Tag):
        errors["tags"] = "Escolha etiquetas da lista."
    return errors


def check_address(sale: Sale, answers: Answers) -> dict[str, str]:
    """C-07 to C-09, C-23: a registered address of the customer, or a new one complete."""
    errors = {}
    if answers.get("address_id"):
        if not sale.person_id:
            errors["address"] = "Escreva o endereço: este cliente ainda não tem outro."
        elif answers["address_id"] not in offers.address_ids(sale.person_id):
            errors["address_id"] = "Escolha um endereço deste cliente."
    else:
        errors |= address_errors(answers)
    if not answers.get("same_billing"):
        billing = {
            key: answers.get(f"billing_{key}") for key in ("cep", "street", "number", "district", "city", "state")
        }
        errors |= address_errors(billing, "billing_")  # type: ignore[arg-type]
    return errors


def check_plan(sale: Sale, answers: Answers) -> dict[str, str]:
    """C-10, C-11, C-24: an active plan of the customer's company, a seller, the day of the sale."""
    errors = {}
    if answers.get("plan_id") not in {plan.id for plan in offers.plans(sale.customer_company)}:
        errors["plan_id"] = "Escolha o plano contratado."
    if answers.get("seller_id") not in {id for id, _ in offers.sellers(sale.customer_company)}:
        errors["seller_id"] = "Escolha quem vendeu."
    sold_on = answers.get("sold_on")
    if not isinstance(sold_on, date):
        errors["sold_on"] = "Escolha a data da venda."
    elif sold_on < EARLIEST:
        errors["sold_on"] = "Confira o ano da venda: escreva com quatro números."
    elif sold_on > clock.today():
        errors["sold_on"] = "A venda não pode ser de um dia que ainda não chegou."
    return errors


def check_contract(sale: Sale, answers: Answers) -> dict[str, str]:
    """C-12: templates of the customer's company; none is allowed, a contract can be added later (C-33)."""
    known = {template.id for template in offers.templates(sale.service_company)}
    return {} if set(answers.get("templates") or []) <= known else {"templates": "Escolha um modelo da lista."}


def check_billing(sale: Sale, answers: Answers) -> dict[str, str]:
    """C-13 to C-16, C-25 to C-27."""
    methods = {method.id for method in offers.methods(sale.service_company)}
    return billing_errors(answers, offers.company(sale.service_company).days, methods)


def check_installation(sale: Sale, answers: Answers) -> dict[str, str]:
    """C-17, C-18, C-30."""
    return order_errors(answers, sale.service_company) if answers.get("open_order") else {}


PERSON_STEP = Step("dados", "Dados", check_person)
STEPS = (
    PERSON_STEP,
    Step("endereco", "Endereço", check_address),
    Step("plano", "Plano", check_plan),
    Step("contrato", "Contrato", check_contract),
    Step("cobranca", "Cobrança", check_billing),
    Step("instalacao", "Instalação", check_installation),
)
REVIEW = "conferir"
