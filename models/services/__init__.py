"""What a person has contracted: its status machine, composition, suspensions and trust unlocks."""

from models.services.billing_terms import BILLING_TYPES, BillingTerms
from models.services.composition import ServiceItem
from models.services.service import Service
from models.services.status import STATUSES
from models.services.suspension import Suspension
from models.services.trust_unlock import TrustUnlock
from models.services.uncharged_days import UnchargedDays

__all__ = [
    "BILLING_TYPES",
    "STATUSES",
    "BillingTerms",
    "Service",
    "ServiceItem",
    "Suspension",
    "TrustUnlock",
    "UnchargedDays",
]
