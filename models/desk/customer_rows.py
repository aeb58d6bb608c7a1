"""The rows that customer_page reads, and what each says of itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from models import clock
from models.billing.carne_plan import refusal_to_carne
from models.contracts import Contract
from models.desk.next_carnes import asks, hint
from models.desk.signs import SERVICE_SIGNS, Sign, Stop
from models.people import Address, Person
from models.services import Service, UnchargedDays
from models.wording import day, near
from models.work_orders import ORDER_STATUSES, WorkOrder

ACCESS = {"active": "liberado", "reduced": "velocidade reduzida", "blocked": "bloqueado", "disabled": "desligado"}
PREPARING = Sign("preparando", "neu", "progress")


class Head(NamedTuple):
    """What every page of a customer begins with, how much there is of what, and the names of its tags, one a line."""

    id: int
    name: str
    kind: str
    document: str
    since: date
    company_id: int
    company: str
    services: int
    contracts: int
    orders: int
    tag_lines: str | None
    credit_cents: int

    @property
    def tags(self) -> list[str]:
        return sorted((self.tag_lines or "").splitlines())


class ServiceRow(NamedTuple):
    """A service on the page of its customer, with what decides what is said of it."""

    service: Service
    address: Address
    suspension_reason: str | None
    suspended_at: datetime | None
    trust_until: datetime | None
    applied_access: str | None
    contract_number: int | None
    carne_until: date | None
    extensions: int  # contracted, in the Painel PABX of its telephone
    free_extensions: int
    contract_id: int | None  # of the newest in force

    @property
    def refusal_to_carne(self) -> str | None:
        return refusal_to_carne(self.service)

    @property
    def cancelled(self) -> bool:
        return self.service.status == "cancelled"

    @property
    def is_telephone(self) -> bool:
        """Has it a Painel PABX?"""
        return self.service.technology == "phone" and not self.cancelled

    @property
    def carne_hint(self) -> str:
        """That it needs a carnê, having none or one that ends soon (C-36, B-07); empty when it does not."""
        today = clock.today()
        return hint(self.carne_until, today) if asks(self.service, self.carne_until, today) else ""

    @property
    def refusal_to_enable(self) -> str | None:
        return self.service.refusal_to_enable(self.suspended_at is not None)

    @property
    def sign(self) -> Sign:
        if self.trust_until:
            return Sign(f"Em confiança até {near(self.trust_until)}", "warn", "heart-handshake")
        return SERVICE_SIGNS[self.service.status]

    def path(self, simulated: bool) -> list[Stop]:
        """From the contract to the access. `simulated`: no router was asked, the network is a fake."""
        return [self._contract(), self._installation(), self._billing(), self._access(simulated)]

    def _contract(self) -> Stop:
        number = self.contract_number
        return Stop("Contrato", f"nº {number}" if number else "sem contrato", "ok" if number else "warn")

    def _installation(self) -> Stop:
        since = self.service.activated_on
        fact = f"desde {day(since)}" if since else "aguardando"
        return Stop("Instalação", fact, "ok" if since else "current", since is not None)

    def _billing(self) -> Stop:
        service, installed = self.service, self.service.activated_on is not None
        if self.trust_until:
            return Stop("Cobrança", "em confiança", "warn", installed)
        fact = "débito em aberto" if self.suspended_at else f"dia {service.due_day}"
        passes = installed and service.status != "suspended_for_debt"
        if service.status == "reduced":
            return Stop("Cobrança", fact, "warn", passes)
        if self.suspended_at:
            return Stop("Cobrança", fact, "stopped", passes)
        return Stop("Cobrança", fact, "ok" if installed else "off", passes)

    def _access(self, simulated: bool) -> Stop:
        service, applied = self.service, self.applied_access == self.service.access
        fact = ACCESS[self.applied_access or "disabled"] if applied else "aplicando…"
        closed = service.access in ("blocked", "disabled")
        state = "off" if closed else "ok" if applied and service.access == "active" else "warn"
        return Stop("Acesso", fact + (" (simulado)" if simulated else ""), state)


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
    technician: str
    plan_name: str | None

    @property
    def sign(self) -> Sign:
        scheduled = self.order.status == "scheduled"
        return Sign(ORDER_STATUSES[self.order.status], "neu", "calendar-check" if scheduled else "tool")
