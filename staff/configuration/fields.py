"""What the forms of Configuração have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field, RadioField
from wtforms.widgets import TextInput

from models.operators.in_company import writable_companies
from models.wording import brl
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


def words(label: str, choices: dict[str, str], **more: Any) -> RadioField:
    """One of a few words. What is none of them is left to the rule."""
    return RadioField(label, choices=list(choices.items()), validate_choice=False, **more)


def company_choices(row: Any = None) -> list[tuple[int, str]]:
    """The companies a row may be put in, and the one where it is."""
    return [(company.id, company.name) for company in writable_companies(row.company_id if row else None)]
