"""The rehearsal of the monthly run, as a page: whose invoices the next one issues, and what it would refuse."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.billing.gaps import Gap, gaps_of
from models.billing.issue import Draft
from models.billing.run import Due, persons_to_bill, plan
from models.people import Person

PAGE = 100  # customers


@dataclass(frozen=True)
class Rehearsal:
    """Some customers of the run: `looked` at, their dues by date, their gaps, and after whom the next page begins."""

    looked: int
    dues: list[Due]
    gaps: list[Gap]
    names: dict[int, str]
    last: int | None
    credited: list[Draft]  # the invoices that a credit joins

    @property
    def total_cents(self) -> int:
        """What the invoices will ask for, less the credit that joins them, without what is left out."""
        charged = sum(due.total_cents for due in self.dues if not due.refusal)
        return charged - sum(draft.credit_cents for draft in self.credited)


def rehearse(after: int = 0) -> Rehearsal:
    """A page of customers in the order of the run; nothing is written. A fixed number of questions."""
    persons = persons_to_bill(after, PAGE, by_carne=True)
    (dues, drafts), gaps = plan(persons), gaps_of(persons)
    credited = [draft for draft in drafts if draft.credit_cents]
    named = {due.service.person_id for due in dues} | {gap.person_id for gap in gaps}
    wanted = select(Person.id, Person.name).where(Person.id.in_(named))
    names = {row.id: row.name for row in db.session.execute(wanted)}
    last = persons[-1] if persons and persons_to_bill(persons[-1], 1, by_carne=True) else None
    ordered = sorted(dues, key=lambda due: (due.due_on, due.service.person_id))
    return Rehearsal(len(persons), ordered, gaps, names, last, credited)
