"""The first run of an installation: a company, the departments, the roles and somebody who administers (X-02)."""

from __future__ import annotations

from sqlalchemy import select

from models.base import db, lock
from models.operators.company import Company
from models.operators.department import Department
from models.operators.operator import Operator
from models.operators.permissions import STARTING_ROLES
from models.operators.role import ADMIN, Role
from models.refused import Refused, require
from models.scope import TODAS

BEGUN = "Já há operadores. Quem administra convida os outros em Configuração, Operadores."
DEPARTMENTS = {"Comercial": "sales", "Suporte": "support", "Financeiro": "finance", "Supervisão": None}  # with its duty


def refusal_to_begin() -> str | None:
    """Why this installation is not at its beginning."""
    if db.session.scalar(select(Operator.id).limit(1)) is None:
        return None
    return BEGUN


def begin(company: str, cnpj: str, name: str, login: str) -> str:
    """Create what the first person needs to begin; the token of their invitation, good for three days.

    The administrator works in TODAS. Raises Refused when there are operators, and with the fields at fault.
    """
    lock(db.session.get_one(Company, TODAS))  # of two who begin at once, the second finds an operator
    require(refusal_to_begin())
    _company(company, cnpj)
    departments = [Department(name=title, duty=duty) for title, duty in DEPARTMENTS.items()]
    roles = [Role(name=title, permissions=list(permitted)) for title, permitted in STARTING_ROLES.items()]
    for department in departments:
        department.create()
    for role in roles:
        role.create()
    administers = next(role for role in roles if ADMIN in role.permissions)
    return Operator(name=name, login=login, role_id=administers.id, department_id=departments[-1].id).invite([TODAS])


def invite_again(login: str) -> str:
    """Another link for the first person, whose own was lost or ran out. Raises Refused once somebody has entered."""
    people = list(db.session.scalars(select(Operator)))
    if any(person.password_hash for person in people):
        raise Refused(BEGUN)
    first = next((person for person in people if person.login == login.strip().lower()), None)
    if first is None:
        raise Refused("Ninguém tem este usuário.", field="login")
    return first.invite(first.company_ids())


def _company(name: str, cnpj: str) -> None:
    """Its name is asked as `company` here, since `name` is the person's."""
    try:
        Company(name=name, cnpj=cnpj).create()
    except Refused as no:
        errors = {"company" if field == "name" else field: sentence for field, sentence in no.errors.items()}
        raise Refused(errors=errors) from no
