"""The door of the provider's people. Each package declares its entry of the menu; here they are put in order."""

from flask import Blueprint

from staff import (
    companies,
    home,
    left_outs,
    manual,
    passwords,
    reports,
    routine_repeats,
    saved_views,
    search,
    sessions,
    tasks,
)
from staff.attend import TICKETS, attend
from staff.attend.inside import init_door
from staff.bank_files import FILES, PIX, bank
from staff.billing import INVOICES, billing
from staff.carnes import carnes
from staff.cash import CASH, cash
from staff.configuration import CONFIGURATION, configuration
from staff.contracts import contracts
from staff.customers import customers
from staff.customers.menu import CUSTOMERS
from staff.dunning import LADDER, dunning
from staff.field import field
from staff.field.menu import FIELD
from staff.network import network
from staff.network.menu import NETWORK
from staff.phone import phone
from staff.planner import planner
from staff.planner.menu import PLANNER
from staff.procedures import PROCEDURES, procedures
from staff.sales import DRAFTS, sales
from staff.security import security
from staff.services import services
from staff.telephony import telephony
from web.navigation import MENUS, Entry, lights

HOME = Entry("Início", "home", "staff.home.index")
REPORTS = Entry("Relatórios", "chart-bar", "staff.reports.index", "reports.read")
TASKS = Entry(
    "Tarefas paradas",
    "alert-triangle",
    "staff.tasks.index",
    "outbox.retry",
    "stopped",
    ("parada", "paradas"),
    is_alert=True,
)
MENUS["staff"] = (
    (HOME,),
    (TICKETS, FIELD),
    (CUSTOMERS, DRAFTS, PLANNER),
    (NETWORK,),
    (INVOICES, CASH, FILES, PIX),
    (LADDER, REPORTS),
    (PROCEDURES, CONFIGURATION, TASKS),
)

door = Blueprint("staff", __name__)
init_door(door, INVOICES, PLANNER, FIELD)
for room in (
    sessions.sessions,
    passwords.passwords,
    *lights(HOME, home.home, manual.manual, companies.companies, search.search, saved_views.saved_views, *security),
    *lights(TASKS, tasks.tasks, left_outs.left_outs, routine_repeats.routine_repeats),
    *lights(REPORTS, reports.reports),
    *attend,
    *customers,
    *sales,
    *services,
    *network,
    *contracts,
    *billing,
    *cash,
    *bank,
    *carnes,
    *dunning,
    *planner,
    *field,
    *phone,
    *telephony,
    *procedures,
    *configuration,
):
    door.register_blueprint(room)
