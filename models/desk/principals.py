"""Who is behind a token: one query, plain values. Runs before anybody acts, so outside the company filter."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, func, or_, select

from models import clock
from models.base import db
from models.operators import Company, Department, LoginSession, Operator, OperatorCompany, Principal, Role
from models.operators.token import digest
from models.people import Person

_person = Person.__table__


def find(kind: str, token: str) -> tuple[Principal | None, datetime]:
    """The principal of a live session at a door, and when it was last seen."""
    question = _staff() if kind == "staff" else _subscriber()
    row = db.session.execute(question, {"token": digest(token)}).first()
    if row is None or not row.LoginSession.lives:
        return None, clock.now()
    session = row.LoginSession
    db.session.expunge(session)
    principal = Principal(
        kind=kind,
        id=session.principal_id,
        session_id=session.id,
        name=row.name,
        level=session.level,
        company_id=session.company_id,
        company_name=row.company,
        zone=row.zone,
        department_name=row.department if kind == "staff" else "",
        permissions=frozenset(row.permissions) if kind == "staff" else frozenset(),
        may_switch_company=kind == "staff" and (row.companies > 1 or row.everywhere > 0),
    )
    return principal, session.last_seen


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
        select(LoginSession, _person.c.name, Company.name.label("company"), Company.zone)
        .join(_person, _person.c.id == LoginSession.principal_id)
        .join(Company, Company.id == _person.c.company_id)
        .where(LoginSession.token_hash == bindparam("token"), LoginSession.kind == "subscriber")
        # A company that asks more, or closes its Central, does so for whoever is inside already.
        .where(or_(Company.portal_entry == "cpf_only", (LoginSession.level == "proved") & (Company.portal_entry != "")))
    )
