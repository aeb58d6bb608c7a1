"""What is proposed is what the verb takes without a question: preview and act are one rule."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

import pytest
from sqlalchemy import select

from models import clock as real
from models.agenda import Asked, Diary, order_as_visit, propose
from models.scope import TODAS
from models.work_orders import Absence, LocalHoliday, technicians_of
from models.workflows import HoursProfile
from tests import agenda, cast, field

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_proposed_is_taken_without_a_question(db, clock, seed):
    random = Random(seed)
    with clock("2026-11-24 09:40"), cast.by("silvia.maia"):
        profile = db.scalars(select(HoursProfile).where(HoursProfile.name == field.HOURS)).one()
        profile.change(week=random.choice([agenda.WEEK, field.ALWAYS]), holidays=True)
        LocalHoliday(name="Padroeira", company_id=TODAS, day=TODAY + timedelta(days=random.randint(0, 3))).create()
        people = list(technicians_of(TODAS))
        for _ in range(14):
            row = field.order(random.choice([cast.ze(), cast.sol(), cast.maria()]))
            day = TODAY + timedelta(days=random.randint(0, 5))
            at = time(random.randint(10, 19), random.choice([0, 10, 30, 45]))
            row.schedule(day, at, random.choice(people), row.version, confirmed=True)
        Absence.mark(people[0], "course", TODAY, None, TODAY + timedelta(days=1), time(12, 20))
        row = field.order(cast.ze(), random.choice(list(field.KINDS)))
        diary = Diary.of_days(real.today(), 0, proposing=True)
        found = propose(diary, Asked.of(order_as_visit(row.id)), most=20)
        assert found
        for one in found:
            local = real.local(one.starts_at, row.zone)
            row.schedule(local.date(), local.time(), one.technician_id, row.version, confirmed=())
            assert (row.starts_at, row.ends_at) == (one.starts_at, one.ends_at)


def test_a_technician_of_another_company_is_not_proposed(db, clock):
    with clock("2026-11-24 09:40"), cast.by("silvia.maia"):
        row = field.order(cast.mar_azul())
        found = propose(Diary.of_days(real.today(), 0, proposing=True), Asked.of(order_as_visit(row.id)), most=50)
        there = technicians_of(cast.serra_azul().id)
        assert {one.technician_id for one in found} <= set(there)
