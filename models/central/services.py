"""The services a subscriber sees in the Central. At level weak only what D-11 allows; the rest is not read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Row, Select, bindparam, select

from models import clock
from models.base import db
from models.catalog import Offer, Plan
from models.central.visits import ComingVisit, coming_visits
from models.contracts import Contract
from models.desk.signs import Sign
from models.network import Connection, is_first
from models.operators import Company
from models.people import Address
from models.services import STATUSES, Service, Suspension, TrustUnlock
from models.wording import brl, day, near, speeds

# What needs the subscriber's eye comes first; a service released in trust stands between REDUCED and the rest.
TROUBLE = {"suspended_for_debt": 0, "reduced": 1, "awaiting_installation": 3, "awaiting_migration": 3, "active": 4}
SIGNS = {
    "suspended_for_debt": ("bad", "player-pause"),
    "reduced": ("warn", "gauge"),
    "active": ("ok", "circle-check"),
    "awaiting_installation": ("neu", "clock"),
    "awaiting_migration": ("neu", "clock"),
}


@dataclass(frozen=True)
class WeakView:
    """A service as somebody may see it who has only typed a CPF: no address, no document, no contact."""

    id: int
    plan: str
    is_phone: bool
    status: str
    status_name: str
    zone: str
    suspended_on: date | None  # also while it is released in trust: the debt remains
    returns_to: str | None  # the status after the release, if nobody pays
    trust_since: datetime | None
    trust_until: datetime | None
    trust_offered: bool  # the provider has switched the release on in the Central
    trust_refusal: str | None
    trust_again: date | None  # when the release of this month is used: the day of the next
    settled: bool  # the network has confirmed the access the service should have
    let_in: bool  # the network has let it through before
    speed: str  # empty for a telephone

    @property
    def stopped(self) -> bool:
        return self.status in ("suspended_for_debt", "reduced")

    @property
    def coming(self) -> bool:
        """It may be used, but the network has not confirmed it yet."""
        return self.status == "active" and not self.settled

    @property
    def label(self) -> str:
        return f"{self.plan}, nº\u00a0{self.id}"

    @property
    def sign(self) -> Sign:
        """Until when it is released stands below it, in a sentence."""
        released = Sign("Em confiança", "warn", "heart-handshake")
        return released if self.trust_until else Sign(self.status_name, *SIGNS[self.status])

    @property
    def coming_words(self) -> str:
        """What it does meanwhile: 'Sua internet está voltando'."""
        return "voltando" if self.let_in else "entrando no ar"

    @property
    def since(self) -> str:
        """The day and month it was cut; empty when it was not."""
        return f"{self.suspended_on:%d/%m}" if self.suspended_on else ""

    @property
    def trust_ends(self) -> str:
        return near(self.trust_until, self.zone) if self.trust_until else ""

    @property
    def falls_back(self) -> str:
        """What happens when the release ends and nobody has paid."""
        return "volta à velocidade reduzida" if self.returns_to == "reduced" else "suspende de novo"

    @property
    def sentence(self) -> str:
        """What its state means for whoever uses it; empty while all is well."""
        if self.trust_until:
            coming = " Está voltando, em até 2 minutos." if self.coming else ""
            return f"Liberado em confiança até {self.trust_ends}.{coming} Sem pagamento até lá, {self.falls_back}."
        if self.coming:
            return f"Está {self.coming_words}, em até 2 minutos."
        return {
            "suspended_for_debt": f"Parado desde {self.since}, por débito.",
            "reduced": f"Mais lento desde {self.since}, por débito.",
            "awaiting_installation": "Quando a equipe terminar de instalar, ele aparece ativo aqui.",
            "awaiting_migration": "A mudança está em andamento. Quando terminar, ele aparece ativo aqui.",
            "active": "",
        }[self.status]

    @property
    def trouble(self) -> int:
        return 2 if self.trust_until else TROUBLE[self.status]


class OwnContract(NamedTuple):
    """A contract in force, to be read as PDF."""

    id: int
    number: int
    ends_on: date | None  # of the loyalty term


@dataclass(frozen=True)
class ProvedView(WeakView):
    """The same for somebody who has shown who they are: also where it is installed and what was agreed (C-103)."""

    address: str
    price_cents: int
    due_day: int
    offer_code: str
    contracts: tuple[OwnContract, ...]
    visits: tuple[ComingVisit, ...] = ()

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What was agreed: how fast, for how much, when it is due, until when, under which offer."""
        terms = [contract.ends_on for contract in self.contracts if contract.ends_on]
        loyal = [ends_on for ends_on in terms if ends_on >= clock.today(self.zone)]
        return [
            ("Velocidade", self.speed),
            ("Por mês", brl(self.price_cents)),
            ("Vencimento", f"todo dia {self.due_day}"),
            ("Fidelidade", f"até {day(max(loyal))}" if loyal else ""),
            ("Oferta", self.offer_code),
        ]


