"""The entry under which everything about work orders stands, in whichever package it is."""

from web.navigation import Entry

FIELD = Entry("Ordens de Serviço", "tool", "staff.all_orders.index", "orders.read")
