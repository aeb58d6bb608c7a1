"""Whose the stopped tasks are: an effect names its row, and the company of that row decides who sees it (X-01)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, false, func, select

from models.base import db
from models.billing import Invoice
from models.collection import BankFile, PixCharge, PixReceipt
from models.documents import Document
from models.notices import Notice
from models.outbox import Effect
from models.people import Person
from models.sales import Sale
from models.scope import TODAS, who
from models.services import Service

# The row of an effect, by the key of its payload; what is in nobody's list (a routine) is of TODAS.
OF_EFFECT: dict[str, Any] = {
    "service_id": Service,
    "document_id": Document,
    "notice_id": Notice,
    "charge_id": PixCharge,
    "receipt_id": PixReceipt,
    "file_id": BankFile,
    "person_id": Person,
}
# The row that mends what was left out, by its kind.
OF_FIX: dict[str, Any] = {
    "service": Service,
    "invoice": Invoice,
    "person": Person,
    "bank_file": BankFile,
    "sale": Sale,
    "pix_receipt": PixReceipt,
}


def dead() -> ColumnElement[bool]:
    """Where an effect was given up, and is about a row of whoever acts. One question for each kind of row, in a
    company and while there are any.
    """
    given_up = Effect.state == "dead"
    if who().company_id == TODAS:
        return given_up
    found: dict[int, Any] = dict(db.session.execute(select(Effect.id, Effect.payload).where(given_up)).all())
    return given_up & Effect.id.in_(visible(found)) if found else false()


def visible(payloads: dict[int, Any]) -> list[int]:
    """Those of some effects, by id and payload, whose row whoever acts may see."""
    if who().company_id == TODAS:
        return list(payloads)
    named = {id: _named(payload) for id, payload in payloads.items()}
    there = existing((OF_EFFECT, key, id) for key, id in filter(None, named.values()))
    return [id for id, row in named.items() if row in there]


def dead_count() -> int:
    """How many they are."""
    return db.session.scalar(select(func.count()).select_from(Effect).where(dead())) or 0


def existing(wanted: Iterable[tuple[dict[str, Any], str, Any]]) -> set[tuple[str, int]]:
    """Which rows are there for whoever acts, of (table of kinds, kind, id): those of one company are of nobody else."""
    ids: dict[str, set[int]] = {}
    tables: dict[str, Any] = {}
    for kinds, kind, id in wanted:
        if kind in kinds and isinstance(id, int):
            ids.setdefault(kind, set()).add(id)
            tables[kind] = kinds[kind]
    mine = {kind: select(table.id).where(table.id.in_(ids[kind]), *_own(table)) for kind, table in tables.items()}
    return {(kind, id) for kind, rows in mine.items() for id in db.session.scalars(rows)}


def _own(table: Any) -> list[ColumnElement[bool]]:
    return table.seen() if hasattr(table, "seen") else []


def _named(payload: Any) -> tuple[str, int] | None:
    if not isinstance(payload, dict):
        return None
    return next(((key, id) for key, id in payload.items() if key in OF_EFFECT and isinstance(id, int)), None)
