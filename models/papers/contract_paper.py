"""What a contract says: every value it prints, as text. It states the price, so it stands above the price."""

from __future__ import annotations

from typing import Any

from models.base import db
from models.catalog import TECHNOLOGIES, BillingMethod, ContractTemplate, ContractTemplateRevision
from models.contracts import Contract
from models.operators import company_of
from models.papers.parties import company_facts
from models.people import Address, Person
from models.pricing import FirstInvoice, first_due, first_invoice
from models.services import BILLING_TYPES, Service
from models.wording import brl, cep, day, long_day, phone, tax_id


def contract_paper(contract: Contract) -> dict[str, Any]:
    """The values of the printed contract, JSON-plain (C-34, C-35)."""
    service = db.session.get_one(Service, contract.service_id)
    template = db.session.get_one(ContractTemplate, contract.template_id)
    revision = db.session.get_one(ContractTemplateRevision, contract.revision_id)
    items = [(item.name, item.amount_cents) for item in service.items()]
    invoice = _first_invoice(service, items)
    return {
        "title": "Contrato de prestação de serviço",
        "number": str(contract.number),
        "template_name": template.name,
        "revision": str(revision.number),
        "issued_on": long_day(contract.issued_on),
        "body": revision.body,
        "company": company_facts(service.company_id),
        "values": {
            **_person(service),
            **_service(service),
            **_billing(service, invoice),
            **_loyalty(contract),
        },
        "composition": [[name, brl(cents)] for name, cents in items],
        "first_invoice": invoice_lines(invoice) if invoice else [],
    }


def invoice_lines(invoice: FirstInvoice) -> list[list[str]]:
    """Name, arithmetic and amount of each part of a first invoice, as text: 'R$ 99,90 × 13 ÷ 30'."""
    lines = []
    for part in invoice.parts:
        span = f"{day(part.period.from_)} a {day(part.period.to)}"
        if part.formula:
            sum_ = f"{brl(part.formula.fee_cents)} × {part.formula.days} ÷ {part.formula.divisor}"
            lines.append([f"{part.period.days} dias de uso, {span}", sum_, brl(part.cents)])
        else:
            lines.append([f"Mensalidade, {span}", "", brl(part.cents)])
    if invoice.installation_fee:
        lines.append([invoice.installation_fee.name, "", brl(invoice.installation_fee.cents)])
    return lines


def _first_invoice(service: Service, items: list[tuple[str, int]]) -> FirstInvoice | None:
    if service.uses_carne:
        return None
    company = company_of(service)
    return first_invoice(
        items,
        service.starts_on,
        first_due(service.starts_on, service.due_day),
        service.billing_type,  # type: ignore[arg-type]
        company.proration_base,  # type: ignore[arg-type]
        service.installation_fee_cents,
        due_day=service.due_day,
    )


def _person(service: Service) -> dict[str, str]:
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
        "cliente.endereco_cobranca": _address(service.billing_address_id),
        "cliente.nome_fantasia": person.trade_name,
        "cliente.inscricao_estadual": person.state_registration,
        "cliente.responsavel": person.contact_person,
    }


def _service(service: Service) -> dict[str, str]:
    return {
        "servico.plano": service.plan_name,
        "servico.tecnologia": TECHNOLOGIES[service.technology].lower(),
        "servico.download": f"{service.download_mbps} Mbps" if service.download_mbps else "",
        "servico.upload": f"{service.upload_mbps} Mbps" if service.upload_mbps else "",
        "servico.mensalidade": brl(service.price_cents),
        "servico.endereco_instalacao": _address(service.address_id),
    }


def _billing(service: Service, invoice: FirstInvoice | None) -> dict[str, str]:
    method = db.session.get_one(BillingMethod, service.billing_method_id)
    fee = service.installation_fee_cents
    return {
        "cobranca.forma": method.name,
        "cobranca.dia": str(service.due_day),
        "cobranca.tipo": BILLING_TYPES[service.billing_type].lower(),
        "cobranca.carne": "com carnê" if service.uses_carne else "sem carnê",
        "cobranca.primeiro_vencimento": day(invoice.due) if invoice else "",
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


def _address(address_id: int) -> str:
    address = db.session.get_one(Address, address_id)
    return f"{address.text}, CEP {cep(address.cep)}"
