"""An event as a person reads it."""

from datetime import date, datetime
from typing import Any

from models.history import ACTIONS, Event
from models.wording import brl, day, moment


def sentence(event: Event) -> str:
    """'liberou Fibra 500 em confiança até 23/11/2026 14:33. Motivo: ...'."""
    return ACTIONS[event.action].sentence.format(**{key: _said(key, value) for key, value in event.data.items()})


def _said(key: str, value: Any) -> Any:
    if key.endswith("_at"):
        return moment(datetime.fromisoformat(value))
    if key.endswith("_on"):
        return day(date.fromisoformat(value))
    return brl(value) if key.endswith("_cents") else value


def icon(event: Event) -> str:
    return ACTIONS[event.action].icon
