"""What the record of a customer says: contract, group, and what is missing in it (A-19, A-28, A-29)."""

from __future__ import annotations

from sqlalchemy import select

from models.base import db
from models.contracts import Contract
from models.express_check.finding import Finding, Line
from models.people import Contact, Person, PersonGroup
from models.people.listed import PRIORITIES
from models.people.tax_id import refusal_to_tax_id
from models.services import Service
from models.tickets import Ticket
from models.wording import day


def contract(ticket: Ticket) -> list[Finding]:
    """Is the contract of the ticket in force (A-28)?"""
    if ticket.contract_id is None:
        return [Finding("contract", "calm", "atendimento sem contrato")]
    rows = select(Contract.id, Contract.number, Contract.status, Contract.cancelled_on, Service.plan_name)
    rows = rows.join(Service, Service.id == Contract.service_id).where(Contract.id == ticket.contract_id)
    row = db.session.execute(rows).one()
    if row.status == "active":
        return [Finding("contract", "calm", f"nº {row.number}, ativo")]
    since = f" desde {day(row.cancelled_on)}" if row.cancelled_on else ""
    text = f"O contrato {row.number} do plano {row.plan_name} está cancelado{since}."
    return [Finding("contract", "matter", f"nº {row.number}, cancelado{since}", (Line(text, "contract", row.id),))]


def priority(ticket: Ticket) -> list[Finding]:
    """How soon the ticket is to be seen to, as the customer's group said when it began (A-29, A-30)."""
    rows = select(PersonGroup.name).join(Person, Person.group_id == PersonGroup.id)
    group = db.session.scalar(rows.where(Person.id == ticket.person_id))
    words = f"{PRIORITIES[ticket.priority].lower()}, {f'grupo {group}' if group else 'sem grupo'}"
    return [Finding("priority", "notice" if ticket.priority else "calm", words)]


def record(ticket: Ticket) -> list[Finding]:
    """E-mail, telephone and document: what somebody who writes to the customer would miss (A-19)."""
    rows = select(Person.kind, Person.document, Contact.kind.label("contact"))
    rows = rows.outerjoin(Contact, Contact.person_id == Person.id).where(Person.id == ticket.person_id)
    found = db.session.execute(rows).all()
    kinds, (kind, document, _) = {row.contact for row in found}, found[0]
    invalid = refusal_to_tax_id(document, kind) is not None
    return [
        _missing("email", "email" not in kinds, "sem e-mail", "O cadastro não tem e-mail.", ticket),
        _missing("telephone", not kinds & {"mobile", "phone"}, "sem telefone", "O cadastro não tem telefone.", ticket),
        _missing("document", invalid, "não confere", "O documento do cadastro não confere.", ticket),
    ]


def _missing(key: str, is_so: bool, words: str, text: str, ticket: Ticket) -> Finding:
    if not is_so:
        return Finding(key, "calm", "em ordem")
    return Finding(key, "notice", words, (Line(text, "record", ticket.person_id),))
