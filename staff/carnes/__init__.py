"""Carnê Bancário and its eight actions (C-36 to C-47, C-112, C-113)."""

from staff.carnes import all_carnes, cancellations, gatherings, histories, mails, previews, prints, renewals
from staff.carnes import carnes as booklets
from staff.customers.menu import CUSTOMERS
from web.navigation import lights

carnes = lights(
    CUSTOMERS,
    booklets.carnes,
    all_carnes.all_carnes,
    previews.carne_previews,
    prints.carne_prints,
    mails.carne_mails,
    histories.carne_histories,
    gatherings.carne_invoices,
    cancellations.carne_cancellations,
    renewals.carne_renewals,
)
