"""Prévia: the text of a contract with the values of an invented customer and a plan, as blocks a page can draw."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base import db
from models.catalog import ContractTemplate, Plan
from models.catalog.contract_fields import company_values, kinds_of, plan_values
from models.catalog.contract_sample import COMPOSITION, FIRST_INVOICE, LOYALTY, SAMPLE
from models.catalog.contract_text import filled, known, printed
from models.operators import company_of
from models.operators.company import first_company
from models.scope import TODAS
from models.wording import brl


def plans_to_try(template: ContractTemplate) -> list[Plan]:
    """The plans a contract of this template may be of: those that name it first."""
    fits = [] if template.company_id == TODAS else [Plan.company_id.in_((TODAS, template.company_id))]
    rows = select(Plan).where(Plan.inactive_since.is_(None), *fits).options(selectinload(Plan.items))
    plans = db.session.scalars(rows.order_by(Plan.name)).all()
    return sorted(plans, key=lambda plan: plan.contract_template_id != template.id)


def preview(template: ContractTemplate, body: str, plan: Plan | None) -> dict[str, Any]:
    """The blocks and their values; without a plan, of an invented one of internet."""
    values = {**SAMPLE, **_template(template), **_loyalty(template)}
    kinds = kinds_of("fiber", 1, (), uses_carne=False)
    composition = COMPOSITION
    if plan:
        sold = plan.terms
        values |= plan_values(plan.name, plan.technology, plan.download_mbps, plan.upload_mbps, sold.price_cents)
        kinds = kinds_of(plan.technology, plan.download_mbps, {item.kind for item in sold.items}, uses_carne=False)
        composition = [(item.name, item.amount_cents) for item in sold.items]
    return {
        "blocks": [filled(block, values) for block in printed(body, {*kinds, *known(values)})],
        "sample": values,
        "tried": plan.name if plan else "",
        "composition": _lines([(name, "", cents) for name, cents in composition]),
        "first_invoice": _lines(FIRST_INVOICE),
    }


def _template(template: ContractTemplate) -> dict[str, str]:
    company = company_of(template) if template.company_id != TODAS else first_company()
    return {**company_values(company), "contrato.modelo": template.name, "contrato.revisao": "prévia"}


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
