"""What happens to notices, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "notice.sent": Action("enviou «{title}» por e-mail", "money", SUBSCRIBER, "send", more=("address",), changes=False),
    "notice.failed": Action("não conseguiu entregar «{title}» por e-mail", "money", icon="alert-circle", changes=False),
}
