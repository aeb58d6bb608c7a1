"""Persons can be reached and their CPF or CNPJ is one; a sale that is done has left its customer and service."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Row, Select, or_, select

from models.base import db
from models.check.question import findings
from models.people import Address, Contact, Person, PersonPart, cleaned, refusal_to_tax_id
from models.people.person import searchable
from models.people.person_part import endings
from models.sales import Sale
from models.services import Service


def have_a_mobile() -> list[str]:
    """A mobile is compulsory at registration (C-02)."""
    known = select(Contact.id).where(Contact.person_id == Person.id, Contact.kind == "mobile").exists()
    return findings("cliente {id}: sem celular", select(Person.id).where(~known))


def have_a_valid_document() -> list[str]:
    """Stored bare and with the right final digits, or the same CPF could be registered twice (C-03, C-04)."""
    rows = db.session.execute(select(Person.id, Person.kind, Person.document).execution_options(yield_per=1000))
    return [f"cliente {id}: documento inválido" for id, kind, document in rows if not _is_clean(document, kind)]


def are_found_by_what_they_have() -> list[str]:
    """The endings kept of each are those of its name, streets and telephones now (X-09)."""
    wanted = {id: set(endings(name.split(), ())) for id, name in _each(select(Person.id, Person.search_text))}
    for id, street in _each(select(Address.person_id, Address.street)):
        wanted[id].update(endings(searchable(street).split(), ()))
    for id, number in _each(select(Contact.person_id, Contact.value).where(Contact.kind != "email")):
        wanted[id].update(endings((), [number]))
    for id, part in _each(select(PersonPart.person_id, PersonPart.part)):
        wanted[id] ^= {part}
    return [f"cliente {id}: procurado por partes que não são as dele" for id, parts in wanted.items() if parts]


def _each(rows: Select[int, str]) -> Iterator[Row[int, str]]:
    yield from db.session.execute(rows.execution_options(yield_per=1000))


def done_sales_left_a_service() -> list[str]:
    rows = select(Sale.id).outerjoin(Service, Service.id == Sale.service_id).where(Sale.status == "done")
    rows = rows.where(or_(Service.id.is_(None), Sale.person_id.is_(None), Sale.person_id != Service.person_id))
    return findings("venda {id}: concluída sem o serviço do cliente", rows)


def _is_clean(document: str, kind: str) -> bool:
    return document == cleaned(document) and refusal_to_tax_id(document, kind) is None


QUESTIONS = (have_a_mobile, have_a_valid_document, are_found_by_what_they_have, done_sales_left_a_service)
