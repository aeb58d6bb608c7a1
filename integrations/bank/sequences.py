"""Where the number we reserved stands inside a nosso número as each bank writes it in a return."""

from __future__ import annotations

# First and last character; what stands around it is carteira, convênio, zeros and check digit.
PLACES = {
    ("001", 240): (8, 17), ("001", 400): (8, 17),
    ("033", 240): (1, 12), ("033", 400): (1, 7),
    ("077", 400): (1, 10),
    ("104", 240): (6, 20), ("104", 400): (3, 17),
    ("237", 240): (9, 19), ("237", 400): (1, 11),
    ("341", 240): (4, 11), ("341", 400): (1, 8),
    ("748", 240): (4, 8), ("748", 400): (4, 8),
    ("756", 240): (1, 9), ("756", 400): (1, 11),
}  # fmt: skip
YEARLY = {"748"}  # Sicredi counts anew each year, whose two digits stand in front


def sequence(bank: str, layout: int, nosso_numero: str) -> tuple[int | None, int | None]:
    """The number and, where it belongs to it, its year; None for what is no number."""
    first, last = PLACES[bank, layout]
    if (bank, layout) == ("104", 240) and len(nosso_numero) == 18:  # as Caixa writes it back: modalidade, 15, digit
        first, last = 3, 17
    digits = nosso_numero[first - 1 : last]
    if len(digits) < last - first + 1 or not (digits.isascii() and digits.isdigit()):
        return None, None
    year = 2000 + int(nosso_numero[:2]) if bank in YEARLY and nosso_numero[:2].isdigit() else None
    return int(digits), year
