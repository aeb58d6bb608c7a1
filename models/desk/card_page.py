"""A card of the Planner as a page: its orders, what the contract becomes, what was written on it (U-26, U-27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.billing.charged_without import ChargedWithout, charged_without
from models.billing.run import Due, due_services
from models.boards import (
    BoardColumn,
    Card,
    Facts,
    Place,
    places,
    refusal_to_adjust,
    refusal_to_cancel,
    refusal_to_make,
    refusal_to_move,
    refusal_to_take_back,
)
from models.contracts import Contract
from models.history import Event
from models.keyset import By, Key, Keyset
from models.operators import Operator, zone_of
from models.people import Person, PersonTag, Tag
from models.pricing import Item
from models.services import Service
from models.services.composition import printed
from models.telephony import KINDS, Count, PabxItem, UpgradeLine, UpgradeOrder, UpgradeRequest, count, refusal_to_step
from models.telephony.sectors import Step
from models.wording import near

PAGE = 30
AHEAD = timedelta(days=62)  # within which the next invoice of a month falls due
ABOUT = {"orders": "cria e instala", "finance": "ajusta o contrato"}
LOG = Keyset(By(Event.id, descending=True))
OF_THE_LOG = ("card", "upgrade_order", "pabx_item")


class LineShown(NamedTuple):
    """An extension of an order, and what it became in the panel."""

    line: UpgradeLine
    item: PabxItem | None


@dataclass(frozen=True)
class OrderShown:
    """An order with its agreement, who launched it, the contract that pays and the composition of its service."""

    order: UpgradeOrder
    request: UpgradeRequest
    contract: Contract
    service: Service
    by: str
    lines: list[LineShown]

    @property
    def facts(self) -> Facts:
        waiting = [line.item.called for line in self.lines if line.item and line.item.status == "ordered"]
        order = self.order
        return Facts(order.counted, order.has_extensions, bool(order.made_at), bool(order.adjusted_at), waiting)

    @property
    def without(self) -> ChargedWithout | None:
        """What was invoiced without it, for somebody to charge by hand."""
        return without(self.order, self.service)

    @property
    def made(self) -> int:
        return sum(line.item is not None for line in self.lines)

    @property
    def marked(self) -> int:
        return sum(bool(line.item and line.item.status != "ordered") for line in self.lines)


@dataclass(frozen=True)
class CardPage:
    card: Card
    person: Person
    tags: list[str]
    here: Place
    among: list[Place]
    orders: list[OrderShown]
    items: list[PabxItem]
    sent_back: Event | None  # the reason it stands here, where a supervisor gave it back
    next_invoice: Due | None
    step: Step  # asked of every order, answered once

    @property
    def under_way(self) -> list[OrderShown]:
        return [shown for shown in self.orders if shown.order.status == "open"]

    @property
    def last_done(self) -> list[OrderShown]:
        """In «Tudo OK»: what ended with the card's last way through."""
        rests = self.card.entered_at if self.here.is_done else None
        return [shown for shown in self.orders if shown.order.is_done and shown.order.finished_at == rests]

    @property
    def queued(self) -> list[OrderShown]:
        return [shown for shown in self.orders if shown.order.status == "queued"]

    @property
    def ended(self) -> list[OrderShown]:
        return [shown for shown in self.orders if not shown.order.is_alive and shown not in self.last_done]

    @property
    def stays(self) -> timedelta:
        return clock.now() - self.card.entered_at

    @property
    def extensions(self) -> Count:
        return count(item for item in self.items if item.kind == "extension")

    @property
    def fio(self) -> list[dict[str, Any]]:
        """The way of the card: Comercial, then the columns, with what is known of each."""
        last_order = max((shown.order.created_at for shown in self.under_way or self.orders), default=None)
        launched = near(last_order, zone_of(self.card)) if last_order else ""
        steps: list[dict[str, Any]] = [
            {"label": "Comercial", "fact": f"lançou {launched}" if launched else "", "state": "done"}
        ]
        noted = [shown.order.noted_at for shown in self.under_way]
        last = max((at for at in noted if at), default=None)
        for place in self.among:
            passed, here = place.position < self.here.position, place.id == self.here.id
            state = "done" if passed or (here and place.is_done) else "current" if here else "next"
            fact = ABOUT.get(place.key or "", "") if not passed and not here else ""
            if here and not place.is_done:
                fact = f"nota feita {near(last, zone_of(self.card))}" if last else "falta a nota"
            steps.append({"label": place.name, "fact": fact, "state": state, "passes": passed})
        return steps

    @property
    def next(self) -> Place | None:
        """The column behind this one."""
        return next((place for place in self.among if place.position > self.here.position), None)

    @property
    def acts(self) -> bool:
        """Has the sector of whoever looks a part in the procedure?"""
        return any(place.has_part for place in self.among)

    def refusal_to_make(self, order: UpgradeOrder) -> str | None:
        return refusal_to_make(order, self.here, self.among, self.step)

    def refusal_to_adjust(self, order: UpgradeOrder) -> str | None:
        return refusal_to_adjust(order, self.here, self.among, self.step)

    def refusal_to_take_back(self, order: UpgradeOrder) -> str | None:
        return refusal_to_take_back(order, self.here, self.among, self.step)

    def refusal_to_cancel(self, order: UpgradeOrder, supervises: bool) -> str | None:
        """The rule of taking an order back, asked before there is one."""
        return refusal_to_cancel(order, self.here, supervises=supervises, step=self.step)

    def refusal_to_move(self, to: Place | None, supervises: bool) -> str | None:
        """The rule of the move, asked before there is one."""
        facts = [shown.facts for shown in self.under_way]
        return refusal_to_move(self.here, to, self.among, facts, supervises=supervises)


