"""Who is behind a token: one query, plain values, and the company whose pages they see.

Every request asks it, before anybody acts, so outside the company filter; it reads columns, not rows.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from models import clock
from models.base import db
from models.operators import (
    Company,
    Department,
    LoginSession,
    Operator,
    OperatorCompany,
    Principal,
    Role,
    SecondFactor,
)
from models.operators.company import Brand
from models.operators.login_session import lives
from models.operators.permissions import DEMANDING
from models.operators.token import digest
from models.people import Person


def find(kind: str, token: str) -> tuple[Principal | None, datetime]:
    """The principal of a live session at a door, and when it was last seen."""
    question = _staff() if kind == "staff" else _subscriber()
    row = db.session.execute(question, {"token": digest(token)}, execution_options=_EVERY).first()
    if row is None or not lives(row):
        return None, clock.now()
    principal = Principal(
        kind=kind,
        id=row.principal_id,
        session_id=row.id,
        level=row.level,
        company_id=row.company_id,
        company_name=row.company,
        zone=row.zone,
        brand=Brand(row.company, row.phone, row.whatsapp, row.brand) if row.company_id else None,
        **(_of_staff(row) if kind == "staff" else _of_subscriber(row)),
    )
    return principal, row.last_seen


def _of_staff(row: Any) -> dict[str, Any]:
    """Between password and code nobody may do anything."""
    permitted = frozenset(row.permissions)
    return {
        "name": row.name,
        "called": row.name.split()[0],
        "department_id": row.department_id,
        "department_name": row.department,
        "duty": row.duty or "",
        "role_name": row.role,
        "permissions": frozenset() if row.level == "half" else permitted,
        "has_factor": row.factor is not None,
        "needs_factor": not DEMANDING.isdisjoint(permitted),
        "may_switch_company": row.companies > 1 or row.everywhere > 0,
    }


def _of_subscriber(row: Any) -> dict[str, Any]:
    """Called as in a letter; of that, level weak may see one word (D-11)."""
    called = Person(name=row.name, kind=row.person, contact_person=row.contact, trade_name=row.trade_name).called
    return {"name": row.name, "called": called if row.level == "proved" else called.split()[0]}


_EVERY = {"every_company": "nobody acts before it is known who it is"}
_SESSION = (
    LoginSession.id,
    LoginSession.principal_id,
    LoginSession.level,
    LoginSession.company_id,
    LoginSession.created_at,
    LoginSession.last_seen,
    LoginSession.revoked_at,
)
_COMPANY = (Company.name.label("company"), Company.zone, Company.phone, Company.whatsapp, Company.brand)


@cache  # every request asks this: it is put together once
def _staff():  # type: ignore[no-untyped-def]
    mine = select(func.count()).where(OperatorCompany.operator_id == Operator.id)
    return (
        select(
            *_SESSION,
            *_COMPANY,
            Operator.name,
            Role.permissions,
            Role.name.label("role"),
            Department.id.label("department_id"),
            Department.name.label("department"),
            Department.duty,
            SecondFactor.confirmed_at.label("factor"),
            mine.scalar_subquery().label("companies"),
            mine.where(OperatorCompany.company_id == 0).scalar_subquery().label("everywhere"),
        )
        .join(Operator, Operator.id == LoginSession.principal_id)
        .join(Role, Role.id == Operator.role_id)
        .join(Department, Department.id == Operator.department_id)
        .join(Company, Company.id == LoginSession.company_id)
        .outerjoin(SecondFactor, SecondFactor.operator_id == Operator.id)
        .where(LoginSession.token_hash == bindparam("token"), LoginSession.kind == "staff")
        .where(Operator.inactive_since.is_(None), Company.inactive_since.is_(None))
    )


@cache
def _subscriber():  # type: ignore[no-untyped-def]
    return (
        select(
            *_SESSION,
            *_COMPANY,
            Person.name,
            Person.kind.label("person"),
            Person.contact_person.label("contact"),
            Person.trade_name,
        )
        .join(Person, Person.id == LoginSession.principal_id)
        .join(Company, Company.id == Person.company_id)
        .where(LoginSession.token_hash == bindparam("token"), LoginSession.kind == "subscriber")
        # A company that asks more, or closes its Central, does so for whoever is inside already.
        .where(or_(Company.portal_entry == "cpf_only", (LoginSession.level == "proved") & (Company.portal_entry != "")))
    )
