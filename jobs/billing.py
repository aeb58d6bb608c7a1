"""The monthly run: invoices that come within the lead of their company (X-07). Harmless at any hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from models.base import db, read_only
from models.billing.gaps import gaps_of
from models.billing.run import BATCH, bill, due_services, persons_to_bill
from models.services.uncharged_days import in_words
from models.wording import brl, day


def run(_: datetime) -> int:
    """Issue what is due, some customers per commit; may be killed anywhere and run twice, even at once."""
    issued = 0
    for persons in _batches():
        issued += bill(persons)
        db.session.commit()
    return issued


def rehearse(_: datetime) -> list[str]:
    """Whose invoices would be issued, and for how much; changes nothing."""
    issued = [
        f"cliente {due.service.person_id}, serviço {due.service.id} ({due.service.plan_name}): "
        + (due.refusal or f"vence em {day(due.due_on)}, {brl(due.total_cents)}")
        for persons in _batches()
        for due in due_services(persons)
    ]
    with read_only():
        looked = persons_to_bill(by_carne=True)
        named = [gap for first in range(0, len(looked), BATCH) for gap in gaps_of(looked[first : first + BATCH])]
    return issued + [
        f"cliente {gap.person_id}, serviço {gap.service_id} ({gap.plan_name}): "
        f"{in_words(gap.period)} sem cobrança, alguém decide"
        for gap in named
    ]


def _batches() -> Iterator[list[int]]:
    with read_only():
        persons = persons_to_bill()
        db.session.rollback()  # reading is over before a batch takes its locks
    for first in range(0, len(persons), BATCH):
        yield persons[first : first + BATCH]
