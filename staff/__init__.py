"""The door of the provider's people."""

from flask import Blueprint

from staff import companies, home, passwords, reports, search, sessions, tasks
from staff.bank_files import bank
from staff.billing import billing
from staff.carnes import carnes
from staff.configuration import configuration
from staff.contracts import contracts
from staff.customers import customers
from staff.dunning import dunning
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
    reports.reports,
    *customers,
    *sales,
    *services,
    *contracts,
    *billing,
    *bank,
    *carnes,
    *dunning,
    *configuration,
):
    door.register_blueprint(room)
