"""Which ladder a service follows: that of its newest active contract that names one, else the default (A-120)."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from models.base import db
from models.catalog import DunningRule
from models.contracts.contract import Contract
from models.scope import TODAS
from models.services import Service


def names_ladder() -> ColumnElement[bool]:
    """Joins a service to the contract whose ladder it follows; outer, for most have none.

    The one question about it, for one service and for the night of all: whoever joins reads `Contract.dunning_rule_id`.
    """
    each = aliased(Contract)
    mine = and_(each.service_id == Service.id, each.status == "active", each.dunning_rule_id.is_not(None))
    newest = select(func.max(each.number)).where(mine).correlate(Service).scalar_subquery()
    return Contract.number == newest


def followed_ladder() -> ColumnElement[int]:
    """The number of the ladder a service follows, beside the other columns of a question about services."""
    chosen = select(Contract.dunning_rule_id).where(names_ladder()).correlate(Service).scalar_subquery()
    usual = and_(DunningRule.is_default, DunningRule.company_id.in_((TODAS, Service.company_id)))
    default = select(DunningRule.id).where(usual).order_by(DunningRule.company_id.desc()).limit(1)
    return func.coalesce(chosen, default.correlate(Service).scalar_subquery())


def ladder_of(service_id: int) -> DunningRule:
    """The ladder a service follows, out of use or not; one question."""
    return db.session.scalars(_followed(), {"service": service_id}).one()


@cache
def _followed() -> Select[DunningRule]:
    named = DunningRule.id == Contract.dunning_rule_id
    usual = and_(DunningRule.is_default, DunningRule.company_id.in_((TODAS, Service.company_id)))
    return (
        select(DunningRule)
        .select_from(Service)
        .outerjoin(Contract, names_ladder())
        .join(DunningRule, or_(named, usual))
        .where(Service.id == bindparam("service"))
        .order_by(case((named, 0), else_=1), DunningRule.company_id.desc())
        .limit(1)
    )


def named_ladders() -> list[DunningRule]:
    """Those that active contracts name, by name; out of use or not."""
    named = select(Contract.dunning_rule_id).where(Contract.dunning_rule_id.is_not(None), Contract.status == "active")
    return list(db.session.scalars(select(DunningRule).where(DunningRule.id.in_(named)).order_by(DunningRule.name)))


def ladder_uses() -> dict[int, int]:
    """How many active contracts name each ladder, by its id."""
    rows = select(Contract.dunning_rule_id, func.count()).where(Contract.dunning_rule_id.is_not(None))
    rows = rows.where(Contract.status == "active").group_by(Contract.dunning_rule_id)
    return {id: many for id, many in db.session.execute(rows) if id}
