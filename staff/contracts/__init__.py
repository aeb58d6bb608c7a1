"""The printed contract."""

from staff.contracts import prints
from staff.customers.menu import CUSTOMERS
from web.navigation import lights

contracts = lights(CUSTOMERS, prints.prints)
