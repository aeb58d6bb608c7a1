"""Procedimentos: how the house does things, with every text they had (U-30)."""

from staff.procedures import comparisons, revisions
from staff.procedures import procedures as pages
from web.navigation import Entry, lights

PROCEDURES = Entry("Procedimentos", "books", "staff.procedures.index", "procedures.read")

procedures = lights(PROCEDURES, pages.procedures, revisions.procedure_revisions, comparisons.procedure_comparisons)
