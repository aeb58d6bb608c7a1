"""Contracts of a service and what was printed of them."""

from models.contracts.contract import Contract, ContractPrint, refusal_to_contract

__all__ = ["Contract", "ContractPrint", "refusal_to_contract"]
