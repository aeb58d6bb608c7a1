"""The wizards that sell: a draft that becomes customer, service, contract and order, or nothing."""

from models.sales.answers import STEPS, Answers
from models.sales.sale import Sale

__all__ = ["STEPS", "Answers", "Sale"]
