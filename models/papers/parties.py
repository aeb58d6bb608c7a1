"""Who is paid and who pays, as every paper says it."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import func, select

from models.base import db
from models.catalog.offer import code_by_id
from models.contracts import Contract
from models.operators import Company
from models.operators.company import first_company
from models.people import Address, Person
from models.scope import TODAS
from models.services import Service
from models.wording import cep, percent, phone, tax_id


class LateTerms(Protocol):
    """Whose fine and interest: an invoice has its own, a contract those of its company."""

    fine_bp: int
    interest_bp: int


def company_facts(company_id: int) -> dict[str, Any]:
    """The head of every paper; what belongs to TODAS speaks for the first company."""
    company = db.session.get_one(Company, company_id) if company_id != TODAS else first_company()
    return {
        "name": company.name,
        "legal_name": company.legal_name,
        "cnpj": tax_id(company.cnpj),
        "address": company.address,
        "phone": phone(company.phone),
        "site": company.site,
        "brand": company.brand,
        "has_logo": False,
    }


def parties(company_id: int, person_id: int, service_id: int, late: LateTerms) -> dict[str, Any]:
    """Who is paid and who pays, for what, and what being late costs."""
    company = company_facts(company_id)
    person = db.session.get_one(Person, person_id)
    service = db.session.get_one(Service, service_id)
    address = db.session.get_one(Address, service.billing_address_id)
    contract = db.session.scalar(
        select(func.max(Contract.number)).where(Contract.service_id == service_id, Contract.status == "active")
    )
    contracted = [f"contrato {contract}"] if contract else []
    return {
        "company": company,
        "payee": {
            "name": company["legal_name"] or company["name"],
            "tax_id": f"CNPJ {company['cnpj']}",
            "address": company["address"],
        },
        "payer": {
            "name": person.name,
            "tax_id": f"{'CPF' if person.kind == 'individual' else 'CNPJ'} {tax_id(person.document)}",
            "address": f"{address.text}, CEP {cep(address.cep)}",
        },
        "about": ", ".join([service.plan_name, *contracted, f"oferta {code_by_id(service.offer_id)}"]),
        "late": late_rule(late),
    }


def late_rule(terms: LateTerms) -> str:
    """'Depois do vencimento: multa de 2 % e juros de 1 % ao mês, por dia de atraso.'"""
    rules = [f"multa de {percent(terms.fine_bp)}"] if terms.fine_bp else []
    rules += [f"juros de {percent(terms.interest_bp)} ao mês, por dia de atraso"] if terms.interest_bp else []
    return f"Depois do vencimento: {' e '.join(rules)}." if rules else "Depois do vencimento o valor não muda."
