"""Horários: the hours of a week in which a deadline runs (A-36)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import Field

from models.refused import Refused
from models.workflows import HoursProfile
from models.workflows.hours import DAYS, week_in_words
from staff.configuration.companies import company_names
from staff.configuration.fields import Intervals, company_choices
from staff.configuration.menu import HOURS, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, YesNo, text
from web.fragments import done

hours = Blueprint("hours", __name__)
PATH = "/configuracao/horarios"
OFFICE = [["08:00", "12:00"], ["13:00", "18:00"]]


class HoursForm(Form):
    name = text("Nome", 60)
    company_id = Choice("Empresa", empty=None)
    day_0 = Intervals(DAYS[0], default=OFFICE)
    day_1 = Intervals(DAYS[1], default=OFFICE)
    day_2 = Intervals(DAYS[2], default=OFFICE)
    day_3 = Intervals(DAYS[3], default=OFFICE)
    day_4 = Intervals(DAYS[4], default=OFFICE)
    day_5 = Intervals(DAYS[5])
    day_6 = Intervals(DAYS[6])
    holidays = YesNo("Fecha em feriado nacional", default=True)

    def days(self) -> list[Field]:
        return [self[f"day_{day}"] for day in range(7)]

    def values(self) -> dict[str, Any]:
        """The columns of the row: the week in one."""
        week = {str(day): field.data for day, field in enumerate(self.days())}
        return {
            "name": self.name.data,
            "company_id": self.company_id.data,
            "week": week,
            "holidays": self.holidays.data,
        }


@hours.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@hours.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new() -> ResponseReturnValue:
    return _page(_form())


@hours.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create() -> ResponseReturnValue:
    form = _form()
    row = HoursProfile(**form.values())
    if form.accepts(row.create):
        return done(HOURS.url(), toast_of(row, "adicionad"))
    return _page(form), form.code


@hours.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    row = HOURS.load(id)
    return _page(_form(row), row)


@hours.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = HOURS.load(id)
    form = _form(row)
    if form.accepts(lambda: row.change(form.seen, **form.values())):
        return done(HOURS.url(), toast_of(row, "gravad"))
    return _page(form, row), form.code


def listing(refused: Refused | None = None) -> str:
    used, unused = HOURS.rows()
    words = {row.id: week_in_words(row.week) for row in (*used, *unused)}
    return page(
        "hours/index.html", HOURS, used=used, unused=unused, companies=company_names(), words=words, refused=refused
    )


def _form(row: HoursProfile | None = None, **more: Any) -> HoursForm:
    week = {f"day_{day}": row.week.get(str(day), []) for day in range(7)} if row else {}
    form = HoursForm(obj=row, **week, **more)
    form.company_id.offer(company_choices(row))
    return form.edits(row, lambda: _form(row, formdata=None)) if row else form


def _page(form: HoursForm, row: HoursProfile | None = None) -> str:
    return page("hours/edit.html", HOURS, row.name if row else HOURS.add, form=form, row=row)


retirement(hours, PATH, "catalog.edit", lambda: HOURS, listing)
