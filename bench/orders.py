"""`bin/bench orders`: Painel de O.S. beside a bare one, with twenty times as many orders, and its two hundredth page.

A provider has as many orders as customers, and of forty one is pending. Never fails a build.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text

from bench import bare
from bench.installations import Installation, installations, quiet
from bench.turns import Request, Took, take_turns
from models import clock
from models.base import db, insert_all, reserve_ids
from models.services import Service
from models.work_orders import WorkOrder
from tests import cast

LISTS = {"pending": "", "by technician": "tecnico={technician}", "all, by number": "situacao=todas&ordem=-numero"}
SEARCHES = {"all, by name": "situacao=todas&q=mari", "by number": "situacao=todas&q=700"}
PAGES = 200
Taken = dict[tuple[int, str], Took]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench orders", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=40, help="turns of each")
    parser.add_argument("--orders", type=int, nargs=2, metavar="N", default=[1_000, 20_000], help="two sizes")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), options.orders, options.db) as made,
    ):
        quiet()
        panels = [Panel(of) for of in made]
        figures: dict[str, Taken] = {
            name: take_turns(
                {(panel.size, who): request for panel in panels for who, request in panel.pair(query).items()},
                options.rounds,
            )
            for name, query in {**LISTS, **SEARCHES}.items()
        }
        _print(figures, *options.orders, options.db)
        far = take_turns({"first": panels[-1].ask(LISTS["all, by number"]), "far": panels[-1].far()}, options.rounds)
        _say(4, f"page {PAGES} to page 1", far["far"].p50 / far["first"].p50, 1.2)


class Panel:
    """An installation with as many orders as customers, and Bruno signed in."""

    def __init__(self, of: Installation) -> None:
        self.of, self.size = of, of.size
        with of.app.app_context(), cast.by("bruno.reis"):
            self.technician = cast.operator("wagner.luis").id
            _fill(of.size, self.technician)
            db.session.execute(text("analyze"), execution_options={"every_company": "statistics are of a table"})
            cookie = of.signed_in("staff", cast.operator("bruno.reis").id, "staff")
            db.session.commit()
        self.headers = {"Cookie": cookie}

    def pair(self, query: str) -> dict[str, Request]:
        asked = query.format(technician=self.technician)
        other = bare.make(create_engine(self.of.url), self.of.company_id)
        return {"ours": self.ask(asked), "bare": Request(other, f"/ordens?{asked}")}

    def ask(self, query: str) -> Request:
        return Request(self.of.app, f"/ordens?{query.format(technician=self.technician)}", headers=self.headers)

    def far(self) -> Request:
        """Page 200 of all, reached as a person would."""
        path = f"/ordens?{LISTS['all, by number']}"
        for _ in range(PAGES - 1):
            body = Request(self.of.app, path, headers=self.headers).send().body.decode()
            found = re.search(r'href="([^"]+depois=[^"]+)"', body)
            if not found:
                raise RuntimeError(f"{path} is the last page")
            path = found[1].replace("&amp;", "&")
        return Request(self.of.app, path, headers=self.headers)


def _fill(size: int, technician: int) -> None:
    """So many orders, past the verbs."""
    now, kind = clock.now(), cast.order_kind("Corretiva").id
    of = select(Service.id, Service.person_id, Service.company_id).where(Service.company_id == cast.vale_claro().id)
    services = list(db.session.execute(of.order_by(Service.id)))
    ids = reserve_ids(WorkOrder, size)
    rows = [_order(at, id, services[at % len(services)], now, kind, technician) for at, id in enumerate(ids)]
    insert_all(WorkOrder, rows)


def _order(at: int, id: int, of: Any, now: datetime, kind: int, technician: int) -> dict[str, Any]:
    pending = at % 40 == 0
    starts = now + timedelta(hours=at % 300 - 20) if pending else now - timedelta(hours=at + 3)
    return {
        "id": id,
        "company_id": of.company_id,
        "number": at + 1000,
        "person_id": of.person_id,
        "service_id": of.id,
        "kind_id": kind,
        "technician_id": technician,
        "status": "scheduled" if pending else "closed",
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=90),
        "description": "Medir o sinal e refazer o conector no poste.",
        "created_at": starts - timedelta(days=2),
        "closed_at": None if pending else starts + timedelta(hours=1),
        "defect_found": "",
        "done": "" if pending else "Conector refeito.",
        "version": 1,
    }


def _print(figures: dict[str, Taken], small: int, big: int, database: str) -> None:
    print(f"{'server CPU-ms / p50 ms':28}" + "".join(f"{f'{n:,} orders':^34}" for n in (small, big)))
    for name, taken in figures.items():
        line = f"{name:28}"
        for size in (small, big):
            ours, other = taken[size, "ours"], taken[size, "bare"]
            both = (f"{took.cpu:.1f} / {took.p50:.1f}" for took in (ours, other))
            line += "".join(f"{each:>13}" for each in both) + f"{ours.cpu / other.cpu:7.1f}x"
        print(line)
    print()
    _say(4, "lists to the bare ones", max(_ratio(figures[name], small) for name in LISTS), 1.6)
    for name, taken in figures.items():
        one, other = taken[small, "ours"], taken[big, "ours"]
        growth = other.cpu / one.cpu if database == "sqlite" else other.p50 / one.p50
        _say(5, f"{name}, growth", growth, 1.6 if name in SEARCHES else 1.3)


def _ratio(taken: Taken, size: int) -> float:
    return taken[size, "ours"].cpu / taken[size, "bare"].cpu


def _say(row: int, what: str, is_so: float, goal: float) -> None:
    print(f"{row:2}  {what:42}{is_so:>10.2f} x  goal {goal} x   {'met' if is_so <= goal else 'MISSED'}")


if __name__ == "__main__":
    main()
