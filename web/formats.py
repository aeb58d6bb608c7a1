"""Template filters, and typed money read back into centavos (X-12)."""

import re
from datetime import date, datetime, time

from babel.numbers import NumberFormatError, parse_decimal
from flask import Flask

from models import clock, wording
from web import codes


def parse_cents(typed: str) -> int:
    """'1.234,56' or 'R$ 10' -> centavos. Raises ValueError for anything that is not money with two places."""
    text = typed.replace("R$", "").replace("\u00a0", "").replace(" ", "")
    if not re.fullmatch(r"-?[\d.,]{1,20}", text, re.ASCII):
        raise ValueError(typed)
    try:
        value = parse_decimal(text, locale="pt_BR", strict=True)
    except NumberFormatError as error:
        raise ValueError(typed) from error
    cents = value * 100
    if cents != cents.to_integral_value() or not -(10**12) < cents < 10**12:
        raise ValueError(typed)
    return int(cents)


OLDEST, LATEST = 1900, 2100
YEARS = f"Confira o ano: vai de {OLDEST} a {LATEST}."


def parse_day(typed: str) -> date:
    """'2026-11-27' from a date field or '27/11/2026' from a person. Raises ValueError, also for a year of no living
    person and no contract: a slip of the keyboard.
    """
    found = _day(typed)
    if not OLDEST <= found.year <= LATEST:
        raise ValueError(YEARS)
    return found


def _day(typed: str) -> date:
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", typed.strip(), re.ASCII)
    if found:
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed.strip(), re.ASCII):
        raise ValueError(typed)
    return date.fromisoformat(typed.strip())


def iso(value: date | datetime | time) -> str:
    return clock.local(value).isoformat() if isinstance(value, datetime) else value.isoformat()


def init_app(app: Flask) -> None:
    app.jinja_env.filters |= {
        "money": wording.brl,
        "volume": wording.volume,
        "rate": wording.rate,
        "lasted": wording.lasted,
        "listed": wording.listed,
        "money_fine": wording.brl_fine,
        "percent": wording.percent,
        "day": wording.day,
        "moment": wording.moment,
        "hour": wording.hour,
        "duration": wording.duration,
        "short_day": wording.short_day,
        "near": wording.near,
        "weekday": wording.weekday,
        "long_day": wording.long_day,
        "iso": iso,
        "tax_id": wording.tax_id,
        "masked": wording.masked,
        "ended": wording.ended,
        "phone": wording.phone,
        "cep": wording.cep,
        "qr": codes.qr_svg,
        "counted": wording.counted,
        "thousands": wording.thousands,
    }
