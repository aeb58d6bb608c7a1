"""The connection of a service: what the network was last told."""

from models.network.connection import Connection

__all__ = ["Connection"]
