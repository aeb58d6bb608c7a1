"""The access server. Until a router is connected a simulator answers, and says so (X-13)."""

from integrations.radius.fake import FakeRadius
from integrations.radius.server import AccessServer, RadiusUnavailable


def make(mode: str) -> AccessServer:
    """The access server of an installation; for now always the simulator."""
    return FakeRadius()


__all__ = ["AccessServer", "FakeRadius", "RadiusUnavailable", "make"]
