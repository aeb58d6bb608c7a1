"""What a list of tickets finds, in which order, and that the numbers beside its tabs are those of its rows (A-02)."""

from __future__ import annotations

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select

from models.base import db as base
from models.desk import tickets as lists
from models.tickets import Ticket
from tests import cast

pytestmark = pytest.mark.postgresql


def wanted(tab="todos", **more) -> lists.Wanted:
    bruno = cast.operator("bruno.reis")
    return lists.Wanted(tab, bruno.id, bruno.department_id, **more)


def walked(asked) -> list[int]:
    """The ids of every page, one after the other."""
    ids, key = [], None
    while True:
        found = lists.find(asked, key)
        ids += [row.ticket.id for row in found.rows]
        key = found.last(asked.order)
        if key is None:
            return ids


@pytest.fixture
def fallen(db) -> Ticket:
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Sem acesso à internet", "  Árvore   caída.\nFIBRA no chão, junto à ponte.")
    db.commit()
    return row


@pytest.mark.parametrize(
    "typed", ["arvore", "ÁRVORE CAIDA", "caida. fibra", "ponte", "jose arvore", "PROTOCOL", "PROTOCOL fibra jose"]
)
def test_found_by_report_customer_and_protocol(fallen, typed):
    with cast.by("bruno.reis"):
        typed = typed.replace("PROTOCOL", fallen.protocol)
        assert fallen.id in walked(wanted(text=typed)), typed


@pytest.mark.parametrize("typed", ["arvore lentidao", "maria arvore", "100%", "_rvore"])
def test_every_word_must_be_found(fallen, typed):
    with cast.by("bruno.reis"):
        assert walked(wanted(text=typed)) == []


def test_another_company_finds_none_of_it(fallen):
    with cast.by("celia.prado"):
        assert walked(wanted(text="arvore")) == []
        assert walked(wanted(text=fallen.protocol)) == []


def test_pages_leave_nothing_out_and_repeat_nothing(db, clock):
    with clock("2026-12-01 10:00"), cast.by("bruno.reis"):
        for number in range(lists.PAGE * 2):
            cast.ticket(cast.ze(), "Lentidão", f"Lento, número {number}.")  # all due at one moment
        db.commit()
        rows = select(Ticket.id).where(Ticket.status == "pending").order_by(Ticket.due_at, Ticket.id)
        assert walked(wanted(status="pending")) == list(db.scalars(rows))


def test_the_numbers_of_the_tabs_are_those_of_their_rows(db, fallen):
    with cast.by("bruno.reis"):
        fallen.claim()
        fallen.watch(cast.operator("bruno.reis"))
        fallen.pause("Espera o cliente")
        db.commit()
        asked = wanted()
        numbers = lists.counts(asked.me, asked.my_department)
        for tab in ("meus", "setor", "acompanho", "rascunhos", "vencidos"):
            assert numbers[tab] == len(walked(wanted(tab))), tab
        assert numbers["acompanho"] == 1
        running = [row for row in lists.find(wanted("meus")).rows if not row.clock.paused]
        tones = {"my_late": "bad", "my_soon": "warn", "my_calm": "neu"}
        for key, tone in tones.items():
            assert numbers[key] == sum(row.clock.tone == tone for row in running), key


@pytest.mark.slow
def test_those_of_before_are_found_too(db, fallen):
    """The migration writes by what they are found."""
    with cast.by("bruno.reis"):
        draft = Ticket.open(cast.ze(), cast.service(cast.ze()))
        draft.keep({"report": "Só  rascunho: 100% à noite"})
    db.commit()
    id, draft_id = fallen.id, draft.id
    # A request of the Central, which came later, is found by its customer's words alone.
    mine = select(Ticket.id, Ticket.search_text)
    before = dict(db.execute(mine.where(Ticket.topic.is_(None))).all())
    db.remove()
    downgrade(revision="0023")
    downgrade()
    assert "search_text" not in {column["name"] for column in inspect(base.engine).get_columns("ticket")}
    upgrade()
    assert before.items() <= dict(db.execute(mine).all()).items()
    assert before[draft_id] == "so rascunho: 100% a noite"
    assert before[id] == "arvore caida. fibra no chao, junto a ponte."
