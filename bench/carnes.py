"""bin/bench carnes: a batch of carnês drawn by two workers beside the same batch drawn by one (row 9).

The workers are processes of their own that are up and warm, as a batch meets them; one and two take turns.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import func, select, update

from bench.installations import Installation, installations, quiet
from jobs.timetable import run_due
from jobs.worker import Worker
from models.base import db
from models.billing import Carne
from models.billing.carne_plan import proposal
from models.catalog import BillingMethod
from models.documents import Document
from models.outbox import Effect
from models.papers import carne_paper
from models.scope import Actor, acting
from models.services import Service

SLIPS = 12
HOUSE = Actor("job", None, "bin/bench")
Paper = tuple[dict[str, Any], Carne]  # what is printed, and of which booklet
Process = subprocess.Popen[bytes]
Took = tuple[float, float]  # seconds by the clock on the wall, and of processors
Held = tuple[float, ...]  # MB: a worker, what draws for it


def main() -> None:
    options = _options()
    took: dict[int, list[Took]] = {1: [], 2: []}
    held: list[Held] = []
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), [options.carnes], options.db) as [made],
        made.app.app_context(),
        acting(HOUSE, "job"),
    ):
        quiet()
        papers = list(_papers(options.carnes))
        _let_the_rest_be_done()
        for _ in range(options.turns):
            for number, times in took.items():
                with _workers(made, number) as workers:
                    _warm(workers, papers[0])
                    _ask(papers)
                    began, spent = time.perf_counter(), _spent(workers)
                    held += _drawn(workers)
                    times.append((time.perf_counter() - began, _spent(workers) - spent))
    (one, cpu_one), (two, cpu_two) = (map(median, zip(*times, strict=True)) for times in took.values())
    worker, helpers = (max(most) for most in zip(*held, strict=True))
    print(f"{options.carnes} carnês of {SLIPS} slips: {one:.1f} s ({cpu_one:.1f} CPU-s) by one worker, ", end="")
    print(f"{two:.1f} s ({cpu_two:.1f} CPU-s) by two")
    _line("two workers to one", f"{two / one:.2f} x", "0.6 x", two / one <= 0.6)
    _line("memory of a worker", f"{worker:.0f} MB", "150 MB", worker <= 150)
    print(f"    what draws for it holds {helpers:.0f} MB more")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench carnes", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--carnes", type=int, default=100)
    parser.add_argument("--turns", type=int, default=1)
    return parser.parse_args()


# ---- the batch


def _papers(number: int) -> Iterator[Paper]:
    """The booklets of so many customers, whom the crowd has."""
    boleto = select(BillingMethod.id).where(BillingMethod.means == "boleto").limit(1).scalar_subquery()
    values = {"status": "active", "uses_carne": True, "installation_fee_cents": 0, "billing_method_id": boleto}
    db.session.execute(update(Service).values(**values))
    for service in db.session.scalars(select(Service).order_by(Service.id.desc()).limit(number)).all():
        carne = Carne.generate(service, *proposal(service), SLIPS)
        yield carne_paper(carne), carne
    db.session.commit()


def _let_the_rest_be_done() -> None:
    """Mails, codes and contracts are not what is measured; the routines of this hour have run, too."""
    run_due()
    Worker().drain()


def _ask(papers: list[Paper]) -> None:
    for paper, carne in papers:
        Document.issue("carne", carne, paper["title"], paper)
    db.session.commit()


# ---- the workers


@contextmanager
def _workers(made: Installation, number: int) -> Iterator[list[Process]]:
    command, environment = [sys.executable, "-m", "flask", "worker"], {**os.environ, "ENLACE_DATABASE_URL": made.url}
    workers = [subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for _ in range(number)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()


def _warm(workers: list[Process], paper: Paper) -> None:
    """Until each has drawn a booklet."""
    names = {f"{socket.gethostname()}:{worker.pid}" for worker in workers}
    drew = select(Effect.owner).where(Effect.kind == "render_document", Effect.state == "done")
    while not names <= set(db.session.scalars(drew)):
        _ask([paper])
        _drawn(workers)


def _drawn(workers: list[Process]) -> list[Held]:
    """Wait until everything is drawn; what each worker held at the most."""
    most = dict.fromkeys(workers, (0.0, 0.0))
    waits = select(func.count()).select_from(Document).where(Document.rendered_at.is_(None))
    while db.session.scalar(waits):
        db.session.rollback()
        time.sleep(0.2)
        for worker in workers:
            if worker.poll() is not None:
                raise RuntimeError("a worker ended")
            pairs = zip(most[worker], _held(worker.pid), strict=True)
            most[worker] = tuple(max(pair) for pair in pairs)
    db.session.rollback()
    return list(most.values())


def _held(pid: int) -> Held:
    """MB of a process, and of its children with theirs, of which one may be gone by now; what is shared counts once."""
    try:
        own = int(Path(f"/proc/{pid}/smaps_rollup").read_text().partition("\nPss:")[2].split()[0]) / 1024
        return own, sum(sum(_held(child)) for child in _children(pid))
    except (OSError, IndexError):
        return 0, 0


def _spent(workers: list[Process]) -> float:
    """CPU-seconds of the workers, of their helpers and of what those have drawn with."""
    pids = [pid for worker in workers for pid in (worker.pid, *_children(worker.pid))]
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(ticks) for row in fields for ticks in row[11:15]) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _line(what: str, is_so: str, goal: str, met: bool) -> None:
    print(f" 9  {what:42}{is_so:>16}  goal {goal:11}{'met' if met else 'MISSED'}")


if __name__ == "__main__":
    main()
