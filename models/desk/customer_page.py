"""What the pages of one customer show, in a fixed number of queries."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import aliased

from models.base import db
from models.billing import Credit
from models.catalog import BillingMethod, ContractTemplate, DunningRule
from models.contracts import Contract, ContractPrint
from models.desk.customer_rows import BillingRow, ContractRow, Edition, Head, OrderRow, Record, ServiceRow, WaivedRow
from models.desk.next_carnes import last_due
from models.documents import Document
from models.history import Event
from models.network import Connection
from models.operators import Company, Operator
from models.people import Address, Contact, Origin, Person, PersonGroup, PersonTag, Tag
from models.scope import TODAS, who
from models.services import Service, Suspension, TrustUnlock, UnchargedDays
from models.telephony import Pabx, PabxItem
from models.work_orders import WorkOrder, WorkOrderKind

_PERSON: BindParameter[Any] = bindparam("person")


def head(person_id: int) -> Head | None:
    """The facts every page of a customer begins with; None when there is no such customer in scope."""
    row = db.session.execute(_head(), {"person": person_id}).first()
    return Head._make(row) if row else None


@cache  # like the other statements of every customer page: put together once
def _head() -> Select[Any]:
    contracts = select(func.count()).select_from(Contract).join(Service, Service.id == Contract.service_id)
    tags = select(func.aggregate_strings(Tag.name, "\n")).join(PersonTag, PersonTag.tag_id == Tag.id)
    credit = select(func.coalesce(func.sum(Credit.balance_cents), 0))
    return (
        select(
            Person.id,
            Person.name,
            Person.kind,
            Person.document,
            Person.since,
            Person.company_id,
            Company.name.label("company"),
            select(func.count()).where(Service.person_id == _PERSON).scalar_subquery().label("services"),
            contracts.where(Service.person_id == _PERSON).scalar_subquery().label("contracts"),
            select(func.count()).where(WorkOrder.person_id == _PERSON).scalar_subquery().label("orders"),
            tags.where(PersonTag.person_id == _PERSON).scalar_subquery().label("tag_lines"),
            credit.where(Credit.person_id == _PERSON).scalar_subquery().label("credit_cents"),
        )
        .join(Company, Company.id == Person.company_id)
        .where(Person.id == _PERSON)
    )


def services(person_id: int) -> list[ServiceRow]:
    """Each service with address, suspension, trust unlock, contract, carnê and what the network has confirmed."""
    return [ServiceRow._make(row) for row in db.session.execute(_services(), {"person": person_id})]


@cache
def _services() -> Select[Any]:
    of_it = (Contract.service_id == Service.id, Contract.status == "active")
    contract, newest = (select(func.max(column)).where(*of_it) for column in (Contract.number, Contract.id))
    return (
        select(
            Service,
            Address,
            Suspension.reason.label("suspension_reason"),
            Suspension.started_at.label("suspended_at"),
            TrustUnlock.ends_at.label("trust_until"),
            Connection.applied_access,
            contract.scalar_subquery().label("contract_number"),
            last_due().label("carne_until"),
            _extensions().label("extensions"),
            _extensions(PabxItem.status == "free").label("free_extensions"),
            newest.scalar_subquery().label("contract_id"),
        )
        .join(Address, Address.id == Service.address_id)
        .outerjoin(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .outerjoin(TrustUnlock, (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active"))
        .outerjoin(Connection, Connection.service_id == Service.id)
        .where(Service.person_id == _PERSON)
        .order_by(Service.status == "cancelled", Service.id)
    )


def contacts(person_id: int) -> dict[str, str]:
    return {row.kind: row.value for row in db.session.execute(_contacts(), {"person": person_id})}


def _extensions(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many extensions the contract of a service includes; looked for in the panel, which has an index."""
    panel = select(Pabx.id).where(Pabx.company_id == Service.company_id, Pabx.person_id == Service.person_id)
    counted = select(func.count()).select_from(PabxItem).where(PabxItem.pabx_id.in_(panel.correlate(Service)))
    counted = counted.where(PabxItem.service_id == Service.id, PabxItem.kind == "extension", *which)
    there = counted.where(PabxItem.contracted_on.is_not(None), PabxItem.status != "withdrawn")
    return there.correlate(Service).scalar_subquery()


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
        .join(Operator, Operator.id == WorkOrder.technician_id)
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
