"""What a customer pays first of a sale that is not saved yet: the sum beside every step (C-36, D-05)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models import clock
from models.catalog.plan import PlanTerms
from models.operators import Company
from models.pricing import Begins, FirstInvoice, first_charge
from models.refused import Refused
from models.sales.answers import BillingAnswers, InstallationAnswers
from models.services import BILLING_TYPES


@dataclass(frozen=True)
class Expected:
    """The first invoice with its arithmetic; with `carne` the first instalment, which carries no fee (C-16).

    `dated`: the day it begins was answered; otherwise it is reckoned from today.
    """

    invoice: FirstInvoice
    due_day: int
    carne: bool
    dated: bool


def expected(
    plan: PlanTerms, billing: BillingAnswers, installation: InstallationAnswers, company: Company
) -> Expected | None:
    """None while the answers leave nothing to charge."""
    if billing.due_day not in company.days or billing.billing_type not in BILLING_TYPES:
        return None
    begins = Begins(
        installation.starts_on,
        billing.due_day,
        billing.billing_type,  # type: ignore[arg-type]
        company.proration_base,  # type: ignore[arg-type]
        company.bills_from,
        clock.today(company.zone),
    )
    fee = 0 if billing.uses_carne else billing.fee_cents
    try:
        invoice = first_charge([(item.name, item.amount_cents) for item in plan.items], begins, fee)
    except Refused:
        return None
    if billing.uses_carne:
        invoice = replace(invoice, payable_on=None)  # a carnê is made for the due days as they are
    return Expected(
        invoice,
        billing.due_day,
        bool(billing.uses_carne),
        installation.open_order is False or bool(installation.start_on),
    )
