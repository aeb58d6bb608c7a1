"""Tickets: what a customer asked for, its protocol, its deadline, its conversation."""

from models.tickets.asking import MOST_PHOTOS, MOST_TEXT, QUESTIONS
from models.tickets.commenting import VISIBILITIES, Comment, CommentVersion
from models.tickets.customer_seen import CustomerSeen, saw
from models.tickets.forwarding import FOLLOWS_NOT, TicketStay, Watcher
from models.tickets.holding import receivers
from models.tickets.identifying import locked_company
from models.tickets.opening import Destination
from models.tickets.rating import MOST_WHY, STARS, Rating
from models.tickets.running import Ran, Step
from models.tickets.seen import PRESENT, TicketSeen, forget_draft, keep_draft, look
from models.tickets.status import AT_OPENING, GATES, OPEN, STATUSES
from models.tickets.telling import TOLD, TicketNotice
from models.tickets.ticket import Ticket

__all__ = [
    "AT_OPENING",
    "FOLLOWS_NOT",
    "GATES",
    "MOST_PHOTOS",
    "MOST_TEXT",
    "MOST_WHY",
    "OPEN",
    "PRESENT",
    "QUESTIONS",
    "STARS",
    "STATUSES",
    "TOLD",
    "VISIBILITIES",
    "Comment",
    "CommentVersion",
    "CustomerSeen",
    "Destination",
    "Ran",
    "Rating",
    "Step",
    "Ticket",
    "TicketNotice",
    "TicketSeen",
    "TicketStay",
    "Watcher",
    "forget_draft",
    "keep_draft",
    "locked_company",
    "look",
    "receivers",
    "saw",
]
