"""Caixa: the drawer of whoever receives over the counter (B-17)."""

from staff.cash import cash_closings, cash_desks, cash_movements, cash_prints, cash_reopenings, cash_sheets
from web.navigation import Entry, lights

CASH = Entry("Caixa", "cash", "staff.cash_desks.index", "billing.cash_desk")

cash = lights(
    CASH,
    cash_desks.cash_desks,
    cash_movements.cash_movements,
    cash_closings.cash_closings,
    cash_reopenings.cash_reopenings,
    cash_prints.cash_prints,
    cash_sheets.cash_sheets,
)
