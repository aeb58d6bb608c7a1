"""Business days of banks: Saturdays, Sundays and the national bank holidays move what falls on them forward.

The calendar is that of clearing, not that of the stock exchange, which also closes on 24 December and on the
last business day of the year. A closed day of the city or of the house (31 December) comes in as `closed`.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from holidays import financial_holidays

from models.refused import Refused

CHRISTMAS = 25


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The national days without clearing in a year: those of the exchange, of whose December only Christmas is one."""
    exchange = financial_holidays("BVMF", years=year)
    return frozenset(day for day in exchange if day.month < 12 or day.day == CHRISTMAS)


def is_business_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether banks clear on this day."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in closed


def business_day(day: date, closed: Collection[date] = ()) -> date:
    """The day itself when it is a business day, else the next one: until then a due amount is paid in time."""
    while not is_business_day(day, closed):
        day += timedelta(days=1)
    return day


def late_since(due: date, closed: Collection[date] = ()) -> date:
    """The first day after the last one it could be paid without charges (Lei 7.089/1983)."""
    return business_day(due, closed) + timedelta(days=1)


def last_late_due(on: date, closed: Collection[date] = ()) -> date:
    """The latest due date that is late on a day: what fell due after it may still be paid in time."""
    day = on - timedelta(days=1)
    while not is_business_day(day, closed):
        day -= timedelta(days=1)
    return day


def last_payable_day(due: date, days: int, closed: Collection[date] = ()) -> date:
    """Until when a Pix with due date may be paid: so many calendar days after it, both moved to business days."""
    if days < 0:
        raise Refused("A validade após o vencimento não pode ser negativa. Informe zero ou mais dias.")
    return business_day(business_day(due, closed) + timedelta(days=days), closed)
