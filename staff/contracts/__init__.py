"""A contract: what it says, and the printed one."""

from staff.contracts import contracts as contract_pages
from staff.contracts import prints
from staff.customers.menu import CUSTOMERS
from web.navigation import lights

contracts = lights(CUSTOMERS, contract_pages.contracts, prints.prints)
