"""The catalogue of actions, a file for each room that tracks them."""

from models.history.action import Action
from models.history.catalogue import (
    billing,
    catalog,
    collection,
    contracts,
    desk,
    dunning,
    files,
    notices,
    operators,
    outbox,
    people,
    sales,
    services,
    tickets,
    work_orders,
    workflows,
)

ROOMS = (
    billing,
    catalog,
    collection,
    contracts,
    desk,
    dunning,
    files,
    notices,
    operators,
    outbox,
    people,
    sales,
    services,
    tickets,
    work_orders,
    workflows,
)
ACTIONS: dict[str, Action] = {name: action for room in ROOMS for name, action in room.ACTIONS.items()}
