"""PostgreSQL: its own programs make the copy and bring it back; they must not be older than the server."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from jobs.backups.failure import BackupError

_TABLES = """
select count(*) from pg_class where relkind in ('r', 'p', 'v', 'm', 'S') and relnamespace not in
(select oid from pg_namespace where nspname like 'pg\\_%' or nspname = 'information_schema')
"""


def copy(url: URL, target: Path) -> None:
    """pg_dump in its own format: one moment of the database, while others write. Raises BackupError."""
    target.touch(mode=0o600)
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def put_back(dump: Path, url: URL) -> None:
    """pg_restore into an empty database, all of it or nothing. Raises BackupError."""
    if _tables(url):
        raise BackupError("O banco de destino não está vazio. Crie outro com createdb: nada foi mudado.")
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(dump))


def _tables(url: URL) -> int:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return int(connection.scalar(text(_TABLES)) or 0)
    except SQLAlchemyError as error:
        raise BackupError("O banco de destino não responde. Confira o endereço em --into.") from error
    finally:
        engine.dispose()


def _run(program: str, url: URL, *options: str) -> None:
    """The password goes by the environment: arguments can be read by every user of the machine."""
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"Falta o programa {program}. No Debian e no Ubuntu: apt-get install postgresql-client")
    address = url._replace(drivername="postgresql", password=None).render_as_string()
    env = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(  # noqa: S603 (no shell; the program comes from PATH)
        [path, f"--dbname={address}", *options], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program} falhou: {' '.join(done.stderr.split())[:500]}")
