"""A move of a card: in the order of responsibility, with a note of the stage it leaves (U-13, U-20 to U-26, U-33).

Whoever moves it, by drag, key, button or a direct post, comes through here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Select,
    UniqueConstraint,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.boards.board_column import BoardColumn, Place, places
from models.boards.card import Card
from models.boards.card_note import CardNote, keep, text_errors
from models.boards.gate import facts_of, refusal_to_move, undone
from models.operators import Department, Operator, own_department, zone_of
from models.refused import Refused, Stale, require
from models.scope import OfCompany, who
from models.telephony import UpgradeOrder
from models.wording import near, tidy_lines

UNDO = timedelta(seconds=15)  # ten on the screen, and the way of the press over a bad line
NO_UNDO = "Isto não se desfaz. A Supervisão devolve o card, com motivo."


class CardMove(OfCompany, Base):
    """Append-only; `version` is the card's after it, so there is no second move of the same card as it was."""

    __tablename__ = "card_move"

    id: Mapped[Id]
    card_id: Mapped[int]
    version: Mapped[int]
    from_column_id: Mapped[int | None] = mapped_column(ForeignKey("board_column.id"))  # None: the card is new
    to_column_id: Mapped[int] = mapped_column(ForeignKey("board_column.id"))
    note_id: Mapped[int] = mapped_column(ForeignKey("card_note.id"))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("card_move.id"), unique=True)
    stood_since: Mapped[datetime | None]  # in the column it left
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    moved_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "card_id"], ["card.company_id", "card.id"]),
        UniqueConstraint("card_id", "version"),
        CheckConstraint("from_column_id is null or from_column_id <> to_column_id", name="moves"),
    )

    def refusal_to_undo(self, card: Card) -> str | None:
        """Why it is not taken back any more: ten seconds, by whoever made it, while nothing followed."""
        if self.operator_id != who().actor.id:
            return "Só quem moveu desfaz. A Supervisão devolve o card, com motivo."
        if card.version != self.version:
            return "O card já foi movido de novo. Confira onde ele está."
        if self.undoes_id or self.from_column_id is None:
            return NO_UNDO
        before, here = self._columns()
        if not self._was_chosen(before, here):
            return NO_UNDO
        if clock.now() - self.moved_at > UNDO:
            return "Passou o tempo de desfazer. A Supervisão devolve o card, com motivo."
        return self._refusal_since(card) or self._refusal_to_return(card, before, here)

    def _refusal_since(self, card: Card) -> str | None:
        """Why it is not taken back after what others did with the card where it stands now."""
        orders = card.orders("open")
        worked = any(order.noted_at or ((at := order.adjusted_at) and at > self.moved_at) for order in orders)
        return "Já houve registro depois. A Supervisão devolve o card, com motivo." if worked else None

    def _columns(self) -> tuple[BoardColumn, BoardColumn]:
        """The one it left and the one it came to, in one question."""
        ids = [self.from_column_id, self.to_column_id]
        found = {column.id: column for column in db.session.scalars(_columns(), {"ids": ids})}
        return found[self.from_column_id or 0], found[self.to_column_id]

    def _was_chosen(self, before: BoardColumn, here: BoardColumn) -> bool:
        """Somebody moved it: it followed neither from an order that began nor from one that was cancelled."""
        if not before.is_done and not here.is_done:
            return True
        about = select(CardNote.order_id, UpgradeOrder.status).where(CardNote.id == self.note_id)
        order_id, status = db.session.execute(about.outerjoin(UpgradeOrder, UpgradeOrder.id == CardNote.order_id)).one()
        return order_id is None if before.is_done else status == "done"

    def _refusal_to_return(self, card: Card, before: BoardColumn, here: BoardColumn) -> str | None:
        """Why the card does not stand again where it stood, with what it carries now."""
        if before.inactive_since:
            return f"{before.name} saiu do quadro. A Supervisão devolve o card, com motivo."
        if before.position < here.position:
            return None
        orders = card.orders("open")
        if here.key == "orders":  # what joined there meanwhile would skip it
            passed = select(CardNote.order_id).where(CardNote.card_id == card.id, CardNote.id < self.note_id)
            known = set(db.session.scalars(passed.where(CardNote.board_column_id == here.id)))
            if any(order.id not in known for order in orders):
                return "Um pedido novo entrou no card. Passe o card adiante, na ordem."
        if not before.is_done:
            return None
        among = places()
        stands, done = (next(place for place in among if place.id == one.id) for one in (here, before))
        missing = undone(stands, done, among, facts_of(orders, done))
        return missing.sentence if missing else None

    def undo(self) -> CardMove:
        """The opposite move, in the log as well; what was noted stays noted. Raises Refused, Stale."""
        card = db.session.get_one(Card, self.card_id).hold()
        require(self.refusal_to_undo(card))
        before = db.session.get_one(BoardColumn, self.from_column_id)
        if not before.is_fixed:
            _stays_open(before.id)
        was_done = self.to_column_id == BoardColumn.of("done").id
        mine = own_department()
        back = _moved(card, before.id, self.note_id, mine, undoes_id=self.id, entered_at=self.stood_since)
        earlier = select(CardMove.operator_id).where(CardMove.card_id == card.id, CardMove.version == self.version - 1)
        card.moved_by_id = db.session.scalar(earlier)  # who had brought it there
        if before.is_done:
            for order in card.orders("open"):  # those that were given back
                order.take(status="done", finished_at=self.stood_since, noted_at=None)
            start_queue(card, mine)
            return back
        if was_done:
            _reopen(card)
        noted = select(CardNote.order_id, func.max(CardNote.written_at)).where(
            CardNote.card_id == card.id, CardNote.board_column_id == self.from_column_id
        )
        noted = noted.where(CardNote.written_at >= self.stood_since).group_by(CardNote.order_id)
        written: dict[Any, Any] = dict(db.session.execute(noted).all())
        for order in card.orders("open"):
            order.take(noted_at=written.get(order.id))
        if before.key == "orders":
            _join_queue(card)
        return back


