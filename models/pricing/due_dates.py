"""The days invoices fall due: a day of the month, and in months without that day their last one (D-05)."""

from calendar import monthrange
from datetime import date, timedelta

from models.refused import Refused

IN_HAND = timedelta(days=5)  # whoever is billed late still has the invoice so long before it is due (RGC)
OLDEST_YEAR, LATEST_YEAR = 1990, 2199  # a slip of the keyboard, and the arithmetic never leaves the calendar


def first_due(start: date, due_day: int, least_days: int = 1) -> date:
    """The first due date after the start for a due day: the next such day strictly after it (D-05).

    Strictly, because Postecipado needs one day of use to charge. `least_days` asks for more days between
    both, so that the subscriber has the invoice in time. Raises Refused for a due day outside 1 to 31.
    """
    refuse_due_day(due_day)
    refuse_year(start)
    earliest = start + timedelta(days=max(least_days, 1))
    due = anchored(earliest, 0, due_day)
    return due if due >= earliest else anchored(earliest, 1, due_day)


def in_hand(due_on: date, issued_on: date, starts_on: date) -> date:
    """When an invoice is due that was issued on a day: never before the subscriber had it for some days.

    Nor so soon after the use began: what is worked out before the installation is what is issued behind it.
    """
    return max(due_on, max(issued_on, starts_on) + IN_HAND)


def payable_on(due_on: date, promised_on: date, issued_on: date, starts_on: date) -> date:
    """When an invoice is due that was promised on one day and issued on another (decision 005).

    The first one keeps what was said on the day of the sale, as long as that day is still to come when it is issued.
    """
    promised = in_hand(due_on, promised_on, starts_on)
    return promised if promised > issued_on else in_hand(due_on, issued_on, starts_on)


def anchored(day: date, months: int, anchor: int) -> date:
    """The anchor day so many months from the month of `day`; the anchor survives the short months."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(anchor, monthrange(year, month + 1)[1]))


def refuse_due_day(due_day: int) -> None:
    """Raises Refused for a due day outside 1 to 31."""
    if not 1 <= due_day <= 31:
        raise Refused("O dia de vencimento vai de 1 a 31. Informe um dia nesse intervalo.")


def refuse_year(*days: date) -> None:
    """Raises Refused for a year that is a slip of the keyboard."""
    if any(not OLDEST_YEAR <= day.year <= LATEST_YEAR for day in days):
        raise Refused(f"Confira o ano das datas: informe um ano entre {OLDEST_YEAR} e {LATEST_YEAR}.")
