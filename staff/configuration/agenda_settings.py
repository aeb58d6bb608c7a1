"""Padrões da agenda: in which hours each company visits, and the time left for the way (X-14, B-21)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.operators import Company
from models.scope import TODAS
from models.work_orders import AgendaSettings
from models.work_orders.working_hours import USUAL_WEEK
from models.workflows import HoursProfile
from models.workflows.hours import week_in_words
from staff.configuration.fields import Duration
from staff.configuration.menu import AGENDA, page
from web.access import staff
from web.forms import Choice, Form
from web.fragments import done

agenda_settings = Blueprint("agenda_settings", __name__)
PATH = "/configuracao/padroes-da-agenda"
USUAL = week_in_words(USUAL_WEEK)


class SettingsForm(Form):
    hours_profile_id = Choice(
        "Horário de trabalho", empty=USUAL, description="Um dos Horários. Fora dele a agenda pergunta antes de marcar."
    )
    travel_minutes = Duration("Folga de deslocamento", description="Entre uma visita e outra do mesmo técnico.")


@agenda_settings.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    used, _ = AGENDA.rows()
    settings = AgendaSettings.by_company(used)
    chosen = {id: row.hours_profile for id, row in settings.items()}
    words = {id: week_in_words(one.week) if one else USUAL for id, one in chosen.items()}
    return page("agenda_settings/index.html", AGENDA, used=used, settings=settings, words=words)


@agenda_settings.get(f"{PATH}/todas/editar", defaults={"id": TODAS})
@agenda_settings.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    company = AGENDA.load(id)
    row = AgendaSettings.own(company.id)
    return _page(company, _offering(SettingsForm(obj=row).edits(row), company))


@agenda_settings.post(f"{PATH}/todas/editar", defaults={"id": TODAS})
@agenda_settings.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    company = AGENDA.load(id)
    row = AgendaSettings.own(company.id)
    form = _offering(SettingsForm().edits(row), company)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(AGENDA.url(), f"Padrões da agenda de {company.name} gravados")
    return _page(company, form), form.code


def _offering(form: SettingsForm, company: Company) -> SettingsForm:
    """With the horários in use of the company and of TODAS."""
    form.hours_profile_id.offer([(row.id, row.name) for row in HoursProfile.offered(company.id)])
    return form


def _page(company: Company, form: SettingsForm) -> str:
    return page("agenda_settings/edit.html", AGENDA, company.name, form=form, row=company)