@cache
def _columns() -> Select[BoardColumn]:
    return select(BoardColumn).where(BoardColumn.id.in_(bindparam("ids", expanding=True)))


def make(
    card: Card,
    to_column_id: int | None,
    version: int | None,
    notes: Mapping[int, str] | None = None,
    reason: str = "",
    *,
    supervises: bool = False,
) -> CardMove:
    """Move a card. `notes` are of its orders, by order id; those noted before in this stage need none.

    Forward a note of each order under way, by the sector whose turn it is; back a reason, by a supervisor. In «Tudo
    OK» its orders end, and what waited in the queue starts (D-30). Raises Refused with `note-<order id>` or `reason` at
    fault; Stale, saying who was faster.
    """
    require_seen(card.hold(), version)
    among, mine = places(), own_department()
    here = next((place for place in among if place.id == card.board_column_id), None)
    to = next((place for place in among if place.id == to_column_id), None)
    orders = card.orders("open")
    if here is None:
        raise Refused("A coluna deste card saiu do quadro. Peça a quem administra que a reative.")
    require(refusal_to_move(here, to, among, facts_of(orders, to), supervises=supervises))
    assert to is not None  # noqa: S101 — refused above
    if to.key is None:
        _stays_open(to.id)
    if to.position < here.position:
        return _send_back(card, here, to, tidy_lines(reason), mine)
    with db.session.no_autoflush:  # what is told of both is written together
        note = _noted(card, here, to, orders, notes or {}, mine)
        move = _moved(card, to.id, note.id, mine, (here.name, to.name))
    for order in orders:
        order.take(noted_at=None, **({"status": "done", "finished_at": card.entered_at} if to.is_done else {}))
    if to.is_done:
        start_queue(card, mine)
    return move


def _stays_open(column_id: int) -> None:
    """Hold a column that could be put out of use, so that no card is left in it."""
    held = select(BoardColumn.inactive_since).where(BoardColumn.id == column_id).with_for_update(read=True)
    if db.session.scalar(held):
        raise Refused("Esta coluna não está mais no quadro. Atualize a página.")


def _noted(
    card: Card,
    here: Place,
    to: Place,
    orders: Sequence[UpgradeOrder],
    notes: Mapping[int, str],
    mine: Department | None,
) -> CardNote:
    """The newest note of this stage, after those that came with the move were written (U-23)."""
    missing, errors = [order for order in orders if order.noted_at is None], {}
    for order in missing:
        about = f" no pedido de {order.counted}" if len(orders) > 1 else ""
        sentence = f"Escreva {here.what_it_did}{about}. Depois o card passa para {to.name}."
        if refusal := text_errors(notes.get(order.id, ""), sentence):
            errors[f"note-{order.id}"] = refusal
    if errors:
        raise Refused(errors=errors)
    row = None
    for order in missing:
        row = keep(card, here.id, tidy_lines(notes[order.id]), order, mine)
        card.record("card.noted", text=row.text, sector=mine.name if mine else "-", order=order.words)
    if row:
        return row
    newest = select(CardNote).where(CardNote.order_id.in_([order.id for order in orders]))
    newest = newest.where(CardNote.board_column_id == here.id).order_by(CardNote.id.desc()).limit(1)
    return db.session.scalars(newest).one()


