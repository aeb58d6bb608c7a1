"""Prévia: the text of a contract with the values of an invented customer, as blocks a page can draw."""

from __future__ import annotations

from typing import Any

from models.catalog import ContractTemplate
from models.catalog.contract_sample import COMPOSITION, FIRST_INVOICE, LOYALTY, SAMPLE
from models.catalog.contract_text import filled, parse
from models.operators import company_of
from models.operators.company import first_company
from models.scope import TODAS
from models.wording import brl, phone, tax_id


def preview(template: ContractTemplate, body: str) -> dict[str, Any]:
    values = {**SAMPLE, **_company(template), **_loyalty(template)}
    return {
        "blocks": [filled(block, values) for block in parse(body)],
        "sample": values,
        "composition": _lines([(name, "", cents) for name, cents in COMPOSITION]),
        "first_invoice": _lines(FIRST_INVOICE),
    }


def _company(template: ContractTemplate) -> dict[str, str]:
    own = template.company_id != TODAS
    company = company_of(template) if own else first_company()
    return {
        "empresa.nome": company.name,
        "empresa.razao_social": company.legal_name,
        "empresa.cnpj": tax_id(company.cnpj),
        "empresa.endereco": company.address,
        "empresa.telefone": phone(company.phone),
        "empresa.site": company.site,
        "contrato.modelo": template.name,
        "contrato.revisao": "prévia",
    }


def _loyalty(template: ContractTemplate) -> dict[str, str]:
    if not template.loyalty_months:
        return {}
    return {
        **LOYALTY,
        "fidelidade.meses": str(template.loyalty_months),
        "fidelidade.beneficio": template.benefit,
        "fidelidade.valor_beneficio": brl(template.benefit_cents),
    }


def _lines(lines: list[tuple[str, str, int]]) -> dict[str, Any]:
    return {
        "lines": [{"label": name, "formula": step, "cents": cents} for name, step, cents in lines],
        "total": sum(cents for _, _, cents in lines),
    }
