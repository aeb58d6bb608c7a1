"""What a contract says: every value it prints, as text. It states the price, so it stands above the price."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from models import clock
from models.base import db
from models.billing.charge import was_charged
from models.catalog import BillingMethod, ContractTemplate, ContractTemplateRevision
from models.catalog.contract_fields import kinds_of, plan_values, title_of
from models.catalog.contract_sections import has_sections
from models.catalog.offer import code_by_id
from models.catalog.plan import PlanTerms
from models.contracts import Contract
from models.operators import Company, company_of
from models.papers.parties import company_facts
from models.people import Address, Person
from models.pricing import Begins, Composition, FirstInvoice, first_charge
from models.services import BILLING_TYPES, Service
from models.wording import brl, cep, counted, day, long_day, phone, tax_id


def contract_paper(contract: Contract, plan: PlanTerms | None = None) -> dict[str, Any]:
    """The values of the printed contract, JSON-plain (C-34, C-35).

    `plan` is what was sold just now, when the caller knows it already. What came to the composition later is listed
    with its day; it is in the first invoice only while that was not issued yet.
    """
    service = db.session.get_one(Service, contract.service_id)
    company = company_of(service)
    text = _text(contract, service)
    installed = db.session.get_one(Address, service.address_id)
    billed = db.session.get_one(Address, service.billing_address_id)
    came = [] if plan else service.items()
    composition = [(item.name, item.amount_cents) for item in plan.items] if plan else []
    items = composition or [(item.in_words, item.amount_cents) for item in came]
    before = was_charged(service) if any(item.starts_on for item in came) else False
    sold: Composition = composition or [item.priced for item in came if not before or item.starts_on is None]
    invoice = _first_invoice(service, sold, company)
    kinds = {item.kind for item in (plan.items if plan else came)}
    return {
        "title": "Contrato de prestação de serviço",
        "number": str(contract.number),
        "template_name": text.template,
        "revision": str(text.number),
        "issued_on": long_day(contract.issued_on),
        "body": text.body,
        "company": company_facts(service.company_id),
        "values": {
            **_person(service, billed),
            **_service(service, installed, sum(cents for _, cents in items)),
            **_billing(service, text.method, invoice),
            **_loyalty(contract),
            "oferta.codigo": code_by_id(service.offer_id),
        },
        "composition": [[name, brl(cents)] for name, cents in items],
        "first_invoice": invoice_lines(invoice) if invoice else [],
        **_kinds(text.body, service, kinds),
    }


def _kinds(body: str, service: Service, items: set[str]) -> dict[str, Any]:
    """What its stretches are chosen by. A text without any says what it always said, so its print stays the same."""
    if not has_sections(body):
        return {}
    kinds = kinds_of(service.technology, service.download_mbps, items, service.uses_carne)
    return {"title": title_of(kinds), "kinds": kinds}


def invoice_lines(invoice: FirstInvoice) -> list[list[str]]:
    """Name, arithmetic and amount of each part of a first invoice, as text: 'R$ 99,90 × 13 ÷ 30'."""
    lines = []
    for part in invoice.parts:
        span = f"{day(part.period.from_)} a {day(part.period.to)}"
        if part.formula:
            sum_ = f"{brl(part.formula.fee_cents)} × {part.formula.days} ÷ {part.formula.divisor}"
            lines.append([f"{counted(part.period.days, 'dia')} de uso, {span}", sum_, brl(part.cents)])
        else:
            lines.append([f"Mensalidade, {span}", "", brl(part.cents)])
    if invoice.installation_fee:
        lines.append([invoice.installation_fee.name, "", brl(invoice.installation_fee.cents)])
    return lines


def _text(contract: Contract, service: Service) -> Any:
    """What template, its revision and the billing method are called and say: template, number, body, method."""
    asked = {"method": service.billing_method_id, "revision": contract.revision_id}
    return db.session.execute(_texts(), asked).one()


@cache
def _texts() -> Select[str, int, str, str]:
    return (
        select(
            ContractTemplate.name.label("template"),
            ContractTemplateRevision.number,
            ContractTemplateRevision.body,
            BillingMethod.name.label("method"),
        )
        .join(ContractTemplateRevision, ContractTemplateRevision.template_id == ContractTemplate.id)
        .join(BillingMethod, BillingMethod.id == bindparam("method"))
        .where(ContractTemplateRevision.id == bindparam("revision"))
    )


def _first_invoice(service: Service, items: Composition, company: Company) -> FirstInvoice | None:
    if service.uses_carne:
        return None
    begins = Begins(
        service.starts_on,
        service.due_day,
        service.billing_type,  # type: ignore[arg-type]
        company.proration_base,  # type: ignore[arg-type]
        company.bills_from,
        clock.local(service.created_at, company.zone).date(),
    )
    return first_charge(items, begins, service.installation_fee_cents)


def _person(service: Service, billed: Address) -> dict[str, str]:
    person = db.session.get_one(Person, service.person_id)
    contacts = person.contacts()
    return {
        "cliente.nome": person.name,
        "cliente.documento_tipo": "CPF" if person.kind == "individual" else "CNPJ",
        "cliente.documento": tax_id(person.document),
        "cliente.rg": person.rg,
        "cliente.nascimento": day(person.birth_date) if person.birth_date else "",
        "cliente.telefone": phone(contacts.get("mobile")),
        "cliente.email": contacts.get("email", ""),
        "cliente.endereco_cobranca": _address(billed),
        "cliente.nome_fantasia": person.trade_name,
        "cliente.inscricao_estadual": person.state_registration,
        "cliente.responsavel": person.contact_person,
    }


def _service(service: Service, installed: Address, price_cents: int) -> dict[str, str]:
    return {
        **plan_values(service.plan_name, service.technology, service.download_mbps, service.upload_mbps, price_cents),
        "servico.endereco_instalacao": _address(installed),
    }


def _billing(service: Service, method: str, invoice: FirstInvoice | None) -> dict[str, str]:
    fee = service.installation_fee_cents
    return {
        "cobranca.forma": method,
        "cobranca.dia": str(service.due_day),
        "cobranca.tipo": BILLING_TYPES[service.billing_type].lower(),
        "cobranca.carne": "com carnê" if service.uses_carne else "sem carnê",
        "cobranca.primeiro_vencimento": day(invoice.due_on) if invoice else "",
        "cobranca.primeira_fatura": brl(invoice.total_cents) if invoice else "",
        "cobranca.taxa_instalacao": brl(fee) if fee else "sem taxa",
    }


def _loyalty(contract: Contract) -> dict[str, str]:
    if not contract.ends_on:
        return {}
    return {
        "fidelidade.meses": str(contract.loyalty_months),
        "fidelidade.dias": str((contract.ends_on - contract.issued_on).days),
        "fidelidade.inicio": day(contract.issued_on),
        "fidelidade.fim": day(contract.ends_on),
        "fidelidade.beneficio": contract.benefit,
        "fidelidade.valor_beneficio": brl(contract.benefit_cents),
    }


def _address(address: Address) -> str:
    return f"{address.text}, CEP {cep(address.cep)}"
