"""Outages as they are lived: the tickets they gather, one answer for all of them, the credit for the hours."""

from models.outages.outage_answer import OutageAnswer, OutageReply, still_down
from models.outages.outage_credit import CREDIT_STATES, OutageCredit, propose, refusal_to_propose
from models.outages.outage_ticket import (
    OutageTicket,
    end_all,
    fitting,
    gather,
    gather_ticket,
    put_in,
    refusal_to_take_out,
    take_out,
    tickets_in,
)

__all__ = [
    "CREDIT_STATES",
    "OutageAnswer",
    "OutageCredit",
    "OutageReply",
    "OutageTicket",
    "end_all",
    "fitting",
    "gather",
    "gather_ticket",
    "propose",
    "put_in",
    "refusal_to_propose",
    "refusal_to_take_out",
    "still_down",
    "take_out",
    "tickets_in",
]
