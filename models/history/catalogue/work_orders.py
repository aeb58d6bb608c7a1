"""What happens to work orders, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "work_order.opened": Action("abriu a OS {number}: {type}, {technician}, {start_at}", "order", SUBSCRIBER, "tool"),
}
