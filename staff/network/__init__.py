"""The network as staff sees it: connections, what was counted of them, and outages."""

from staff.customers.menu import CUSTOMERS
from staff.network import (
    connections,
    outage_answers,
    outage_credits,
    outage_customers,
    outage_ends,
    outage_tickets,
    outages,
)
from staff.network.menu import NETWORK
from web.navigation import lights

network = (
    *lights(CUSTOMERS, connections.connections),
    *lights(
        NETWORK,
        outages.outages,
        outage_answers.outage_answers,
        outage_tickets.outage_tickets,
        outage_customers.outage_customers,
        outage_ends.outage_ends,
        outage_credits.outage_credits,
    ),
)
