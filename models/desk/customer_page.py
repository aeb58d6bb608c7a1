"""What the pages of one customer show, in a fixed number of queries."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import aliased

from models.base import db
from models.billing import Credit
from models.catalog import BillingMethod, ContractTemplate, DunningRule
from models.contracts import Contract, ContractPrint
from models.desk.customer_rows import BillingRow, ContractRow, Edition, Head, OrderRow, Record, WaivedRow
from models.documents import Document
from models.history import Event
from models.operators import Company, Operator
from models.people import Address, Contact, Origin, Person, PersonGroup, PersonTag, Tag
from models.people.contact import KINDS as CONTACTS
from models.scope import TODAS, who
from models.services import Service, UnchargedDays
from models.work_orders import WorkOrder, WorkOrderKind

_PERSON: BindParameter[Any] = bindparam("person")


def head(person_id: int) -> Head | None:
    """The facts every page of a customer begins with; None when there is no such customer in scope."""
    row = db.session.execute(_head(), {"person": person_id}).first()
    return Head._make(row) if row else None


@cache  # like the other statements of every customer page: put together once
def _head() -> Select[*tuple[Any, ...]]:
    contracts = select(func.count()).select_from(Contract).join(Service, Service.id == Contract.service_id)
    tags = select(func.aggregate_strings(Tag.name, "\n")).join(PersonTag, PersonTag.tag_id == Tag.id)
    credit = select(func.coalesce(func.sum(Credit.balance_cents), 0))
    reached = select(func.max(Contact.value)).where(Contact.person_id == _PERSON)
    return (
        select(
            Person.id,
            Person.name,
            Person.kind,
            Person.document,
            Person.since,
            Person.company_id,
            Company.name.label("company"),
            Company.zone,
            Person.trade_name,
            Person.contact_person,
            select(func.count()).where(Service.person_id == _PERSON).scalar_subquery().label("services"),
            contracts.where(Service.person_id == _PERSON).scalar_subquery().label("contracts"),
            select(func.count()).where(WorkOrder.person_id == _PERSON).scalar_subquery().label("orders"),
            tags.where(PersonTag.person_id == _PERSON).scalar_subquery().label("tag_lines"),
            credit.where(Credit.person_id == _PERSON).scalar_subquery().label("credit_cents"),
            *(reached.where(Contact.kind == kind).scalar_subquery().label(kind) for kind in CONTACTS),
        )
        .join(Company, Company.id == Person.company_id)
        .where(Person.id == _PERSON)
    )


def contacts(person_id: int) -> dict[str, str]:
    return {row.kind: row.value for row in db.session.execute(_contacts(), {"person": person_id})}


@cache
def _contacts() -> Select[str, str]:
    return select(Contact.kind, Contact.value).where(Contact.person_id == _PERSON)


def record(person_id: int) -> Record:
    rows = (
        select(Person, PersonGroup.name.label("group"), Origin.name.label("origin"))
        .outerjoin(PersonGroup, PersonGroup.id == Person.group_id)
        .outerjoin(Origin, Origin.id == Person.origin_id)
        .where(Person.id == person_id)
    )
    return Record._make(db.session.execute(rows).one())


def addresses(person_id: int) -> list[Address]:
    return list(db.session.scalars(select(Address).where(Address.person_id == person_id).order_by(Address.id)))


def billing(person_id: int) -> list[BillingRow]:
    return [BillingRow._make(row) for row in db.session.execute(_billing(), {"person": person_id})]


@cache
def _billing() -> Select[Service, str]:
    rows = select(Service, BillingMethod.name.label("method"))
    rows = rows.join(BillingMethod, BillingMethod.id == Service.billing_method_id)
    return rows.where(Service.person_id == _PERSON).order_by(Service.id)


def uncharged_days(person_id: int) -> list[WaivedRow]:
    """The decisions not to charge some days of its services, the latest days first."""
    return [WaivedRow._make(row) for row in db.session.execute(_waived(), {"person": person_id})]


@cache
def _waived() -> Select[UnchargedDays, str]:
    rows = select(UnchargedDays, Service.plan_name).join(Service, Service.id == UnchargedDays.service_id)
    mine = rows.where(Service.person_id == _PERSON, UnchargedDays.undone_at.is_(None))
    return mine.order_by(UnchargedDays.starts_on.desc())


def contracts(service_ids: list[int]) -> list[ContractRow]:
    """The contracts of services, the newest first."""
    return [ContractRow._make(row) for row in db.session.execute(_contracts(), {"services": service_ids})]


@cache
def _contracts() -> Select[*tuple[Any, ...]]:
    newest = (
        select(ContractPrint.contract_id, func.max(ContractPrint.edition).label("edition"))
        .group_by(ContractPrint.contract_id)
        .subquery()
    )
    printed = aliased(ContractPrint)
    return (
        select(
            Contract,
            ContractTemplate.name.label("template"),
            DunningRule.name.label("ladder"),
            Service.plan_name,
            newest.c.edition,
            Document.id.label("document_id"),
            Document.rendered_at,
        )
        .join(ContractTemplate, ContractTemplate.id == Contract.template_id)
        .join(Service, Service.id == Contract.service_id)
        .outerjoin(DunningRule, DunningRule.id == Contract.dunning_rule_id)
        .outerjoin(newest, newest.c.contract_id == Contract.id)
        .outerjoin(printed, (printed.contract_id == Contract.id) & (printed.edition == newest.c.edition))
        .outerjoin(Document, Document.id == printed.document_id)
        .where(Contract.service_id.in_(bindparam("services", expanding=True)))
        .order_by(Contract.number.desc())
    )


def editions(contract_id: int) -> list[Edition]:
    """The printings of a contract, the newest first."""
    return [Edition._make(row) for row in db.session.execute(_editions(), {"contract": contract_id})]


@cache
def _editions() -> Select[int, int, datetime, datetime | None, str | None]:
    return (
        select(
            ContractPrint.edition,
            Document.id,
            Document.issued_at,
            Document.rendered_at,
            Document.sha256,
        )
        .join(Document, Document.id == ContractPrint.document_id)
        .where(ContractPrint.contract_id == bindparam("contract"))
        .order_by(ContractPrint.edition.desc())
    )


def work_orders(person_id: int) -> list[OrderRow]:
    return [OrderRow._make(row) for row in db.session.execute(_orders(), {"person": person_id})]


@cache
def _orders() -> Select[*tuple[Any, ...]]:
    return (
        select(WorkOrder, WorkOrderKind.name.label("kind"), Operator.name.label("technician"), Service.plan_name)
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .outerjoin(Operator, Operator.id == WorkOrder.technician_id)
        .outerjoin(Service, Service.id == WorkOrder.service_id)
        .where(WorkOrder.person_id == _PERSON)
        .order_by(WorkOrder.number.desc())
    )


def history(person_id: int, limit: int, actions: set[str] | None = None, before: int = 0) -> list[Event]:
    """Históricos, newest first; of all kinds or of the given actions, older than the event `before` (X-03)."""
    rows = _history(who().company_id, frozenset(actions) if actions is not None else None, bool(before))
    return list(db.session.scalars(rows, {"person": person_id, "before": before, "limit": limit}))


def corrected_documents(person_id: int) -> list[Event]:
    """The corrections of the CPF or CNPJ, newest first: before and after stand in their data (B-03)."""
    mine = (Event.person_id == person_id, Event.action == "person.document_corrected")
    return list(db.session.scalars(select(Event).where(*mine).order_by(Event.occurred_at.desc(), Event.id.desc())))


@lru_cache(200)
def _history(company_id: int, actions: frozenset[str] | None, continued: bool) -> Select[Any]:
    rows = select(Event).where(Event.person_id == _PERSON)
    if company_id != TODAS:  # of somebody in TODAS each company reads its own part
        rows = rows.where(Event.company_id.in_((TODAS, company_id)))
    if actions is not None:
        rows = rows.where(Event.action.in_(actions))
    if continued:
        last = aliased(Event)
        moment = select(last.occurred_at).where(last.id == bindparam("before")).scalar_subquery()
        rows = rows.where(tuple_(Event.occurred_at, Event.id) < tuple_(moment, bindparam("before")))
    return rows.order_by(Event.occurred_at.desc(), Event.id.desc()).limit(bindparam("limit"))
