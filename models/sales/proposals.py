"""What each step of a sale is answered with until somebody answers it otherwise (decision 034).

The form of a step, the running sum and `Sale.go_on` ask here, so that what is shown is what is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from models import clock
from models.sales.answers import (
    AddressAnswers,
    Answers,
    BillingAnswers,
    ContractAnswers,
    InstallationAnswers,
    PersonAnswers,
    PlanAnswers,
)
from models.sales.offers import Offer
from models.scope import who

Step = TypeVar("Step", bound=Answers)
FEE_TEXT = "Taxa de instalação"


def proposed(step: type[Step], offer: Offer) -> Step:
    """The answers a step begins with. They may lack something: then somebody has to say it."""
    return _PROPOSALS[step](offer)  # type: ignore[return-value]


def _person(offer: Offer) -> PersonAnswers:
    """The usual kind of customer; an operator in a company has no company to choose (C-110)."""
    return PersonAnswers(kind=offer.usual.person_kind, company_id=who().company_id or None)


def _address(offer: Offer) -> AddressAnswers:
    """The main address of a customer who is known (C-23), and billing at the same one (C-09)."""
    return AddressAnswers(same_billing=True, address_id=next(iter(offer.addresses), None))


def _plan(offer: Offer) -> PlanAnswers:
    own = who().actor.id
    return PlanAnswers(sold_on=clock.today(), seller_id=own if own in offer.lists.sellers else None)


def _contract(offer: Offer) -> ContractAnswers:
    """The one of the plan, which is kept when the plan is chosen (C-12)."""
    return ContractAnswers()


def _billing(offer: Offer) -> BillingAnswers:
    """As the customer's newest service is charged, else as the company is used to; the fee begins at Não (C-16)."""
    usual, methods, days = offer.usual, offer.lists.methods, offer.company.days
    only = next(iter(methods)) if len(methods) == 1 else None
    return BillingAnswers(
        billing_method_id=usual.billing_method_id if usual.billing_method_id in methods else only,
        due_day=usual.due_day if usual.due_day in days else days[0] if len(days) == 1 else None,
        billing_type=usual.billing_type,
        uses_carne=usual.uses_carne,
        charge_fee=False,
        installation_fee_text=FEE_TEXT,
        separate_invoice=False,
        separate_tax_note=False,
    )


def _installation(offer: Offer) -> InstallationAnswers:
    """Sim where somebody has to come, with what needs no decision; who and when is said by whoever sells (C-17)."""
    plan, kinds, technicians = offer.plan, offer.lists.kinds, offer.lists.technicians
    return InstallationAnswers(
        open_order=plan.needs_visit if plan else False,
        kind_id=next(iter(kinds), None),
        status="scheduled",
        technician_id=next(iter(technicians)) if len(technicians) == 1 else None,
        description=f"Instalar {plan.name}" if plan else None,
    )


_PROPOSALS: dict[type[Answers], Callable[[Offer], Answers]] = {
    PersonAnswers: _person,
    AddressAnswers: _address,
    PlanAnswers: _plan,
    ContractAnswers: _contract,
    BillingAnswers: _billing,
    InstallationAnswers: _installation,
}
