"""Web machines and workers as processes of their own, to be killed and started again."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.installations import Installation


class Process:
    """A web machine or a worker, in a process group of its own; its log is kept."""

    def __init__(self, arguments: list[str], url: str, log: Path, port: int = 0) -> None:
        self.arguments, self.log, self.port = arguments, log, port
        self.environment = {**os.environ, "ENLACE_DATABASE_URL": url}
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end(self, how: int = signal.SIGTERM) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, how)
        self.running.wait(60)


@contextmanager
def running(of: Installation, root: Path, machines: int) -> Iterator[tuple[list[Process], list[int]]]:
    """Web machines and as many workers; the ports of the web."""
    ports, processes = [_free_port() for _ in range(machines)], []
    try:
        for number, port in enumerate(ports):
            web = ["gunicorn", "-c", "bin/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
            processes.append(Process(web, of.url, root / f"web-{number}.log", port))
            processes.append(Process(["flask", "worker"], of.url, root / f"worker-{number}.log"))
        for port in ports:
            _wait_for(port)
        yield processes, ports
    finally:
        for process in processes:
            process.end()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not start")


def kill_each_once(processes: list[Process], seconds: float) -> None:
    """One after the other over so many seconds, or more: each is up again before the next one's turn."""
    began = time.monotonic()
    for process in processes:
        time.sleep(seconds / (len(processes) + 1))
        process.end(signal.SIGKILL)
        process.start()
        if process.port:
            _wait_for(process.port)
    time.sleep(max(0, began + seconds - time.monotonic()))
