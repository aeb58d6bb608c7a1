"""Central do Assinante: the door of the subscribers."""

from flask import Blueprint

from portal import (
    account,
    confirmations,
    contacts,
    devices,
    home,
    installing,
    invoices,
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
    services.services,
    trust_unlocks.trust_unlocks,
    account.account,
    contacts.contacts,
    passwords.passwords,
    devices.devices,
    installing.installing,
):
    door.register_blueprint(room)
