"""Lines of fixed positions: counted from 1 with both ends included, as every manual of a bank counts them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrations.bank.error import BankFileError

Places = Mapping[str, tuple[int, int]]  # name -> first and last position
Reading = Callable[[], dict[str, Any]]  # gives the values of a title by name; raises BankFileError
TRY_AGAIN = "Baixe o arquivo de novo no banco e envie outra vez."


@dataclass(frozen=True)
class Record:
    """One line of a file, with its number; spaces cut off at its end are back."""

    line: int
    text: str

    def at(self, first: int, last: int | None = None) -> str:
        """The characters of these positions."""
        return self.text[first - 1 : last or first]

    def number(self, first: int, last: int) -> int:
        """The number of these positions; raises BankFileError when they are not all digits."""
        text = self.at(first, last)
        if not re.fullmatch(r"[0-9]+", text):
            raise self.broken(f"as posições {first} a {last} deviam ter só algarismos e têm {text!r}. {TRY_AGAIN}")
        return int(text)

    def day(self, first: int, last: int) -> date | None:
        """The day DDMMAA or DDMMAAAA of these positions, None for zeros or spaces; raises BankFileError otherwise."""
        text = self.at(first, last)
        if not text.strip(" 0"):
            return None
        number = self.number(first, last)
        year = number % 10_000 if len(text) == 8 else 2000 + number % 100
        try:
            return date(year, int(text[2:4]), int(text[:2]))
        except ValueError:
            raise self.broken(f"{text!r} nas posições {first} a {last} não é uma data. {TRY_AGAIN}") from None

    def read(self, places: Places) -> dict[str, Any]:
        """Every place by its name: `..._cents` is money, `..._on` a day, anything else a text without its spaces."""
        return {name: self._value(name, *place) for name, place in places.items()}

    def digits(self, places: Places) -> dict[str, str]:
        """The numbers of these places; without those that are blank, zero or anything else."""
        texts = {name: self.at(*place).strip() for name, place in places.items()}
        return {name: text for name, text in texts.items() if re.fullmatch(r"0*[1-9][0-9]*", text)}

    def broken(self, sentence: str) -> BankFileError:
        """The error to raise about this line."""
        return BankFileError(sentence[0].upper() + sentence[1:], self.line)

    def _value(self, name: str, first: int, last: int) -> Any:
        if name.endswith("_cents"):
            # a line of 400 ends with its number, so that spaces are meant; one of 240 may have been cut off
            blank = len(self.text) == 400 and not self.at(first, last).strip()
            return 0 if blank else self.number(first, last)
        return self.day(first, last) if name.endswith("_on") else self.at(first, last).strip()


def written(size: int, *places: tuple[int, int, str | int]) -> str:
    """A line with each value in its positions: numbers filled with zeros, texts in plain capitals with spaces.

    A text too long is cut, as paper would; raises BankFileError for a number too long.
    """
    line = " " * size
    for first, last, value in places:
        width = last - first + 1
        text = str(value).zfill(width) if isinstance(value, int) else _capitals(value)[:width].ljust(width)
        if len(text) > width:
            raise BankFileError(f"{value} não cabe nas posições {first} a {last} da remessa. Corrija o valor.")
        line = line[: first - 1] + text + line[last:]
    return line


def _capitals(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return "".join(char if char.isprintable() else " " for char in bare)
