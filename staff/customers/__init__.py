"""The customer: list, dashboard and the pages of its Menu (C-20)."""

from staff.customers import (
    central_passwords,
    chosen_tags,
    commercial_tasks,
    company_moves,
    customer_sheets,
    details,
    document_corrections,
    histories,
    notices,
    orders,
    paper,
    tags,
    tax_ids,
)
from staff.customers import customers as customer_pages
from staff.customers.menu import CUSTOMERS
from web.navigation import lights

customers = lights(
    CUSTOMERS,
    customer_pages.customers,
    customer_sheets.customer_sheets,
    chosen_tags.chosen_tags,
    details.details,
    document_corrections.document_corrections,
    company_moves.company_moves,
    central_passwords.central_passwords,
    tags.tags,
    tax_ids.tax_ids,
    histories.histories,
    notices.notices,
    paper.paper,
    orders.orders,
    commercial_tasks.commercial_tasks,
)
