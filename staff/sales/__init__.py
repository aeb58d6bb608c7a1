"""Adicionar Cliente and Adicionar Serviço: the wizard, one page per step."""

from staff.sales import ceps, previews, steps
from staff.sales import sales as sale_pages

sales = (sale_pages.sales, steps.steps, ceps.ceps, previews.previews)
