"""Which statements of models/ PostgreSQL was never sent, in a run on both databases (docs/decisions/013).

pytest -p tests.sites --db both -n 2 tests

A statement is known by the line of models/ that sent it, and a row that is written by its table. A run fails when
SQLite was sent something that PostgreSQL was not: one of the tests that send it is marked `postgresql`, then.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

MODELS = str(Path(__file__).resolve().parent.parent / "models") + "/"
PASSED_THROUGH = (MODELS + "base.py", MODELS + "scope", MODELS + "history/acting.py")  # on behalf of whoever calls
WRITES = ("INSERT INTO", "UPDATE", "DELETE FROM")

seen: dict[str, dict[str, str]] = defaultdict(dict)  # dialect: {site: the test that came first}
running = ""


@event.listens_for(Engine, "before_cursor_execute")
def _note(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    if statement.startswith("PRAGMA"):
        return  # only SQLite has them
    sites = seen[connection.dialect.name]
    for verb in WRITES:
        if statement.startswith(verb):
            table = statement[len(verb) :].split(maxsplit=1)[0].strip('"')
            if not table.startswith("_alembic"):
                sites.setdefault(f"{verb} {table}", running)
    frame = sys._getframe(1)
    while frame := frame.f_back:  # type: ignore[assignment]
        name = frame.f_code.co_filename
        if name.startswith(MODELS) and not name.startswith(PASSED_THROUGH):
            sites.setdefault(f"models/{name.removeprefix(MODELS)}:{frame.f_lineno}", running)
            return


def pytest_runtest_logstart(nodeid: str) -> None:
    global running  # noqa: PLW0603
    running = nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for dialect, sites in getattr(node, "workeroutput", {}).get("sites", {}).items():
        seen[dialect].update(sites)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["sites"] = {dialect: dict(sites) for dialect, sites in seen.items()}
    elif _left_out():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    left = _left_out()
    terminalreporter.write_line(f"{len(seen['sqlite'])} statements on SQLite, {len(left)} of them not on PostgreSQL")
    for site in left:
        terminalreporter.write_line(f"  {site}  {seen['sqlite'][site]}")


def _left_out() -> list[str]:
    return sorted(set(seen["sqlite"]) - set(seen["postgresql"]))
