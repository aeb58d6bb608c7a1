"""Configuração: the catalogues and who may do what. One file per screen; menu.py lists them all."""

from staff.configuration import (
    accounts,
    catalogue_pages,
    companies,
    company_rules,
    dunning_rules,
    histories,
    invitations,
    operators,
    overview,
    plans,
    revisions,
    roles,
    second_factors,
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
    histories.histories,
):
    overview.configuration.register_blueprint(screen)

CONFIGURATION = Entry("Configuração", "settings", "staff.configuration.index", "catalog.read")

configuration = lights(CONFIGURATION, overview.configuration)
