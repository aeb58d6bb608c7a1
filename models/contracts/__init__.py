"""Contracts of a service and what was printed of them."""

from models.contracts.contract import Contract, ContractPrint

__all__ = ["Contract", "ContractPrint"]
