"""Every day of a service is charged once, declared uncharged, billed by the next run, or a gap (decision 017)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import case, select

from models.base import db
from models.billing.charge import Charge
from models.billing.invoice import Invoice
from models.pricing import Period, holes, merged, without
from models.services import UnchargedDays

DAY = timedelta(days=1)
OLDEST = timedelta(days=90)  # a hole older than that a person decides: nobody is surprised with an old debt


@dataclass
class Days:
    """What is known of the days of a service. `cancelled`: charged once, and a person took it back."""

    charged: list[Period] = field(default_factory=list)
    declared: list[Period] = field(default_factory=list)
    cancelled: list[Period] = field(default_factory=list)
    first: date | None = None  # the first day that was ever charged, also by a carnê that was cancelled

    @cached_property
    def settled(self) -> list[Period]:
        """Charged or declared uncharged: nothing is to be done about them."""
        return merged([*self.charged, *self.declared])

    @cached_property
    def covered(self) -> list[Period]:
        """What the run passes by: these, and what a person took back, who says what becomes of it."""
        return merged([*self.settled, *self.cancelled])

    @property
    def until(self) -> date | None:
        """The last day the run passes by; None: there is none."""
        return self.covered[-1].to if self.covered else None

    @property
    def fee_is_settled(self) -> bool:
        """The installation fee went, or did not go, with the first charge."""
        return bool(self.charged or self.cancelled)

    def begins(self, starts_on: date, without_charge: date) -> date:
        """The first day of use to charge: from the first charge on, but not before it was installed.

        `without_charge` is where it begins for who was never charged.
        """
        return max(self.first, starts_on) if self.first and self.covered else without_charge

    def holes(self, begins: date, today: date) -> list[Period]:
        """What the run bills before it goes on behind the last covered day: holes nobody made, while they are young."""
        return [hole for hole in holes(begins, self.covered) if hole.to >= today - OLDEST]

    def gaps(self, begins: date, today: date, *, by_carne: bool) -> list[Period]:
        """The days nobody charges and no run will bill: somebody has to decide.

        With a carnê no run bills anything, so the days that went by since the last charge are a gap, too.
        """
        ends = [self.until] if self.until else []
        last = max([*ends, today - DAY] if by_carne else ends, default=None)
        if last is None or last < begins:
            return []
        billed = [] if by_carne else self.holes(begins, today)
        return without([Period(begins, last)], [*self.settled, *billed])


def days_of(service_ids: Sequence[int]) -> dict[int, Days]:
    """The days of each of these services, in two questions."""
    found = {id: Days() for id in service_ids}
    for service_id, start, end, kind in _charged(service_ids):
        days = found[service_id]
        days.first = min(days.first or start, start)
        if kind != "free":
            (days.charged if kind == "charged" else days.cancelled).append(Period(start, end))
    declared = select(UnchargedDays.service_id, UnchargedDays.starts_on, UnchargedDays.ends_on)
    declared = declared.where(UnchargedDays.service_id.in_(service_ids), UnchargedDays.undone_at.is_(None))
    for service_id, start, end in db.session.execute(declared):
        found[service_id].declared.append(Period(start, end))
    return found


def _charged(service_ids: Sequence[int]) -> Iterator[tuple[int, date, date, str]]:
    """Service, first and last day, and what became of it; what went with its carnê was never asked for."""
    kind = case((Charge.status != "cancelled", "charged"), (Invoice.with_carne, "free"), else_="cancelled")
    rows = (
        select(Charge.service_id, Charge.period_start, Charge.period_end, kind)
        .outerjoin(Invoice, Invoice.id == Charge.invoice_id)
        .where(Charge.service_id.in_(service_ids), Charge.kind == "monthly")
    )
    yield from map(tuple, db.session.execute(rows))
