"""SQLite: a copy of one moment while others write. A plain copy of the file would miss what is in the -wal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from jobs.backups.failure import BackupError


def copy(url: URL, target: Path) -> None:
    """Copy all pages in one step, under a read lock that stops no writer. Raises BackupError."""
    source = Path(url.database or "")
    if not source.is_file():
        raise BackupError(f"O banco {source} não existe. Rode flask db upgrade.")
    target.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as live,
            closing(sqlite3.connect(target)) as made,
        ):
            live.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")  # one file, without a -wal beside it
    except sqlite3.Error as error:
        raise BackupError(f"O banco não pôde ser copiado: {error}.") from error
    check(target)


def check(path: Path) -> None:
    """Raises BackupError unless every page, row and reference of a copy is sound."""
    try:
        with closing(sqlite3.connect(path)) as copied:
            answer = [row[0] for row in copied.execute("PRAGMA integrity_check(3)")]
            orphans = copied.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise BackupError(f"A cópia não abre: {error}.") from error
    if answer != ["ok"] or orphans:
        raise BackupError(f"A cópia não está inteira: {'; '.join(answer)}; {len(orphans)} referências quebradas.")
