"""Answers travel as JSON: days and hours are written with a prefix and read back as what they were."""

from datetime import date, time
from typing import Any


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return f"date:{value.isoformat()}"
    if isinstance(value, time):
        return f"time:{value.isoformat()}"
    return value


def revived(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: revived(item) for key, item in value.items()}
    if isinstance(value, str) and value.startswith("date:"):
        return date.fromisoformat(value[5:])
    if isinstance(value, str) and value.startswith("time:"):
        return time.fromisoformat(value[5:])
    return value
