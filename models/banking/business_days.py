"""Business days of banks: Saturdays, Sundays and the national bank holidays move what falls on them forward.

The calendar is that of clearing, not that of the stock exchange, which also closes on 24 December and on the
last business day of the year. A closed day of the city or of the house (31 December) comes in as `closed`.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from models.refused import Refused

FIXED = ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25))
AROUND_EASTER = (-48, -47, -2, 60)  # Carnival Monday and Tuesday, Good Friday, Corpus Christi
BLACK_AWARENESS, SINCE = (11, 20), 2024


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The national days without clearing in a year."""
    fixed = [*FIXED, BLACK_AWARENESS] if year >= SINCE else FIXED
    moving = (easter(year) + timedelta(days=days) for days in AROUND_EASTER)
    return frozenset((*(date(year, month, day) for month, day in fixed), *moving))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    golden = year % 19
    epact = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_business_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether banks clear on this day."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in closed


def business_day(day: date, closed: Collection[date] = ()) -> date:
    """The day itself when it is a business day, else the next one: until then a due amount is paid in time."""
    while not is_business_day(day, closed):
        day += timedelta(days=1)
    return day


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
