"""Where an outage is, a concentrator or a district; whom it touches, and which ones touch somebody (X-08)."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from models.base import db
from models.network.access_concentrator import AccessConcentrator
from models.network.accounting import RadiusSession
from models.network.connection import Connection
from models.people import Address
from models.people.person import searchable
from models.scope import TODAS, who
from models.services import Service

# Whom an outage touches: also who is suspended for debt, for a payment alone does not bring the internet back.
TOUCHED = ("active", "reduced", "suspended_for_debt")


class Place(NamedTuple):
    """A concentrator, or a district of a city; `company_id` says whose customers it is about, TODAS: everybody's."""

    company_id: int
    name: str
    concentrator_id: int | None = None
    district: str = ""
    city: str = ""
    state: str = ""

    @property
    def key(self) -> str:
        """'c:12', 'd:mg/pedra clara/centro': the same however the district is written."""
        return f"c:{self.concentrator_id}" if self.concentrator_id else district_key(self)

    @classmethod
    def at(cls, concentrator: AccessConcentrator) -> Place:
        """A concentrator of TODAS is looked at by the company whoever acts works in."""
        return cls(concentrator.company_id or who().company_id, concentrator.name, concentrator.id)

    @classmethod
    def within(cls, district: str, city: str, state: str) -> Place:
        """A district, for the company whoever acts works in."""
        return cls(who().company_id, f"{district}, {city} {state}", None, district, city, state)


class Touch(NamedTuple):
    """An outage that touches some of the services that were asked about."""

    outage_id: int
    service_ids: tuple[int, ...]


def district_key(of: Place | Address) -> str:
    """Of the district of a place or an address."""
    return "d:" + "/".join(searchable(part) for part in (of.state, of.city, of.district))


def districts() -> list[Place]:
    """The districts where somebody is served, by city and name, each as most addresses write it; one question."""
    rows = select(Address.district, Address.city, Address.state, func.count(Service.id).label("many"))
    rows = rows.join(Service, Service.address_id == Address.id).where(Service.status.in_(TOUCHED))
    rows = rows.group_by(Address.district, Address.city, Address.state)
    found: dict[str, Place] = {}
    for district, city, state, _ in db.session.execute(rows.order_by(func.count(Service.id).desc(), Address.district)):
        place = Place.within(district, city, state)
        found.setdefault(place.key, place)
    return sorted(found.values(), key=lambda place: place.key)


def touched(place: Place) -> list[ColumnElement[bool]]:
    """Conditions of each Service that an outage at this place touches. Asks how a district is written, if it is one."""
    found: list[ColumnElement[bool]] = [Service.status.in_(TOUCHED)]
    if place.company_id != TODAS:
        found.append(Service.company_id == place.company_id)
    if place.concentrator_id:
        found.append(Service.id.in_(select(Connection.service_id).where(dials_at(place.concentrator_id))))
    else:
        found.append(Service.address_id.in_(select(Address.id).where(_written(place))))
    return found


def dials_at(concentrator_id: int) -> ColumnElement[bool]:
    """Condition of the connections of a concentrator: it is theirs, or they have none and dialled there last."""
    address = select(AccessConcentrator.address).where(AccessConcentrator.id == concentrator_id).scalar_subquery()
    return or_(
        Connection.concentrator_id == concentrator_id,
        and_(Connection.concentrator_id.is_(None), _last_address() == address),
    )


def touching(open_ones: list[tuple[int, Place]], *which: ColumnElement[bool]) -> list[Touch]:
    """Which of some outages touch the services of some conditions, in the order given; one question, none of none."""
    if not open_ones:
        return []
    seen = select(AccessConcentrator.id).where(AccessConcentrator.address == _last_address())
    dials = func.coalesce(Connection.concentrator_id, seen.correlate(Connection).scalar_subquery())
    rows = (
        select(Service.id, Service.company_id, Address, dials)
        .join(Address, Address.id == Service.address_id)
        .outerjoin(Connection, Connection.service_id == Service.id)
        .where(*which)
        .order_by(Service.id)
    )
    stands = [
        (id, company_id, {district_key(address), f"c:{concentrator}"})
        for id, company_id, address, concentrator in db.session.execute(rows)
    ]
    found = []
    for outage_id, place in open_ones:
        mine = [id for id, company, keys in stands if place.key in keys and place.company_id in (TODAS, company)]
        found.append(Touch(outage_id, tuple(dict.fromkeys(mine))))
    return [touch for touch in found if touch.service_ids]


def _last_address() -> ColumnElement[str]:
    """By which a Connection's last concentrator signs."""
    stay = aliased(RadiusSession)
    last = select(stay.nas_address).where(stay.connection_id == Connection.id).correlate(Connection)
    return last.order_by(stay.started_at.desc(), stay.id.desc()).limit(1).scalar_subquery()


def _written(place: Place) -> ColumnElement[bool]:
    """Condition of the addresses of a district, in every way that its name stands there."""
    rows = select(Address.district, Address.city).distinct().where(Address.state == place.state)
    same = [
        row
        for row in db.session.execute(rows)
        if district_key(place._replace(district=row[0], city=row[1])) == place.key
    ]
    ways = [and_(Address.district == district, Address.city == city) for district, city in same]
    return and_(Address.state == place.state, or_(*ways)) if ways else false()
