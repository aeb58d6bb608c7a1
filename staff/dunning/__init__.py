"""Régua de cobrança: the rehearsal of the night, and what a person keeps out of it."""

from staff.customers.menu import CUSTOMERS
from staff.dunning import holds, rehearsals
from web.navigation import Entry, lights

LADDER = Entry("Régua de cobrança", "calendar-event", "staff.rehearsals.index", "billing.read")

dunning = (*lights(LADDER, rehearsals.rehearsals), *lights(CUSTOMERS, holds.holds))
