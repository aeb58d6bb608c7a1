"""The monthly run: invoices that come within the lead of their company (X-07). Harmless at any hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from jobs import rows
from models.base import db, read_only
from models.billing.gaps import gaps_of
from models.billing.run import BATCH, Due, bill, persons_to_bill, plan
from models.outbox import Left, open_keys, solve
from models.services import Service
from models.services.uncharged_days import in_words
from models.wording import brl, day

WORK = "billing"


def run(at: datetime) -> int:
    """Issue what is due, some customers per commit; may be killed anywhere and run twice, even at once.

    A service that cannot be charged is left out, named, and everybody else has an invoice.
    """
    waiting, failed, issued = open_keys(WORK), set[str](), 0
    for persons in _batches():
        done, left = _bill(persons, at)
        issued += done
        failed |= {one.key for one in left}
    if solve(WORK, _needless(waiting - failed)):
        db.session.commit()
    return issued


def rehearse(at: datetime) -> list[str]:
    """Whose invoices would be issued, and for how much, who is left out, what nobody charged; changes nothing."""
    issued = [
        f"cliente {due.service.person_id}, serviço {due.service.id} ({due.service.plan_name}): "
        + (due.refusal or f"vence em {day(due.due_on)}, {brl(due.total_cents)}")
        for persons in _batches()
        for due in plan(persons, at=at).dues
    ]
    with read_only():
        looked = persons_to_bill(by_carne=True)
        named = [gap for first in range(0, len(looked), BATCH) for gap in gaps_of(looked[first : first + BATCH])]
    return issued + [
        f"cliente {gap.person_id}, serviço {gap.service_id} ({gap.plan_name}): "
        f"{in_words(gap.period)} sem cobrança, alguém decide"
        for gap in named
    ]


def _bill(persons: list[int], at: datetime) -> tuple[int, list[Left]]:
    """A batch in one commit; where that fails, one customer after the other."""
    try:
        billed = bill(persons, at=at)
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        rows.raise_if_lost(error)
        if len(persons) == 1:
            left = Left("person", persons[0], "", persons[0], ("person", persons[0]))
            rows.leave_out(WORK, left, error)
            return 0, [left]
        each = [_bill([person], at) for person in persons]
        return sum(done for done, _ in each), [left for _, lefts in each for left in lefts]
    lefts = [_left(due) for due in billed.refused]
    if lefts:
        rows.keep(WORK, lefts)
    return billed.issued, lefts


def _needless(keys: set[str]) -> set[str]:
    """Those of the rows left out that have nothing to be billed now, whatever moment the run was asked for."""
    rows_left = {key: (kind, int(id)) for key in keys for kind, id, _ in (key.split(":", 2),)}
    services = [id for kind, id in rows_left.values() if kind == "service"]
    persons = {id for kind, id in rows_left.values() if kind == "person"}
    persons |= set(db.session.scalars(select(Service.person_id).where(Service.id.in_(services))))
    try:
        due = plan(sorted(persons)).dues if persons else []
    except Exception as error:  # one of them cannot even be looked at: nothing is known of any
        db.session.rollback()
        rows.raise_if_lost(error)
        return set()
    still = {("service", one.service.id) for one in due} | {("person", one.service.person_id) for one in due}
    return {key for key, row in rows_left.items() if row not in still}


def _left(due: Due) -> Left:
    service = due.service
    fix = ("service", service.id)
    return Left("service", service.id, due.refusal, service.person_id, fix, company_id=service.company_id)


def _batches() -> Iterator[list[int]]:
    with read_only():
        persons = persons_to_bill()
        db.session.rollback()  # reading is over before a batch takes its locks
    for first in range(0, len(persons), BATCH):
        yield persons[first : first + BATCH]
