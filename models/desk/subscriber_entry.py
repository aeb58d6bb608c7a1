"""Who may enter the Central by typing a CPF or CNPJ alone (C-102, D-11)."""

from __future__ import annotations

from sqlalchemy import or_, select

from models.base import db
from models.operators import Company
from models.people import Person
from models.services import Service


def by_document(document: str) -> Person | None:
    """Whoever has this document, when it alone opens the door to them; else None, after one and the same query.

    The rule is that of the person's company; for a person in TODAS that of Regras de TODAS. A former customer, all
    of whose services are cancelled, is not let in.
    """
    mine = select(Service.id).where(Service.person_id == Person.id)
    customer = or_(mine.where(Service.status != "cancelled").exists(), ~mine.exists())
    rows = select(Person).join(Company, Company.id == Person.company_id)
    return db.session.scalars(
        rows.where(Person.document == document, Company.portal_entry == "cpf_only", customer)
    ).first()
