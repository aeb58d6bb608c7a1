"""The life of an order and of the ticket it holds, as hypothesis invents it: an act happens or is refused (A-108)."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from models import check, clock
from models.base import db as base
from models.history import Event
from models.refused import Refused
from models.scope import acting
from models.tickets import Ticket
from models.work_orders import PENDING, Material, WorkOrder
from tests import cast, field

reasons = st.sampled_from(("O cliente pediu.",) * 4 + (" \u200b ",))
quantities = st.sampled_from(("1", "2,5 m", "0,001", "0", "", "-2"))
days = st.integers(-1, 3)
hours = st.integers(7, 19)
technicians = st.sampled_from(("joao.alcantara", "wagner.luis", "celia.prado"))


class Life(RuleBasedStateMachine):
    """Orders of one ticket; `said` is what each is, by the rules alone."""

    @initialize()
    def begin(self):
        with cast.by("bruno.reis"):
            ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão.")
            ticket.claim()
            base.session.flush()
        self.ticket_id = ticket.id
        self.said: dict[int, str] = {}
        self.finished = False

    # ---- one at a time

    def ticket(self):
        return base.session.scalars(select(Ticket).where(Ticket.id == self.ticket_id)).one()

    def order(self, data):
        id = data.draw(st.sampled_from(sorted(self.said)))
        return base.session.scalars(select(WorkOrder).where(WorkOrder.id == id)).one()

    def attempt(self, may, act):
        """Do it in a savepoint; whether it happened is what was said beforehand."""
        before, refusal = self.facts(), None
        try:
            with cast.by("bruno.reis"), base.session.begin_nested():
                act()
                base.session.flush()
        except Refused as no:
            refusal = no.sentence
        assert may is (refusal is None), refusal
        if refusal is None:
            return True
        base.session.expire_all()
        assert refusal
        assert self.facts() == before
        return False

    def facts(self):
        rows = select(WorkOrder.id, WorkOrder.status, WorkOrder.version, WorkOrder.done).order_by(WorkOrder.id)
        events = base.session.scalar(select(func.count()).select_from(Event))
        return base.session.execute(rows).all(), self.ticket().open_orders, self.ticket().status, events

    @rule()
    def open(self):
        made = []
        if len(self.said) < 4 and self.attempt(
            not self.finished, lambda: made.append(field.order(cast.ze(), ticket=self.ticket()))
        ):
            self.said[made[0].id] = "open"

    @rule(data=st.data(), ahead=days, hour=hours, who=technicians, confirmed=st.booleans())
    def schedule(self, data, ahead, hour, who, confirmed):
        if not self.said:
            return
        row, technician = self.order(data), cast.operator(who).id
        on = clock.today(row.zone) + timedelta(days=ahead)
        start = clock.at(on, time(hour), row.zone)
        meets = [
            other
            for other in base.session.scalars(select(WorkOrder).where(WorkOrder.technician_id == technician))
            if other.id != row.id
            and other.status in PENDING
            and other.starts_at
            and other.starts_at < start + timedelta(minutes=90)
            and other.ends_at > start
        ]
        fits = start >= clock.now() and who != "celia.prado" and (confirmed or not meets)
        may = self.said[row.id] in PENDING and fits
        if self.attempt(may, lambda: row.schedule(on, time(hour), technician, row.version, confirmed)):
            self.said[row.id] = "scheduled"

    @rule(data=st.data(), reason=reasons)
    def unschedule(self, data, reason):
        if self.said:
            row = self.order(data)
            may = self.said[row.id] == "scheduled" and bool(reason.strip(" \u200b"))
            if self.attempt(may, lambda: row.unschedule(reason, row.version)):
                self.said[row.id] = "open"

    @rule(data=st.data(), quantity=quantities, done=st.sampled_from(("Feito.", "Feito.", " ")))
    def close(self, data, quantity, done):
        if self.said:
            row = self.order(data)
            may = self.said[row.id] in PENDING and quantity in ("1", "2,5 m", "0,001") and bool(done.strip())
            if self.attempt(may, lambda: field.close(row, done, materials=[Material("Cabo", quantity)])):
                self.said[row.id] = "closed"

    @rule(data=st.data(), reason=reasons)
    def cancel(self, data, reason):
        if self.said:
            row = self.order(data)
            may = self.said[row.id] in PENDING and bool(reason.strip(" \u200b"))
            if self.attempt(may, lambda: row.cancel(reason, row.version)):
                self.said[row.id] = "cancelled"

    @rule(data=st.data(), reason=reasons)
    def reopen(self, data, reason):
        if self.said:
            row = self.order(data)
            may = self.said[row.id] in ("closed", "cancelled") and bool(reason.strip(" \u200b")) and not self.finished
            if self.attempt(may, lambda: row.reopen(reason, row.version)):
                self.said[row.id] = "open"

    @rule(data=st.data())
    def stale(self, data):
        if self.said:
            row = self.order(data)
            self.attempt(False, lambda: row.cancel("De outra aba.", row.version - 1))

    @rule()
    def finish(self):
        may = not self.finished and not any(status in PENDING for status in self.said.values())
        if self.attempt(may, lambda: self.ticket().close(cast.closing_classification())):
            self.finished = True

    # ---- what is always true

    @invariant()
    def the_rows_are_as_the_rules_say(self):
        rows = base.session.scalars(select(WorkOrder).where(WorkOrder.ticket_id == self.ticket_id)).all()
        assert {row.id: row.status for row in rows} == self.said
        waits = [status for status in self.said.values() if status in PENDING]
        assert self.ticket().open_orders == len(waits)
        assert self.ticket().is_closed is self.finished
        assert not (self.finished and waits)

    def teardown(self):
        if hasattr(self, "said"):
            with acting(cast.INSTALLER, "job"):
                assert [found for _, found in check.answers() if found] == []
        base.session.rollback()


@pytest.mark.slow
@pytest.mark.parametrize("lives", [6, pytest.param(150, marks=pytest.mark.long)])
def test_lives(db, lives):
    few = settings(max_examples=lives, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Life, settings=few)
