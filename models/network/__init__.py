"""The network: connections, who let them in, and what was counted of them."""

from models.network.access_concentrator import VENDORS, AccessConcentrator
from models.network.accounting import RadiusAuthLog, RadiusSession, Traffic
from models.network.connection import ACCESS_STATES, Connection, is_first
from models.network.connection_facts import MEDIA, TECHNOLOGIES, ZONES
from models.network.outage import Outage
from models.network.place import TOUCHED, Place, districts, touched
from models.network.usage import UsageDay, UsageHour

__all__ = [
    "ACCESS_STATES",
    "MEDIA",
    "TECHNOLOGIES",
    "TOUCHED",
    "VENDORS",
    "ZONES",
    "AccessConcentrator",
    "Connection",
    "Outage",
    "Place",
    "RadiusAuthLog",
    "RadiusSession",
    "Traffic",
    "UsageDay",
    "UsageHour",
    "districts",
    "is_first",
    "touched",
]
