"""The catalogue of actions, a file for each room that tracks them."""

from models.history.action import Action
from models.history.catalogue import (
    billing,
    boards,
    catalog,
    collection,
    contracts,
    desk,
    dunning,
    express_check,
    files,
    network,
    notices,
    operators,
    outbox,
    people,
    sales,
    services,
    telephony,
    tickets,
    work_orders,
    workflows,
)

ROOMS = (
    billing,
    boards,
    catalog,
    collection,
    contracts,
    desk,
    dunning,
    express_check,
    files,
    network,
    notices,
    operators,
    outbox,
    people,
    sales,
    services,
    telephony,
    tickets,
    work_orders,
    workflows,
)
ACTIONS: dict[str, Action] = {name: action for room in ROOMS for name, action in room.ACTIONS.items()}
