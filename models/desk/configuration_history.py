"""The history of configuration: who changed which list, when, and each value before and after (B.17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, inspect, or_, select, tuple_
from sqlalchemy.orm import aliased

from models.base import db
from models.catalog.billing_method import MEANS
from models.catalog.contract_fields import TECHNOLOGIES
from models.history import ACTIONS, Event
from models.operators import PERMISSIONS
from models.operators.company import BASES, ENTRIES, LATE_FROM, ZONES
from models.people.listed import PRIORITIES
from models.scope import TODAS, who
from models.wording import brl, duration
from models.workflows import SLA_TYPES
from models.workflows.hours import week_in_words

KEPT = ("catalog.", "operator.invited", "operator.changed", "operator.factor_reset", "contract_template.")
NAMES = sorted(name for name in ACTIONS if name.startswith(KEPT))
NOTHING, GONE = "vazio", "fora de uso"
WORDS: dict[str, Mapping[Any, str]] = {
    "means": MEANS,
    "technology": TECHNOLOGIES,
    "permissions": PERMISSIONS,
    "portal_entry": ENTRIES,
    "proration_base": BASES,
    "late_from": LATE_FROM,
    "zone": ZONES,
    "priority": PRIORITIES,
    "sla_type": SLA_TYPES,
}


BESIDE = {  # what a row has in rows of its own
    "items": "composição",
    "price_cents": "preço",
    "companies": "empresas",
    "steps": "ordem dos subprocessos",
    "acts": "atos",
}


@dataclass(frozen=True)
class Changed:
    """A column that changed, in words."""

    title: str
    before: str
    after: str


def changes(
    tables: Iterable[type[Any]], limit: int, row_id: int | None = None, before: int = 0
) -> list[tuple[Event, list[Changed]]]:
    """The facts about rows of these tables that whoever acts may see, newest first, with what changed in each.

    `row_id` is one row of the only table, `before` the event after which to go on.
    """
    by_name = {table.__tablename__: table for table in tables}
    rows = _rows_about(tuple(by_name.values()), who().company_id)
    if row_id is not None:
        rows = rows.where(Event.subject_id == row_id)
    if before:
        last = aliased(Event)
        moment = select(last.occurred_at).where(last.id == before).scalar_subquery()
        rows = rows.where(tuple_(Event.occurred_at, Event.id) < tuple_(moment, before))
    events = list(db.session.scalars(rows.order_by(Event.occurred_at.desc(), Event.id.desc()).limit(limit)))
    named = _named(events, by_name)
    return [(event, _changed(event, by_name[event.subject_type], named)) for event in events]


@cache
def _rows_about(tables: tuple[type[Any], ...], company_id: int) -> Select[Event]:
    """Kept for each company somebody works in: `seen` asks which one that is."""
    return select(Event).where(Event.action.in_(NAMES), or_(false(), *(_about(table, company_id) for table in tables)))


def _about(table: Any, company_id: int) -> ColumnElement[bool]:
    """Events about rows of a table; in one company about those that are seen there."""
    about: ColumnElement[bool] = Event.subject_type == table.__tablename__
    if company_id == TODAS:
        return about
    seen = table.seen() if hasattr(table, "seen") else []
    return and_(about, Event.subject_id.in_(select(table.id).where(*seen)))


def _named(events: Iterable[Event], by_name: Mapping[str, type[Any]]) -> dict[tuple[str, int], str]:
    """The names behind the ids in before and after, by table and id: one question for each table."""
    asked: dict[Any, set[int]] = {}
    for event in events:
        for key, value in _pairs(event):
            target = _target(by_name[event.subject_type], key)
            if target is not None and isinstance(value, int):
                asked.setdefault(target, set()).add(value)
    found: dict[tuple[str, int], str] = {}
    for target, ids in asked.items():
        rows = select(target.c.id, target.c.name).where(target.c.id.in_(ids))
        every = {"every_company": "the name of a row that a visible row named"}
        found |= {(target.name, row.id): row.name for row in db.session.execute(rows, execution_options=every)}
    return found


def _pairs(event: Event) -> list[tuple[str, Any]]:
    return [pair for side in ("before", "after") for pair in event.data.get(side, {}).items()]


def _target(table: Any, key: str) -> Any:
    """The table whose row a column names; None for other columns."""
    columns = inspect(table).local_table.columns
    keys = columns[key].foreign_keys if key in columns else ()
    return next((found.column.table for found in keys), None)


def _changed(event: Event, table: Any, named: Mapping[tuple[str, int], str]) -> list[Changed]:
    """What the event says of each column; nothing where it was not kept yet."""
    before, after = event.data.get("before", {}), event.data.get("after", {})
    columns = inspect(table).local_table.columns  # a price that is asked for, as a plan's, is none of them
    told = []
    for key in after:
        was, now = before.get(key), after[key]
        if isinstance(was, list) and isinstance(now, list):
            was, now = [one for one in was if one not in now], [one for one in now if one not in was]
        title = columns[key].info.get("title", key) if key in columns else BESIDE.get(key, key)
        target = _target(table, key)
        words = {id: name for (of, id), name in named.items() if target is not None and of == target.name}
        told.append(Changed(title, _said(key, was, words, target), _said(key, now, words, target)))
    return told


def _said(key: str, value: Any, names: Mapping[int, str], target: Any) -> str:
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "Sim" if value else "Não"
    if target is not None:
        return names.get(value, GONE)
    if key.endswith("_cents"):
        return brl(value)
    if key.endswith("_minutes"):
        return duration(value)
    if key == "week":
        return week_in_words(value)
    if isinstance(value, list):
        return ", ".join(_said(key, one, names, None) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items())
    return str(WORDS.get(key, {}).get(value, value))
