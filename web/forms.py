"""Forms parse what was typed; whether it may happen is the rule's business, in models/ (D: forms hold no rule)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, ClassVar, Self

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy import inspect
from wtforms import DateField, Field, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import Length
from wtforms.widgets import TextInput

from models.base import db, reads_from_here
from models.operators.versioned import Versioned
from models.refused import Gone, Refused, Stale
from models.wording import brl, tidy, tidy_lines
from web.differences import HIDDEN, Conflict, differences, told
from web.doors import door
from web.formats import YEARS, parse_cents, parse_day

NOTHING = ""


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose post runs one verb. CSRF is checked for every post of the application, not here."""

    class Meta:
        csrf = False

    code = 200  # of the answer: 422 refused, 409 somebody was faster

    def accepts(self, act: Callable[[], Any], *, unfinished: bool = False) -> bool:
        """Parse, act, commit. False: nothing was written and each field has its sentence; see `code`.

        A refusal that concerns no field stands in the summary. Whatever is drawn next only reads. `unfinished`: the
        verb takes what could not be parsed as well. Raises Gone: of a row that was removed no form can be drawn.
        """
        try:
            if not self.validate() and not unfinished:
                raise Refused(errors={})
            act()
            db.session.commit()
        except Gone:
            raise
        except Refused as no:
            db.session.rollback()
            self.refuse(no)
            return False
        finally:
            reads_from_here()
            self._compare()
        return True

    def edits(
        self,
        row: Versioned,
        now: Callable[[], FlaskForm] | None = None,
        *,
        who: Callable[[], str] | None = None,
        href: str = "",
        **stored: Any,
    ) -> Self:
        """Say which row is edited: the form carries its version, and a 409 compares what was typed with it (B-05).

        `now` draws the form from the row as it is; without it the columns of the same name are compared, and what is
        `stored` elsewhere by the name of its field: a value, or what to call for it. `who` says who was faster when
        history does not, `href` where the form stands when not where it is posted. Fields nobody touched follow the
        row, when the page said which were (`touched`, from base.js): only what was typed can be written over it.
        """
        self.edited, self._now, self._who, self._href, self._stored = row, now, who, href, stored
        return self

    def ask_more(self, fields: Mapping[str, UnboundField], stored: Mapping[str, Any]) -> None:
        """Fields by name that this form alone has, such as one for each row of something; then it is read anew."""
        for name, field in fields.items():
            BaseForm.__setitem__(self, name, field)
        self.process(request.form if self.is_submitted() else None, data=stored)

    @property
    def drawn_from(self) -> int | str:
        """The version of the row this form was drawn from, at first."""
        return request.form.get("version", self.edited.version if self.edited else "")

    @property
    def seen(self) -> int:
        """The version somebody was shown: at first, or beside what they typed, and chose to write over."""
        return whole(request.form.get("overwrites")) or whole(request.form.get("version"))

    @property
    def touched(self) -> str:
        """The names of the fields somebody changed, with spaces between; kept while they answer what was said."""
        return request.form.get("touched", "")

    def _compare(self) -> None:
        if self.edited is None or not isinstance(self.refused, Stale):
            return
        row = self.edited
        form = self._now() if self._now else self._drawn_now(row)
        if merges := "touched" in request.form:
            self._follow(form)
        self.conflict = Conflict(
            self.refused.sentence,
            self._who() if self._who else told(row.last_change()) if door() == "staff" else "",
            differences(self, form, self.titles),
            any(field.name in form for field in self if field.type != "HiddenField"),
            row.version,
            self._href or request.full_path.rstrip("?"),
            merges,
        )

    def _follow(self, stored: FlaskForm) -> None:
        touched = self.touched.split()
        for field in self:
            if field.name in stored and field.name not in touched and field.type not in (*HIDDEN, "FieldList"):
                field.data, field.raw_data = stored[field.name].data, None

    def _drawn_now(self, row: Versioned) -> FlaskForm:
        """The fields that are columns of the row, and those of which is said what is stored."""
        stored = {name: value() if callable(value) else value for name, value in self._stored.items()}
        form = type(self)(formdata=None, obj=row)
        for field in list(form):
            if field.name in stored:
                field.data = stored[field.name]
            elif field.name not in inspect(type(row)).column_attrs:
                del form[field.name]
        return form

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
    edited: Versioned | None = None
    conflict: Conflict | None = None
    titles: ClassVar[dict[str, str]] = {}  # of fields whose label says too little outside their place
    _now: Callable[[], FlaskForm] | None = None
    _who: Callable[[], str] | None = None
    _href = ""
    _stored: dict[str, Any]


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


HOUR = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?")  # of this place: an offset is no hour of a clock


class HourField(TimeField):  # type: ignore[misc]
    """An hour of the day: 08:00."""

    def process_formdata(self, values: Sequence[str]) -> None:
        self.data = None
        if values and values[0].strip():
            found = HOUR.fullmatch(values[0].strip())
            if found is None:
                raise ValueError("Escreva a hora como 08:00.")
            self.data = time(int(found[1]), int(found[2]))


class Choice(SelectField):  # type: ignore[misc]
    """One row of a list. What is not in the list is left to the rule, which has a better sentence."""

    def __init__(self, label: str, *, empty: str | None = "Escolha", **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(label, coerce=_id, validate_choice=False, choices=[], **kwargs)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        first = [(NOTHING, self.empty)] if self.empty is not None else []
        self.choices = [*first, *choices]


class MomentField(StringField):  # type: ignore[misc]
    """A moment as a device tells it, in ISO with its offset: 2026-11-24T17:06:00Z. Nothing where it tells none."""

    def process_formdata(self, values: Sequence[str]) -> None:
        self.data = None
        if values and values[0].strip():
            try:
                at = datetime.fromisoformat(values[0].strip())
                self.data = at.astimezone(UTC) if at.tzinfo and 1970 <= at.year <= 2999 else None
            except (ValueError, OverflowError):
                self.data = None
            if self.data is None:
                raise ValueError("O aparelho não disse quando isto aconteceu. Recarregue a página e envie de novo.")


class Choices(SelectMultipleField):  # type: ignore[misc]
    """Several rows of a list. What is no number of a row is left to the rule, as one that is not there."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, coerce=int, validate_choice=False, choices=[], **kwargs)

    def process_formdata(self, values: Sequence[str]) -> None:
        self.data = [int(value) if value.isdecimal() and len(value) < 19 else -1 for value in values]

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


def lines(label: str, most: int = 500, **kwargs: Any) -> TextAreaField:
    """A text of several lines, without what cannot be seen."""
    sentence = f"Use no máximo {f'{most:,}'.replace(',', '.')} caracteres."
    return TextAreaField(label, validators=[Length(max=most, message=sentence)], filters=[tidy_lines], **kwargs)


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
