"""Who is behind a token: one query, plain values. Runs before anybody acts, so outside the company filter."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from models import clock
from models.base import db
from models.operators import Company, Department, LoginSession, Operator, OperatorCompany, Principal, Role
from models.operators.token import digest
from models.people import Person

_EVERY = {"every_company": "nobody acts before it is known who it is"}


def find(kind: str, token: str) -> tuple[Principal | None, datetime]:
    """The principal of a live session at a door, and when it was last seen."""
    question = _staff() if kind == "staff" else _subscriber()
    row = db.session.execute(question, {"token": digest(token)}, execution_options=_EVERY).first()
    if row is None or not row.LoginSession.lives:
        return None, clock.now()
    session = row.LoginSession
    db.session.expunge(session)
    principal = Principal(
        kind=kind,
        id=session.principal_id,
        session_id=session.id,
        level=session.level,
        company_id=session.company_id,
        company_name=row.company,
        zone=row.zone,
        **(_of_staff(row) if kind == "staff" else _of_subscriber(row)),
    )
    return principal, session.last_seen


def _of_staff(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "called": row.name.split()[0],
        "department_name": row.department,
        "permissions": frozenset(row.permissions),
        "may_switch_company": row.companies > 1 or row.everywhere > 0,
    }


def _of_subscriber(row: Any) -> dict[str, Any]:
    """Called as in a letter; of that, level weak may see one word (D-11)."""
    person: Person = row.Person
    db.session.expunge(person)
    called = person.called if row.LoginSession.level == "proved" else person.called.split()[0]
    return {"name": person.name, "called": called}


@cache  # every request asks this: it is put together once
def _staff():  # type: ignore[no-untyped-def]
    mine = select(func.count()).where(OperatorCompany.operator_id == Operator.id)
    return (
        select(
            LoginSession,
            Operator.name,
            Role.permissions,
            Department.name.label("department"),
            Company.name.label("company"),
            Company.zone,
            mine.scalar_subquery().label("companies"),
            mine.where(OperatorCompany.company_id == 0).scalar_subquery().label("everywhere"),
        )
        .join(Operator, Operator.id == LoginSession.principal_id)
        .join(Role, Role.id == Operator.role_id)
        .join(Department, Department.id == Operator.department_id)
        .join(Company, Company.id == LoginSession.company_id)
        .where(LoginSession.token_hash == bindparam("token"), LoginSession.kind == "staff")
        .where(Operator.inactive_since.is_(None), Company.inactive_since.is_(None))
    )


@cache
def _subscriber():  # type: ignore[no-untyped-def]
    return (
        select(LoginSession, Person, Company.name.label("company"), Company.zone)
        .join(Person, Person.id == LoginSession.principal_id)
        .join(Company, Company.id == Person.company_id)
        .where(LoginSession.token_hash == bindparam("token"), LoginSession.kind == "subscriber")
        # A company that asks more, or closes its Central, does so for whoever is inside already.
        .where(or_(Company.portal_entry == "cpf_only", (LoginSession.level == "proved") & (Company.portal_entry != "")))
    )
