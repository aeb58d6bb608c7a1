"""The telephone of a customer: its panel, what they ask for, what is sold and ordered (U-01 to U-34)."""

from models.telephony.kinds import ANSWERS, FIRST_EXTENSION, KINDS, MOST, PROCEDURES, QUESTION
from models.telephony.pabx import Pabx
from models.telephony.pabx_item import Count, PabxItem, Use, count, free_ones, items_of, panel_of
from models.telephony.registering import include, refusal_of_telephone, register, telephones
from models.telephony.sectors import of, refusal_to_step, require_step, sector
from models.telephony.triage import UpgradeSpare
from models.telephony.upgrade_order import (
    Asked,
    OrderTerms,
    UpgradeLine,
    UpgradeOrder,
    contracts_of,
    known_names,
    last_change_of,
    refusal_to_launch,
)
from models.telephony.upgrade_request import STAGES, UpgradeRequest

__all__ = [
    "ANSWERS",
    "FIRST_EXTENSION",
    "KINDS",
    "MOST",
    "PROCEDURES",
    "QUESTION",
    "STAGES",
    "Asked",
    "Count",
    "OrderTerms",
    "Pabx",
    "PabxItem",
    "UpgradeLine",
    "UpgradeOrder",
    "UpgradeRequest",
    "UpgradeSpare",
    "Use",
    "contracts_of",
    "count",
    "free_ones",
    "include",
    "items_of",
    "known_names",
    "last_change_of",
    "of",
    "panel_of",
    "refusal_of_telephone",
    "refusal_to_launch",
    "refusal_to_step",
    "register",
    "require_step",
    "sector",
    "telephones",
]
