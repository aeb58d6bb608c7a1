"""Ordens de Serviço: the panel, an order, its appointment, its closing, its print."""

from staff.field import (
    appointments,
    closings,
    lists,
    order_customers,
    order_ends,
    order_photos,
    orders,
    prints,
    unschedulings,
)
from web.navigation import Entry, lights

FIELD = Entry("Ordens de Serviço", "tool", "staff.all_orders.index", "orders.read")

field = lights(
    FIELD,
    lists.panel,
    orders.work_orders,
    appointments.appointments,
    unschedulings.unschedulings,
    order_customers.order_customers,
    order_ends.order_ends,
    order_photos.order_photos,
    closings.closings,
    prints.order_prints,
)
