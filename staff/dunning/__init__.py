"""Régua de cobrança: the rehearsal of the night, and what a person keeps out of it."""

from staff.dunning import holds, rehearsals

dunning = (rehearsals.rehearsals, holds.holds)
