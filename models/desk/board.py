"""The Planner as one page: columns, cards, whose turn it is and what is missing (U-11, U-27).

In four questions, however many cards there are. How many there ever were makes no difference: of «Tudo OK» the newest
are shown, the others have a page of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, select

from models import clock
from models.base import db
from models.boards import BoardColumn, Card, Facts, Place, places, undone
from models.history import Event
from models.keyset import By, Key, Keyset
from models.operators import Company, Operator
from models.people import Person
from models.people.person import searchable
from models.telephony import PabxItem, UpgradeOrder, UpgradeRequest, of
from models.wording import brl, counted, hour, waited

SHOWN = {"todos": "Todos", "minha": "Minha vez", "parados": "Parados"}
SLOW, STUCK = timedelta(days=2), timedelta(days=5)  # amber and red
DENSE = 24  # cards under way, beyond which each is drawn in two lines
NEWEST = 15  # of «Tudo OK» on the board
PAGE = 25
SUBJECTS = ("card", "upgrade_order", "pabx_item")  # whose events change what a card says
FINISHED = Keyset(By(Card.entered_at, descending=True), By(Card.id, descending=True))


@dataclass(frozen=True)
class CardShown:
    """A card as a board draws it."""

    id: int
    version: int
    name: str
    words: str
    queue: str
    age: str
    age_tone: str
    gate: str
    gate_tone: str
    ready: bool  # it goes on without another word
    is_done: bool
    stays: timedelta


@dataclass
class ColumnShown:
    """A column as a board draws its head; `noted` are the cards that may go on."""

    row: Place
    count: int = 0
    noted: int = 0
    cards: list[CardShown] = field(default_factory=list)
    has_more: bool = False

    @property
    def turn(self) -> str:
        """'sua vez, Suporte', 'vez do Financeiro', 'pronto'."""
        if self.row.is_done:
            return "pronto" if self.count < 2 else "prontos neste mês"
        return f"sua vez, {self.row.department}" if self.row.is_mine else self.row.turn


@dataclass(frozen=True)
class Board:
    columns: list[ColumnShown]
    cursor: int  # the last event that is in it
    negotiating: int  # requests that wait for Comercial

    @property
    def under_way(self) -> list[CardShown]:
        return [card for column in self.columns if not column.row.is_done for card in column.cards]

    @property
    def mine(self) -> int:
        return sum(len(column.cards) for column in self.columns if column.row.is_mine)

    @property
    def sector(self) -> str:
        """Of whoever looks, where it has a turn; empty: another."""
        return next((column.row.department or "" for column in self.columns if column.row.is_mine), "")

    @property
    def acts(self) -> bool:
        """Has the sector of whoever looks a part in the procedure?"""
        return any(column.row.has_part for column in self.columns)

    @property
    def slow(self) -> int:
        return sum(SLOW <= card.stays < STUCK for card in self.under_way)

    @property
    def stuck(self) -> int:
        return sum(card.stays >= STUCK for card in self.under_way)

    @property
    def is_dense(self) -> bool:
        return len(self.under_way) > DENSE

    @property
    def is_empty(self) -> bool:
        return not any(column.cards for column in self.columns)


class Asked(NamedTuple):
    """What of the board is to be seen: one of SHOWN, and a part of customers' names."""

    shown: str = "todos"
    words: str = ""

    @property
    def narrows(self) -> bool:
        return self.shown != "todos" or bool(self.words)


def board(asked: Asked) -> Board:
    """The board, or what of it is asked for."""
    now = clock.now()
    cursor, negotiating, ended = db.session.execute(_signs(), {"since": _this_month()}).one()
    among = places()
    shown = {place.id: ColumnShown(place) for place in among}
    mine = [place.id for place in among if place.is_mine]
    for card in _cards(_open(asked, mine, now)):
        if here := shown.get(card[0].board_column_id):  # one in a column out of use is named by `flask check`
            here.cards.append(_under_way(card, here.row, among, now))
    done = next(column for column in shown.values() if column.row.is_done)
    found = [] if asked.shown != "todos" else [_finished(card) for card in _cards(_done(asked.words, None, NEWEST))]
    done.cards, done.has_more = found[:NEWEST], len(found) > NEWEST
    for column in shown.values():
        column.count, column.noted = len(column.cards), sum(card.ready for card in column.cards)
    if not asked.narrows:
        done.count = ended
    return Board(list(shown.values()), cursor or 0, negotiating)


