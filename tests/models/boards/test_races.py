"""Many at the Planner at the same moment: no move, order or number is lost, and nothing happens twice (U-11, U-18).

Whatever is refused is refused with a sentence; what was accepted stands in the log, once.
"""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from sqlalchemy import func, inspect, select

from models.base import db as base
from models.base import insert_all, reserve_ids
from models.boards import BoardColumn, Card, CardMove, cancel, launch, make
from models.people import Person
from models.refused import Refused
from models.services import ServiceItem
from models.telephony import Pabx, PabxItem, UpgradeLine, UpgradeOrder, UpgradeRequest, Use
from tests import phones
from tests.cast import by, joaquim, rita, sol, ze

INSTALLED = Use("install", device="Yealink T31")


@pytest.fixture
def at_once(app, race):
    """`at_once(8, act)`: act(0) to act(7) in as many threads, each commits; what each gave, or its refusal."""

    def run(many, act):
        def one(i):
            with app.app_context():
                try:
                    done = act(i)
                    base.session.commit()
                finally:
                    base.session.remove()
                return done

        results = race(many, one)
        faults = [each for each in results if isinstance(each, Exception) and not isinstance(each, Refused)]
        assert not faults, faults
        return results

    return run


def won(results) -> int:
    return sum(not isinstance(each, Exception) for each in results)


def to(key: str) -> int:
    return phones.column(key).id


def fresh(row):
    return base.session.get_one(type(row), row.id, populate_existing=True)


