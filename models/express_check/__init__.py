"""The express query: what is pending of a customer, asked at once and kept as it was (A-19 to A-33, C-58)."""

from models.express_check.express_check import ExpressCheck, checks_of, newest
from models.express_check.finding import KINDS, SECTIONS, Beside, Finding, Line, beside, titled

__all__ = [
    "KINDS",
    "SECTIONS",
    "Beside",
    "ExpressCheck",
    "Finding",
    "Line",
    "beside",
    "checks_of",
    "newest",
    "titled",
]
