"""Adicionar Cliente and Adicionar Serviço: the wizard, one page per step."""

from staff.customers.menu import CUSTOMERS
from staff.sales import ceps, discards, previews, steps
from staff.sales import sales as sale_pages
from web.navigation import Entry, lights

DRAFTS = Entry("Vendas em rascunho", "file-text", "staff.sales.index", "sales.sell")

sales = lights(CUSTOMERS, sale_pages.sales, discards.discards, steps.steps, ceps.ceps, previews.previews)
