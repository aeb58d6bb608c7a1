"""Configuração: the catalogues and who may do what. One file per screen; menu.py lists them all."""

from staff.configuration import (
    accounts,
    agenda_settings,
    attend_settings,
    board_columns,
    canned_answers,
    catalogue_pages,
    companies,
    company_rules,
    dunning_rules,
    histories,
    hours,
    invitations,
    macros,
    operators,
    overview,
    plans,
    process_orders,
    process_steps,
    processes,
    revisions,
    roles,
    sale_defaults,
    second_factors,
    support_materials,
    templates,
)
from web.navigation import Entry, lights

for screen in (
    catalogue_pages.catalogues,
    plans.plans,
    templates.templates,
    revisions.revisions,
    companies.companies,
    company_rules.company_rules,
    accounts.accounts,
    dunning_rules.dunning_rules,
    operators.operators,
    invitations.invitations,
    roles.roles,
    second_factors.second_factors,
    processes.processes,
    process_orders.process_orders,
    process_steps.process_steps,
    support_materials.support_materials,
    canned_answers.canned_answers,
    macros.macros,
    hours.hours,
    attend_settings.attend_settings,
    agenda_settings.agenda_settings,
    sale_defaults.sale_defaults,
    board_columns.board_columns,
    histories.histories,
):
    overview.configuration.register_blueprint(screen)

CONFIGURATION = Entry("Configuração", "settings", "staff.configuration.index", "catalog.read")

configuration = lights(CONFIGURATION, overview.configuration)
