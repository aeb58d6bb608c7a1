"""Ordens de Serviço: the panel, an order, its appointment, its closing, its print."""

from staff.field import (
    absences,
    agenda_days,
    agenda_weeks,
    appointments,
    closings,
    distributions,
    lists,
    order_customers,
    order_ends,
    order_photos,
    orders,
    prints,
    unschedulings,
)
from staff.field.menu import FIELD
from web.navigation import lights

field = lights(
    FIELD,
    lists.panel,
    agenda_days.agenda_days,
    agenda_weeks.agenda_weeks,
    absences.absences,
    orders.work_orders,
    appointments.appointments,
    unschedulings.unschedulings,
    order_customers.order_customers,
    order_ends.order_ends,
    order_photos.order_photos,
    closings.closings,
    distributions.distributions,
    prints.order_prints,
)
