"""The network as staff sees it: connections, and what was counted of them."""

from staff.customers.menu import CUSTOMERS
from staff.network import connections
from web.navigation import lights

network = lights(CUSTOMERS, connections.connections)
