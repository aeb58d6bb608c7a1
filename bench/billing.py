"""bin/bench billing: the monthly run of so many subscribers beside bare inserts of the very same rows (row 10).

The run is the routine itself, in a process of its own, as the worker runs it. The limit is what it wrote, read back and
written once more with Core inserts, a thousand rows each, into a copy of the database as it was before. The goal is
in seconds, waiting for the disk included; the ratio of CPU-seconds stands beside it, for a machine that is busy.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, insert, make_url, select, text, update

from bench.installations import Installation, installations, quiet
from models import clock
from models.base import db, make_engine
from models.billing import Charge, Invoice
from models.billing.charge import ChargeItem
from models.catalog import BankAccount, BillingMethod
from models.history import Event
from models.operators import Company
from models.scope import Actor, acting
from models.services import Service

AT = datetime.fromisoformat("2026-12-01T13:00:00+00:00")
WRITTEN = (Invoice, Charge, ChargeItem, Event)
ROWS = 1000
LONGEST_LOCK, MOST_MEMORY = 0.250, 150  # seconds, MB


def main() -> None:
    options = _options()
    if options.run:
        print(json.dumps(_run(options.run)))
        return
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), [options.customers], options.db) as [made],
    ):
        quiet()
        _ready(made)
        copy = _copied(made.url)
        first, again = _apart(made.url), _apart(made.url)
        limit = _bare(made, copy)
        _say(first, again, limit)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench billing", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--run", metavar="URL", help=argparse.SUPPRESS)
    return parser.parse_args()


# ---- the run


def _apart(url: str) -> dict[str, float]:
    """The routine in a process of its own: what it issued, how long it took, its longest transaction, its memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.billing", "--run", url], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _run(url: str) -> dict[str, float]:
    from app import create_app
    from jobs.timetable import by_name, run

    app = create_app(SQLALCHEMY_DATABASE_URI=url, CEP_URL=None)
    with app.app_context(), clock.set_to(AT), _longest_transaction(db.engine) as longest:
        began, cpu = time.perf_counter(), time.process_time()
        issued = run(by_name("billing"), AT)
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"issued": issued, "seconds": took, "cpu": cpu, "lock": longest[0], "memory": _most_memory()}


def _most_memory() -> float:
    """MB. Not from getrusage: that one remembers the process we came from."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


@contextmanager
def _longest_transaction(engine: Engine) -> Iterator[list[float]]:
    """From the begin to the commit; only one that commits kept others from writing."""
    longest, began = [0.0], [0.0]

    def begin(_: Any) -> None:
        began[0] = time.perf_counter()

    def commit(_: Any) -> None:
        longest[0] = max(longest[0], time.perf_counter() - began[0])

    event.listen(engine, "begin", begin)
    event.listen(engine, "commit", commit)
    try:
        yield longest
    finally:
        event.remove(engine, "begin", begin)
        event.remove(engine, "commit", commit)


# ---- the limit


def _ready(made: Installation) -> None:
    """Everybody pays by boleto and falls due within the lead."""
    with made.app.app_context(), acting(Actor("job", None, "bin/bench"), "job"):
        values = {"status": "active", "uses_carne": False, "installation_fee_cents": 0, "due_day": 10}
        db.session.execute(update(Service).values(**values))
        db.session.execute(update(Company).values(bills_from=AT.date()))
        account = BankAccount(
            company_id=0,
            name="Itaú principal",
            bank="341",
            fields={"agencia": "0057", "conta": "12345", "carteira": "109"},
            pix_key="financeiro@valeclaro.com.br",
            pix_city="VALE CLARO",
        )
        account.create()
        db.session.execute(update(BillingMethod).values(bank_account_id=account.id))
        db.session.commit()
        db.engine.dispose()


def _copied(url: str) -> str:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with create_engine(url).connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        shutil.copy(str(address.database), f"{address.database}.copy")
        return f"sqlite:///{address.database}.copy"
    copy = f"{address.database}_copy"
    admin = create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {copy} template {address.database}"))
    admin.dispose()
    return address.set(database=copy).render_as_string(hide_password=False)


def _bare(made: Installation, copy: str) -> dict[str, float]:
    """Write the rows of the run once more, and nothing else."""
    target = make_engine(make_url(copy))
    took = spent = 0.0
    with made.app.app_context(), acting(Actor("job", None, "bin/bench"), "job"):
        with target.connect() as connection:
            before = {table: connection.scalar(select(func.max(table.__table__.c.id))) or 0 for table in WRITTEN}
        with target.connect() as connection:
            for table in WRITTEN:
                rows = select(table.__table__).where(table.__table__.c.id > before[table])
                read = db.session.execute(rows.order_by(table.__table__.c.id)).mappings()
                while batch := [dict(row) for row in read.fetchmany(ROWS)]:
                    began, cpu = time.perf_counter(), time.process_time()
                    connection.execute(insert(table.__table__), batch)
                    connection.commit()
                    took, spent = took + time.perf_counter() - began, spent + time.process_time() - cpu
        db.session.rollback()
    target.dispose()
    return {"seconds": took, "cpu": spent}


# ---- saying


def _say(first: dict[str, float], again: dict[str, float], limit: dict[str, float]) -> None:
    ratio = first["seconds"] / limit["seconds"]
    print(f"{first['issued']:,.0f} invoices in {first['seconds']:.1f} s ({first['cpu']:.1f} CPU-s); ", end="")
    print(f"their bare inserts {limit['seconds']:.1f} s ({limit['cpu']:.1f} CPU-s)")
    print(f"{first['cpu'] / limit['cpu']:.2f} x in CPU-s")
    _line("to the bare inserts", f"{ratio:.2f} x", "2 x", ratio <= 2)
    _line("longest transaction", f"{first['lock'] * 1000:.0f} ms", "250 ms", first["lock"] <= LONGEST_LOCK)
    _line("issued by a second run", f"{again['issued']:.0f}", "0", again["issued"] == 0)
    _line("memory of the worker", f"{first['memory']:.0f} MB", "150 MB", first["memory"] <= MOST_MEMORY)


def _line(what: str, is_so: str, goal: str, met: bool) -> None:
    print(f"10  {what:42}{is_so:>16}  goal {goal:11}{'met' if met else 'MISSED'}")


if __name__ == "__main__":
    main()
