"""What the board and a move cost, however many cards there are: statements, and bytes as they travel."""

from __future__ import annotations

import gzip

import pytest
from sqlalchemy import select

from bench.board import Filling
from models.boards import Card
from tests import cast, crowd, phones
from tests.cast import by

STATEMENTS = 6
PAGE, ANSWER = 15 * 1024, 4 * 1024  # compressed
PACKED = {"Accept-Encoding": "gzip"}


def under_way(db, many):
    """So many cards on the board, of the customers of a crowd; with a few that ended."""
    have = db.scalars(select(Card.id)).all()
    crowd.load((many - len(have)) * 2 + 40)
    with by("bruno.reis"):
        Filling(10, under_way=many - len(have)).write()
    db.commit()


@pytest.mark.parametrize("many", [3, 40])
def test_statements_of_the_board(staff, db, count_queries, many):
    under_way(db, many)
    bruno = staff("bruno.reis")
    bruno.get("/planner")
    with count_queries() as queries:
        page = bruno.get("/planner")
    assert len(page.tree.xpath('//*[@data-version and not(contains(., "Concluído"))]')) == many
    assert len(queries) == STATEMENTS, queries


def test_bytes_of_the_board(staff, db):
    under_way(db, 200)
    page = staff("bruno.reis").get("/planner", headers=PACKED)
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.data) <= PAGE


def test_bytes_of_a_move(staff, db):
    with by("rafael.teixeira"):
        card, order = phones.launched(cast.sol(), 1, "outbound_channel")
    path, version, finance = f"/planner/cards/{card.id}/mudancas", card.version, phones.column("finance").id
    typed = {"coluna": finance, "version": version, f"note-{order.id}": "Ajuste técnico feito."}
    answer = staff("bruno.reis").post(path, typed, htmx=True, headers=PACKED)
    assert answer.status == 200
    assert f'hx-target="#cards-{finance}"' in answer.html
    assert len(gzip.compress(answer.html.encode(), 5)) <= ANSWER


def test_statements_of_a_card(staff, db, count_queries):
    """One more order asks nothing more."""
    counts = []
    for kind in ("extension", "module", "outbound_channel"):
        with by("rafael.teixeira"):
            card, _ = phones.launched(cast.sol(), 1, kind)
            id = card.id
        db.commit()
        bruno = staff("bruno.reis")
        bruno.get(f"/planner/cards/{id}")
        with count_queries() as queries:
            bruno.get(f"/planner/cards/{id}")
        counts.append(len(queries))
    assert max(counts) <= 17
    assert counts[1] == counts[2], counts
