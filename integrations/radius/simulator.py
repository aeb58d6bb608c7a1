"""Accounting without a router: what access servers would have written of connections, packet by packet.

Plain data in, plain data out. The same connection at the same hour always used the same, so a day can be told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import md5
from ipaddress import ip_address, ip_network
from random import Random
from typing import Any, NamedTuple

# A concentrator with an address of this network, which belongs to nobody, never says a word: the silent one.
SILENT = ip_network("203.0.113.0/24")
# What a home takes on the mean in each hour of its day, in hundredths of what it could: that is its speed, or FULL.
SHARES = (9, 5, 3, 2, 2, 2, 4, 7, 9, 10, 11, 12, 13, 12, 12, 13, 15, 18, 22, 27, 31, 30, 24, 15)
FULL = 20  # Mbps: a faster line is not used more


class Packet(NamedTuple):
    """`kind` is start, interim, stop or auth; `columns` are those of the row it is counted in."""

    kind: str
    columns: dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A connection as its equipment knows it."""

    connection_id: int
    login: str
    nas_address: str
    mac: str
    ipv4: str
    download_mbps: int
    upload_mbps: int


@dataclass(frozen=True)
class Session:
    """Where a session stands: what was counted of it last."""

    unique_id: str
    session_id: str
    started_at: datetime
    updated_at: datetime
    up_bytes: int = 0
    down_bytes: int = 0


class Simulator:
    simulated = True

    def speaks(self, nas_address: str) -> bool:
        return ip_address(nas_address) not in SILENT

    def enter(self, line: Line, at: datetime) -> list[Packet]:
        """It dials and is let in."""
        return [self.tried(line, at), Packet("start", self._columns(line, self._opened(line, at)))]

    def tried(self, line: Line, at: datetime, reason: str = "") -> Packet:
        """It dials; with a reason it is turned away, as with `senha-invalida`."""
        result = "Access-Reject" if reason else "Access-Accept"
        who = {"login": line.login, "nas_address": line.nas_address, "mac": line.mac}
        return Packet("auth", {**who, "result": result, "reason": reason, "at": at})

    def goes_on(self, line: Line, session: Session, at: datetime) -> Packet:
        return Packet("interim", self._columns(line, self._grown(line, session, at)))

    def ends(self, line: Line, session: Session, at: datetime, cause: str) -> Packet:
        ended = {"stopped_at": at, "stop_cause": cause}
        return Packet("stop", self._columns(line, self._grown(line, session, at)) | ended)

    def stay(
        self, line: Line, since: datetime, until: datetime, cause: str = "", every: timedelta = timedelta(minutes=30)
    ) -> Iterator[Packet]:
        """A whole session, told every so often and in its last five minutes; without a cause it is still going on."""
        yield from self.enter(line, since)
        session, at = self._opened(line, since), since + every
        last = until - timedelta(minutes=5)
        for moment in [*_steps(at, last, every), max(last, since)]:
            session = self._grown(line, session, moment)
            yield Packet("interim", self._columns(line, session))
        yield self.ends(line, session, until, cause) if cause else self.goes_on(line, session, until)

    def _opened(self, line: Line, at: datetime) -> Session:
        session_id = f"{int(at.timestamp()):08x}"
        whole = f"{line.login}|{session_id}|{line.nas_address}|"
        return Session(md5(whole.encode(), usedforsecurity=False).hexdigest(), session_id, at, at)

    def _grown(self, line: Line, session: Session, at: datetime) -> Session:
        """The same session with what passed since it was counted last, hour by hour."""
        up, down, moment = session.up_bytes, session.down_bytes, session.updated_at
        while moment < at:
            upto = min((moment + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0), at)
            chance = Random(f"{line.login} {moment:%Y%m%d%H}")  # noqa: S311  # a figure, not a secret
            share = SHARES[moment.hour] / 100 * chance.uniform(0.3, 1.2)
            bytes_of_a_mbps = (upto - moment).total_seconds() * 125_000
            down += int(min(line.download_mbps, FULL) * share * bytes_of_a_mbps)
            up += int(min(line.upload_mbps, FULL) * share * chance.uniform(0.08, 0.25) * bytes_of_a_mbps)
            moment = upto
        return Session(session.unique_id, session.session_id, session.started_at, at, up, down)

    def _columns(self, line: Line, session: Session) -> dict[str, Any]:
        return {
            "unique_id": session.unique_id,
            "session_id": session.session_id,
            "connection_id": line.connection_id,
            "login": line.login,
            "nas_address": line.nas_address,
            "mac": line.mac,
            "ipv4": line.ipv4,
            "started_at": session.started_at,
            "updated_at": session.updated_at,
            "seconds": int((session.updated_at - session.started_at).total_seconds()),
            "up_bytes": session.up_bytes,
            "down_bytes": session.down_bytes,
        }


def _steps(first: datetime, last: datetime, every: timedelta) -> Sequence[datetime]:
    count = max(int((last - first) / every) + 1, 0)
    return [first + every * step for step in range(count) if first + every * step < last]