def services(person_id: int, level: str) -> list[WeakView]:
    """The services of a subscriber that are not cancelled, the most troubled first, in a fixed number of queries."""
    used = _used_months(person_id)
    views = [_view(row, used) for row in db.session.execute(_rows(), {"person": person_id})]
    if level == "proved":
        agreed, contracts, visits = _agreed(person_id), _contracts(person_id), coming_visits(person_id)
        views = [
            ProvedView(
                **asdict(view),
                **agreed[view.id],
                contracts=tuple(contracts.get(view.id, ())),
                visits=tuple(one for one in visits if one.service_id == view.id),
            )
            for view in views
        ]
    return sorted(views, key=lambda view: (view.trouble, view.id))


def service(person_id: int, id: int, level: str) -> WeakView | None:
    """One of the subscriber's own services; None for anybody else's and for a cancelled one."""
    return next((view for view in services(person_id, level) if view.id == id), None)


_PERSON: BindParameter[Any] = bindparam("person")
_MINE = Service.person_id == _PERSON


@cache  # the first screen of the Central asks these: they are put together once
def _rows() -> Select[*tuple[Any, ...]]:
    """Each service with its company, whose rules hold for it, open suspension, release, connection and kind."""
    return (
        select(Service, Company, Suspension, TrustUnlock, Connection.access_state, Plan.technology)
        .join(Plan, Plan.id == Service.plan_id)
        .join(Company, Company.id == Service.company_id)
        .outerjoin(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .outerjoin(TrustUnlock, (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active"))
        .outerjoin(Connection, is_first())
        .where(_MINE, Service.status != "cancelled")
    )


def _view(row: Row[*tuple[Any, ...]], used: dict[int, set[str]]) -> WeakView:
    service, company, suspension, unlock, applied, technology = row
    months, today = used.get(service.line, set()), clock.today(company.zone)
    return WeakView(
        id=service.id,
        plan=service.plan_name,
        is_phone=technology == "phone",
        status=service.status,
        status_name=STATUSES[service.status],
        zone=company.zone,
        suspended_on=clock.local(suspension.started_at, company.zone).date() if suspension else None,
        returns_to=suspension.status if suspension else None,
        trust_since=unlock.starts_at if unlock else None,
        trust_until=unlock.ends_at if unlock else None,
        trust_offered=company.portal_trust_unlock,
        trust_refusal=service.refusal_to_own_trust(company, months),
        trust_again=clock.first_of_next_month(today) if clock.month_of(today) in months else None,
        settled=applied == service.access,
        let_in=applied not in (None, "disabled"),
        speed=speeds(service.download_mbps, service.upload_mbps) if service.download_mbps else "",
    )


def _agreed(person_id: int) -> dict[int, dict[str, Any]]:
    """By service: where it is installed and what was agreed."""
    found = db.session.execute(_agreements(), {"person": person_id})
    return {
        service.id: {
            "address": address.text,
            "price_cents": service.price_cents,
            "due_day": service.due_day,
            "offer_code": code,
        }
        for service, address, code in found
    }


@cache
def _agreements() -> Select[*tuple[Any, ...]]:
    rows = select(Service, Address, Offer.code).join(Address, Address.id == Service.address_id)
    return rows.join(Offer, Offer.id == Service.offer_id).where(_MINE)


def _contracts(person_id: int) -> dict[int, list[OwnContract]]:
    """By service: its contracts in force, the first issued first."""
    found: dict[int, list[OwnContract]] = {}
    for service_id, *contract in db.session.execute(_in_force(), {"person": person_id}):
        found.setdefault(service_id, []).append(OwnContract(*contract))
    return found


@cache
def _in_force() -> Select[*tuple[Any, ...]]:
    rows = select(Contract.service_id, Contract.id, Contract.number, Contract.ends_on)
    rows = rows.join(Service, Service.id == Contract.service_id).where(_MINE, Contract.status == "active")
    return rows.order_by(Contract.number)


def had_service(person_id: int) -> bool:
    """Whether there was one: somebody whose last service was cancelled is told so."""
    return db.session.scalar(select(select(Service.id).where(Service.person_id == person_id).exists())) or False


def _used_months(person_id: int) -> dict[int, set[str]]:
    """By line: the months in which the subscriber has used the release, under any service of the line.

    A migrated service carries its line along, so the release of the plan before counts too (C-105).
    """
    used: dict[int, set[str]] = {}
    for line_id, month in db.session.execute(_releases(), {"person": person_id}):
        used.setdefault(line_id, set()).add(month)
    return used


@cache
def _releases() -> Select[*tuple[Any, ...]]:
    own = select(Service.line_id, Service.id).where(_MINE).subquery()
    return (
        select(TrustUnlock.line_id, TrustUnlock.month)
        .where(TrustUnlock.channel == "portal")
        .where(TrustUnlock.line_id.in_(select(own.c.line_id).union(select(own.c.id))))
    )
