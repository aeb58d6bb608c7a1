"""What of an order is done with a reason and nothing else is asked for on one page."""

from __future__ import annotations

from typing import Any, NamedTuple

from models.work_orders import WorkOrder
from staff.field.loading import page
from web.forms import Form, lines


class Reason(Form):
    reason = lines("Motivo", 300)


class Act(NamedTuple):
    """How a page asks for it: the question, what follows, and the words of its button."""

    question: str
    consequence: str
    button: str
    danger: bool = True


def reason_page(order: WorkOrder, act: Act, form: Reason, action: str) -> str:
    asked: dict[str, Any] = {"act": act, "form": form, "action": action}
    return page("staff/work_orders/reason.html", order, **asked)