def _send_back(card: Card, here: Place, to: Place, reason: str, mine: Department | None) -> CardMove:
    """A supervisor gives it back to an earlier stage, where it is noted anew (D-03)."""
    if refusal := text_errors(reason, f"Escreva por que o card volta para {to.name}."):
        raise Refused(refusal, field="reason")
    if here.is_done and not _last_done(card):
        raise Refused("Não há pedido concluído a devolver. Lance um pedido novo.")
    note = keep(card, here.id, reason, None, mine)
    move = _moved(card, to.id, note.id, mine, (here.name, to.name), reason=reason)
    if here.is_done:
        _reopen(card)
    for order in card.orders("open"):
        order.take(noted_at=None)
    if to.key == "orders":
        _join_queue(card)
    return move


def _last_done(card: Card) -> list[UpgradeOrder]:
    """The orders that ended together, the last time the card came to its end."""
    done = card.orders("done")
    last = max((order.finished_at for order in done if order.finished_at), default=None)
    return [order for order in done if order.finished_at == last]


def _reopen(card: Card) -> None:
    for order in _last_done(card):
        order.take(status="open", finished_at=None)


def start_queue(card: Card, mine: Department | None) -> None:
    """What waited behind a card under way begins, once the card is at its end; none is lost (U-33, D-30)."""
    waiting = card.orders("queued")
    if not waiting:
        return
    for order in waiting:
        order.take(status="open")
    launched = select(CardNote.id).where(CardNote.order_id == waiting[0].id).order_by(CardNote.id).limit(1)
    _moved(card, BoardColumn.of("orders").id, db.session.scalars(launched).one(), mine, starts=True)


def _join_queue(card: Card) -> None:
    """A card that is back where the work begins takes in what waited behind it (D-30)."""
    for order in card.orders("queued"):
        order.take(status="open")
        card.record("card.queue_joined", order=order.words)


def _moved(
    card: Card,
    to_column_id: int,
    note_id: int,
    mine: Department | None,
    names: tuple[str, str] | None = None,
    *,
    undoes_id: int | None = None,
    entered_at: datetime | None = None,
    reason: str = "",
    starts: bool = False,
) -> CardMove:
    """The card in its new column, the row of the move, and its event."""
    now, left, stood_since = clock.now(), card.board_column_id, card.entered_at
    card.take(board_column_id=to_column_id, entered_at=entered_at or now, moved_by_id=who().actor.id)
    row = CardMove(
        company_id=card.company_id,
        card_id=card.id,
        version=card.version,
        from_column_id=left,
        to_column_id=to_column_id,
        note_id=note_id,
        undoes_id=undoes_id,
        stood_since=stood_since,
        operator_id=who().actor.id,
        department_id=mine.id if mine else None,
        moved_at=now,
    )
    db.session.add(row)
    before, after = names or (_name(left), _name(to_column_id))
    words: dict[str, Any] = {"before": before, "after": after, "sector": mine.name if mine else "-"}
    if undoes_id:
        card.record("card.move_undone", **words)
    elif reason:
        card.record("card.sent_back", **words, reason=reason)
    elif starts:
        card.record("card.queue_started", **words)
    else:
        card.record("card.moved", **words)
    db.session.flush()
    return row


def first_move(card: Card, note: CardNote, mine: Department | None) -> CardMove:
    """How a new card came to the board."""
    row = CardMove(
        company_id=card.company_id,
        card_id=card.id,
        version=card.version,
        from_column_id=None,
        to_column_id=card.board_column_id,
        note_id=note.id,
        operator_id=who().actor.id,
        department_id=mine.id if mine else None,
        moved_at=card.entered_at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def start_again(card: Card, note: CardNote, mine: Department | None) -> CardMove:
    """A card at its end goes back to the beginning with a new order (U-28)."""
    move = _moved(card, BoardColumn.of("orders").id, note.id, mine)
    _join_queue(card)
    return move


def rest(card: Card, note: CardNote, mine: Department | None) -> None:
    """A card without any order under way rests at its end; what waited begins."""
    _moved(card, BoardColumn.of("done").id, note.id, mine)
    start_queue(card, mine)


def last_move(card: Card) -> CardMove | None:
    rows = select(CardMove).where(CardMove.card_id == card.id).order_by(CardMove.version.desc()).limit(1)
    return db.session.scalars(rows).first()


def require_seen(card: Card, version: int | None) -> None:
    """Raises Stale, saying who moved it where and when, unless the card is still the one that was shown."""
    if version != card.version:
        raise Stale(_who_was_faster(card))


def _who_was_faster(card: Card) -> str:
    rows = select(Operator.name, BoardColumn.name, CardMove.moved_at).join(
        BoardColumn, BoardColumn.id == CardMove.to_column_id
    )
    rows = rows.outerjoin(Operator, Operator.id == CardMove.operator_id)
    rows = rows.where(CardMove.card_id == card.id).order_by(CardMove.version.desc()).limit(1)
    name, column, at = db.session.execute(rows).one()
    return f"{name or 'O Enlace'} já moveu este card para {column} {near(at, zone_of(card))}. Ele está lá."


def _name(column_id: int) -> str:
    return db.session.get_one(BoardColumn, column_id).name
