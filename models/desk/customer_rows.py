"""The rows that customer_page reads, and what each says of itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from models.contracts import Contract
from models.desk.signs import Sign, order_sign
from models.people import Person
from models.people.person import called
from models.services import Service, UnchargedDays
from models.wording import brl, counted
from models.work_orders import WorkOrder

PREPARING = Sign("preparando", "neu", "progress")


class Head(NamedTuple):
    """What every page of a customer begins with, how much there is of what, the names of its tags, one a line, and how
    it is reached.
    """

    id: int
    name: str
    kind: str
    document: str
    since: date
    company_id: int
    company: str
    zone: str
    trade_name: str
    contact_person: str
    services: int
    contracts: int
    orders: int
    tag_lines: str | None
    credit_cents: int
    mobile: str | None
    phone: str | None
    email: str | None

    @property
    def called(self) -> str:
        """By letters, and by messages."""
        return called(self.kind, self.name, self.trade_name, self.contact_person)

    @property
    def contacts(self) -> dict[str, str]:
        """By kind; empty where there is none."""
        return {"mobile": self.mobile or "", "phone": self.phone or "", "email": self.email or ""}

    @property
    def tags(self) -> list[str]:
        return sorted((self.tag_lines or "").splitlines())


class Record(NamedTuple):
    """A person with the names of group and origin."""

    person: Person
    group: str | None
    origin: str | None


class BillingRow(NamedTuple):
    """How a service is charged."""

    service: Service
    method: str


class WaivedRow(NamedTuple):
    """Days of a service that somebody decided not to charge."""

    days: UnchargedDays
    plan_name: str


class ContractRow(NamedTuple):
    """A contract with its newest document, if it was ever printed."""

    contract: Contract
    template: str
    ladder: str | None  # None: the company's default
    plan_name: str
    edition: int | None
    document_id: int | None
    rendered_at: datetime | None

    @property
    def sign(self) -> Sign | None:
        """Where its document stands; None: not printed."""
        if self.rendered_at:
            return Sign(f"versão {self.edition} pronta", "ok")
        return PREPARING if self.document_id else None

    @property
    def situation(self) -> Sign:
        """Whether it holds."""
        return Sign("Em vigor", "ok") if self.contract.status == "active" else Sign("Cancelado", "neu", "ban")

    @property
    def term(self) -> str:
        """The loyalty term, with its last day."""
        if self.contract.ends_on is None:
            return "sem fidelidade"
        return f"{counted(self.contract.loyalty_months, 'mês', 'meses')}, até {self.contract.ends_on:%d/%m/%Y}"

    @property
    def benefit(self) -> str | None:
        """What the loyalty is given for; None: the contract names nothing."""
        worth = f"vale {brl(self.contract.benefit_cents)}" if self.contract.benefit_cents else ""
        return ", ".join(filter(None, (self.contract.benefit, worth))) or None


class Edition(NamedTuple):
    """A printed version of a contract; `id` is that of its document."""

    edition: int
    id: int
    issued_at: datetime
    rendered_at: datetime | None
    sha256: str | None

    @property
    def sign(self) -> Sign:
        return Sign("pronta", "ok") if self.rendered_at else PREPARING


class OrderRow(NamedTuple):
    """A work order with the names of its kind, technician and plan."""

    order: WorkOrder
    kind: str
    technician: str | None
    plan_name: str | None

    @property
    def sign(self) -> Sign:
        return order_sign(self.order.status)
