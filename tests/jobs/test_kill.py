"""kill -9 while writes run: whatever was answered is there, nothing is half there, what was to be done gets done.

A real gunicorn and a real worker, each a process of its own on the database of the test. An answer counts when it has
arrived as a 303; the promise is kept when the reason typed in that post stands in history.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from models import clock as real
from models.history import Event
from models.outbox import Effect
from models.services import Service, Suspension
from tests import cast
from web.once import new_key

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS = 60  # seconds, on a busy machine
SUSPENDING, ENABLING = "/servicos/{}/suspensao", "/servicos/{}/habilitacao"


class Process:
    """A program of ours in a process group of its own, so that one kill reaches all of it."""

    def __init__(self, database, log: Path, *command: str) -> None:
        self.command, self.log = command, log
        self.env = {**os.environ, "ENLACE_DATABASE_URL": database.url, "FLASK_APP": "app"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.command],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None


@pytest.fixture
def web(database, db, tmp_path) -> Iterator[Process]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = ("-c", "bin/gunicorn.conf.py", "--workers", "1", "--threads", "4", "--bind", f"127.0.0.1:{port}")
    made = Process(database, tmp_path / "web.log", "gunicorn", *settings)
    made.port = port
    yield made
    made.kill()


@pytest.fixture
def other_worker(database, db, tmp_path) -> Iterator[Process]:
    made = Process(database, tmp_path / "worker.log", "flask", "worker")
    yield made
    made.kill()


def ask(port: int, method: str, path: str, cookies: dict[str, str], form: dict[str, str] | None = None):
    """One request on a connection of its own; None when the other side died before it had answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, urlencode(form or {}), headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            cookies[name] = value
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def wait_until_it_serves(web: Process) -> float:
    """Seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < STARTS:
        if (answer := ask(web.port, "GET", "/healthz", {})) and answer[0] == 200:
            return time.monotonic() - began
        time.sleep(0.05)
    pytest.fail(f"the web server did not start: {web.log.read_text()[-2000:]}")


class Clerk(threading.Thread):
    """Suspends one service and enables it again, on and on; `kept` are the reasons whose 303 has arrived."""

    def __init__(self, web: Process, cookie: str, service_id: int, name: str) -> None:
        super().__init__(daemon=True)
        self.web, self.id, self.label = web, service_id, name
        self.cookies, self.token = {"staff": cookie}, ""
        self.kept: list[str] = []
        self.tried, self.ended = 0, threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            if not self.token:
                page = ask(self.web.port, "GET", "/", self.cookies)
                found = re.search(r'name="csrf_token" value="([^"]+)"', page[1]) if page else None
                self.token = found[1] if found else ""
                continue
            self.tried += 1
            reason = f"{self.label} {self.tried}"
            path, form = (SUSPENDING, {"to": "suspended_for_debt"}) if self.tried % 2 else (ENABLING, {})
            form = {**form, "reason": reason, "csrf_token": self.token, "idem": new_key()}
            answer = ask(self.web.port, "POST", path.format(self.id), self.cookies, form)
            if answer and answer[0] == 303:
                self.kept.append(reason)
            elif answer is None:
                time.sleep(0.02)

    def stop(self) -> None:
        self.ended.set()
        self.join(30)


@pytest.fixture
def clerks(web, db, staff):
    """Four people at work on four services that are active."""
    cookie = staff("silvia.maia").cookie().value
    active = select(Service.id).where(Service.status == "active").order_by(Service.id).limit(4)
    made = [Clerk(web, cookie, id, f"baixa {number}") for number, id in enumerate(db.scalars(active))]
    db.commit()
    yield made
    for clerk in made:
        clerk.ended.set()


def acknowledged(clerks) -> int:
    return sum(len(clerk.kept) for clerk in clerks)


def wait_for_writes(clerks, more: int) -> None:
    goal, began = acknowledged(clerks) + more, time.monotonic()
    while acknowledged(clerks) < goal:
        assert time.monotonic() - began < STARTS, "nobody gets an answer"
        time.sleep(0.01)


def require_all_kept(db, worker, clerks) -> None:
    """Every 303 is in the database, and no rule is broken once the worker has caught up."""
    written = set(db.scalars(select(Event.reason).where(Event.reason.startswith("baixa "))))
    kept = {reason for clerk in clerks for reason in clerk.kept}
    assert kept <= written
    with real.set_to(real.now() + timedelta(minutes=5)):  # leases of the dead have run out
        worker.drain()
        checked = worker.command("check")
    assert checked.exit_code == 0, checked.output
    assert db.scalar(select(func.count()).where(Effect.state != "done")) == 0
    opened = select(func.count()).where(Suspension.reason.startswith("baixa "))
    assert db.scalar(opened), "nothing was suspended"


def kill_the_web(web, clerks, times: int) -> list[float]:
    """Kill it in the middle of writes, so often; how long it took to serve again."""
    web.start()
    back = []
    wait_until_it_serves(web)
    for clerk in clerks:
        clerk.start()
    for kill in range(times):
        wait_for_writes(clerks, 6 + kill % 5)
        web.kill()
        web.start()
        back.append(wait_until_it_serves(web))
    wait_for_writes(clerks, 2)
    for clerk in clerks:
        clerk.stop()
    return back


def kill_the_worker(db, other_worker, times: int, rounds: int) -> None:
    """Give it work, kill it in the middle, start it again; it gets `times` chances to lose something."""
    service = cast.service(cast.ze())
    for kill in range(times):
        for round in range(rounds):
            db.refresh(service)
            service.suspend(f"baixa {kill}.{round}") if service.status == "active" else service.enable("acerto")
            db.commit()
        other_worker.start()
        wait_until_some_are_done(db, kill)
        other_worker.kill()


def wait_until_some_are_done(db, kill: int) -> None:
    began, before = time.monotonic(), waiting(db)
    while waiting(db) > max(0, before - 1 - kill % 3):
        assert time.monotonic() - began < STARTS, "the worker does nothing"
        time.sleep(0.005)


def waiting(db) -> int:
    count = db.scalar(select(func.count()).where(Effect.state == "ready", Effect.attempts == 0))
    db.rollback()
    return count


def test_the_web_is_killed(web, clerks, db, worker):
    kill_the_web(web, clerks, 1)
    require_all_kept(db, worker, clerks)


def test_the_worker_is_killed(other_worker, db, worker):
    kill_the_worker(db, other_worker, 1, 8)
    require_all_kept(db, worker, [])


@pytest.mark.long
def test_both_are_killed_at_once(web, other_worker, clerks, db, worker):
    web.start()
    other_worker.start()
    wait_until_it_serves(web)
    for clerk in clerks:
        clerk.start()
    wait_for_writes(clerks, 12)
    other_worker.kill()
    web.kill()
    for clerk in clerks:
        clerk.stop()
    require_all_kept(db, worker, clerks)


@pytest.mark.long
def test_the_web_is_killed_a_hundred_times(web, clerks, db, worker):
    back = kill_the_web(web, clerks, 100)
    require_all_kept(db, worker, clerks)
    assert sorted(back)[len(back) // 2] < 3, "half of the times it should serve again within three seconds"


@pytest.mark.long
def test_the_worker_is_killed_a_hundred_times(other_worker, db, worker):
    kill_the_worker(db, other_worker, 100, 6)
    require_all_kept(db, worker, [])
