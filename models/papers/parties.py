"""Who is paid and who pays, as every paper says it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from models.base import db
from models.contracts import Contract
from models.operators import Company
from models.operators.company import first_company
from models.people import Address, Person
from models.scope import TODAS
from models.services import Service
from models.wording import cep, percent, phone, tax_id


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


def parties(company_id: int, person_id: int, service_id: int) -> dict[str, Any]:
    """Who is paid and who pays, for what, and what being late costs."""
    company = company_facts(company_id)
    person = db.session.get_one(Person, person_id)
    service = db.session.get_one(Service, service_id)
    address = db.session.get_one(Address, service.billing_address_id)
    contract = db.session.scalar(
        select(func.max(Contract.number)).where(Contract.service_id == service_id, Contract.status == "active")
    )
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
        "about": f"{service.plan_name}, contrato {contract}" if contract else service.plan_name,
        "late": late_rule(db.session.get_one(Company, company_id)),
    }


def late_rule(company: Company) -> str:
    """'Depois do vencimento: multa de 2 % e juros de 1 % ao mês, por dia de atraso.'"""
    rules = [f"multa de {percent(company.fine_bp)}"] if company.fine_bp else []
    rules += [f"juros de {percent(company.interest_bp)} ao mês, por dia de atraso"] if company.interest_bp else []
    return f"Depois do vencimento: {' e '.join(rules)}." if rules else "Depois do vencimento o valor não muda."
