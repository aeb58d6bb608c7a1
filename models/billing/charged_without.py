"""What was charged before an item came into a composition: nobody charges it for those days by itself (D-05)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, select

from models.base import db
from models.billing.charge import Charge, ChargeItem
from models.operators import company_of
from models.pricing import Item, Period, merged, use_between
from models.services import Service, ServiceItem
from models.wording import brl, day, listed


class ChargedWithout(NamedTuple):
    """Days of an item that were charged without it, and what they cost of it."""

    periods: tuple[Period, ...]
    cents: int

    @property
    def period(self) -> Period:
        """From the first of these days to the last one."""
        return Period(self.periods[0].from_, self.periods[-1].to)

    @property
    def sentence(self) -> str:
        """For whoever adjusts the contract: what is so, and what to do."""
        days = listed([f"de {day(each.from_)} a {day(each.to)}" for each in self.periods])
        return f"O período {days} já foi faturado sem isto: {brl(self.cents)}. Lance como cobrança avulsa."


def charged_without(service: Service, item: ServiceItem | Item) -> ChargedWithout | None:
    """The days an item is there that were charged without it; None: there are none.

    `item` is one of the service's, or one that `compose` would add. A charge says by its lines whether the item is in
    it; of items that print alike those that came first are taken to be in it first.
    """
    priced, alike = _priced(service, item)
    if priced.starts_on is None:
        return None
    asked = {"service": service.id, "starts_on": priced.starts_on, "kind": priced.kind, "name": priced.name}
    days = []
    for start, end, lines in db.session.execute(_charged(), asked):
        first = max(start, priced.starts_on)
        if lines <= sum(other.starts_on is None or other.starts_on <= first for other in alike):
            days.append(Period(first, end))
    return _reckoned(service, priced, merged(days)) if days else None


def _priced(service: Service, item: ServiceItem | Item) -> tuple[Item, list[Item]]:
    """The item, and those that print like it and came before it."""
    own = item.priced if isinstance(item, ServiceItem) else item
    earlier: list[Item] = []
    for other in service.items():
        if isinstance(item, ServiceItem) and other.id == item.id:
            break
        earlier.append(other.priced)
    return own, [other for other in earlier if (other.kind, other.name) == (own.kind, own.name)]


def _reckoned(service: Service, item: Item, periods: Sequence[Period]) -> ChargedWithout:
    base, alone = company_of(service).proration_base, [item._replace(starts_on=None)]
    cents = 0
    for number, period in enumerate(periods):
        parts = use_between(alone, period, service.due_day, base, periods[:number])  # type: ignore[arg-type]
        cents += sum(part.cents for part in parts)
    return ChargedWithout(tuple(periods), cents)


@cache
def _charged() -> Select[date, date, int]:
    """The charges that reach behind a day, and how many of their lines are named so."""
    named = and_(
        ChargeItem.charge_id == Charge.id, ChargeItem.kind == bindparam("kind"), ChargeItem.name == bindparam("name")
    )
    found: Any = (
        select(Charge.period_start, Charge.period_end, func.count(ChargeItem.id))
        .outerjoin(ChargeItem, named)
        .where(
            Charge.service_id == bindparam("service"),
            Charge.kind == "monthly",
            Charge.status != "cancelled",
            Charge.period_end >= bindparam("starts_on"),
        )
        .group_by(Charge.id)
        .order_by(Charge.period_start)
    )
    return found  # type: ignore[no-any-return]
