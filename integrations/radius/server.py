"""What the rest of the house may ask of an access server."""

from typing import Protocol


class RadiusUnavailable(Exception):
    """It did not answer; the effect waits and is tried again."""


class AccessServer(Protocol):
    simulated: bool

    def apply(self, service_id: int, access: str) -> None:
        """Set the access of a service: active, reduced, blocked or disabled. Repeating it is harmless."""
