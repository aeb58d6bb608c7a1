"""A new due date gives fine and interest away, so it needs whoever may give discounts (decision 012)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from models.billing import Carne, Invoice
from models.history import Event
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

LATE = "2026-12-21 10:00"
SENTENCE = "deixaria de cobrar R$ 3,94 de multa e juros. Receba com multa e juros, ou peça a quem pode dar descontos."


def plain(words):
    return str(words).replace("\u00a0", " ").replace("\\xa0", " ")


def fresh(db, row):
    return db.get(type(row), row.id, populate_existing=True)


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice, R$ 166,50, due on 10/12/2026; refused by the bank."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
        db.execute(update(Invoice).values(registration="rejected"))
        db.commit()
    return db.scalars(select(Invoice)).one()


@pytest.mark.parametrize("door", ["vencimento", "reenvio"])
@pytest.mark.parametrize("due_on", ["2026-12-21", "2026-12-28"])
def test_by_whoever_may_give_discounts(staff, db, clock, invoice, door, due_on):
    path = f"/faturas/{invoice.id}/{door}"
    with clock(LATE):
        ana, silvia = staff("ana.souza"), staff("silvia.maia")
        page = ana.get(f"/faturas/{invoice.id}")
        assert not page.page.select_one(f'a[href="{path}"]')
        assert SENTENCE in plain(page.words)
        assert SENTENCE in plain(ana.get(path).words)
        form = {"due_on": due_on, "version": str(invoice.version)}
        refused = ana.post(path, form)
        assert refused.status == 422
        assert SENTENCE in plain(refused.errors()["due_on"])
        assert fresh(db, invoice).due_on == date(2026, 12, 10)
        assert silvia.get(f"/faturas/{invoice.id}").page.select_one(f'a[href="{path}"]')
        assert silvia.post(path, form).status == 303
        assert fresh(db, invoice).due_today().total_cents == 16650
        told = db.scalars(select(Event).where(Event.subject_type == "invoice").order_by(Event.id.desc())).first()
        assert told.data["late_cents"] == 394


@pytest.mark.parametrize("door", ["vencimento", "reenvio"])
def test_before_it_is_late_it_moves_freely(staff, db, clock, invoice, door):
    with clock("2026-12-09 10:00"):
        form = {"due_on": "2026-12-28", "version": str(invoice.version)}
        assert staff("ana.souza").post(f"/faturas/{invoice.id}/{door}", form).status == 303


def test_in_the_booklet(staff, db, clock):
    with clock("2026-12-01 10:00"):
        account()
        carne = Carne.generate(charged(cast.ze(), uses_carne=True), date(2026, 11, 20), date(2026, 12, 10), 3)
        first, second, _ = carne.invoices()
        db.commit()
    path = f"/carnes/{carne.id}/editar"
    with clock(LATE):
        ana, silvia = staff("ana.souza"), staff("silvia.maia")
        page = ana.get(path)
        assert SENTENCE in plain(page.words)
        drawn = page.form(path)
        assert f"due_on_{first.id}" not in drawn
        assert ana.post(path, {**drawn, f"due_on_{second.id}": "2027-01-12"}).status == 303, "the others move"
        form = silvia.get(path).form(path) | {f"due_on_{first.id}": "2026-12-28"}
        assert SENTENCE in plain(ana.post(path, form).errors()[f"due_on_{first.id}"])
        assert fresh(db, first).due_on == date(2026, 12, 10)
        assert silvia.post(path, form).status == 303
        assert fresh(db, first).due_on == date(2026, 12, 28)


def test_nor_by_leaving_the_booklet(staff, db, clock):
    with clock("2026-12-01 10:00"):
        account()
        carne = Carne.generate(charged(cast.ze(), uses_carne=True), date(2026, 11, 20), date(2026, 12, 10), 3)
        first, *_ = carne.invoices()
        db.commit()
    with clock(LATE):
        ana = staff("ana.souza")
        path = f"/carnes/{carne.id}/desassociar-faturas"
        assert ana.post(path, {**ana.get(path).form(path), "invoices": [str(first.id)]}).status == 303
        moved = ana.post(
            f"/faturas/{first.id}/vencimento", {"due_on": "2026-12-28", "version": str(fresh(db, first).version)}
        )
        assert SENTENCE in plain(moved.errors()["due_on"])
