"""The sessions of the network: given up when nothing is heard of them, counted by a simulator where nobody counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import Row, Select, select

from integrations.radius import Line, Packet, Session, Simulator
from models import clock
from models.base import db
from models.network import AccessConcentrator, Connection, RadiusSession, accounting
from models.network.accounting import close_lost, lost
from models.services import Service

COUNTS = {
    "start": accounting.start,
    "interim": accounting.interim,
    "stop": accounting.stop,
    "auth": accounting.authenticated,
}
BEFORE = timedelta(minutes=4)  # what was counted since then waits for the next interim
JUST = timedelta(hours=1)  # a connection let in since then dials


def run(at: datetime) -> int:
    """Count, where nobody else does, and close what is lost; may be killed anywhere and run twice."""
    simulator: Simulator | None = current_app.extensions["accounting"]
    counted = write(packets(simulator, at)) if simulator else 0
    closed = close_lost(at)
    db.session.commit()
    return counted + closed


def rehearse(at: datetime) -> list[str]:
    gone = db.session.execute(select(RadiusSession.id, RadiusSession.login).where(lost(at)).order_by(RadiusSession.id))
    return [f"sessão {row.id} de {row.login}: sem notícias" for row in gone]


def write(told: list[Packet]) -> int:
    for packet in told:
        COUNTS[packet.kind](**packet.columns)
    return len(told)


def packets(simulator: Simulator, at: datetime) -> list[Packet]:
    """What the simulated access servers say at a moment."""
    found = []
    for row in db.session.execute(_open()):
        line, session = line_of(row), _session(row.RadiusSession)
        if not simulator.speaks(line.nas_address) or session.updated_at > at - BEFORE:
            continue
        here = at.astimezone(ZoneInfo(clock.ZONE))
        if row.Connection.access_state == "disabled":
            found.append(simulator.ends(line, session, here, "Admin-Reset"))
        else:
            found.append(simulator.goes_on(line, session, here))
    for row in db.session.execute(_waiting(at)):
        line = line_of(row)
        if simulator.speaks(line.nas_address):
            found.extend(simulator.enter(line, at.astimezone(ZoneInfo(clock.ZONE))))
    return found


def line_of(row: Row[Any]) -> Line:
    """A connection as its equipment knows it; address and MAC are made up from its number where it has none."""
    connection, concentrator, service = row.Connection, row.AccessConcentrator, row.Service
    high, low = divmod(connection.id, 250)
    return Line(
        connection.id,
        connection.login,
        concentrator.address,
        connection.mac or f"4C:5E:0C:{high // 256 % 256:02X}:{high % 256:02X}:{low:02X}",
        connection.fixed_ipv4 or f"100.64.{high % 256}.{low + 2}",
        service.download_mbps,
        service.upload_mbps,
    )


def _session(row: RadiusSession) -> Session:
    here = ZoneInfo(clock.ZONE)
    moments = row.started_at.astimezone(here), row.updated_at.astimezone(here)
    return Session(row.unique_id, row.session_id, *moments, row.up_bytes, row.down_bytes)


def _open() -> Select[*tuple[Any, ...]]:
    return (
        select(Connection, AccessConcentrator, Service, RadiusSession)
        .join(Connection, Connection.id == RadiusSession.connection_id)
        .join(AccessConcentrator, AccessConcentrator.address == RadiusSession.nas_address)
        .join(Service, Service.id == Connection.service_id)
        .where(RadiusSession.stopped_at.is_(None))
        .order_by(RadiusSession.id)
    )


def _waiting(at: datetime) -> Select[*tuple[Any, ...]]:
    """Connections that were let in just now and have not dialled yet."""
    inside = select(RadiusSession.id).where(
        RadiusSession.connection_id == Connection.id, RadiusSession.stopped_at.is_(None)
    )
    return (
        select(Connection, AccessConcentrator, Service)
        .join(AccessConcentrator, AccessConcentrator.id == Connection.concentrator_id)
        .join(Service, Service.id == Connection.service_id)
        .where(Connection.access_state != "disabled", Connection.access_since >= at - JUST, ~inside.exists())
        .order_by(Connection.id)
    )
