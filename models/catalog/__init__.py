"""What the provider sells and how it is contracted and charged."""

from models.catalog.account_edition import AccountEdition
from models.catalog.bank_account import BankAccount
from models.catalog.billing_method import BillingMethod
from models.catalog.charge_kind import ChargeKind
from models.catalog.contract_fields import TECHNOLOGIES
from models.catalog.contract_template import ContractTemplate, ContractTemplateRevision
from models.catalog.dunning_rule import DunningRule
from models.catalog.offer import Offer
from models.catalog.plan import ITEM_KINDS, Plan, PlanItem

__all__ = [
    "ITEM_KINDS",
    "TECHNOLOGIES",
    "AccountEdition",
    "BankAccount",
    "BillingMethod",
    "ChargeKind",
    "ContractTemplate",
    "ContractTemplateRevision",
    "DunningRule",
    "Offer",
    "Plan",
    "PlanItem",
]
