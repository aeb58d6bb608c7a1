"""Secrets at rest: sealed with a key that lives in a file outside the database, opened only where somebody says so."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, String, select, update
from sqlalchemy.types import TypeDecorator

from models.base import Base, changed, db


class SealedError(Exception):
    """A sealed value whose key is not in the file."""


class Sealed:
    """A secret as it is stored, 'key id:ciphertext'. It says nothing of itself: `open()` gives the text."""

    __slots__ = ("stored",)

    def __init__(self, stored: str) -> None:
        self.stored = stored

    def open(self) -> str:
        """Raises SealedError when the file of keys has not the one it was sealed with."""
        return _keys().open(self.stored)

    def __repr__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.stored == self.stored

    def __hash__(self) -> int:
        return hash(self.stored)


def seal(text: str) -> Sealed:
    return Sealed(_keys().seal(text))


class SealedText(TypeDecorator[Sealed]):
    """A column of sealed secrets."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> str | None:
        return value.stored if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sealed | None:
        return Sealed(value) if value is not None else None


class Keyring:
    """A file of lines 'key id:key'; the first one seals, every one opens. Only its owner may read it.

    Another process may have put a new key in front: a key that is not known yet is looked for in the file again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keys: dict[str, str] = {}

    def read(self) -> None:
        """Raises OSError when the file cannot be read, ValueError when a line is no key."""
        keys = dict(line.split(":", 1) for line in self.path.read_text().splitlines() if line)
        for key in keys.values():
            Fernet(key)
        if not keys:
            raise ValueError("no key in the file")
        self.keys = keys

    @property
    def first(self) -> str:
        """The id of the key that seals."""
        if not self.keys:
            self.read()
        return next(iter(self.keys))

    def seal(self, text: str) -> str:
        return f"{self.first}:{Fernet(self.keys[self.first]).encrypt(text.encode()).decode()}"

    def open(self, stored: str) -> str:
        id, _, ciphertext = stored.partition(":")
        if id not in self.keys:
            self.read()
        try:
            return MultiFernet([Fernet(key) for key in self.keys.values()]).decrypt(ciphertext.encode()).decode()
        except InvalidToken as error:
            raise SealedError(f"no key {id} in {self.path}") from error

    def make(self) -> None:
        """Put a new key in front; the file appears whole, so that nobody reads half of it."""
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        scratch = self.path.with_name(f".{self.path.name}-{secrets.token_hex(6)}")
        scratch.touch(mode=0o600)
        scratch.write_text("\n".join([f"{secrets.token_hex(4)}:{Fernet.generate_key().decode()}", *lines, ""]))
        if lines:
            scratch.replace(self.path)
        else:  # of two processes that start at once, the key of the first is the key of both
            try:
                os.link(scratch, self.path)
            except FileExistsError:
                pass
            finally:
                scratch.unlink()
        self.read()


_ring: list[Keyring] = []


def use(path: Path) -> None:
    """The file of keys of this installation; the application says it once."""
    _ring[:] = [Keyring(path)]


def _keys() -> Keyring:
    if not _ring:
        raise SealedError("no file of keys was named")
    return _ring[0]


def rotate() -> int:
    """Put a new key in front and seal every secret with it; how many. Old keys stay, for backups and late processes.

    Raises SealedError when a secret does not open: nothing is written then but the new key.
    """
    _keys().make()
    return sum(_sealed_again(column) for column in _columns())


def unopened() -> list[str]:
    """'table.column id' of each sealed value whose key is not in the file."""
    found = []
    for column in _columns():
        for id, sealed in _values(column):
            try:
                sealed.open()
            except SealedError:
                found.append(f"{column.table.name}.{column.name} {id}")
    return found


def _columns() -> list[Any]:
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, SealedText)
    ]


def _values(column: Any) -> list[tuple[Any, Sealed]]:
    [id] = column.table.primary_key.columns
    return [(row[0], row[1]) for row in db.session.execute(select(id, column).where(column.is_not(None)))]


def _sealed_again(column: Any) -> int:
    [id] = column.table.primary_key.columns
    done = 0
    for key, sealed in _values(column):
        done += changed(update(column.table).where(id == key, column == sealed).values({column: seal(sealed.open())}))
    return done
