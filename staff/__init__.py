"""The door of the provider's people."""

from flask import Blueprint

from staff import companies, home, passwords, search, sessions, tasks
from staff.configuration import configuration
from staff.contracts import contracts
from staff.customers import customers
from staff.sales import sales
from staff.services import services

door = Blueprint("staff", __name__)
for room in (
    sessions.sessions,
    passwords.passwords,
    companies.companies,
    home.home,
    tasks.tasks,
    search.search,
    *customers,
    *sales,
    *services,
    *contracts,
    *configuration,
):
    door.register_blueprint(room)
