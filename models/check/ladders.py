"""Ladders: everybody has one to follow, and a contract names one of its company or of TODAS (A-120)."""

from __future__ import annotations

from sqlalchemy import func, select

from models.catalog import DunningRule
from models.check.question import findings
from models.contracts import Contract
from models.operators import Company
from models.scope import TODAS


def one_default_to_follow() -> list[str]:
    """At most one default in a company, and one in TODAS, which all others follow."""
    many = func.count(DunningRule.id)
    mine = (DunningRule.company_id == Company.id) & DunningRule.is_default & DunningRule.inactive_since.is_(None)
    rows = select(Company.id, many.label("many")).outerjoin(DunningRule, mine).group_by(Company.id)
    rows = rows.having((many > 1) | ((Company.id == TODAS) & (many == 0))).order_by(Company.id)
    return findings("empresa {id}: réguas padrão em uso: {many}", rows)


def contracts_name_ladders_of_theirs() -> list[str]:
    rows = select(Contract.id, Contract.company_id, DunningRule.company_id.label("of_ladder"))
    rows = rows.join(DunningRule, DunningRule.id == Contract.dunning_rule_id)
    rows = rows.where(DunningRule.company_id.not_in((TODAS, Contract.company_id))).order_by(Contract.id)
    return findings("contrato {id}: empresa {company_id}, mas a régua é da {of_ladder}", rows)


QUESTIONS = (one_default_to_follow, contracts_name_ladders_of_theirs)
