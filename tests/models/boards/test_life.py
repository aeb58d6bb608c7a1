"""The life of a card, as hypothesis invents it: each act happens or is refused with a sentence, and nothing else.

Requests, orders and the card of one customer, by everybody, in any order; after every step the rest must be true.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from models import clock
from models.base import db as base
from models.boards import BoardColumn, Card, CardMove, CardNote, cancel, last_move, launch, make, write
from models.refused import Refused
from models.services import Service
from models.telephony import PabxItem, UpgradeOrder, UpgradeRequest, Use, register
from models.telephony.upgrade_request import STATUSES, WAITING
from tests import phones
from tests.cast import OPERATORS, by, operator, service, sol

START = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)
PHONE, PRICE = "Telefone fixo 2 ramais", 2490
SUPPORT, SALES, FINANCE, SUPERVISION = "bruno.reis", "rafael.teixeira", "ana.souza", "silvia.maia"
INVISIBLE = " \u200b "

# Mostly who may, so that a life gets somewhere.
anybody = st.sampled_from((SUPPORT, SALES, FINANCE, SUPERVISION, ""))
kinds = st.sampled_from(("extension", "extension", "outbound_channel", "module"))
texts = st.sampled_from(("Feito.",) * 6 + ("", INVISIBLE, "x" * 1001))
uses = st.sampled_from(
    (Use("install", device="T31"), Use("install", "T31", "Eunice"), Use("send_data", sent_to="Marta"))
)
which = st.integers(0, 3)


def mostly(login: str):
    return st.one_of(st.just(login), st.just(login), st.just(login), anybody)


class CardLife(RuleBasedStateMachine):
    database: Any = None  # that of the test, made new for each life

    @initialize(column=st.sampled_from((None, "orders", "finance")), first=st.booleans())
    def begin(self, column, first):
        base.session.remove()
        base.engine.dispose()
        self.database.fresh()
        self.now, self.registered, self.taken = START, 0, Counter()
        if column:
            self.act("davi.rocha", lambda: phones.own_column("Testes", column, "Comercial"))
        if first:
            self.short_way(2, "outbound_channel")

    def act(self, login, verb):
        """Let somebody act: it happens and is committed, or is refused with a sentence and nothing is written."""
        with clock.set_to(self.now), by(login) if login else nullcontext():
            try:
                verb()
                base.session.commit()
            except Refused as said:
                base.session.rollback()
                for sentence in (said.sentence, *said.errors.values()):
                    assert re.fullmatch(r"[A-ZÀ-Ý«“0-9].{8,}", sentence, re.DOTALL), sentence
                return False
            except Exception:
                base.session.rollback()
                raise
        return True

    # ---- who is there

    def requests(self, *statuses: str) -> list[UpgradeRequest]:
        mine = select(UpgradeRequest).where(UpgradeRequest.person_id == sol().id)
        return list(base.session.scalars(mine.where(UpgradeRequest.status.in_(statuses or STATUSES)).order_by("id")))

    def orders(self) -> list[UpgradeOrder]:
        return list(base.session.scalars(select(UpgradeOrder).order_by(UpgradeOrder.id)))

    def items(self) -> list[PabxItem]:
        return [item for kind in ("extension", "outbound_channel", "module") for item in phones.items(sol(), kind)]

    def card(self) -> Card | None:
        return base.session.scalars(select(Card)).first()

    # ---- what is asked for

    @rule(login=mostly(SUPPORT), kind=kinds)
    def request(self, login, kind):
        self.act(login, lambda: phones.asked(sol(), kind))

    @precondition(lambda self: self.requests("triage"))
    @rule(
        login=mostly(SUPPORT),
        at=which,
        wanted=st.sampled_from((1, 2, 3, 4, 0, None)),
        spare=st.integers(0, 3),
        all=st.booleans(),
    )
    def check(self, login, at, wanted, spare, all):
        row = pick(self.requests("triage"), at)
        ids = [item.id for item in row.free_ones()[:spare]]
        self.act(login, lambda: row.check(wanted, ids, "Eunice", uses_all=all and not ids))

    @precondition(lambda self: self.requests("triage"))
    @rule(login=mostly(SUPPORT), at=which, use=uses, rest=st.booleans())
    def use_existing(self, login, at, use, rest):
        row = pick(self.requests("triage"), at)
        ids = [item.id for item in row.spares()[: row.to_sell]]
        self.act(login, lambda: row.use_existing(dict.fromkeys(ids, named(use)), sell_the_rest=rest))

    @precondition(lambda self: self.requests("triage"))
    @rule(login=mostly(SUPPORT), at=which)
    def forward(self, login, at):
        self.act(login, pick(self.requests("triage"), at).forward)

    @precondition(lambda self: self.requests("negotiation", "agreed"))
    @rule(login=mostly(SALES), at=which, cents=st.sampled_from((PRICE, PRICE, 0)))
    def agree(self, login, at, cents):
        row = pick(self.requests("negotiation", "agreed"), at)
        self.act(login, lambda: row.agree("Eunice", clock.today(), cents))

    @precondition(lambda self: self.requests(*WAITING))
    @rule(login=mostly(SALES), at=which, how=st.sampled_from(("not_agreed", "give_up", "check_again")))
    def end(self, login, at, how):
        row = pick(self.requests(*WAITING), at)
        self.act(login, row.check_again if how == "check_again" else lambda: getattr(row, how)("Vai pensar."))

    @precondition(lambda self: self.requests("not_agreed", "given_up", "existing"))
    @rule(login=mostly(SALES), at=which)
    def take_up_again(self, login, at):
        self.act(login, pick(self.requests("not_agreed", "given_up", "existing"), at).take_up_again)

    @precondition(lambda self: self.requests("agreed"))
    @rule(login=mostly(SALES), at=which)
    def launch(self, login, at):
        row = pick(self.requests("agreed"), at)
        self.act(login, lambda: launch(row, phones.terms(row)))

    @rule(wanted=st.integers(1, 3), kind=kinds)
    def short_way(self, wanted, kind):
        """From the call to the Planner, by those who do it."""
        made = self.act(SALES, lambda: phones.launched(sol(), wanted, kind))
        free = [item for item in phones.items(sol(), kind) if item.status == "free"]
        assert made or free, "what is free is asked about first"

    # ---- the work

    @precondition(lambda self: self.orders())
    @rule(login=mostly(SUPPORT), at=which)
    def make(self, login, at):
        self.act(login, pick(self.orders(), at).make)

    @precondition(lambda self: self.items())
    @rule(login=mostly(SUPPORT), at=st.integers(0, 20), use=uses)
    def put_to_use(self, login, at, use):
        self.act(login, lambda: pick(self.items(), at).put_to_use(named(use)))

    @precondition(lambda self: self.items())
    @rule(login=mostly(SUPPORT), at=st.integers(0, 20), what=st.sampled_from(("free", "withdraw")))
    def take_away(self, login, at, what):
        row = pick(self.items(), at)
        of = row.order_id
        if self.act(login, lambda: getattr(row, what)("Não usa mais.")) and what == "withdraw":
            self.taken[of] += 1

    @rule(kind=kinds, number=st.sampled_from(("2001", "2002", "2005")), use=st.one_of(st.none(), uses))
    def register(self, kind, number, use):
        of = service(sol(), PHONE)
        self.registered += self.act(SUPPORT, lambda: register(of, kind, number, "Gravação", "Loja", use))

    @precondition(lambda self: self.card())
    @rule(login=mostly(SUPPORT), text=texts, at=st.one_of(st.none(), which))
    def note(self, login, text, at):
        card = self.card()
        order = pick(self.orders(), at) if at is not None else None
        self.act(login, lambda: write(card, text, order and order.id))

    @precondition(lambda self: self.orders())
    @rule(login=mostly(FINANCE), at=which)
    def adjust(self, login, at):
        self.act(login, pick(self.orders(), at).adjust)

    @precondition(lambda self: self.orders())
    @rule(login=mostly(FINANCE), at=which, reason=st.sampled_from(("Engano.", "Engano.", INVISIBLE)))
    def take_back_adjustment(self, login, at, reason):
        order = pick(self.orders(), at)
        if self.act(login, lambda: order.take_back_adjustment(reason)) and not order.has_extensions:
            del self.taken[order.id]  # adjusted again it brings all of them anew

    # ---- the card

    def turn(self) -> str:
        here = base.session.get_one(BoardColumn, self.card().board_column_id)
        return {"orders": SUPPORT, "finance": FINANCE}.get(here.key or "", SALES)

    @precondition(lambda self: self.card())
    @rule(
        login=st.one_of(st.just("turn"), st.just("turn"), anybody),
        to=st.integers(0, 4),
        text=texts,
        seen=st.integers(0, 5),
    )
    def move(self, login, to, text, seen):
        card = self.card()
        columns = [*BoardColumn.in_use(), None]
        target, before = pick(columns, to), card.version
        notes = phones.noted(card, text)
        shown = card.version - (seen == 5)
        happened = self.act(
            self.turn() if login == "turn" else login,
            lambda: make(card, target and target.id, shown, notes, text, supervises=login == SUPERVISION),
        )
        assert not happened or (shown == before and self.card().version > before)

    @precondition(lambda self: self.card())
    @rule()
    def on_it_goes(self):
        """All that the sector whose turn it is does, and the move."""
        card = self.card()
        here = base.session.get_one(BoardColumn, card.board_column_id)
        if here.key == "orders":
            self.act(SUPPORT, lambda: phones.to_finance(card))
        elif here.key == "finance":
            self.act(FINANCE, lambda: phones.to_done(card))

    @precondition(lambda self: self.card())
    @rule(login=mostly(SUPERVISION), to=st.integers(0, 2), reason=texts)
    def send_back(self, login, to, reason):
        card = self.card()
        target = pick(BoardColumn.in_use(), to)
        self.act(login, lambda: make(card, target.id, card.version, {}, reason, supervises=login == SUPERVISION))

    @precondition(lambda self: self.card())
    @rule(login=st.one_of(st.just("mover"), anybody))
    def undo(self, login):
        move = last_move(self.card())
        mover = next(login for login in OPERATORS if operator(login).id == move.operator_id)
        self.act(mover if login == "mover" else login, move.undo)

    @precondition(lambda self: self.orders())
    @rule(login=mostly(SALES), at=which, supervises=st.booleans())
    def cancel(self, login, at, supervises):
        login = SUPERVISION if supervises else login
        order = pick([order for order in self.orders() if order.is_alive] or self.orders(), at)
        self.act(login, lambda: cancel(order, "Desistiu.", supervises=login == SUPERVISION))

    @rule(seconds=st.sampled_from((0, 5, 16, 86_400)))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    # ---- what is always so

    @invariant()
    def one_card_and_none_of_another_customer(self):
        cards = list(base.session.scalars(select(Card)))
        assert len(cards) <= 1
        assert all(card.person_id == sol().id for card in cards)
        assert bool(cards) == bool(self.orders())

    @invariant()
    def no_order_is_lost(self):
        """Where the card stands says what its orders are."""
        card = self.card()
        if card is None:
            return
        here = base.session.get_one(BoardColumn, card.board_column_id)
        open_ones, queued = len(card.orders("open")), len(card.orders("queued"))
        assert here.inactive_since is None
        if here.is_done:
            assert (open_ones, queued) == (0, 0)
        else:
            assert open_ones >= 1
        assert not queued or here.key != "orders"

    @invariant()
    def past_support_everything_is_made(self):
        card = self.card()
        here = base.session.get_one(BoardColumn, card.board_column_id) if card else None
        if card and here and here.position >= phones.column("finance").position:
            assert all(order.made_at for order in card.orders("open") if order.has_extensions)

    @invariant()
    def a_noted_order_has_its_note(self):
        """Of its sector, in this column, since the card stands there."""
        card = self.card()
        for order in card.orders("open") if card else []:
            if order.noted_at:
                mine = select(CardNote).where(CardNote.order_id == order.id, CardNote.written_at == order.noted_at)
                mine = mine.where(CardNote.board_column_id == card.board_column_id)
                turn = base.session.get_one(BoardColumn, card.board_column_id).department()
                assert turn.id in {note.department_id for note in base.session.scalars(mine)}
                assert order.noted_at >= card.entered_at
        assert all(order.noted_at is None for order in self.orders() if order.status != "open")

    @invariant()
    def the_panel_counts_what_the_contract_says(self):
        """What the plan brought and what was registered, the adjusted orders, less what was withdrawn of each."""
        adjusted = {order.id: order.quantity for order in self.orders() if order.adjusted_at}
        there = [item for item in self.items() if item.status != "withdrawn"]
        assert all((item.contracted_on is not None) == (item.order_id in (None, *adjusted)) for item in there)
        expected = 4 + self.registered - self.taken[None]
        expected += sum(quantity - self.taken[id] for id, quantity in adjusted.items())
        assert sum(item.contracted_on is not None for item in there) == expected

    @invariant()
    def the_contract_is_its_base_and_the_adjusted_orders(self):
        phone = service(sol(), PHONE)
        total = sum(order.total_cents for order in self.orders() if order.adjusted_at)
        assert sum(item.amount_cents for item in phone.items()) == 4980 + total
        assert base.session.scalar(select(Service.price_cents).where(Service.id == phone.id)) == 4980 + total

    @invariant()
    def an_order_ends_once_its_contract_follows(self):
        for order in self.orders():
            assert (order.status == "done") == (order.finished_at is not None)
            assert order.status != "done" or order.adjusted_at
            assert order.status != "cancelled" or not order.adjusted_at
            assert order.status != "done" or not order.unmarked()

    @invariant()
    def what_is_used_is_never_sold(self):
        for request in self.requests():
            assert request.used <= (request.wanted or 0)
        for order in self.orders():
            request = base.session.get_one(UpgradeRequest, order.request_id)
            assert request.status == "launched"
            assert order.quantity + request.used <= request.wanted

    @invariant()
    def numbers_stand_once(self):
        rows = select(PabxItem.kind, PabxItem.number, func.count()).group_by(
            PabxItem.pabx_id, PabxItem.kind, PabxItem.number
        )
        assert all(many == 1 for _, _, many in base.session.execute(rows))

    @invariant()
    def the_log_is_whole(self):
        card = self.card()
        if card is None:
            return
        moves = list(base.session.scalars(select(CardMove).order_by(CardMove.version)))
        assert [move.version for move in moves] == list(range(1, card.version + 1))
        assert moves[0].from_column_id is None
        assert all(after.from_column_id == before.to_column_id for before, after in pairwise(moves))
        assert moves[-1].to_column_id == card.board_column_id
        texts = dict(base.session.execute(select(CardNote.id, CardNote.text)).all())
        assert all(texts[move.note_id].strip(INVISIBLE) for move in moves)


def pick(among, at):
    return among[at % len(among)]


def named(use: Use) -> Use:
    return Use(use.procedure, use.device, use.sent_to, "Balcão", "Vendas")


@pytest.mark.postgresql
@pytest.mark.parametrize(("lives", "steps"), [(6, 40), pytest.param(200, 50, marks=pytest.mark.long)])
def test_the_life_of_a_card(db, database, lives, steps):
    CardLife.database = database
    run_state_machine_as_test(
        CardLife,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
