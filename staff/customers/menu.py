"""The entry under which everything about one customer stands, in whichever package it is."""

from web.navigation import Entry

CUSTOMERS = Entry("Clientes", "users", "staff.customers.index", "people.read")
