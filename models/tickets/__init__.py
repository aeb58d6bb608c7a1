"""Tickets: what a customer asked for, its protocol, its deadline, its conversation."""

from models.tickets.commenting import VISIBILITIES, Comment, CommentVersion
from models.tickets.forwarding import FOLLOWS_NOT, TicketStay, Watcher
from models.tickets.holding import receivers
from models.tickets.identifying import locked_company
from models.tickets.opening import Destination
from models.tickets.running import Ran, Step
from models.tickets.seen import PRESENT, TicketSeen, forget_draft, keep_draft, look
from models.tickets.status import AT_OPENING, GATES, OPEN, STATUSES
from models.tickets.ticket import Ticket

__all__ = [
    "AT_OPENING",
    "FOLLOWS_NOT",
    "GATES",
    "OPEN",
    "PRESENT",
    "STATUSES",
    "VISIBILITIES",
    "Comment",
    "CommentVersion",
    "Destination",
    "Ran",
    "Step",
    "Ticket",
    "TicketSeen",
    "TicketStay",
    "Watcher",
    "forget_draft",
    "keep_draft",
    "locked_company",
    "look",
    "receivers",
]
