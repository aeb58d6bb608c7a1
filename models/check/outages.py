"""Outages close: no ticket waits in one that is over, and what was confirmed is in the customer's credit (B-23)."""

from __future__ import annotations

from sqlalchemy import or_, select

from models.base import db
from models.billing import CreditEntry
from models.check.question import findings
from models.network import Outage
from models.outages import OutageCredit, OutageTicket
from models.pricing.downtime import Downtime


def tickets_are_in_open_outages() -> list[str]:
    """Who is in an outage waits for its end, so it is open."""
    rows = select(OutageTicket.ticket_id.label("ticket"), Outage.code).join(Outage, Outage.id == OutageTicket.outage_id)
    rows = rows.where(OutageTicket.state == "in", Outage.closed_at.is_not(None)).order_by(OutageTicket.id)
    return findings("atendimento {ticket}: está na parada cód. {code}, que já terminou", rows)


def confirmed_credits_were_given() -> list[str]:
    """A confirmed credit is a movement of the customer's credit, of as many centavos."""
    rows = select(OutageCredit.id, OutageCredit.amount_cents.label("of"), CreditEntry.amount_cents.label("given"))
    rows = rows.join(CreditEntry, CreditEntry.id == OutageCredit.credit_entry_id)
    wrong = or_(CreditEntry.amount_cents != OutageCredit.amount_cents, CreditEntry.kind != "outage")
    return findings("desconto {id}: é de {of} centavos, e o crédito recebeu {given}", rows.where(wrong))


def credits_are_their_sums() -> list[str]:
    """Fee, minutes and days give the centavos that are shown."""
    row = OutageCredit
    rows = select(row.id, row.amount_cents, row.fee_cents, row.minutes, row.days).order_by(row.id)
    return [
        f"desconto {id}: é de {cents} centavos, e a conta dele dá {right}"
        for id, cents, fee, minutes, days in db.session.execute(rows)
        if (right := Downtime(fee, minutes, days).cents) != cents
    ]


QUESTIONS = (tickets_are_in_open_outages, confirmed_credits_were_given, credits_are_their_sums)
