"""The rehearsal of the monthly run, as a page: whose invoices the next one issues, and what it would refuse."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.billing.run import Due, persons_to_bill, plan
from models.people import Person

PAGE = 100  # customers


@dataclass(frozen=True)
class Rehearsal:
    """Some customers of the run: `looked` at, what is due of them by date, and after whom the next page begins."""

    looked: int
    dues: list[Due]
    names: dict[int, str]
    last: int | None

    @property
    def total_cents(self) -> int:
        """What will be issued, without what is left out."""
        return sum(due.total_cents for due in self.dues if not due.refusal)


def rehearse(after: int = 0) -> Rehearsal:
    """A page of customers in the order of the run; nothing is written. A fixed number of questions."""
    persons = persons_to_bill(after, PAGE)
    dues = plan(persons).dues
    wanted = select(Person.id, Person.name).where(Person.id.in_({due.service.person_id for due in dues}))
    names = {row.id: row.name for row in db.session.execute(wanted)}
    last = persons[-1] if persons and persons_to_bill(persons[-1], 1) else None
    return Rehearsal(len(persons), sorted(dues, key=lambda due: (due.due_on, due.service.person_id)), names, last)
