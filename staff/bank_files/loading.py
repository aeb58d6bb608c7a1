"""The file of a page, among those made where somebody works; another's is a 404."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import abort, request

from models.catalog import BankAccount
from models.collection import BankFileRecord
from models.collection.file_pages import SHOWN, FoundFile, find_file, find_record
from models.keyset import Key, Keyset
from web.forms import Choice
from web.paging import key_of

R = TypeVar("R")


def load(id: int) -> FoundFile:
    return find_file(id) or abort(404)


def load_record(id: int) -> BankFileRecord:
    return find_record(id) or abort(404)


def place(order: Keyset) -> Key | None:
    """The row a page begins behind."""
    return key_of(request.args.get("depois"), order)


def of_page(rows: list[R]) -> tuple[list[R], bool]:
    """What a page shows, and whether there is more."""
    return rows[:SHOWN], len(rows) > SHOWN


def chosen(field: Choice, accounts: Sequence[BankAccount]) -> BankAccount | None:
    return next((account for account in accounts if account.id == field.data), None)
