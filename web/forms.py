"""Forms parse what was typed; whether it may happen is the rule's business, in models/ (D: forms hold no rule)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import Length
from wtforms.widgets import TextInput

from models.base import db, reads_from_here
from models.refused import Refused
from models.wording import brl, tidy
from web.formats import YEARS, parse_cents, parse_day

NOTHING = ""


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose post runs one verb. CSRF is checked for every post of the application, not here."""

    class Meta:
        csrf = False

    code = 200  # of the answer: 422 refused, 409 somebody was faster

    def accepts(self, act: Callable[[], Any]) -> bool:
        """Parse, act, commit. False: nothing was written and each field has its sentence; see `code`.

        A refusal that concerns no field stands in the summary. Whatever is drawn next only reads.
        """
        try:
            if not self.validate():
                raise Refused(errors={})
            act()
            db.session.commit()
        except Refused as no:
            db.session.rollback()
            self.refuse(no)
            return False
        finally:
            reads_from_here()
        return True

    def refuse(self, no: Refused) -> None:
        """Put each sentence of a refusal beside its field."""
        self.code, self.refused = no.status, no
        for name, sentence in no.errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, sentence]
            else:
                self.form_errors.append(sentence)
        if no.sentence and not no.errors:
            self.form_errors.append(no.sentence)

    refused: Refused | None = None


class MoneyField(Field):  # type: ignore[misc]
    """Money typed the Brazilian way; its data are centavos."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return brl(self.data).replace("R$\u00a0", "") if self.data else ""

    def process_formdata(self, values: Sequence[str]) -> None:
        self.data = None
        if values and values[0].strip():
            try:
                self.data = parse_cents(values[0])
            except ValueError as error:
                raise ValueError("Escreva um valor em reais. Exemplo: 99,90.") from error


class DayField(DateField):  # type: ignore[misc]
    """A day, from the browser's calendar or typed as dd/mm/aaaa."""

    def process_formdata(self, values: Sequence[str]) -> None:
        self.data = None
        if values and values[0].strip():
            try:
                self.data = parse_day(values[0])
            except ValueError as error:
                raise ValueError(YEARS if str(error) == YEARS else "Escreva a data como 27/11/2026.") from error


class HourField(TimeField):  # type: ignore[misc]
    """An hour of the day: 08:00."""

    def process_formdata(self, values: Sequence[str]) -> None:
        self.data = None
        if values and values[0].strip():
            try:
                self.data = time.fromisoformat(values[0].strip())
            except ValueError as error:
                raise ValueError("Escreva a hora como 08:00.") from error


class Choice(SelectField):  # type: ignore[misc]
    """One row of a list. What is not in the list is left to the rule, which has a better sentence."""

    def __init__(self, label: str, *, empty: str | None = "Escolha", **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(label, coerce=_id, validate_choice=False, choices=[], **kwargs)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        first = [(NOTHING, self.empty)] if self.empty is not None else []
        self.choices = [*first, *choices]


class Choices(SelectMultipleField):  # type: ignore[misc]
    """Several rows of a list."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, coerce=int, validate_choice=False, choices=[], **kwargs)

    def process_formdata(self, values: Sequence[str]) -> None:
        self.data = [int(value) for value in values if value.isdecimal() and len(value) < 19]

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        self.choices = list(choices)


class YesNo(SelectField):  # type: ignore[misc]
    """Sim or Não, with nothing chosen as a third, refusable state."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        choices = [("yes", "Sim"), ("no", "Não")]
        super().__init__(label, choices=choices, coerce=_yes_no, validate_choice=False, **kwargs)

    def _value(self) -> str:
        return {True: "yes", False: "no"}.get(self.data, "")

    def iter_choices(self) -> Any:
        for value, label in self.choices:
            yield value, label, value == self._value(), {}


def text(label: str, most: int = 120, **kwargs: Any) -> StringField:
    """A line of text: spaces at the ends go, its length has the limit of its column."""
    sentence = f"Use no máximo {most} caracteres."
    return StringField(label, validators=[Length(max=most, message=sentence)], filters=[_trimmed], **kwargs)


def whole(typed: str | None) -> int:
    """The number in a hidden field, such as the version somebody was looking at; 0 for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _trimmed(value: Any) -> Any:
    return tidy(value or "")


def _id(value: Any) -> Any:
    """Numbers become numbers, words stay words, nothing stays None."""
    if value is None or value in (NOTHING, "None"):
        return None
    return int(value) if str(value).isdecimal() and len(str(value)) < 19 else value


def _yes_no(value: Any) -> bool | None:
    return {"yes": True, "no": False, True: True, False: False}.get(value)
