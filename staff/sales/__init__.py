"""Adicionar Cliente and Adicionar Serviço: the wizard, one page per step, and what its answers are looked up with."""

from staff.customers.menu import CUSTOMERS
from staff.sales import ceps, discards, document_checks, previews, steps, taken_hours
from staff.sales import sales as sale_pages
from web.navigation import Entry, lights

DRAFTS = Entry("Vendas em rascunho", "file-text", "staff.sales.index", "sales.sell")

sales = lights(
    CUSTOMERS,
    sale_pages.sales,
    discards.discards,
    steps.steps,
    ceps.ceps,
    previews.previews,
    document_checks.document_checks,
    taken_hours.taken,
)
