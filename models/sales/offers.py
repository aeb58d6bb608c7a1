"""What may be chosen in a sale, for the lists on screen and for the refusal of anything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from models.base import db
from models.catalog import BillingMethod, ContractTemplate, ContractTemplateRevision, Plan
from models.operators import Company, Operator
from models.operators.operator import working_in
from models.people import Address
from models.scope import TODAS, who


def company(company_id: int) -> Company:
    return db.session.get_one(Company, company_id)


def companies() -> list[Company]:
    """Those a customer may be put in by whoever acts: their own, or in TODAS any of them (C-110)."""
    mine = who().company_id
    rows = select(Company).where(Company.inactive_since.is_(None)).order_by(Company.id)
    return [row for row in db.session.scalars(rows) if mine in (TODAS, row.id)]


def company_ids() -> set[int]:
    return {row.id for row in companies()}


def _of(table: Any, company_id: int) -> Any:
    """Active rows of a table for customers of a company: its own and those of TODAS; for TODAS, all."""
    rows = select(table).where(table.inactive_since.is_(None)).order_by(table.name)
    return rows if company_id == TODAS else rows.where(table.company_id.in_((TODAS, company_id)))


def plans(company_id: int) -> list[Plan]:
    return list(db.session.scalars(_of(Plan, company_id)))


def plan(plan_id: int) -> Plan:
    """A plan with its composition."""
    found = select(Plan).where(Plan.id == plan_id).options(selectinload(Plan.items))
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def templates(company_id: int) -> list[ContractTemplate]:
    """Those with a text: one that was never published prints nothing."""
    published = select(ContractTemplateRevision.id).where(ContractTemplateRevision.template_id == ContractTemplate.id)
    return list(db.session.scalars(_of(ContractTemplate, company_id).where(published.exists())))


def methods(company_id: int) -> list[BillingMethod]:
    return BillingMethod.offered(company_id)


def sellers(company_id: int) -> list[tuple[int, str]]:
    return working_in(company_id, Operator.seller.is_(True))


def ids(table: Any) -> set[int]:
    """The ids of the rows of a catalogue that are in use."""
    return set(db.session.scalars(select(table.id).where(table.inactive_since.is_(None))))


def names(table: Any, kept: Iterable[int | None] = ()) -> list[tuple[int, str]]:
    """A catalogue to choose from: what is in use, and what somebody has already."""
    offered = or_(table.inactive_since.is_(None), table.id.in_(list(kept)))
    rows = db.session.execute(select(table.id, table.name).where(offered).order_by(table.name))
    return [(row.id, row.name) for row in rows]


def address_ids(person_id: int) -> set[int]:
    return set(db.session.scalars(select(Address.id).where(Address.person_id == person_id)))
