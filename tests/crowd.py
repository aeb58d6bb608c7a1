"""A crowd around the cast, for the demonstration and for figures: many customers, quickly, as if sold over the years.

Rows are written in batches, past the verbs, so everything a verb would leave behind is left here, too: search text,
composition, connection, suspension, contract with its number, history. `flask check` finds nothing afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import selectinload

from models import clock
from models.base import db, reserve_ids
from models.catalog import BillingMethod, ContractTemplate, ContractTemplateRevision, Plan
from models.contracts import Contract
from models.contracts.contract import months_after
from models.history import ACTIONS, Event
from models.network import Connection
from models.network.connection import login_for
from models.numbers import take
from models.operators import Company, Operator
from models.people import Address, Contact, Origin, Person, PersonGroup, PersonPart
from models.people.person import searchable
from models.people.person_part import endings
from models.scope import acting
from models.services import STATUSES, Service, Suspension
from models.services.service import ServiceItem
from models.services.status import ACCESS, SUSPENDED
from tests import cast

BATCH = 1000
Row = dict[str, Any]

_FIRST = """Adriana Alice Aline Amanda Ana Antônio Beatriz Bruna Bruno Caio Camila Carlos Cecília César Clara Cláudia
Daniel Débora Diego Edson Eduardo Elaine Elza Fábio Fátima Felipe Fernanda Flávio Francisca Gabriel Geraldo Gilberto
Helena Heitor Inês Isabel Ivone João Joana Jorge José Júlia Juliana Laura Leandro Letícia Lucas Luciana Luís Luzia
Marcelo Márcia Marcos Mariana Mário Marta Mateus Miguel Mônica Natália Neusa Nilton Otávio Patrícia Paulo Pedro Rafaela
Raimundo Regina Renata Ricardo Roberto Rodrigo Rosa Sandra Sebastiana Sérgio Sílvio Simone Sônia Tatiana Teresa Thiago
Valdir Vanessa Vera Vicente Vinícius Vitória Wellington Yara"""
MIDDLE = ["", "", "Aparecida", "Carolina", "de Fátima", "das Graças", "Eduardo", "Henrique", "Luiz", "Maria", "Pedro"]
_LAST = """Albuquerque Almeida Alves Andrade Araújo Barbosa Barros Batista Borges Brandão Campos Cardoso Carvalho Castro
Coelho Conceição Corrêa Costa Cunha Dias Duarte Farias Fernandes Ferreira Fonseca Freitas Garcia Gomes Gonçalves Lima
Lopes Machado Magalhães Marques Martins Medeiros Melo Mendes Monteiro Moraes Moreira Moura Nascimento Neves Nogueira
Nunes Oliveira Pacheco Pereira Pinheiro Pinto Pires Ramos Reis Ribeiro Rocha Rodrigues Sales Santana Santos Siqueira
Silva Silveira Soares Souza Tavares Teixeira Vasconcelos Vieira Xavier"""
_STREETS = """Rua das Acácias; Rua das Palmeiras; Rua do Comércio; Rua São José; Rua Tiradentes; Rua Dom Pedro II;
Rua XV de Novembro; Rua Santa Rita; Rua Padre Eustáquio; Rua Minas Gerais; Rua Bahia; Rua dos Ipês; Rua das Mangueiras;
Rua José de Alencar; Rua Castro Alves; Av. Brasil; Av. Getúlio Vargas; Av. Sete de Setembro; Travessa da Matriz"""
FIRST, LAST = _FIRST.split(), _LAST.split()
STREETS = [street.strip() for street in _STREETS.split(";")]
DISTRICTS = ["Centro", "Boa Vista", "Jardim Alvorada", "Santa Luzia", "São Sebastião", "Vila Nova", "Nova Esperança"]


def load(size: int) -> None:
    """Add so many customers to the demonstration provider, in one transaction, and refresh the statistics."""
    with acting(cast.INSTALLER, "job"):
        house, documents = _House(), _documents()
        # Sold over the years, by another system: we bill them from this month on.
        db.session.execute(update(Company).values(bills_from=house.today.replace(day=1)))
        for done in range(0, size, BATCH):
            _add(house, [next(documents) for _ in range(min(BATCH, size - done))])
        db.session.execute(text("analyze"))
        db.session.commit()


class _House:
    """What customers choose from, read once. The same size always gives the same crowd after the same cast."""

    def __init__(self) -> None:
        self.chance = random.Random(db.session.scalar(select(func.count()).select_from(Person)))
        self.today = clock.today()
        plans = select(Plan).where(Plan.company_id != 0, Plan.inactive_since.is_(None)).order_by(Plan.id)
        self.plans = list(db.session.scalars(plans.options(selectinload(Plan.items))))
        self.weights = [8 if plan.technology == "fiber" else 1 for plan in self.plans]
        self.methods = _ids(BillingMethod)
        self.groups, self.origins = _ids(PersonGroup)[:2], _ids(Origin)
        self.sellers = list(db.session.scalars(select(Operator.id).where(Operator.seller).order_by(Operator.id)))
        self.templates = {row.id: row for row in db.session.scalars(select(ContractTemplate))}
        revisions = select(ContractTemplateRevision.template_id, func.max(ContractTemplateRevision.id))
        self.revisions = dict(db.session.execute(revisions.group_by(ContractTemplateRevision.template_id)).all())

    def name(self) -> str:
        pick = self.chance.choice
        last = " ".join(self.chance.sample(LAST, 2 if self.chance.random() < 0.6 else 1))
        return " ".join(f"{pick(FIRST)} {pick(MIDDLE)} {last}".split())


def _add(house: _House, documents: list[str]) -> None:
    plans = [house.chance.choices(house.plans, house.weights)[0] for _ in documents]
    people = _numbered(Person, [_person(house, *of) for of in zip(documents, plans, strict=True)])
    addresses = _numbered(Address, [_address(house, person) for person in people])
    services = _numbered(Service, [_service(house, *of) for of in zip(people, addresses, plans, strict=True)])
    contracts = _numbered(Contract, _contracts(house, services, plans))
    _insert(Person, people)
    contacts = [contact for person in people for contact in _contacts(house, person)]
    _insert(Contact, contacts)
    _insert(Address, addresses)
    _insert(PersonPart, _parts(people, addresses, contacts))
    _insert(Service, services)
    _insert(ServiceItem, [item for of in zip(services, plans, strict=True) for item in _items(*of)])
    _insert(Connection, [_connection(*of) for of in zip(people, services, strict=True)])
    _insert(Suspension, [_suspension(service) for service in services if service["status"] in SUSPENDED])
    _insert(Contract, contracts)
    _insert(Event, [_event(*told) for told in _told(services, plans, contracts)])


def _person(house: _House, document: str, plan: Plan) -> Row:
    name, since = house.name(), house.today - timedelta(days=house.chance.randrange(5, 5 * 365))
    return {
        "company_id": plan.company_id,
        "kind": "individual",
        "document": document,
        "name": name,
        "trade_name": "",
        "state_registration": "",
        "contact_person": "",
        "rg": "",
        "birth_date": house.today - timedelta(days=house.chance.randrange(19 * 365, 85 * 365)),
        "group_id": house.chance.choice(house.groups),
        "origin_id": house.chance.choice(house.origins),
        "search_text": searchable(name),
        "since": since,
        "version": 1,
        "created_at": _noon(since),
    }


def _contacts(house: _House, person: Row) -> Iterator[Row]:
    yield {"person_id": person["id"], "kind": "mobile", "value": f"379{house.chance.randrange(80_000_000, 99_999_999)}"}
    if house.chance.random() < 0.6:
        box = f"{'.'.join(person['search_text'].split()[:2])}{person['id']}@exemplo.example"
        yield {"person_id": person["id"], "kind": "email", "value": box}


def _address(house: _House, person: Row) -> Row:
    pick = house.chance.choice
    return {
        "person_id": person["id"],
        "cep": f"355{house.chance.randrange(100, 99_999):05}",
        "street": pick(STREETS),
        "number": str(house.chance.randrange(1, 2400)),
        "complement": pick(["", "", "", "casa 2", "fundos", "ap. 101", "ap. 302"]),
        "district": pick(DISTRICTS),
        "city": "Vale Claro",
        "state": "MG",
    }


def _parts(people: list[Row], addresses: list[Row], contacts: list[Row]) -> list[Row]:
    """By what each is found."""
    phones = {contact["person_id"]: contact["value"] for contact in contacts if contact["kind"] == "mobile"}
    rows = []
    for person, address in zip(people, addresses, strict=True):
        words = f"{person['search_text']} {searchable(address['street'])}".split()
        parts = set(endings(words, [phones[person["id"]]]))
        rows += [{"person_id": person["id"], "part": part} for part in parts]
    return rows


def _service(house: _House, person: Row, address: Row, plan: Plan) -> Row:
    chance = house.chance
    [status] = chance.choices(("active", "suspended_for_debt", "reduced", "cancelled"), (92, 4, 1, 3))
    return {
        "company_id": plan.company_id,
        "person_id": person["id"],
        "plan_id": plan.id,
        "offer_id": plan.offer_id,
        "plan_name": plan.name,
        "technology": plan.technology,
        "download_mbps": plan.download_mbps,
        "upload_mbps": plan.upload_mbps,
        "address_id": address["id"],
        "billing_address_id": address["id"],
        "status": status,
        "seller_id": chance.choice(house.sellers),
        "sold_on": person["since"],
        "starts_on": person["since"],
        "activated_on": person["since"],
        "line_id": None,
        "created_at": person["created_at"],
        "version": 1,
        "billing_method_id": chance.choice(house.methods),
        "due_day": chance.choice((5, 10, 15, 20, 25)),
        "billing_type": "prepaid" if chance.random() < 0.9 else "postpaid",
        "uses_carne": chance.random() < 0.1,
        "separate_invoice": False,
        "separate_tax_note": False,
        "installation_fee_cents": 0,
        "installation_fee_text": "",
    }


def _items(service: Row, plan: Plan) -> Iterator[Row]:
    of = {"company_id": service["company_id"], "service_id": service["id"]}
    for item in plan.items:
        yield {**of, **{key: getattr(item, key) for key in ("position", "kind", "name", "amount_cents")}}


def _connection(person: Row, service: Row) -> Row:
    began = service["created_at"]
    applied = {"access_state": ACCESS[service["status"]], "access_since": began, "created_at": began}
    login = login_for(person["name"], service["id"])
    return {"company_id": service["company_id"], "service_id": service["id"], "login": login, **applied}


def _suspension(service: Row) -> Row:
    return {
        "company_id": service["company_id"],
        "service_id": service["id"],
        "status": service["status"],
        "reason": "Fatura em aberto, aviso enviado há 15 dias",
        "started_at": clock.now() - timedelta(days=2),
    }


def _contracts(house: _House, services: list[Row], plans: list[Plan]) -> list[Row]:
    """One for each service whose plan brings a template, numbered as they were sold."""
    sold = [
        (service, house.templates[plan.contract_template_id])
        for service, plan in zip(services, plans, strict=True)
        if plan.contract_template_id
    ]
    if not sold:
        return []
    first = take("contract", len(sold)) - len(sold) + 1
    return [_contract(house, number, *of) for number, of in zip(count(first), sold, strict=False)]


def _contract(house: _House, number: int, service: Row, template: ContractTemplate) -> Row:
    issued, months = service["sold_on"], template.loyalty_months
    return {
        "company_id": service["company_id"],
        "service_id": service["id"],
        "number": number,
        "template_id": template.id,
        "revision_id": house.revisions[template.id],
        "status": "cancelled" if service["status"] == "cancelled" else "active",
        "issued_on": issued,
        "loyalty_months": months,
        "ends_on": months_after(issued, months) if months else None,
        "benefit": template.benefit,
        "benefit_cents": template.benefit_cents,
        "created_at": service["created_at"],
    }


def _told(services: list[Row], plans: list[Plan], contracts: list[Row]) -> Iterator[tuple[Any, ...]]:
    """What history says of each: (action, table, label, row, person, data)."""
    owner = {service["id"]: service["person_id"] for service in services}
    names = {row.id: row.name for row in db.session.scalars(select(ContractTemplate))}
    for service, plan in zip(services, plans, strict=True):
        price = sum(item.amount_cents for item in plan.items)
        data = {"plan": plan.name, "price_cents": price, "status": STATUSES["active"]}
        label = f"{plan.name} nº {service['id']}"
        yield "service.created", "service", label, service, service["person_id"], data
    for contract in contracts:
        number = contract["number"]
        data = {"number": number, "template": names[contract["template_id"]]}
        yield "contract.issued", "contract", f"contrato {number}", contract, owner[contract["service_id"]], data


def _event(action: str, table: str, label: str, row: Row, person_id: int, data: Row) -> Row:
    if set(data) != ACTIONS[action].keys:
        raise KeyError(action)
    return {
        "occurred_at": row["created_at"],
        "action": action,
        "subject_type": table,
        "subject_id": row["id"],
        "subject_label": label,
        "actor_kind": cast.INSTALLER.kind,
        "actor_name": cast.INSTALLER.name,
        "channel": "job",
        "person_id": person_id,
        "company_id": row["company_id"],
        "visibility": ACTIONS[action].visibility,
        "data": data,
    }


def _insert(table: Any, rows: list[Row]) -> None:
    if rows:
        db.session.execute(insert(table.__table__), rows)


def _numbered(table: Any, rows: list[Row]) -> list[Row]:
    """The rows with the ids they will have."""
    return [{**row, "id": id} for row, id in zip(rows, reserve_ids(table, len(rows)), strict=True)]


def _ids(table: Any) -> list[int]:
    return list(db.session.scalars(select(table.id).where(table.inactive_since.is_(None)).order_by(table.id)))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


def _documents() -> Iterator[str]:
    """Valid CPFs nobody has yet, without a pattern to the eye."""
    taken = set(db.session.scalars(select(Person.document))) | {cast.STRANGER}
    for number in count(len(taken)):
        root = f"{number * 387_420_489 % 10**9:09}"  # a power of 3, so no two numbers below 10^9 meet
        cpf = root + _final(root) + _final(root + _final(root))
        if cpf not in taken and len(set(cpf)) > 1:
            yield cpf


def _final(digits: str) -> str:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True)) % 11
    return "0" if rest < 2 else str(11 - rest)
