"""What the network counted of the cast in the last month, as accounting writes it: for the demonstration and tests.

José is online, Padaria Sol offline since its cable broke, Maria fell many times before, Dona Rita's modem is turned
away with a wrong password, and the concentrator of the cooperative says nothing: there an outage is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from integrations.radius import Line, Packet, Simulator
from jobs.accounting import line_of, write
from models import clock
from models.base import db
from models.network import AccessConcentrator, Connection, Outage
from models.services import Service, Suspension

CONCENTRATORS = {  # name: (vendor, address, company); the last says nothing (integrations/radius/simulator.py)
    "BRAS-01, POP Centro": ("mikrotik", "10.0.0.1", "Vale Claro Telecom"),
    "BRAS-02, POP Jardim Alvorada": ("mikrotik", "10.0.0.2", "Vale Claro Telecom"),
    "BRAS-03, POP Distrito Industrial": ("huawei", "203.0.113.3", "Vale Claro Telecom"),
    "BRAS-11, POP Serra Azul": ("mikrotik", "10.0.1.1", "Serra Azul Net"),
}
SILENT = "BRAS-03, POP Distrito Industrial"
CAUSE = "Rompimento de fibra entre o Centro e o Distrito Industrial"
WRONG = "senha-invalida"
STEADY, BROKEN, FALLING, REFUSED, QUIET = "steady", "broken", "falling", "refused", "quiet"
CUT, NEVER = "cut", "never"


def load() -> None:
    """A month of accounting for everybody who has a line, up to now. Flushes; the caller commits."""
    for row in _connections():
        _let_in(row.Connection, row.Service)
        db.session.flush()
        story, cut = story_of(row.Service), _cut(row.Service)
        until = cut.started_at if story == CUT and cut else clock.now()
        write(list(told(Simulator(), line_of(row), story, clock.local(until))))
    silent = concentrator(SILENT)
    with clock.set_to(clock.now() - timedelta(minutes=52)):
        Outage.open(silent, CAUSE, clock.now() + timedelta(hours=4))


def add_concentrators() -> None:
    """The concentrators of both companies, and at which each connection of the cast dials."""
    from tests import cast

    for name, (vendor, address, company) in CONCENTRATORS.items():
        AccessConcentrator(
            name=name, vendor=vendor, address=address, company_id=cast._named(cast.Company, company).id
        ).create()


def concentrator(name: str = "BRAS-01, POP Centro") -> AccessConcentrator:
    return db.session.scalars(select(AccessConcentrator).where(AccessConcentrator.name == name)).one()


def place() -> None:
    """Each connection without a concentrator gets one of its company, by its district: for the cast."""
    from tests import cast

    known = {row.name: row.id for row in db.session.scalars(select(AccessConcentrator))}
    here = [id for name, id in known.items() if name[:7] in ("BRAS-01", "BRAS-02")]
    there, silent = known["BRAS-11, POP Serra Azul"], known[SILENT]
    rows = select(Connection, Service).join(Service, Service.id == Connection.service_id)
    serra, farmers = cast.serra_azul().id, cast.cooperative().id
    for connection, service in db.session.execute(rows.where(Connection.concentrator_id.is_(None))):
        if connection.medium is None:  # a telephone comes over somebody's line
            continue
        mine = there if service.company_id == serra else here[service.id % 2]
        connection.concentrator_id = silent if service.person_id == farmers else mine
        connection.ibge_code = "3171402" if service.company_id != serra else "3166808"
    db.session.flush()


def story_of(service: Service) -> str:
    from tests import cast

    if service.access == "disabled":
        return NEVER
    told_of = {cast.sol().id: BROKEN, cast.maria().id: FALLING, cast.rita().id: REFUSED, cast.cooperative().id: QUIET}
    return told_of.get(service.person_id, CUT if service.access == "blocked" else STEADY)


def told(simulator: Simulator, line: Line, story: str, now: datetime) -> Iterator[Packet]:
    """What the access servers wrote of a line until now."""
    if story == NEVER:
        return
    begin = now - timedelta(days=29)
    at = _since(line, begin, now, story)
    yield from simulator.stay(line, begin, at - timedelta(minutes=2), "User-Request", every=timedelta(hours=3))
    if story == STEADY:
        yield from simulator.stay(line, at, now, every=timedelta(hours=1))
    elif story == CUT:
        yield from simulator.stay(line, at, now, "Admin-Reset", every=timedelta(hours=1))
    elif story == BROKEN:
        yield from simulator.stay(line, at, now - timedelta(minutes=70), "Lost-Carrier", every=timedelta(hours=1))
    elif story == QUIET:
        yield from simulator.stay(line, at, now - timedelta(minutes=54), every=timedelta(hours=1))
    elif story == FALLING:
        yield from _falls(simulator, line, at, now)
    elif story == REFUSED:
        yield from simulator.stay(line, at, now - timedelta(hours=20), "User-Request", every=timedelta(hours=1))
        for tries in range(24):
            yield simulator.tried(line, now - timedelta(hours=19, minutes=30) + timedelta(minutes=45 * tries), WRONG)


def _since(line: Line, begin: datetime, now: datetime, story: str) -> datetime:
    """When its last long session began: some days ago, by its number."""
    days = {FALLING: 2, STEADY: 2 + line.connection_id % 6}.get(story, 5)
    return max(now - timedelta(days=days, hours=line.connection_id % 9 + 1), begin + timedelta(hours=1))


def _falls(simulator: Simulator, line: Line, at: datetime, now: datetime) -> Iterator[Packet]:
    """Fourteen falls in the last hours before it went off, each a little shorter than the one before."""
    off = now - timedelta(hours=9)
    first = off - timedelta(hours=8)
    yield from simulator.stay(line, at, first, "Lost-Carrier", every=timedelta(hours=2))
    for fall in range(14):
        begin = first + timedelta(minutes=34 * fall + 3)
        yield from simulator.stay(line, begin, begin + timedelta(minutes=30 - fall), "Lost-Carrier")


def _connections():  # rows of connection, concentrator and service
    return db.session.execute(
        select(Connection, AccessConcentrator, Service)
        .join(AccessConcentrator, AccessConcentrator.id == Connection.concentrator_id)
        .join(Service, Service.id == Connection.service_id)
        .order_by(Connection.id)
    ).all()


def _let_in(connection: Connection, service: Service) -> None:
    """The network knows the access since the service has it, not since the demonstration was loaded."""
    suspension = _cut(service)
    with clock.set_to(suspension.started_at if suspension else service.created_at):
        connection.applied(service.access, suspension.reason if suspension else "")


def _cut(service: Service) -> Suspension | None:
    cut = select(Suspension).where(Suspension.service_id == service.id, Suspension.ended_at.is_(None))
    return db.session.scalars(cut).first()
