"""The agenda of the field: who is where on a day, what waits for an hour, and which hour is proposed (X-14, B-21)."""

from models.agenda.diary import DAYS, Diary, Technician
from models.agenda.distance import Place, distance
from models.agenda.proposals import Proposal, in_order
from models.agenda.proposing import Asked, propose
from models.agenda.visits import Visit, Waiting, order_as_visit, place_of, visits_of, waiting_orders

__all__ = [
    "DAYS",
    "Asked",
    "Diary",
    "Place",
    "Proposal",
    "Technician",
    "Visit",
    "Waiting",
    "distance",
    "in_order",
    "order_as_visit",
    "place_of",
    "propose",
    "visits_of",
    "waiting_orders",
]
