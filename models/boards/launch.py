"""Comercial launches an order: the card comes to «Pedidos e Alterações», or the order joins it (U-13, U-33)."""

from __future__ import annotations

from sqlalchemy import select

from models import clock
from models.base import db, lock, upsert
from models.boards.board_column import BoardColumn, Place
from models.boards.card import Card
from models.boards.card_move import first_move, rest, start_again
from models.boards.card_note import keep
from models.boards.under_way import card_of
from models.contracts import Contract
from models.operators import own_department
from models.refused import Refused, require
from models.scope import who
from models.telephony import OrderTerms, Pabx, UpgradeOrder, UpgradeRequest, refusal_to_step
from models.telephony.sectors import Step
from models.wording import brl, tidy


def launch(request: UpgradeRequest, terms: OrderTerms, version: int | None = None) -> tuple[Card, UpgradeOrder]:
    """The order of an agreed request on the customer's card; it counts as Comercial's note (U-13, U-23, U-32).

    A card in «Pedidos e Alterações» takes it in; one further on keeps it in the queue; one in «Tudo OK» starts again
    (D-30). Raises Refused with the fields at fault, Stale.
    """
    pabx = Pabx.held(request.company_id, request.person_id)
    card, is_new = _card(pabx)
    here = db.session.get_one(BoardColumn, card.board_column_id)
    status = "open" if is_new or _takes_in(here) else "queued"
    order = UpgradeOrder.place(request, terms, status, version)
    mine = own_department()
    note = keep(card, here.id, _told(order), order, mine)
    if is_new:
        first_move(card, note, mine)
    elif here.is_done:
        start_again(card, note, mine)
    how = "em Pedidos e Alterações" if status == "open" else f"na fila: o card está em {here.name}"
    number = db.session.get_one(Contract, order.contract_id).number
    order.record("upgrade_order.launched", order=order.words, price=brl(order.total_cents), number=number, how=how)
    return card, order


def cancel(order: UpgradeOrder, reason: str, version: int | None = None, *, supervises: bool = False) -> Card:
    """Take an order back before the contract was adjusted: what was made for it leaves the panel (U-28).

    A card without another order under way rests in «Tudo OK». An order is launched anew from a new request, which is
    its undo. Raises Refused without a reason, or when it is too late; Stale.
    """
    order.hold(version)
    card = lock(_card_of(order))
    here = db.session.get_one(BoardColumn, card.board_column_id)
    require(refusal_to_cancel(order, here, supervises=supervises))
    if not tidy(reason):
        raise Refused("Escreva o motivo.", field="reason")
    was_open, mine = order.status == "open", own_department()
    order.withdraw(reason)
    note = keep(card, card.board_column_id, f"Pedido cancelado: {tidy(reason)}"[:1000], order, mine)
    if was_open and not card.orders("open"):
        rest(card, note, mine)
    return card


def refusal_to_cancel(
    order: UpgradeOrder, here: BoardColumn | Place, *, supervises: bool = False, step: Step = refusal_to_step
) -> str | None:
    """Why an order on a card that stands here is not taken back; past support only a supervisor does."""
    if refusal := order.refusal_to_cancel(supervises=supervises, step=step):
        return refusal
    begun = not supervises and order.status == "open" and here.key != "orders"
    return "O card já passou do Suporte. Peça à supervisão." if begun else None


def waits_behind(request: UpgradeRequest) -> str | None:
    """The column where the customer's card keeps a new order waiting; None where it begins at once (U-33, D-30)."""
    card = card_of(pabx.id) if (pabx := Pabx.of(request.company_id, request.person_id)) else None
    here = db.session.get_one(BoardColumn, card.board_column_id) if card else None
    return here.name if here and not _takes_in(here) else None


def _takes_in(here: BoardColumn) -> bool:
    return here.key in ("orders", "done")


def _card_of(order: UpgradeOrder) -> Card:
    return db.session.scalars(select(Card).where(Card.pabx_id == order.pabx_id)).one()


def _card(pabx: Pabx) -> tuple[Card, bool]:
    """The card of the panel's customer, held, and whether it is new: of two launches at once one makes it (U-11)."""
    now, column = clock.now(), BoardColumn.of("orders")
    values = {
        "company_id": pabx.company_id,
        "person_id": pabx.person_id,
        "pabx_id": pabx.id,
        "board_column_id": column.id,
        "entered_at": now,
        "moved_by_id": who().actor.id,
        "created_at": now,
        "version": 1,
    }
    making = upsert(Card).values(**values).on_conflict_do_nothing().returning(Card.id)
    made = db.session.execute(making).scalar_one_or_none()
    return lock(db.session.scalars(select(Card).where(Card.pabx_id == pabx.id)).one()), made is not None


def _told(order: UpgradeOrder) -> str:
    return f"Pedido lançado: {order.words}. {brl(order.unit_cents)} cada, a partir de {order.starts_on:%d/%m/%Y}."
