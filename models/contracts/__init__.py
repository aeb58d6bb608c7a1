"""Contracts of a service, what was printed of them, and the ladder they name."""

from models.contracts.contract import USUAL, Contract, ContractPrint, refusal_to_contract, refusal_to_leave_open
from models.contracts.ladder import followed_ladder, ladder_of, ladder_uses, named_ladders, names_ladder
from models.contracts.sla import contract_of

__all__ = [
    "USUAL",
    "Contract",
    "ContractPrint",
    "contract_of",
    "followed_ladder",
    "ladder_of",
    "ladder_uses",
    "named_ladders",
    "names_ladder",
    "refusal_to_contract",
    "refusal_to_leave_open",
]
