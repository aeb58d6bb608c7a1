"""Bad input at every view: nothing fails, nothing foreign is told, no rule is broken.

Each seed is a walk of 500 requests over a database of its own; two of them, one on both databases, and a hundred on
both with --long. A walk is repeated with `pytest tests/shape/test_crawler.py --long -k "seed7"`.
"""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import delete, insert, select, update

from models import clock as real_clock
from models.operators import Company, Operator, OperatorCompany, Role
from tests.shape import places
from tests.shape.crawler import Crawler, Person
from tests.shape.places import COMPANIES, MARKERS

REQUESTS = 500
VALE_CLARO, SERRA_AZUL = COMPANIES

pytestmark = pytest.mark.slow
SEEDS = [
    pytest.param(0, marks=pytest.mark.postgresql),
    1,
    *(pytest.param(n, marks=pytest.mark.long) for n in range(2, 100)),
]


@pytest.fixture
def crawler(app, db, anonymous, staff, central, seed):
    here, there = places.rows(VALE_CLARO), places.rows(SERRA_AZUL)
    db.commit()
    ours, theirs = MARKERS[VALE_CLARO], MARKERS[SERRA_AZUL]
    people = {  # the first of each door comes most often
        "davi.rocha": Person(lambda: staff("davi.rocha", company=VALE_CLARO), here, theirs),
        "Rita, proved": Person(lambda: central("rita", "proved"), here, theirs),
        "nobody": Person(anonymous, here, ours + theirs),
        "nobody at the Central": Person(lambda: anonymous("portal"), here, ours + theirs),
        "Davi in TODAS": Person(lambda: staff("davi.rocha"), here, ()),
        "Davi in Serra Azul": Person(lambda: staff("davi.rocha", company=SERRA_AZUL), there, ours),
        "celia.prado": Person(lambda: staff("celia.prado"), there, ours),
        "Rita": Person(lambda: central("rita"), here, ours + theirs),
        "Zé": Person(lambda: central("ze"), here, ours + theirs),
        "Hotel Mar Azul": Person(lambda: central("mar_azul"), there, ours),
    }
    for login in ("silvia.maia", "ana.souza", "rafael.teixeira", "bruno.reis", "wagner.luis"):
        people[login] = Person(lambda login=login: staff(login, company=VALE_CLARO), here, theirs)
    house = (Company, Role, Operator, OperatorCompany)
    stage = {table: [dict(row._mapping) for row in db.execute(select(table.__table__))] for table in house}

    def comeback():
        """Whoever was sent away may come back: the house is as it was."""
        for table in house[:-1]:
            db.execute(update(table), stage[table])
        db.execute(delete(OperatorCompany))
        db.execute(insert(OperatorCompany), stage[OperatorCompany])
        db.commit()

    crawler = Crawler(app, people, comeback, seed)
    loggers = [logging.getLogger(), logging.getLogger("enlace")]
    for logger in loggers:
        logger.addHandler(crawler.heard)
    yield crawler
    for logger in loggers:
        logger.removeHandler(crawler.heard)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"seed{seed}")
def test_bad_input_everywhere(crawler, worker, seed):
    with real_clock.set_to(real_clock.now()):  # time stands still, so that every run of a seed is the same
        crawler.tour("davi.rocha", "Rita, proved")
        crawler.walk(REQUESTS)
    checked = worker.command("check").output.splitlines()[:-1]
    assert [line for line in checked if "deixado de fora" not in line] == [], "besides the row of tests/shape/places.py"
    took, request = crawler.slowest
    print(f"seed {seed}: {dict(sorted(crawler.statuses.items()))}; slowest {took:.2f} s: {request[:300]}")
