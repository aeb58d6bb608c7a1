"""Who acts, and what a query may therefore see (X-01)."""

from models.scope.acting import TODAS, Acting, Actor, NobodyActing, acting, inside_company, inside_ticket, who
from models.scope.company_filter import OfCompany, OfOneCompany, Unfiltered

__all__ = [
    "TODAS",
    "Acting",
    "Actor",
    "NobodyActing",
    "OfCompany",
    "OfOneCompany",
    "Unfiltered",
    "acting",
    "inside_company",
    "inside_ticket",
    "who",
]
