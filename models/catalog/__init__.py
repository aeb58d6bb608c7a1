"""What the provider sells and how it is contracted and charged."""

from models.catalog.billing_method import BillingMethod
from models.catalog.contract_template import ContractTemplate, ContractTemplateRevision
from models.catalog.plan import ITEM_KINDS, TECHNOLOGIES, Plan, PlanItem

__all__ = [
    "ITEM_KINDS",
    "TECHNOLOGIES",
    "BillingMethod",
    "ContractTemplate",
    "ContractTemplateRevision",
    "Plan",
    "PlanItem",
]
