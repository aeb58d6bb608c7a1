"""A boleto: its barcode of 44 digits and its linha digitável of 47, made and read."""

import re
from dataclasses import dataclass
from datetime import date

from models.banking.banks import Fields, bank
from models.banking.digits import dv_geral, mod10
from models.banking.fator import due_date, fator
from models.refused import Refused

MOST_CENTS = 9_999_999_999  # R$ 99.999.999,99: ten digits in the barcode


@dataclass(frozen=True)
class Boleto:
    """What is printed and registered of one boleto. `fields` are the bank's own, filled, with their check digits."""

    bank: str
    due: date | None
    cents: int
    fields: Fields
    nosso_numero: str  # as the bank prints it
    barcode: str

    @property
    def line(self) -> str:
        """The linha digitável, with its dots and spaces."""
        return line(self.barcode)


@dataclass(frozen=True)
class Reading:
    """What a barcode says. Without due date or value (0) the payer is told, or types it."""

    bank: str
    due: date | None
    cents: int
    campo_livre: str
    barcode: str


def boleto(code: str, fields: Fields, due: date | None, cents: int) -> Boleto:
    """The boleto of a bank from its own fields, as text of digits (billing accounts keep them so).

    Raises Refused for an unknown bank, a value that does not fit, or a field that is wrong, missing or strange.
    """
    if not 0 <= cents <= MOST_CENTS:
        raise Refused("O valor de um boleto vai de R$ 0,00 a R$ 99.999.999,99. Corrija o valor.")
    issuer = bank(code)
    filled = issuer.filled(fields, cents)
    start, end = f"{code}9", f"{fator(due)}{cents:010}{issuer.campo_livre(filled)}"
    barcode = start + dv_geral(start + end) + end
    return Boleto(code, due, cents, filled, issuer.printed.format(**filled), barcode)


def line(barcode: str) -> str:
    """The linha digitável of a barcode."""
    free = barcode[19:]
    fields = (barcode[:4] + free[:5], free[5:15], free[15:])
    first, second, third = (f"{field[:5]}.{field[5:]}{mod10(field)}" for field in fields)
    return f"{first} {second} {third} {barcode[4]} {barcode[5:19]}"


def barcode(typed: str) -> str:
    """The barcode of a linha digitável, typed with or without its dots. Raises Refused saying which field is wrong."""
    digits = re.sub(r"[\s.\-]", "", typed)
    if not re.fullmatch(r"[0-9]+", digits):
        raise Refused("A linha digitável tem só algarismos. Digite de novo.")
    if len(digits) == 48 and digits.startswith("8"):
        raise Refused("Esta é uma conta de consumo ou um tributo, não um boleto. Pague como convênio.")
    if len(digits) != 47:
        raise Refused(f"A linha digitável tem 47 algarismos e aqui há {len(digits)}. Confira o que falta ou sobra.")
    fields = (digits[:10], digits[10:21], digits[21:32])
    for number, field in enumerate(fields, 1):
        if mod10(field[:-1]) != field[-1]:
            raise Refused(
                f"O campo {number} ({field}) não confere com seu último algarismo. Digite esse campo de novo."
            )
    first, second, third = (field[:-1] for field in fields)
    found = f"{first[:4]}{digits[32:]}{first[4:]}{second}{third}"
    _refuse_barcode(found)
    return found


def read(typed: str, reference: date) -> Reading:
    """What a linha digitável or a barcode of 44 digits says; the reference (today) tells which cycle of due dates.

    Raises Refused saying what is wrong.
    """
    digits = re.sub(r"[\s.\-]", "", typed)
    if len(digits) == 44 and re.fullmatch(r"[0-9]+", digits):
        _refuse_barcode(digits)
    else:
        digits = barcode(typed)
    due = due_date(digits[5:9], reference)
    return Reading(digits[:3], due, int(digits[9:19]), digits[19:], digits)


def _refuse_barcode(digits: str) -> None:
    if digits[4] != dv_geral(digits[:4] + digits[5:]):
        raise Refused(
            f"O dígito verificador geral ({digits[4]}) não confere: há um algarismo errado no valor, no vencimento ou "
            "nele próprio. Digite de novo."
        )
    if digits[3] != "9":
        raise Refused(f"A moeda deste boleto ({digits[3]}) não é o real (9). Confira os primeiros algarismos.")
