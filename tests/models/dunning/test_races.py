"""Whoever pays is never left suspended, whatever the sweep does just then; nor is whoever is held (X-07, C-99)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.base import db as base
from models.billing import Invoice, Receipt
from models.dunning import Hold, climb, review
from models.history import Event
from models.scope import Actor, acting
from models.services import Service
from tests import cast
from tests.models.dunning.debts import owes

CUT = date(2026, 12, 29)
AT = "2026-12-29 10:00"
FEW, MANY = 40, 400
JOB = Actor("job", None, "Teste")


def as_job(app, act):
    """In a thread of its own, as a worker and a request are."""
    with app.app_context(), acting(JOB, "job"):
        try:
            done = act()
            base.session.commit()
            return done
        finally:
            base.session.remove()


def pay(invoice_id: int, service_id: int) -> None:
    """A payment with the review the worker does after it."""
    invoice = base.session.get_one(Invoice, invoice_id)
    invoice.settle(Receipt("pix", invoice.total_cents, CUT))
    base.session.commit()
    review(service_id, CUT, paid=True)


def race_payments(app, db, clock, race, races: int) -> None:
    service_id = cast.service(cast.ze()).id
    swept = 0
    with clock(AT):
        for number in range(races):
            due = date(2026, 12, 10) - timedelta(days=28 * number)
            invoice = owes(db.get_one(Service, service_id), due, date(2026, 12, 14)).id
            db.commit()
            acts = [lambda: climb(service_id, CUT), lambda i=invoice: pay(i, service_id)]
            order = acts if number % 2 else acts[::-1]
            results = race(2, lambda i, order=order: as_job(app, order[i]))
            assert not [result for result in results if isinstance(result, Exception)], results
            swept += "suspend" in results
            service = db.get_one(Service, service_id, populate_existing=True)
            assert (service.status, service.open_suspension()) == ("active", None), number
            db.rollback()
    assert swept < races, "the sweep always came first: nothing was raced"


@pytest.mark.slow
def test_who_pays_is_not_left_suspended(app, db, clock, race):
    race_payments(app, db, clock, race, FEW)


@pytest.mark.long
def test_who_pays_is_not_left_suspended_in_four_hundred(app, db, clock, race):
    race_payments(app, db, clock, race, MANY)


def test_a_hold_that_came_first_holds(app, db, clock, race):
    """Both lock the service, so their events stand in the order of the locks: never a cut after the hold."""
    services = list(db.scalars(select(Service).where(Service.status == "active").limit(4)))
    ana = cast.operator("ana.souza")
    who = Actor("operator", ana.id, ana.name)
    with clock(AT):
        for service in services:
            owes(service, date(2026, 12, 10), date(2026, 12, 14))
        db.commit()
        ids = [service.id for service in services]
        for id in ids:

            def hold(id=id):
                with acting(who, "staff"):
                    Hold.put(base.session.get_one(Service, id), CUT, "contestou o valor")

            results = race(2, lambda i, id=id, hold=hold: as_job(app, [hold, lambda: climb(id, CUT)][i]))
            assert not [result for result in results if isinstance(result, Exception)], results
            about = select(Event.action).where(Event.subject_type == "service", Event.subject_id == id)
            told = list(
                db.scalars(about.where(Event.action.in_(("debt.held", "service.suspended"))).order_by(Event.id))
            )
            assert told[-1] == "debt.held", told
            assert climb(id, CUT) is None
            db.rollback()
