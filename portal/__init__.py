"""Central do Assinante: the door of the subscribers."""

from flask import Blueprint

from portal import (
    account,
    clearings,
    confirmations,
    contacts,
    devices,
    home,
    installing,
    invoice_prints,
    invoices,
    paid_invoices,
    passwords,
    services,
    sessions,
    trust_unlocks,
)

door = Blueprint("portal", __name__, url_prefix="/central")
for room in (
    sessions.sessions,
    confirmations.confirmations,
    home.home,
    invoices.invoices,
    paid_invoices.paid_invoices,
    clearings.clearings,
    invoice_prints.invoice_prints,
    services.services,
    trust_unlocks.trust_unlocks,
    account.account,
    contacts.contacts,
    passwords.passwords,
    devices.devices,
    installing.installing,
):
    door.register_blueprint(room)
