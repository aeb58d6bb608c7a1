"""`bin/bench agenda`: the day and the week of twelve technicians beside bare ones, with their statements.

The day has 60 visits (five of each technician) and fifteen orders that wait, each with its proposal; the week has
twelve times sixty. Never fails a build.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, delete, select, text, update

from bench import bare_agenda
from bench.installations import Installation, installations, quiet
from bench.pages import counting
from bench.turns import Request, Took, take_turns
from models import clock
from models.agenda.week import monday_of
from models.base import db, insert_all, reserve_ids
from models.operators import Operator, Role
from models.operators.operator import OperatorCompany
from models.services import Service
from models.work_orders import Absence, WorkOrder
from tests import cast

TECHNICIANS, DAYS, PER_DAY = 12, 6, 10  # 12 x 60 in a week
WAITING, MOST_STATEMENTS, GOAL = 15, 7, 1.5
AGENDA = "/ordens-de-servico/agenda"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench agenda", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=40, help="turns of each")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), [1_000], options.db) as (of,),
    ):
        quiet()
        for name, per_day in (("60 visits on the day", 5), ("12 x 60 in the week", PER_DAY)):
            _measure(name, Filling(of, per_day), options.rounds)


class Filling:
    """Twelve technicians with so many visits on each day of the next week, and Bruno signed in."""

    def __init__(self, of: Installation, per_day: int) -> None:
        self.of = of
        with of.app.app_context(), cast.by("bruno.reis"):
            self.first = monday_of(clock.today() + timedelta(days=7))
            self.begins = clock.at(self.first, time())
            _fill(self.begins, per_day, _technicians(of.company_id))
            db.session.execute(text("analyze"), execution_options={"every_company": "statistics are of a table"})
            cookie = of.signed_in("staff", cast.operator("bruno.reis").id, "staff")
            db.session.commit()
        self.headers = {"Cookie": cookie}

    def ask(self, path: str) -> Request:
        return Request(self.of.app, f"{path}?dia={self.first}", headers=self.headers)

    def bare(self, path: str) -> Request:
        return Request(bare_agenda.make(create_engine(self.of.url), self.of.company_id, self.begins), path)


def _technicians(company_id: int) -> list[int]:
    """Twelve, of whom the demonstration has some."""
    here = select(Operator).join(OperatorCompany, OperatorCompany.operator_id == Operator.id)
    here = here.where(OperatorCompany.company_id == company_id, Operator.technician)
    found = list(db.session.scalars(here.order_by(Operator.id)))
    model, role = found[0], db.session.scalars(select(Role.id).where(Role.name == "Técnico")).one()
    for at in range(len(found), TECHNICIANS):
        row = Operator(
            name=f"Técnico {at} da Silva",
            login=f"tecnico.{at}",
            role_id=role,
            department_id=model.department_id,
            technician=True,
        )
        db.session.add(row)
        db.session.flush()
        db.session.add(OperatorCompany(operator_id=row.id, company_id=company_id))
        found.append(row)
    return [one.id for one in found]


def _fill(begins: datetime, per_day: int, technicians: list[int]) -> None:
    every: Any = {"every_company": "the agenda of the measurement alone"}
    db.session.execute(update(Absence).values(undone_at=clock.now()), execution_options=every)
    mine = WorkOrder.description == MINE
    db.session.execute(delete(WorkOrder).where(mine), execution_options=every)
    of = select(Service.id, Service.person_id, Service.company_id).where(Service.company_id == cast.vale_claro().id)
    services, kind = list(db.session.execute(of.order_by(Service.id))), cast.order_kind("Corretiva").id
    starts: list[tuple[int | None, datetime | None]] = [
        (who, begins + timedelta(days=day, hours=8, minutes=at * 600 // per_day))
        for day in range(DAYS)
        for who in technicians
        for at in range(per_day)
    ]
    starts += [(None, None)] * WAITING
    ids = reserve_ids(WorkOrder, len(starts))
    rows = [
        {
            "id": id,
            "company_id": service.company_id,
            "number": id + 100_000,
            "person_id": service.person_id,
            "service_id": service.id,
            "kind_id": kind,
            "technician_id": who,
            "status": "scheduled" if who else "open",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=min(90, 600 // per_day)) if starts_at else None,
            "description": MINE,
            "created_at": clock.now(),
            "defect_found": "",
            "done": "",
            "version": 1,
        }
        for id, (who, starts_at), service in zip(ids, starts, services, strict=False)
    ]
    insert_all(WorkOrder, rows)


MINE = "Medir o sinal e refazer o conector no poste."


def _measure(name: str, filling: Filling, rounds: int) -> None:
    for what, ours, other in (("day", AGENDA, "/dia"), ("week", f"{AGENDA}/semana", "/semana")):
        request = filling.ask(ours)
        request.send()
        with counting(filling.of.app) as sent:
            request.send()
        took: dict[str, Took] = take_turns({"ours": request, "bare": filling.bare(other)}, rounds)
        ratio = took["ours"].cpu / took["bare"].cpu
        words = f"{took['ours'].cpu:.1f} / {took['bare'].cpu:.1f} CPU-ms, {ratio:.2f} x"
        met = "met" if ratio <= GOAL and len(sent) <= MOST_STATEMENTS else "MISSED"
        goal = f"goal {MOST_STATEMENTS} and {GOAL} x"
        print(f"{name}, the {what:5}{len(sent):3} statements{words:>34}   {goal}   {met}")


if __name__ == "__main__":
    main()