def card_of(id: int, among: list[Place]) -> tuple[CardShown, ColumnShown] | None:
    """One card as the board draws it now, and its column of these; None: it is not here."""
    by_id = {place.id: place for place in among}
    found = next(_cards(_one(_of_open), {"id": id}), None)
    if found:
        here = by_id[found[0].board_column_id]
        return _under_way(found, here, among, clock.now()), ColumnShown(here)
    done = next(_cards(_one(_of_done), {"id": id}), None)
    return (_finished(done), ColumnShown(by_id[done[0].board_column_id])) if done else None


def heads(ids: Iterable[int], among: list[Place]) -> list[ColumnShown]:
    """The heads of some of these columns as they are now, without their cards."""
    wanted = set(ids)
    rows = {place.id: ColumnShown(place) for place in among if place.id in wanted}
    under_way = [id for id, column in rows.items() if not column.row.is_done]
    for id, count, noted in db.session.execute(_counted(), {"ids": under_way}):
        rows[id].count, rows[id].noted = count, int(noted)
    for column in rows.values():
        if column.row.is_done:
            column.count = _finished_this_month()
    return list(rows.values())


def finished(words: str, after: Key | None) -> list[tuple[Key, CardShown]]:
    """Cards in «Tudo OK», the newest first: a page, and one more where there is a next one."""
    return [((card[0].entered_at, card[0].id), _finished(card)) for card in _cards(_done(words, after, PAGE))]


@cache
def _signs() -> Select[Any, Any, Any]:
    """Up to where history is known to whoever reads the board, how many requests wait for Comercial, and how many cards
    ended since a moment.
    """
    waits = select(func.count(UpgradeRequest.id)).where(UpgradeRequest.status.in_(("negotiation", "agreed")))
    return select(
        select(func.max(Event.id)).scalar_subquery(), waits.scalar_subquery(), _finished_since().scalar_subquery()
    )


def changed_since(cursor: int) -> bool:
    """Did anything happen on the board after this event?"""
    news = select(Event.id).where(Event.id > cursor, Event.subject_type.in_(SUBJECTS)).limit(1)
    return db.session.scalar(news) is not None


def _finished_this_month() -> int:
    return db.session.scalar(_finished_since(), {"since": _this_month()}) or 0


def _this_month() -> datetime:
    """That of whoever looks: in TODAS the cards are of several companies."""
    return clock.at(clock.today().replace(day=1), time(0))


@cache
def _finished_since() -> Select[int]:
    rows = select(func.count(Card.id)).join(BoardColumn, BoardColumn.id == Card.board_column_id)
    return rows.where(BoardColumn.key == "done", Card.entered_at >= bindparam("since"))


@cache
def _counted() -> Select[int, int, Any]:
    """Of each column how many cards stand there, and how many of them are noted."""
    waits = UpgradeOrder.pabx_id == Card.pabx_id, UpgradeOrder.status == "open", UpgradeOrder.noted_at.is_(None)
    noted = func.sum(case((exists().where(*waits), 0), else_=1))
    rows = select(Card.board_column_id, func.count(), noted)
    rows = rows.where(Card.board_column_id.in_(bindparam("ids", expanding=True)))
    return rows.group_by(Card.board_column_id)


_OF_CARD: tuple[Any, ...] = (
    Card.id,
    Card.version,
    Card.board_column_id,
    Card.entered_at,
    Person.name.label("customer"),
)


@cache
def _of_open() -> Select[Any]:
    """A row for each order that is under way or waits, with its card."""
    unmarked = exists().where(PabxItem.order_id == UpgradeOrder.id, PabxItem.status == "ordered")
    return (
        select(
            *_OF_CARD,
            UpgradeOrder.status,
            UpgradeOrder.kind,
            UpgradeOrder.words,
            UpgradeOrder.noted_at.is_not(None).label("noted"),
            UpgradeOrder.made_at.is_not(None).label("made"),
            UpgradeOrder.adjusted_at.is_not(None).label("adjusted"),
            unmarked.label("unmarked"),
        )
        .join(Person, Person.id == Card.person_id)
        .join(UpgradeOrder, UpgradeOrder.pabx_id == Card.pabx_id)
        .where(UpgradeOrder.status.in_(("open", "queued")))
        .order_by(Card.entered_at, Card.id, UpgradeOrder.id)
    )


