"""The access server. Until a router is connected a simulator answers, and says so (X-13)."""

from integrations.radius.fake import FakeRadius
from integrations.radius.server import AccessServer, RadiusUnavailable
from integrations.radius.simulator import Line, Packet, Session, Simulator


def make(mode: str) -> AccessServer:
    """The access server of an installation; for now always the simulator."""
    return FakeRadius()


def accounting(simulated: bool) -> Simulator | None:
    """Who counts what connections use in the place of access servers; None: they count themselves."""
    return Simulator() if simulated else None


__all__ = [
    "AccessServer",
    "FakeRadius",
    "Line",
    "Packet",
    "RadiusUnavailable",
    "Session",
    "Simulator",
    "accounting",
    "make",
]
