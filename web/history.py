"""An event as a person reads it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from models.history import ACTIONS, Event
from models.wording import Count, brl, day, masked, moment, near

THROUGH = {"portal": "pela Central do Assinante"}


class Fact(NamedTuple):
    """An item of components/timeline.html."""

    icon: str
    title: str
    detail: str
    at: str = ""


def sentence(event: Event) -> str:
    """'liberou Fibra 500 em confiança até 23/11/2026 14:33. Motivo: ...'."""
    shown = {key: _shown(key, value) for key, value in event.data.items()}
    return ACTIONS[event.action].sentence.format(**shown)


def _shown(key: str, value: Any) -> Any:
    if key.endswith("_at"):
        return moment(datetime.fromisoformat(value))
    if key.endswith("_on"):
        return day(date.fromisoformat(value))
    if key.endswith("_cents"):
        return brl(value)
    if key.endswith("_document"):
        return masked(value)  # whole only behind Mostrar documentos, which is written down
    return Count(value) if type(value) is int else value


def actor(event: Event) -> str:
    """Who did it, in words a person understands, whatever the act named itself."""
    if event.actor_kind == "subscriber":
        return "Assinante"
    return "Rotina do Enlace" if event.actor_kind == "job" else event.actor_name


def icon(event: Event) -> str:
    return ACTIONS[event.action].icon


def facts_of(events: Iterable[Event]) -> list[Fact]:
    """Each with its moment, and how it came when nobody of the staff did it."""
    return [_fact(event, THROUGH.get(event.channel, ""), moment(event.occurred_at)) for event in events]


def latest_of(events: Iterable[Event]) -> list[Fact]:
    """The same in less room: when, in the words of today."""
    return [_fact(event, near(event.occurred_at)) for event in events]


def _fact(event: Event, detail: str, at: str = "") -> Fact:
    return Fact(icon(event), f"{actor(event)} {sentence(event)}", detail, at)
