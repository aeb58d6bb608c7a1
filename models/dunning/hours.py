"""Working hours: nobody is told or cut at night, wherever the company is (X-07)."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import select

from models import clock
from models.base import db
from models.operators import Company

OPENS, CLOSES = 8, 18
NOON = time(12)  # by Brasília: within the hours of every zone of the country, and the same day in each
HOURS = f"A régua age das {OPENS} às {CLOSES} h de cada empresa"


def open_at(at: datetime) -> dict[int, date]:
    """The companies where it is day at a moment, each with its own date."""
    hours = {row.id: clock.local(at, row.zone) for row in db.session.scalars(select(Company))}
    return {id: local.date() for id, local in hours.items() if OPENS <= local.hour < CLOSES}


def closed_at(at: datetime) -> list[Company]:
    """The companies where it is night then."""
    working = open_at(at)
    return [row for row in db.session.scalars(select(Company).order_by(Company.id)) if row.id not in working]


def words_now(company_id: int | None = None) -> str:
    """What to say to whoever asks for the ladder now, for one company or all; empty when it acts at once."""
    closed = [row for row in closed_at(clock.now()) if company_id in (None, row.id)]
    if not closed:
        return ""
    return f"{HOURS}: fora delas ninguém é avisado nem cortado. Ela vai agir a partir das {OPENS}:00"
