"""The customer: list, dashboard and the pages of its Menu (C-20)."""

from staff.customers import customers as customer_pages
from staff.customers import details, histories, money, orders, paper, tags, tax_ids

customers = (
    customer_pages.customers,
    details.details,
    tags.tags,
    tax_ids.tax_ids,
    histories.histories,
    money.money,
    paper.paper,
    orders.orders,
)