@cache
def _of_done() -> Select[Any]:
    """A row for each order that ended when its card came to «Tudo OK»."""
    return (
        select(*_OF_CARD, Company.zone, UpgradeOrder.words, UpgradeOrder.after_cents, Operator.name.label("by"))
        .join(Person, Person.id == Card.person_id)
        .join(Company, Company.id == Card.company_id)
        .join(BoardColumn, BoardColumn.id == Card.board_column_id)
        .outerjoin(Operator, Operator.id == Card.moved_by_id)
        .outerjoin(
            UpgradeOrder,
            (UpgradeOrder.pabx_id == Card.pabx_id) & (UpgradeOrder.finished_at == Card.entered_at),
        )
        .where(BoardColumn.key == "done")
        .order_by(Card.entered_at.desc(), Card.id.desc(), UpgradeOrder.id)
    )


@cache
def _one(rows: Callable[[], Select[Any]]) -> Select[Any]:
    return rows().where(Card.id == bindparam("id"))


def _open(asked: Asked, mine: list[int], now: datetime) -> Select[Any]:
    rows = _of_open()
    if asked.words:
        rows = rows.where(_called(asked.words))
    if asked.shown == "parados":
        rows = rows.where(Card.entered_at <= now - SLOW)
    if asked.shown == "minha":
        rows = rows.where(Card.board_column_id.in_(mine))
    return rows


def _done(words: str, after: Key | None, size: int) -> Select[Any]:
    """The newest cards of «Tudo OK», chosen before their orders are read."""
    chosen = select(Card.id).join(BoardColumn, BoardColumn.id == Card.board_column_id).where(BoardColumn.key == "done")
    if words:
        chosen = chosen.join(Person, Person.id == Card.person_id).where(_called(words))
    return _of_done().where(Card.id.in_(FINISHED.page(chosen, after, size).subquery().select()))


def _called(words: str) -> ColumnElement[bool]:
    return Person.search_text.contains(searchable(words), autoescape=True)


def _cards(rows: Select[Any], given: dict[str, int] | None = None) -> Iterator[list[Any]]:
    """The rows of each card together."""
    for _, found in groupby(db.session.execute(rows, given), key=lambda row: row.id):
        yield list(found)


def _under_way(rows: list[Any], here: Place, among: list[Place], now: datetime) -> CardShown:
    card, stays = rows[0], now - rows[0].entered_at
    orders = [row for row in rows if row.status == "open"]
    queued = [row.words for row in rows if row.status == "queued"]
    to = next((place for place in among if place.position > here.position), here)
    missing = _missing(orders, here, to, among)
    goes = "ao Financeiro" if to.key == "finance" else f"a {to.name}"
    return CardShown(
        id=card.id,
        version=card.version,
        name=card.customer,
        words=". ".join(row.words for row in orders),
        queue=f"{counted(len(queued), 'pedido')} na fila: {'; '.join(queued)}" if queued else "",
        age=waited(stays),
        age_tone="bad" if stays >= STUCK else "warn" if stays >= SLOW else "neu",
        gate=missing or f"Nota feita, pode ir {goes}",
        gate_tone="neu" if missing else "ok",
        ready=not missing,
        is_done=False,
        stays=stays,
    )


def _missing(orders: list[Any], here: Place, to: Place, among: list[Place]) -> str:
    """What keeps the card where it is, so that a refusal is seen before the drag."""
    unnoted = [order for order in orders if not order.noted]
    if unnoted:
        sector = of(here.department) if here.department else "do setor"
        if len(orders) > 1 and len(unnoted) < len(orders):
            return f"Falta 1 nota {sector}" if len(unnoted) == 1 else f"Faltam {len(unnoted)} notas {sector}"
        return f"Falta a nota {sector}"
    facts = [
        Facts("", row.kind == "extension", row.made, row.adjusted, ("",) if row.unmarked else ()) for row in orders
    ]
    missing = undone(here, to, among, facts)
    return missing.words if missing else ""


def _finished(rows: list[Any]) -> CardShown:
    card, zone = rows[0], rows[0].zone
    local, today = clock.local(card.entered_at, zone), clock.today(zone)
    words = ". ".join(row.words for row in rows if row.words) or "Sem pedido em andamento"
    after = max((row.after_cents for row in rows if row.after_cents), default=None)
    at = hour(card.entered_at, zone) if local.date() == today else f"{local:%d/%m}"
    return CardShown(
        id=card.id,
        version=card.version,
        name=card.customer,
        words=f"{words}, contrato ajustado para {brl(after)}" if after else words,
        queue="",
        age="hoje"
        if local.date() == today
        else f"{local:%d/%m}" + ("" if local.year == today.year else f"/{local:%Y}"),
        age_tone="neu",
        gate=f"Concluído {at}" + (f" por {card.by}" if card.by else ""),
        gate_tone="ok",
        ready=False,
        is_done=True,
        stays=timedelta(),
    )
