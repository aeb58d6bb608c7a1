"""What a service is composed of, and how its composition grows after the sale (X-16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Select, String, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Cents, Id, db, lock
from models.catalog.plan import ITEM_KINDS
from models.operators import today_of
from models.pricing import Item
from models.refused import Refused, require
from models.scope import OfCompany
from models.wording import brl, day, tidy

MOST, HIGHEST_UNIT = 500, 1_000_000  # of one item, centavos of each: beyond them it is a slip of the keyboard
FARTHEST = timedelta(days=730)
LONGEST = 50  # letters: an invoice writes quantity and value behind the name


class ServiceItem(OfCompany, Base):
    """A line of the composition, copied from the plan at the sale: a later price does not touch it (X-16).

    What came later has `starts_on`, the first day it is charged; None: since the service began.
    """

    __tablename__ = "service_item"

    id: Mapped[Id]
    service_id: Mapped[int]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    quantity: Mapped[int] = mapped_column(default=1)
    amount_cents: Mapped[Cents]  # of all of them
    starts_on: Mapped[date | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        CheckConstraint("amount_cents > 0", name="amount_cents"),
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("amount_cents % quantity = 0", name="unit_cents"),
        Index("ix_service_item_service_id", "service_id"),
        KEPT_IDS,
    )

    @property
    def label(self) -> str:
        return f"item {self.name}"

    @property
    def unit_cents(self) -> int:
        return self.amount_cents // self.quantity

    @property
    def printed(self) -> str:
        """As an invoice names it: 'Ramal adicional, 2 × R$ 24,90'."""
        return printed(self.name, self.quantity, self.amount_cents)

    @property
    def in_words(self) -> str:
        """The same with the day it begins: 'Ramal adicional, 2 × R$ 24,90, a partir de 01/12/2026'."""
        return f"{self.printed}, a partir de {day(self.starts_on)}" if self.starts_on else self.printed

    @property
    def priced(self) -> Item:
        """What is reckoned with."""
        return Item(self.printed, self.amount_cents, self.kind, self.starts_on)

    def refusal_to_take_out(self) -> str | None:
        if self.starts_on:
            return None
        return f"{self.name} veio com o plano e fica no contrato. Só sai o que foi acrescentado depois da venda."


class Composes:
    """What a service can do about its composition."""

    if TYPE_CHECKING:  # columns and verbs of Service
        id: Mapped[int]
        company_id: Mapped[int]
        plan_name: Mapped[str]
        status: Mapped[str]
        starts_on: Mapped[date]

        def record(self, action: str, **data: Any) -> None: ...
        def take(self, version: int | None = None, **values: Any) -> None: ...

    def items(self) -> list[ServiceItem]:
        return list(db.session.scalars(_items(), {"service": self.id}))

    def composition(self) -> tuple[Item, ...]:
        """The items, to reckon with."""
        return tuple(item.priced for item in self.items())

    def refusal_to_compose(self) -> str | None:
        """Why its composition stays as it is."""
        if self.status == "cancelled":
            return "Este serviço está cancelado e a composição dele não muda. Use Adicionar Serviço."
        return None

    def compose(
        self, kind: str, name: str, quantity: int | None, unit_cents: int | None, starts_on: date | None
    ) -> ServiceItem:
        """Add an item that is charged from a day on; what was issued stays, also of days behind that one.

        It is a row of its own, so that each addition keeps its day and value. Raises Refused with the fields at fault.
        """
        lock(self)
        require(self.refusal_to_compose())
        name, today = tidy(name), today_of(self)
        if errors := _errors(kind, name, quantity, unit_cents) | _day_errors(starts_on, self.starts_on, today):
            raise Refused(errors=errors)
        before = self.items()
        row = ServiceItem(
            company_id=self.company_id,
            service_id=self.id,
            position=max((item.position for item in before), default=-1) + 1,
            kind=kind,
            name=name,
            quantity=quantity,
            amount_cents=(quantity or 0) * (unit_cents or 0),
            starts_on=starts_on,
        )
        db.session.add(row)
        facts = self._became(before, [*before, row])
        self.record(
            "service.composed",
            plan=self.plan_name,
            name=name,
            quantity=quantity,
            unit_cents=unit_cents,
            starts_on=starts_on.isoformat() if starts_on else "",
            **facts,
        )
        return row

    def take_out(self, item_id: int, reason: str) -> None:
        """The inverse of `compose`: from now on nothing charges the item. What was issued with it stays.

        Raises Refused for an item that came with the plan, one that is gone, and without a reason.
        """
        lock(self)
        require(self.refusal_to_compose())
        reason, before = tidy(reason), self.items()
        row = next((item for item in before if item.id == item_id), None)
        if row is None:
            raise Refused("Este item não está mais na composição. Confira o que está gravado.", fix=self)
        require(row.refusal_to_take_out())
        if not reason:
            raise Refused("Escreva o motivo. Exemplo: o cliente desistiu dos ramais.", field="reason")
        facts = {"name": row.name, "quantity": row.quantity, "reason": reason}
        db.session.delete(row)
        facts |= self._became(before, [item for item in before if item is not row])
        self.record("service.item_taken_out", plan=self.plan_name, **facts)

    def _became(self, before: Sequence[ServiceItem], after: Sequence[ServiceItem]) -> dict[str, Any]:
        """Write the new composition; both, with their prices, as history keeps them."""
        facts: dict[str, Any] = {}
        for when, items in (("before", before), ("after", after)):
            facts[when] = [f"{item.in_words}: {brl(item.amount_cents)}" for item in items]
            facts[f"{when}_cents"] = sum(item.amount_cents for item in items)
        db.session.flush()
        self.take()
        db.session.refresh(self, ["price_cents"])
        return facts


def printed(name: str, quantity: int, amount_cents: int) -> str:
    """An item as an invoice names it."""
    return f"{name}, {quantity} × {brl(amount_cents // quantity)}" if quantity > 1 else name


def compositions(service_ids: Sequence[int]) -> dict[int, tuple[Item, ...]]:
    """What each of these services is composed of, in one question."""
    found: dict[int, tuple[Item, ...]] = {}
    for id, kind, name, quantity, cents, starts_on in db.session.execute(_compositions(), {"services": service_ids}):
        item = Item(printed(name, quantity, cents), cents, kind, starts_on)
        found[id] = (*found.get(id, ()), item)
    return found


@cache
def _items() -> Select[ServiceItem]:
    mine = select(ServiceItem).where(ServiceItem.service_id == bindparam("service"))
    return mine.order_by(ServiceItem.position)


@cache
def _compositions() -> Select[*tuple[Any, ...]]:
    rows = select(
        ServiceItem.service_id,
        ServiceItem.kind,
        ServiceItem.name,
        ServiceItem.quantity,
        ServiceItem.amount_cents,
        ServiceItem.starts_on,
    )
    rows = rows.where(ServiceItem.service_id.in_(bindparam("services", expanding=True)))
    return rows.order_by(ServiceItem.service_id, ServiceItem.position)


def _errors(kind: str, name: str, quantity: int | None, unit_cents: int | None) -> dict[str, str]:
    errors = {}
    if kind not in ITEM_KINDS:
        errors["kind"] = "Escolha o tipo do item: SCM, SVA, STFC ou Locação."
    if not name:
        errors["name"] = "Escreva o nome que sai na fatura. Exemplo: Ramal adicional."
    elif len(name) > LONGEST:
        errors["name"] = f"Escreva o nome em até {LONGEST} letras."
    if not quantity or not 1 <= quantity <= MOST:
        errors["quantity"] = f"Escreva a quantidade, de 1 a {MOST}."
    if not unit_cents or unit_cents <= 0:
        errors["unit_cents"] = "Escreva o valor de cada um por mês, maior que zero."
    elif unit_cents > HIGHEST_UNIT:
        errors["unit_cents"] = f"Confira o valor de cada um: passa de {brl(HIGHEST_UNIT)}."
    return errors


def _day_errors(starts_on: date | None, begins: date, today: date) -> dict[str, str]:
    if starts_on is None:
        return {"starts_on": "Escolha o dia a partir do qual o item é cobrado."}
    if starts_on < begins:
        return {"starts_on": f"O serviço começa em {day(begins)}. Escolha esse dia ou um depois."}
    if starts_on > today + FARTHEST:
        return {"starts_on": "Confira o ano: o dia passa de dois anos."}
    return {}