def card_page(card: Card) -> CardPage:
    """All that the page of a card shows but its log."""
    among = places()
    here = next((place for place in among if place.id == card.board_column_id), None) or _retired(card)
    person = db.session.execute(select(Person).where(Person.id == card.person_id)).scalar_one()
    names = list(db.session.scalars(_tags(card.person_id)))
    items = list(db.session.scalars(select(PabxItem).where(PabxItem.pabx_id == card.pabx_id).order_by(PabxItem.id)))
    orders = _orders(card, items)
    sent_back = _sent_back(card)
    due, step = _next_invoice(card, here, orders), cache(refusal_to_step)
    return CardPage(card, person, names, here, among, orders, items, sent_back, due, step)


def without(order: UpgradeOrder, service: Service) -> ChargedWithout | None:
    """What of the order's first days was invoiced before it came into the contract."""
    name = printed(order.item_name, order.quantity, order.total_cents)
    return charged_without(service, Item(name, order.total_cents, KINDS[order.kind].item_kind, order.starts_on))


def _next_invoice(card: Card, here: Place, orders: Sequence[OrderShown]) -> Due | None:
    """What the run will ask for the telephone next, once its contract follows an order (U-21)."""
    adjusted = next((shown for shown in orders if shown.order.adjusted_at), None)
    if adjusted is None or here.key not in ("finance", "done"):
        return None
    until = clock.today(zone_of(card)) + AHEAD
    dues = (due for due in due_services([card.person_id], until) if due.service.id == adjusted.order.service_id)
    return next((due for due in dues if due.charges), None)


def log(card: Card, after: Key | None) -> list[Event]:
    """What was written and done, the newest first: a page, and one more where there is a next one."""
    rows = select(Event).where(
        Event.person_id == card.person_id, Event.company_id == card.company_id, Event.subject_type.in_(OF_THE_LOG)
    )
    return list(db.session.scalars(LOG.page(rows, after, PAGE)))


def _sent_back(card: Card) -> Event | None:
    """The last move, where it was one back; while the card stands in that column."""
    moved = select(Event).where(Event.subject_type == "card", Event.subject_id == card.id)
    moved = moved.where(Event.action.in_(("card.moved", "card.sent_back", "card.move_undone", "card.queue_started")))
    last = db.session.scalars(moved.order_by(Event.id.desc()).limit(1)).first()
    return last if last and last.action == "card.sent_back" else None


def _retired(card: Card) -> Place:
    column = db.session.get_one(BoardColumn, card.board_column_id)
    return Place(column.id, column.key, column.name, column.position, column.procedure_id, None, None, None)


def _tags(person_id: int) -> Any:
    rows = select(Tag.name).join(PersonTag, PersonTag.tag_id == Tag.id)
    return rows.where(PersonTag.person_id == person_id).order_by(Tag.name)


def _orders(card: Card, items: Sequence[PabxItem]) -> list[OrderShown]:
    by = aliased(Operator)
    rows = (
        select(UpgradeOrder, UpgradeRequest, Contract, Service, by.name)
        .join(UpgradeRequest, UpgradeRequest.id == UpgradeOrder.request_id)
        .join(Contract, Contract.id == UpgradeOrder.contract_id)
        .join(Service, Service.id == UpgradeOrder.service_id)
        .outerjoin(by, by.id == UpgradeOrder.launched_by_id)
        .where(UpgradeOrder.pabx_id == card.pabx_id)
        .order_by(UpgradeOrder.id.desc())
    )
    found = list(db.session.execute(rows))
    by_id = {item.id: item for item in items}
    lines: dict[int, list[LineShown]] = {}
    asked = select(UpgradeLine).where(UpgradeLine.order_id.in_([row[0].id for row in found]))
    for line in db.session.scalars(asked.order_by(UpgradeLine.order_id, UpgradeLine.position)):
        item = by_id.get(line.item_id) if line.item_id else None
        lines.setdefault(line.order_id, []).append(LineShown(line, item))
    return [OrderShown(*row, lines.get(row[0].id, [])) for row in found]