@pytest.fixture
def card(db) -> Card:
    """With an order of two channels, in «Pedidos e Alterações»."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        row, _ = phones.launched(sol(), 2, "outbound_channel")
    db.commit()
    return row


@pytest.mark.parametrize(("people", "tries"), [(10, 30), pytest.param(30, 50, marks=pytest.mark.long)])
def test_moves_of_one_card(card, at_once, people, tries):
    """By support, finance and a supervisor, each as often as they can; with 10 people 300 tries."""
    id, columns, finished = card.id, {key: to(key) for key in ("orders", "finance", "done")}, [0] * people

    def mine(row: Card, login: str) -> None:
        if login == "silvia.maia":
            key = "orders" if row.board_column_id == columns["finance"] else "finance"
            make(row, columns[key], row.version, reason="De novo.", supervises=True)
        elif login == "bruno.reis":
            make(row, columns["finance"], row.version, phones.noted(row))
        else:
            for order in row.orders("open"):
                if not order.adjusted_at:
                    order.adjust()
            make(row, columns["done"], row.version, phones.noted(row))

    def play(i: int) -> int:
        login = ("bruno.reis", "ana.souza", "silvia.maia")[i % 3]
        accepted = 0
        with by(login):
            for _ in range(tries):
                try:
                    mine(base.session.get_one(Card, id), login)
                    base.session.commit()
                    accepted += 1
                except Refused:
                    base.session.rollback()
                base.session.remove()
        finished[i] = accepted
        return accepted

    accepted = sum(at_once(people, play))
    moves = list(base.session.scalars(select(CardMove).where(CardMove.card_id == id).order_by(CardMove.version)))
    card = fresh(card)
    assert accepted > 2, "or nobody came to anything"
    assert [move.version for move in moves] == list(range(1, accepted + 2))
    assert card.version == len(moves)
    assert moves[-1].to_column_id == card.board_column_id
    assert all(after.from_column_id == before.to_column_id for before, after in itertools.pairwise(moves))


def test_one_of_those_who_saw_the_same_card(card, at_once):
    id, finance, seen, notes = card.id, to("finance"), card.version, phones.noted(card)

    def move(_i):
        with by("bruno.reis"):
            make(base.session.get_one(Card, id), finance, seen, notes)

    results = at_once(8, move)
    assert won(results) == 1
    assert {no.status for no in results if no} == {409}
    assert fresh(card).version == 2


def requests(person: Person, many: int, wanted: int = 3, kind: str = "extension") -> list[int]:
    """So many agreed requests of one customer."""
    found = []
    with by("rafael.teixeira"):
        for _ in range(many):
            row = phones.checked(phones.asked(person, kind), wanted)
            row.forward()
            found.append(phones.agreed(row).id)
    base.session.commit()
    return found


def copies(order: UpgradeOrder, many: int) -> list[int]:
    """So many orders like this one, itself included: to launch each would take longer than the race."""
    request, lines = base.session.get_one(UpgradeRequest, order.request_id), order.lines()
    asked, again = (reserve_ids(table, many - 1) for table in (UpgradeRequest, UpgradeOrder))
    insert_all(UpgradeRequest, [columns(request, id=id) for id in asked])
    insert_all(UpgradeOrder, [columns(order, id=id, request_id=of) for id, of in zip(again, asked, strict=True)])
    insert_all(UpgradeLine, [columns(line, order_id=id) for id in again for line in lines])
    return [order.id, *again]


def columns(row, **other):
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).columns} | other


@pytest.mark.parametrize(("panels", "many"), [(1, 90), (3, 30), pytest.param(3, 300, marks=pytest.mark.long)])
def test_numbers_of_extensions_made_at_once(db, at_once, panels, many):
    """90 orders of three: 270 extensions, each number once in its panel."""
    people = [sol()]
    for more in (joaquim, ze)[: panels - 1]:
        phones.bought(more())
        people.append(more())
    orders: list[int] = []
    with by("rafael.teixeira"):
        for person in people:
            phones.used_up(person)
            orders += copies(phones.launched(person, 3)[1], many // panels)
    taking = itertools.count()

    def work(_i):
        made = 0
        with by("bruno.reis"):
            while (at := next(taking)) < len(orders):
                made += len(base.session.get_one(UpgradeOrder, orders[at]).make())
                base.session.commit()
        return made

    assert sum(at_once(9, work)) == many * 3
    rows = select(PabxItem.pabx_id, PabxItem.number).where(PabxItem.order_id.is_not(None))
    numbers = list(base.session.execute(rows))
    assert len(numbers) == len(set(numbers)) == many * 3
    for pabx_id, mine_too in Counter(pabx for pabx, _ in numbers).items():
        mine = sorted(int(number) for pabx, number in numbers if pabx == pabx_id)
        assert mine == list(range(2002, 2002 + mine_too)), "and none is left out"


def test_made_twice_at_once_is_made_once(db, at_once):
    with by("rafael.teixeira"):
        phones.used_up(sol())
        _, order = phones.launched(sol(), 3)
    id = order.id

    def press(_i):
        with by("bruno.reis"):
            base.session.get_one(UpgradeOrder, id).make()

    results = at_once(6, press)
    assert won(results) == 1
    assert {no.sentence for no in results if no} == {"Os ramais deste pedido já foram criados no Painel PABX."}
    assert len(order.items()) == 3


def test_adjusted_twice_at_once_is_charged_once(card, at_once):
    order = card.orders("open")[0]
    id = order.id

    def press(_i):
        with by("ana.souza"):
            base.session.get_one(UpgradeOrder, id).adjust()

    assert won(at_once(6, press)) == 1
    mine = select(func.count()).select_from(ServiceItem).where(ServiceItem.service_id == order.service_id)
    assert base.session.scalar(mine) == 2
    assert len(order.items()) == 2


def test_launched_at_once_for_one_customer(db, at_once):
    with by("rafael.teixeira"):
        phones.used_up(sol())
    waiting = requests(sol(), 6, 1)

    def press(i):
        with by("rafael.teixeira"):
            request = base.session.get_one(UpgradeRequest, waiting[i])
            launch(request, phones.terms(request))

    assert won(at_once(6, press)) == 6
    (card,) = base.session.scalars(select(Card))
    assert [order.status for order in card.orders("open", "queued")] == ["open"] * 6
    assert card.version == 1


def test_one_request_launched_twice_at_once(db, at_once):
    with by("rafael.teixeira"):
        phones.used_up(sol())
    (id,) = requests(sol(), 1, 1)

    def press(_i):
        with by("rafael.teixeira"):
            request = base.session.get_one(UpgradeRequest, id)
            launch(request, phones.terms(request))

    assert won(at_once(6, press)) == 1
    assert base.session.scalar(select(func.count()).select_from(UpgradeOrder)) == 1


@pytest.mark.parametrize("column", ["orders", "finance"])
def test_a_launch_against_a_move(card, at_once, db, column):
    """Whichever is first: in orders it joins and is noted apart, further on it waits, at the end it begins (D-30)."""
    if column == "finance":
        with by("bruno.reis"):
            phones.to_finance(card)
    card_id, next_column = card.id, to("finance" if column == "orders" else "done")
    for _ in range(4):
        (id,) = requests(sol(), 1, 1, "module")
        row = fresh(card)
        seen, notes = row.version, phones.noted(row)

        def act(i, id=id, seen=seen, notes=notes):
            if i == 0:
                with by("rafael.teixeira"):
                    request = base.session.get_one(UpgradeRequest, id)
                    return launch(request, phones.terms(request))[1].id
            with by("bruno.reis" if column == "orders" else "ana.souza"):
                row = base.session.get_one(Card, card_id)
                if column == "finance":
                    for order in row.orders("open"):
                        if not order.adjusted_at:
                            order.adjust()
                make(row, next_column, seen, notes)
                return 0

        results = at_once(2, act)
        assert not isinstance(results[0], Exception), "a launch is never refused"
        row, order = fresh(card), base.session.get_one(UpgradeOrder, results[0])
        here = row.board_column_id
        assert order.status == ("queued" if here == to("finance") else "open")
        assert here != to("done"), "what waits begins by itself"
        if column == "orders" and here == to("orders"):
            assert isinstance(results[1], Refused), "its note was still missing"
        base.session.rollback()
        settle(row, column)
    assert base.session.scalar(select(func.count()).select_from(Card)) == 1


def settle(card: Card, column: str) -> None:
    """Bring the card to where the next round begins, whatever waits on it begun and done."""
    while card.board_column_id != to(column) or card.orders("queued"):
        if card.board_column_id == to("orders"):
            with by("bruno.reis"):
                phones.to_finance(card)
        else:
            with by("ana.souza"):
                phones.to_done(card)
        if column == "orders" and card.board_column_id == to("done"):
            with by("rafael.teixeira"):
                phones.launched(card_person(card), 1, "module", module="URA")
    base.session.commit()


def card_person(card: Card) -> Person:
    return base.session.get_one(Person, card.person_id)


def test_one_free_extension_used_by_two_requests(db, at_once):
    with by("bruno.reis"):
        spare = next(row for row in phones.items(sol()) if row.status == "free")
        spare_id = spare.id
        asked = [phones.checked(phones.asked(sol()), 1, [spare.id]).id for _ in range(4)]

    def use(i):
        with by("bruno.reis"):
            request = base.session.get_one(UpgradeRequest, asked[i])
            request.use_existing({spare_id: INSTALLED}, sell_the_rest=False)

    assert won(at_once(4, use)) == 1
    ended = select(func.count()).select_from(UpgradeRequest).where(UpgradeRequest.status == "existing")
    assert base.session.scalar(ended) == 1
    assert fresh(spare).status == "in_use"


def test_a_column_retired_against_a_move_into_it(card, at_once, db):
    with by("davi.rocha"):
        column = phones.own_column("Testes")
    id, column_id, notes, seen = card.id, column.id, phones.noted(card), card.version

    def act(i):
        with by("davi.rocha" if i else "bruno.reis"):
            if i:
                base.session.get_one(BoardColumn, column_id).retire()
            else:
                make(base.session.get_one(Card, id), column_id, seen, notes)

    assert won(at_once(2, act)) == 1
    assert (fresh(column).inactive_since is None) == (fresh(card).board_column_id == column.id)


@pytest.mark.parametrize("other", ["make", "move", "cancel"])
def test_a_cancellation_against_the_work(db, at_once, other):
    """Either the order is gone with all that was made for it, or its work went on."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, order = phones.launched(sol(), 2)
    with by("bruno.reis"):
        if other == "move":
            order.make()
    id, card_id, finance, notes, seen = order.id, card.id, to("finance"), phones.noted(card), card.version

    def act(i):
        cancels = i == 0 or other == "cancel"
        with by("silvia.maia" if cancels else "bruno.reis"):
            mine = base.session.get_one(UpgradeOrder, id)
            if cancels:
                cancel(mine, "Desistiu.", supervises=True)
            elif other == "make":
                mine.make()
            else:
                make(base.session.get_one(Card, card_id), finance, seen, notes)

    at_once(2, act)
    order, card = fresh(order), fresh(card)
    assert order.status == "cancelled", "a supervisor cancels what has begun, too"
    assert order.items() == []
    assert card.board_column_id == to("done")
    assert card.version == base.session.scalar(select(func.count()).where(CardMove.card_id == card.id))


def test_two_panels_made_at_once_for_one_customer(db, at_once):
    """The first question about a telephone makes the panel; of many at once one does."""
    with by("bruno.reis"):
        line = phones.asked(rita(), "line")
    person, company = rita().id, line.company_id
    base.session.rollback()

    def ask(_i):
        with by("bruno.reis"):
            return Pabx.held(company, person).id

    assert len(set(at_once(8, ask))) == 1
