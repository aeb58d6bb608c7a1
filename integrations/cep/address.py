"""What every source of addresses takes and gives: plain data."""

import re
from dataclasses import dataclass
from typing import Protocol

STATES = frozenset(
    ("AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA",
     "PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO")
)  # fmt: skip
LONGEST = 120


@dataclass(frozen=True)
class Address:
    """What a CEP says. `cep` is its eight digits; what the code does not say is an empty text (C-07)."""

    cep: str
    street: str
    district: str
    city: str
    state: str
    general: bool  # CEP geral: names no street, so street and district are typed (C-08)


class CepUnavailable(Exception):
    """The source could not be asked, or what it said is no answer; nothing is known about the code."""


class Source(Protocol):
    """A place to ask for a CEP."""

    @property
    def simulated(self) -> bool:
        """True when what it says may be invented; the status page then says so."""

    def lookup(self, cep: str) -> Address | None:
        """The address of eight digits, None for a code nobody has; raises CepUnavailable and nothing else."""


def is_cep(cep: str) -> bool:
    """Whether the text is eight plain digits, the only thing ever asked of a source."""
    return re.fullmatch(r"[0-9]{8}", cep) is not None


def address(cep: str, street: str, district: str, city: str, state: str) -> Address:
    """An address from what a source says; without street it is a general code (C-08).

    Raises CepUnavailable when city or state are none, or a text has what no address has.
    """
    street, district, city = _clean(street), _clean(district), _clean(city)
    if not city or state not in STATES:
        raise CepUnavailable("an answer without city or state")
    return Address(cep, street, district, city, state, general=not street)


def _clean(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST or not text.isprintable():
        raise CepUnavailable("an answer with a text that is no address")
    return text
