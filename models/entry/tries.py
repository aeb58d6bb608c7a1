"""What a try at the door of the Central counts against, and how many are allowed (D-11, decisions 009 and 010).

A document counts the same, known or not.
"""

from __future__ import annotations

from models.operators.throttle import DAY, HOUR, QUARTER, Tries, within
from models.operators.token import digest

EVERYWHERE: Tries = [("central-site", 60, HOUR)]  # wrong documents of all together


def from_address(address: str) -> Tries:
    """Wrong documents and wrong answers of one address."""
    return [(f"central-ip:{address}", 5, QUARTER), (f"central-ip:{address}", 20, DAY)]


def about(document: str, address: str) -> Tries:
    """Wrong answers about one document, and of the address."""
    key = f"central-proof:{digest(document)}"
    return [*from_address(address), (key, 5, QUARTER), (key, 20, DAY)]


def asked_after(document: str, address: str) -> Tries:
    """That a question was asked here after this document: its try is given back with the good answer, once."""
    return [(f"central-asked:{digest(f'{address} {document}')}", 1, QUARTER)]


def sends(document: str, address: str) -> Tries:
    """Codes mailed about one document, and asked for from the address."""
    return [(f"central-code:{digest(document)}", 3, HOUR), (f"central-code-ip:{address}", 10, HOUR)]


def enters_too_often(document: str) -> bool:
    """Count one entry with this document, right or wrong; is it one too many of this hour?"""
    return not within(f"central-cpf:{digest(document)}", 10, HOUR)
