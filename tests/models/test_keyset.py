"""The WHERE written from the ORDER BY: every row once, in order, with ties and without values, in both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, insert, select
from sqlalchemy.dialects import sqlite

from models.base import Utc
from models.base import db as base
from models.keyset import By, Keyset
from web.paging import key_of, written

pytestmark = pytest.mark.postgresql

ROW = Table(
    "keyset_row",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(40)),
    Column("cents", Integer),
    Column("day", Date),
    Column("at", Utc()),
)
FIRST = datetime(2026, 12, 1, 10, tzinfo=UTC)
EVERY = {"every_company": "a table of this test"}


@pytest.fixture
def rows(db):
    """600 rows with many ties, some without value, and names that an address would break."""
    with base.engine.begin() as connection:
        ROW.create(connection)
    names = ["Ana", "ana", "Zé.", "a~b", "100%", "=x", "-", "", "Ção", "a b/c?d&e", None]
    made = [
        {
            "id": id,
            "name": names[id % len(names)],
            "cents": None if id % 7 == 0 else id % 5 - 2,
            "day": None if id % 11 == 0 else date(2026, 12, 1) + timedelta(id % 4),
            "at": FIRST + timedelta(hours=id % 6),
        }
        for id in range(1, 601)
    ]
    db.execute(insert(ROW), made, execution_options=EVERY)
    db.commit()
    yield made
    db.rollback()
    base.session.remove()
    with base.engine.begin() as connection:
        ROW.drop(connection)


def walked(db, order, size):
    """Every page, as a browser walks them: the key goes through the address."""
    ids, after = [], None
    for _ in range(700):
        found = db.execute(order.page(select(ROW), after, size), execution_options=EVERY).all()
        ids += [row.id for row in found[:size]]
        if len(found) <= size:
            return ids
        key = tuple(getattr(found[size - 1], by.column.name) for by in order.columns)
        after = key_of(written(key), order)
        assert after == key, written(key)
    raise AssertionError("pages without end")


@pytest.mark.parametrize("size", [7, 50])
@pytest.mark.parametrize("way", list(product([False, True], repeat=3)), ids=str)
@pytest.mark.parametrize("names", [("name", "at"), ("cents", "day"), ("day", "name")], ids="-".join)
def test_every_row_once_in_order(db, rows, names, way, size):
    columns = [By(ROW.c[name], down, nullable=name != "at") for name, down in zip(names, way, strict=False)]
    order = Keyset(*columns, By(ROW.c.id, way[2]))
    whole = [row.id for row in db.execute(order.page(select(ROW), None), execution_options=EVERY)]
    assert len(whole) == len(rows)
    assert walked(db, order, size) == whole


@pytest.mark.parametrize("down", [False, True])
def test_without_a_value_comes_last(db, rows, down):
    order = Keyset(By(ROW.c.cents, down, nullable=True), By(ROW.c.id))
    values = [row.cents for row in db.execute(order.page(select(ROW), None), execution_options=EVERY)]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=down)
    assert set(values[len(known) :]) == {None}


def test_rows_that_come_and_go_move_nothing(db, rows):
    """What an offset would show twice or leave out."""
    order = Keyset(By(ROW.c.at), By(ROW.c.id))
    first = db.execute(order.page(select(ROW), None, 50), execution_options=EVERY).all()
    last = first[49]
    db.execute(ROW.delete().where(ROW.c.id.in_([row.id for row in first[:10]])), execution_options=EVERY)
    db.execute(insert(ROW), [{"id": 900, "at": FIRST - timedelta(1)}], execution_options=EVERY)
    second = db.execute(order.page(select(ROW), (last.at, last.id), 50), execution_options=EVERY).all()
    assert second[0].id == first[50].id


def test_one_comparison_where_all_run_the_same_way():
    """So that one index answers it."""
    same = Keyset(By(ROW.c.day), By(ROW.c.id)).page(select(ROW.c.id), (date(2026, 12, 1), 3))
    assert "(keyset_row.day, keyset_row.id) > (" in str(same.compile(dialect=sqlite.dialect()))


JUNK = [
    "",
    ".",
    "nada",
    "2026-12-10",
    "2026-12-10.",
    "2026-12-10.x",
    "2026-13-10.1",
    "2026-12-10.1.2",
    "2026-12-10.９",
    "10000-01-01.1",
    "20261210.1",
    "-.1",
    "2026-12-10.-",
    f"2026-12-10.{10**19}",
    "2026-12-10.1" + "0" * 2000,
    "2026-W01-1.1",
]


@pytest.mark.parametrize("typed", JUNK)
def test_junk_is_the_first_page(typed):
    assert key_of(typed, Keyset(By(ROW.c.day), By(ROW.c.id))) is None


@pytest.mark.parametrize("typed", ["x.1", "=%FF.1", "=%00.1", "=a\n.1", "-.1", "=a.1.2"])
def test_junk_of_a_text_is_the_first_page(typed):
    assert key_of(typed, Keyset(By(ROW.c.name), By(ROW.c.id))) is None


@pytest.mark.parametrize("typed", ["20261301T000000Z.1", "2026-12-01T10:00.1", "99999999T999999Z.1", "x.1"])
def test_junk_of_a_moment_is_the_first_page(typed):
    assert key_of(typed, Keyset(By(ROW.c.at), By(ROW.c.id))) is None


@pytest.mark.parametrize("typed", [*JUNK, "20261201T100000Z.1", "=a.1", "1", "0.0", "-1.-1"])
@pytest.mark.parametrize(
    "address",
    [
        "/faturas?situacao=all&depois=",
        "/arquivos-do-banco?depois=",
        "/pix-recebidos?depois=",
        "/financeiro/regua/ensaio/suspensoes?apos=",
    ],
)
def test_junk_in_an_address_is_a_page(staff, address, typed):
    assert staff("silvia.maia").get(address + typed.replace("\n", "")).status == 200
