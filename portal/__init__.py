"""Central do Assinante: the door of the subscribers."""

from flask import Blueprint

from portal import account, home, services, sessions, trust_unlocks

door = Blueprint("portal", __name__, url_prefix="/central")
for room in (
    sessions.sessions,
    home.home,
    services.services,
    trust_unlocks.trust_unlocks,
    account.account,
):
    door.register_blueprint(room)
