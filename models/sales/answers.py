"""Answers travel as JSON: days and hours are tagged, and read back as what they were."""

from datetime import date, time
from typing import Any


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, time):
        return {"$time": value.isoformat()}
    return value


def revived(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if set(value) == {"$date"}:
        return date.fromisoformat(value["$date"])
    if set(value) == {"$time"}:
        return time.fromisoformat(value["$time"])
    return {key: revived(item) for key, item in value.items()}
