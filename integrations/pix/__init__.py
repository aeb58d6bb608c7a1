"""Pix at a bank (API Pix of the Banco Central): charges with a due date, and what came in."""

from integrations.pix.charge import Charge, ChargeTerms, Payer, PixRefused, PixTrouble, Received, Unread, read_webhook
from integrations.pix.client import PixClient
from integrations.pix.fake import FakeBank
from integrations.pix.session import PixAccess, Session, make

__all__ = [
    "Charge",
    "ChargeTerms",
    "FakeBank",
    "Payer",
    "PixAccess",
    "PixClient",
    "PixRefused",
    "PixTrouble",
    "Received",
    "Session",
    "Unread",
    "make",
    "read_webhook",
]
