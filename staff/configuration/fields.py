"""What the forms of Configuração have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import Field, RadioField
from wtforms.widgets import TextInput

from models.operators.in_company import writable_companies
from models.wording import brl, duration
from models.workflows.hours import day_in_words
from web.formats import parse_cents


class Number(Field):  # type: ignore[misc]
    """A whole number; nothing typed is None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, values: Sequence[str]) -> None:
        typed = values[0].strip() if values else ""
        self.data = None
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise ValueError("Escreva um número inteiro. Exemplo: 12.")
        if typed:
            self.data = int(typed)


class Percent(Field):  # type: ignore[misc]
    """A percentage typed as 2,00; its data are hundredths of a percent."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else brl(self.data).replace("R$\u00a0", "")

    def process_formdata(self, values: Sequence[str]) -> None:
        typed = values[0].replace("%", "").strip() if values else ""
        self.data = None
        if typed:
            try:
                self.data = parse_cents(typed)
            except ValueError as error:
                raise ValueError("Escreva a porcentagem com até duas casas. Exemplo: 2,00.") from error


class Duration(Field):  # type: ignore[misc]
    """A time typed as 4h, 1h30 or 45min; its data are minutes, and nothing typed is None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else duration(self.data)

    def process_formdata(self, values: Sequence[str]) -> None:
        typed = re.sub(r"\s", "", values[0].lower()) if values else ""
        self.data = None
        if typed:
            found = re.fullmatch(r"(?:([0-9]{1,5})h)?(?:([0-9]{1,5})(?:min|m)?)?", typed)
            if found is None or (found[1] is None and typed.isdigit()) or (found[1] and int(found[2] or 0) > 59):
                raise ValueError("Escreva horas e minutos com a unidade. Exemplos: 4h, 1h30, 45min.")
            self.data = int(found[1] or 0) * 60 + int(found[2] or 0)


class Intervals(Field):  # type: ignore[misc]
    """The open hours of a day typed as 08:00-12:00, 13:00-18:00; its data are pairs of hours, none when closed."""

    widget = TextInput()

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else day_in_words(self.data or [])

    def process_formdata(self, values: Sequence[str]) -> None:
        typed = re.sub(r"\s", "", values[0]) if values else ""
        self.data = []
        if typed:
            found = [
                re.fullmatch(r"([0-9]{1,2}:[0-9]{2})(?:-|–|a|às)([0-9]{1,2}:[0-9]{2})", one) for one in typed.split(",")
            ]
            if not all(found):
                raise ValueError("Escreva as horas como 08:00-12:00, 13:00-18:00.")
            self.data = [[one[1].zfill(5), one[2].zfill(5)] for one in found if one]


def words(label: str, choices: dict[str, str], **more: Any) -> RadioField:
    """One of a few words. What is none of them is left to the rule."""
    return RadioField(label, choices=list(choices.items()), validate_choice=False, **more)


def company_choices(row: Any = None) -> list[tuple[int, str]]:
    """The companies a row may be put in, and the one where it is."""
    return [(company.id, company.name) for company in writable_companies(row.company_id if row else None)]
