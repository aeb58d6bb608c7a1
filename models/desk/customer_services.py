"""The services of a customer, each with all that decides what is said of it; what they owe is a second question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, func, select

from models import clock
from models.base import db
from models.billing.carne_plan import refusal_to_carne
from models.catalog import DunningRule, Offer
from models.contracts import Contract, followed_ladder
from models.desk.next_carnes import asks, hint, last_due
from models.desk.signs import Sign, Stop, service_sign
from models.dunning import Hold
from models.dunning.debt_notice import Debt
from models.dunning.debts import debts_of
from models.dunning.ladder import first_cut, holding, ripe
from models.dunning.returning import paid_waits, review_waits
from models.network import Connection, is_first
from models.operators import Company, Operator
from models.people import Address
from models.services import Service, Suspension, TrustUnlock
from models.telephony import Pabx, PabxItem
from models.wording import day, near, short_day
from models.work_orders import WorkOrder
from models.work_orders.status import PENDING

ACCESS = {"active": "liberado", "reduced": "velocidade reduzida", "blocked": "bloqueado", "disabled": "desligado"}
GRAVE = ("suspended_for_debt", "reduced", "awaiting_installation", "awaiting_migration")
CUTS = {"suspended_for_debt": "Suspenso", "reduced": "Reduzido"}


class ServiceRow(NamedTuple):
    """A service on the page of its customer, with what decides what is said of it."""

    service: Service
    address: Address
    suspension_reason: str | None
    suspended_at: datetime | None
    falls_back: str | None  # the status its open suspension has, also under a release in trust
    trust_until: datetime | None
    access_state: str | None
    contract_number: int | None
    carne_until: date | None
    extensions: int  # contracted, in the Painel PABX of its telephone
    free_extensions: int
    ladder: DunningRule | None
    held_until: date | None  # a person keeps the ladder from it
    paid_waits: bool  # a payment came in and its review is about to be carried out
    review_waits: bool  # that one, or one that brings back what the ladder cut
    order: WorkOrder | None  # the next one still open
    technician: str | None
    offer_code: str  # what it was sold with (B-18)
    contract_id: int | None  # of the newest in force
    company: Company  # at hand for what the verbs ask of it
    today: date = date.min  # where its company is; this and its late debts are set by `with_debts`
    debts: tuple[Debt, ...] = ()

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
    def refusal_to_trust(self) -> str | None:
        if self.trust_until:
            return f"Já está liberado em confiança até {near(self.trust_until)}."
        return self.service.refusal_to_trust()

    @property
    def refusal_to_enable(self) -> str | None:
        return self.service.refusal_to_enable(self.suspended_at is not None)

    @property
    def holding(self) -> tuple[Debt, ...]:
        """The debts that keep its suspension open."""
        return holding(self.debts, self.ladder.suspend_days, self.today) if self.ladder else self.debts

    @property
    def _ripe(self) -> tuple[Debt, ...]:
        return tuple(debt for debt in self.debts if self.ladder and ripe(debt, self.ladder.suspend_days, self.today))

    @property
    def comes_back(self) -> bool:
        """It is cut or only released in trust, and nothing holds it any more: the worker is about to bring it back."""
        return self.review_waits and self.suspended_at is not None and not self._ripe

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.held_until >= self.today

    @property
    def cuts_on(self) -> date | None:
        """The first day on which the ladder may cut what is still on; None when it has no way to."""
        falls = self.service.status in ("active", "reduced") and not self.trust_until
        return first_cut(self.debts, self.ladder, self.today) if falls and self.ladder else None

    @property
    def needs_attention(self) -> bool:
        """Anything about it is not as it should be: cut, released in trust, late, or not installed."""
        return not self.cancelled and bool(self.service.status != "active" or self.trust_until or self.debts)

    def rank(self) -> int:
        """What needs attention first, the gravest on top; what was cancelled last."""
        if self.cancelled or not self.needs_attention:
            return len(GRAVE) + 2 + self.cancelled
        if self.service.status in GRAVE:
            return GRAVE.index(self.service.status)
        return len(GRAVE) + (not self.trust_until)

    @property
    def sign(self) -> Sign:
        if self.service.status == "active" and self.debts and not self.trust_until:
            return Sign(
                f"Pode suspender em {short_day(self.cuts_on)}" if self.cuts_on else "Habilitado, em atraso", "warn"
            )
        return service_sign(self.service.status, self.trust_until)

    def path(self, simulated: bool) -> list[Stop]:
        """From the contract to the access; of what is late, from the debt. `simulated`: no router was asked."""
        if self.debts or self.suspended_at:
            return [*self._debt(), self._access(simulated)]
        return [self._contract(), self._installation(), self._billing(), self._access(simulated)]

    def _debt(self) -> list[Stop]:
        """Due, told, cut: why it stands as it does."""
        debts, stops = self.holding, []
        if debts:
            told = [debt.noticed_on for debt in debts if debt.noticed_on]
            stops.append(Stop("Venceu", short_day(min(debt.due_on for debt in debts)), "warn"))
            stops.append(Stop("Avisado", short_day(min(told)), "warn") if told else Stop("Aviso", "ainda não", "next"))
        if self.suspended_at:
            cut = CUTS[self.falls_back or "suspended_for_debt"]
            state = "past" if self.trust_until else "stopped" if self.service.access == "blocked" else "warn"
            stops.append(Stop(cut, short_day(clock.local(self.suspended_at).date()), state))
        if self.trust_until:
            stops.append(Stop("Em confiança", f"até {near(self.trust_until)}", "warn"))
        elif self.is_held:
            stops.append(Stop("Régua", f"segurada até {short_day(self.held_until)}", "next"))
        elif self.cuts_on:
            stops.append(Stop("Suspensão", f"a partir de {short_day(self.cuts_on)}", "next"))
        return stops

    def _contract(self) -> Stop:
        number = self.contract_number
        return Stop("Contrato", f"nº {number}" if number else "sem contrato", "ok" if number else "warn")

    def _installation(self) -> Stop:
        since = self.service.activated_on
        if since is None and self.order:
            return Stop("Instalação", f"OS {self.order.number}, {self.order.when}", "current", False)
        fact = f"desde {day(since)}" if since else "aguardando"
        return Stop("Instalação", fact, "ok" if since else "current", since is not None)

    def _billing(self) -> Stop:
        service, installed = self.service, self.service.activated_on is not None
        return Stop("Cobrança", f"dia {service.due_day}", "ok" if installed else "off", installed)

    def _access(self, simulated: bool) -> Stop:
        service, applied = self.service, self.access_state == self.service.access
        fact = ACCESS[self.access_state or "disabled"] if applied else "aplicando…"
        closed = service.access in ("blocked", "disabled")
        state = "off" if closed else "ok" if applied and service.access == "active" else "warn"
        return Stop("Acesso", fact + (" (simulado)" if simulated else ""), state)


def services(person_id: int) -> list[ServiceRow]:
    """Each service with address, suspension, trust unlock, contract, carnê, ladder, order and what the network has
    confirmed; those in use first.
    """
    today = clock.today()
    return [ServiceRow._make((*row, today, ())) for row in db.session.execute(_services(), {"person": person_id})]


def with_debts(rows: Sequence[ServiceRow], on: date) -> list[ServiceRow]:
    """The same services with what each owes that is late on a day, one question; those that need attention first."""
    found = debts_of([row.service.id for row in rows], on) if rows else {}
    told = [row._replace(today=on, debts=tuple(found.get(row.service.id, ()))) for row in rows]
    return sorted(told, key=ServiceRow.rank)


@cache
def _services() -> Select[Any]:
    of_it = (Contract.service_id == Service.id, Contract.status == "active")
    contract, newest = (select(func.max(column)).where(*of_it) for column in (Contract.number, Contract.id))
    to_do = select(WorkOrder.id).where(WorkOrder.service_id == Service.id, WorkOrder.status.in_(PENDING))
    first = to_do.order_by(WorkOrder.starts_at.nulls_last(), WorkOrder.id).limit(1).correlate(Service).scalar_subquery()
    return (
        select(
            Service,
            Address,
            Suspension.reason.label("suspension_reason"),
            Suspension.started_at.label("suspended_at"),
            Suspension.status.label("falls_back"),
            TrustUnlock.ends_at.label("trust_until"),
            Connection.access_state,
            contract.scalar_subquery().label("contract_number"),
            last_due().label("carne_until"),
            _extensions().label("extensions"),
            _extensions(PabxItem.status == "free").label("free_extensions"),
            DunningRule,
            Hold.until.label("held_until"),
            paid_waits().label("paid_waits"),
            review_waits().label("review_waits"),
            WorkOrder,
            Operator.name.label("technician"),
            Offer.code.label("offer_code"),
            newest.scalar_subquery().label("contract_id"),
            Company,
        )
        .join(Offer, Offer.id == Service.offer_id)
        .join(Company, Company.id == Service.company_id)
        .join(Address, Address.id == Service.address_id)
        .outerjoin(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .outerjoin(TrustUnlock, (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active"))
        .outerjoin(Connection, is_first())
        .outerjoin(DunningRule, DunningRule.id == followed_ladder())
        .outerjoin(Hold, (Hold.service_id == Service.id) & Hold.ended_at.is_(None))
        .outerjoin(WorkOrder, WorkOrder.id == first)
        .outerjoin(Operator, Operator.id == WorkOrder.technician_id)
        .where(Service.person_id == bindparam("person"))
        .order_by(Service.status == "cancelled", Service.id)
    )


def _extensions(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many extensions the contract of a service includes; looked for in the panel, which has an index."""
    panel = select(Pabx.id).where(Pabx.company_id == Service.company_id, Pabx.person_id == Service.person_id)
    counted = select(func.count()).select_from(PabxItem).where(PabxItem.pabx_id.in_(panel.correlate(Service)))
    counted = counted.where(PabxItem.service_id == Service.id, PabxItem.kind == "extension", *which)
    there = counted.where(PabxItem.contracted_on.is_not(None), PabxItem.status != "withdrawn")
    return there.correlate(Service).scalar_subquery()
