"""Check digits of boletos: mod 10 and the kinds of mod 11. All take text of plain digits and give one character."""

from collections.abc import Iterable
from itertools import cycle
from operator import mul

VALUES = bytes.maketrans(b"0123456789", bytes(range(10)))
TWICE = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))  # 2 x 7 = 14 counts as 1 + 4


def mod10(digits: str) -> str:
    """Weights 2, 1, 2, 1... from the right; a product of two digits counts as their sum."""
    text = digits.encode()
    return str(-(sum(text[::-2].translate(TWICE)) + sum(text[-2::-2].translate(VALUES))) % 10)


def mod11(digits: str) -> str:
    """What Caixa, Santander and Sicredi use: 10 and 11 become 0."""
    found = _mod11(digits)
    return str(found) if found < 10 else "0"


def dv_geral(digits: str) -> str:
    """The digit of the whole barcode: 10 and 11 become 1, so it is never 0."""
    found = _mod11(digits)
    return str(found) if found < 10 else "1"


def mod11_bradesco(digits: str) -> str:
    """Weights 2 to 7, and a letter: remainder 1 is P."""
    return {10: "P", 11: "0"}.get(found := _mod11(digits, heaviest=7), str(found))


def mod11_sicoob(digits: str) -> str:
    """Weights 3, 1, 9, 7 from the left."""
    remainder = _weighted((3, 1, 9, 7), digits) % 11
    return "0" if remainder < 2 else str(11 - remainder)


def _mod11(digits: str, heaviest: int = 9) -> int:
    """11 less the remainder, so 1 to 11; weights from 2 to the heaviest, over and over, from the right."""
    return 11 - _weighted(range(2, heaviest + 1), digits[::-1]) % 11


def _weighted(weights: Iterable[int], digits: str) -> int:
    """Each digit by its weight, over and over, summed."""
    return sum(map(mul, cycle(weights), digits.encode().translate(VALUES)))
