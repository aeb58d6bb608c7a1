"""The wizards that sell: a draft that becomes customer, service, contract and order, or nothing."""

from models.sales.sale import Sale
from models.sales.steps import STEPS, Step

__all__ = ["STEPS", "Sale", "Step"]
