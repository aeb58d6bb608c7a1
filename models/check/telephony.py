"""The panel has what the contract pays for, and each card stands where its orders and log say (U-21, U-26, U-33)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, text

from models.base import db
from models.boards import FIXED, BoardColumn, Card, CardMove, CardNote
from models.check.question import findings
from models.contracts import Contract
from models.operators import DUTIES, Department
from models.services import Service, ServiceItem
from models.telephony import Pabx, PabxItem, UpgradeLine, UpgradeOrder, UpgradeRequest, UpgradeSpare

LOGS = ("card_move", "card_note")
TRIGGERS = {
    "sqlite": {f"{table}_no_{what}" for table in LOGS for what in ("update", "delete")},
    "postgresql": {f"{table}_{what}" for table in LOGS for what in ("kept", "no_truncate")},
}
_KNOWN_TRIGGERS = {
    "sqlite": "select name from sqlite_master where type = 'trigger' and tbl_name in ('card_move', 'card_note')",
    "postgresql": "select tgname from pg_trigger where tgenabled in ('O', 'A')"
    " and tgrelid in ('card_move'::regclass, 'card_note'::regclass)",
}


def cards_stand_where_their_orders_are() -> list[str]:
    """At its end nothing is under way; before it something is; only behind one that went on anything waits (D-30)."""
    rows = select(Card.id).join(BoardColumn, BoardColumn.id == Card.board_column_id)
    done, orders = BoardColumn.key == "done", BoardColumn.key == "orders"
    ended = rows.where(done, or_(_has("open"), _has("queued")))
    idle = rows.where(or_(BoardColumn.key.is_(None), ~done), ~_has("open"))
    waiting = rows.where(orders, _has("queued"))
    return [
        *findings("card {id}: está em Tudo OK com pedido por fazer", ended),
        *findings("card {id}: está no trabalho sem pedido em andamento", idle),
        *findings("card {id}: um pedido espera na fila, e o card está no começo", waiting),
    ]


def _has(status: str) -> ColumnElement[bool]:
    mine = select(UpgradeOrder.id).where(UpgradeOrder.pabx_id == Card.pabx_id, UpgradeOrder.status == status)
    return mine.exists()


def orders_are_on_a_card() -> list[str]:
    """Of their customer: none is lost (U-33)."""
    rows = select(UpgradeOrder.id).outerjoin(Card, Card.pabx_id == UpgradeOrder.pabx_id)
    return findings("pedido de upgrade {id}: não está em card nenhum", rows.where(Card.id.is_(None)))


def moves_are_the_versions_of_their_card() -> list[str]:
    """From 1 to where it is now, the last one into its column (U-26)."""
    moves = select(CardMove.card_id, func.count().label("many"), func.max(CardMove.version).label("last"))
    told = moves.group_by(CardMove.card_id).subquery()
    rows = select(Card.id, Card.version, func.coalesce(told.c.many, 0).label("many"))
    rows = rows.outerjoin(told, told.c.card_id == Card.id)
    gaps = rows.where(or_(told.c.many.is_distinct_from(Card.version), told.c.last.is_distinct_from(Card.version)))
    here = select(Card.id).join(CardMove, and_(CardMove.card_id == Card.id, CardMove.version == Card.version))
    lost = here.where(CardMove.to_column_id != Card.board_column_id)
    return [
        *findings("card {id}: versão {version}, movimentos gravados: {many}", gaps),
        *findings("card {id}: não está na coluna do último movimento", lost),
    ]


def moves_have_a_note() -> list[str]:
    """Of the same card, with something in it (U-23)."""
    rows = select(CardMove.id, CardMove.card_id).outerjoin(CardNote, CardNote.id == CardMove.note_id)
    blank = or_(CardNote.id.is_(None), CardNote.card_id != CardMove.card_id, func.trim(CardNote.text) == "")
    return findings("movimento {id} do card {card_id}: sem nota", rows.where(blank))


def noted_orders_have_their_note() -> list[str]:
    """In the column where the card stands (U-23)."""
    here = select(CardNote.id).where(
        CardNote.order_id == UpgradeOrder.id,
        CardNote.board_column_id == Card.board_column_id,
        CardNote.written_at == UpgradeOrder.noted_at,
    )
    rows = select(UpgradeOrder.id).join(Card, Card.pabx_id == UpgradeOrder.pabx_id)
    rows = rows.where(UpgradeOrder.noted_at.is_not(None), ~here.exists())
    return findings("pedido de upgrade {id}: consta anotado, e a nota não está no card", rows)


def the_board_has_its_columns() -> list[str]:
    """The three of the procedure in their order, and nothing behind the last; no card in one out of use (U-12)."""
    rows = select(BoardColumn.key, BoardColumn.position)
    places: dict[Any, int] = dict(db.session.execute(rows.where(BoardColumn.key.is_not(None))).all())
    last = db.session.scalar(select(func.max(BoardColumn.position)))
    found = [f"Planner: falta a coluna {name}" for key, (name, _) in FIXED.items() if key not in places]
    if not found and not places["orders"] < places["finance"] < places["done"] == last:
        found = ["Planner: as colunas do procedimento não estão na ordem dele"]
    gone = select(Card.id).join(BoardColumn, BoardColumn.id == Card.board_column_id)
    return found + findings(
        "card {id}: está numa coluna fora de uso", gone.where(BoardColumn.inactive_since.is_not(None))
    )


def every_turn_is_somebodys() -> list[str]:
    """Where there are cards, each duty is a sector's, and so is each column of the house's own (U-25)."""
    if db.session.scalar(select(Card.id).limit(1)) is None:
        return []
    known = set(db.session.scalars(select(Department.duty).where(Department.duty.is_not(None))))
    rows = select(BoardColumn.id).join(Department, Department.id == BoardColumn.department_id)
    rows = rows.where(BoardColumn.inactive_since.is_(None), Department.inactive_since.is_not(None))
    return [
        *(f"setores: nenhum tem o papel {duty} na telefonia" for duty in DUTIES if duty not in known),
        *findings("coluna {id} do Planner: o setor responsável está fora de uso", rows),
    ]


def the_log_of_the_board_is_append_only() -> list[str]:
    dialect = db.engine.dialect.name
    known = set(db.session.scalars(text(_KNOWN_TRIGGERS[dialect])))
    return [f"banco: falta o gatilho {name} do Planner" for name in sorted(TRIGGERS[dialect] - known)]


def adjusted_orders_are_in_the_contract() -> list[str]:
    """The contract pays what the order says, and nothing for one that was not adjusted (U-21)."""
    order = UpgradeOrder
    rows = select(order.id).outerjoin(ServiceItem, ServiceItem.id == order.service_item_id)
    other = or_(
        ServiceItem.id.is_(None),
        ServiceItem.service_id != order.service_id,
        ServiceItem.quantity != order.quantity,
        ServiceItem.amount_cents != order.quantity * order.unit_cents,
        order.after_cents - order.before_cents != order.quantity * order.unit_cents,
    )
    paid = rows.where(order.adjusted_at.is_not(None), other)
    unpaid = select(order.id).where(order.adjusted_at.is_(None), order.service_item_id.is_not(None))
    return [
        *findings("pedido de upgrade {id}: consta ajustado, e a composição do contrato não diz o mesmo", paid),
        *findings("pedido de upgrade {id}: não foi ajustado, e o contrato já o cobra", unpaid),
    ]


def items_are_contracted_with_their_order() -> list[str]:
    """What an order made is contracted since it was adjusted, not before; what no order made, since it came (U-06)."""
    there = select(PabxItem.id).outerjoin(UpgradeOrder, UpgradeOrder.id == PabxItem.order_id)
    there = there.where(PabxItem.status != "withdrawn")
    paid = or_(PabxItem.order_id.is_(None), UpgradeOrder.adjusted_at.is_not(None))
    return [
        *findings(
            "item {id} do Painel PABX: o contrato o inclui, e o painel não",
            there.where(paid, PabxItem.contracted_on.is_(None)),
        ),
        *findings(
            "item {id} do Painel PABX: consta contratado, e o pedido não foi ajustado",
            there.where(~paid, PabxItem.contracted_on.is_not(None)),
        ),
        *findings(
            "item {id} do Painel PABX: é de um pedido cancelado", there.where(UpgradeOrder.status == "cancelled")
        ),
    ]


def extensions_are_made_as_ordered() -> list[str]:
    """A line for each extension, and an item for each line once they were made, none before (U-14, U-18)."""
    lines = select(UpgradeLine.order_id, func.count().label("many"), func.count(UpgradeLine.item_id).label("made"))
    named = lines.group_by(UpgradeLine.order_id).subquery()
    order, many = UpgradeOrder, func.coalesce(named.c.many, 0)
    rows = select(order.id).outerjoin(named, named.c.order_id == order.id).where(order.kind == "extension")
    made = func.coalesce(named.c.made, 0)
    wrong = or_(and_(order.made_at.is_not(None), made != order.quantity), and_(order.made_at.is_(None), made != 0))
    return [
        *findings(
            "pedido de upgrade {id}: os nomes não são tantos quantos os ramais", rows.where(many != order.quantity)
        ),
        *findings("pedido de upgrade {id}: os ramais criados não são os do pedido", rows.where(wrong)),
    ]


def everything_is_of_one_customer() -> list[str]:
    """The panel, its items, the orders, who pays for them, and what was confirmed as without use."""
    item = select(PabxItem.id).join(Pabx, Pabx.id == PabxItem.pabx_id).join(Service, Service.id == PabxItem.service_id)
    item = item.outerjoin(UpgradeOrder, UpgradeOrder.id == PabxItem.order_id)
    items = item.where(or_(Service.person_id != Pabx.person_id, UpgradeOrder.pabx_id != PabxItem.pabx_id))
    order = select(UpgradeOrder.id).join(Pabx, Pabx.id == UpgradeOrder.pabx_id)
    order = order.join(UpgradeRequest, UpgradeRequest.id == UpgradeOrder.request_id)
    order = order.join(Service, Service.id == UpgradeOrder.service_id)
    order = order.join(Contract, Contract.id == UpgradeOrder.contract_id)
    people = (UpgradeOrder.person_id, UpgradeRequest.person_id, Service.person_id)
    strange = or_(*(column != Pabx.person_id for column in people), Contract.service_id != Service.id)
    card = select(Card.id).join(Pabx, Pabx.id == Card.pabx_id).where(Card.person_id != Pabx.person_id)
    spare = select(UpgradeSpare.request_id.label("id"))
    spare = spare.join(UpgradeRequest, UpgradeRequest.id == UpgradeSpare.request_id)
    spare = spare.join(PabxItem, PabxItem.id == UpgradeSpare.item_id).join(Pabx, Pabx.id == PabxItem.pabx_id)
    return [
        *findings("item {id} do Painel PABX: o telefone ou o pedido é de outro cliente", items),
        *findings(
            "pedido de upgrade {id}: o painel, o contrato ou quem pediu é de outro cliente", order.where(strange)
        ),
        *findings("card {id}: o painel é de outro cliente", card),
        *findings(
            "pedido de telefonia {id}: confirmou o que é de outro cliente",
            spare.where(UpgradeRequest.person_id != Pabx.person_id),
        ),
    ]


def nothing_is_sold_that_stands_free() -> list[str]:
    """What was used and what was sold are at most what was wanted; launched is what has an order (U-08, D-02)."""
    rows = select(UpgradeRequest.id).outerjoin(UpgradeOrder, UpgradeOrder.request_id == UpgradeRequest.id)
    wanted, launched = func.coalesce(UpgradeRequest.wanted, 0), UpgradeRequest.status == "launched"
    more = rows.where(UpgradeRequest.used + UpgradeOrder.quantity > wanted)
    lost = rows.where(or_(and_(launched, UpgradeOrder.id.is_(None)), and_(~launched, UpgradeOrder.id.is_not(None))))
    return [
        *findings("pedido de telefonia {id}: vendeu mais do que faltava", more),
        *findings("pedido de telefonia {id}: está lançado sem pedido no Planner, ou o contrário", lost),
    ]


QUESTIONS = (
    cards_stand_where_their_orders_are,
    orders_are_on_a_card,
    moves_are_the_versions_of_their_card,
    moves_have_a_note,
    noted_orders_have_their_note,
    the_board_has_its_columns,
    every_turn_is_somebodys,
    the_log_of_the_board_is_append_only,
    adjusted_orders_are_in_the_contract,
    items_are_contracted_with_their_order,
    extensions_are_made_as_ordered,
    everything_is_of_one_customer,
    nothing_is_sold_that_stands_free,
)
