"""Padrões do atendimento: what a new atendimento of each company is proposed with (A-42, D-15)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.operators import Company
from models.scope import TODAS
from models.workflows import NOTIFY_LEVELS, AttendSettings, ContactOrigin, SlaTable, TicketClassification
from staff.configuration.menu import SETTINGS, page
from web.access import staff
from web.forms import Choice, Form, YesNo
from web.fragments import done

attend_settings = Blueprint("attend_settings", __name__)
PATH = "/configuracao/padroes-do-atendimento"


class SettingsForm(Form):
    sla_table_id = Choice("SLA padrão", empty="Nenhuma", description="Vale para o atendimento sem contrato.")
    contact_origin_id = Choice("Origem do contato", empty="Nenhuma")
    opening_classification_id = Choice("Classificação de abertura", empty="Nenhuma")
    closing_classification_id = Choice("Classificação de encerramento", empty="Nenhuma")
    notify_level = Choice(
        "Nível de notificação em APP", empty=None, description="O que o cliente fica sabendo, na Central e por e-mail."
    )
    overdue_only = YesNo(
        "Consulta Expressa, Financeiro: somente vencidas",
        description="Sem isto, Financeiro mostra toda fatura emitida e não paga, vencida ou não.",
    )


@attend_settings.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    used, _ = SETTINGS.rows()
    return page(
        "attend_settings/index.html",
        SETTINGS,
        used=used,
        settings=AttendSettings.by_company(used),
        levels=NOTIFY_LEVELS,
    )


@attend_settings.get(f"{PATH}/todas/editar", defaults={"id": TODAS})
@attend_settings.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    company = SETTINGS.load(id)
    row = AttendSettings.own(company.id)
    return _page(company, _offering(SettingsForm(obj=row).edits(row), company))


@attend_settings.post(f"{PATH}/todas/editar", defaults={"id": TODAS})
@attend_settings.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    company = SETTINGS.load(id)
    row = AttendSettings.own(company.id)
    form = _offering(SettingsForm().edits(row), company)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(SETTINGS.url(), f"Padrões de {company.name} gravados")
    return _page(company, form), form.code


def _offering(form: SettingsForm, company: Company) -> SettingsForm:
    """With what is in use of the company and of TODAS."""
    form.sla_table_id.offer([(row.id, row.name) for row in SlaTable.offered(company.id)])
    form.contact_origin_id.offer([(row.id, row.name) for row in ContactOrigin.offered(company.id)])
    for field, closing in ((form.opening_classification_id, False), (form.closing_classification_id, True)):
        field.offer([(row.id, row.name) for row in TicketClassification.for_moment(closing, company.id)])
    form.notify_level.offer(list(NOTIFY_LEVELS.items()))
    return form


def _page(company: Company, form: SettingsForm) -> str:
    return page("attend_settings/edit.html", SETTINGS, company.name, form=form, row=company)
