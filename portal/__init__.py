"""Central do Assinante: the door of the subscribers."""

from flask import Blueprint

from portal import (
    account,
    clearings,
    confirmations,
    contacts,
    contests,
    contract_prints,
    devices,
    home,
    installing,
    invoice_prints,
    invoices,
    offers,
    paid_invoices,
    passwords,
    services,
    sessions,
    trust_unlocks,
)
from portal.help import HELP, help_pages
from web.navigation import MENUS, Entry, lights

HOME = Entry("Início", "home", "portal.home.index")
INVOICES = Entry("Faturas", "receipt", "portal.invoices.index")
SERVICES = Entry("Serviços", "wifi", "portal.services.index")
ACCOUNT = Entry("Conta", "user", "portal.account.show")
MENUS["portal"] = ((HOME, INVOICES, SERVICES, HELP, ACCOUNT),)

__all__ = ["offers"]  # at an address of its own, beside the door
door = Blueprint("portal", __name__, url_prefix="/central")
for room in (
    sessions.sessions,
    installing.installing,
    *lights(HOME, home.home),
    *lights(
        INVOICES,
        invoices.invoices,
        paid_invoices.paid_invoices,
        clearings.clearings,
        contests.contests,
        invoice_prints.invoice_prints,
    ),
    *lights(SERVICES, services.services, trust_unlocks.trust_unlocks, contract_prints.contract_prints),
    *help_pages,
    *lights(
        ACCOUNT,
        account.account,
        contacts.contacts,
        passwords.passwords,
        devices.devices,
        confirmations.confirmations,
    ),
):
    door.register_blueprint(room)
