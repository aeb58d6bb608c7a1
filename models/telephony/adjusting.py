"""Finance adjusts the contract to an order: composition, panel and the next invoice follow at once (U-16, U-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import clock
from models.base import db, lock
from models.operators import today_of
from models.refused import Refused, require
from models.scope import who
from models.services import Service
from models.telephony.kinds import KINDS
from models.telephony.pabx import Pabx
from models.telephony.pabx_item import PabxItem, items_of, next_numbers
from models.telephony.sectors import Step, refusal_to_step
from models.telephony.triage import UpgradeSpare
from models.telephony.upgrade_request import UpgradeRequest
from models.wording import brl, listed, phone, tidy


class AdjustsContract:
    if TYPE_CHECKING:
        id: Any
        company_id: Any
        person_id: Any
        pabx_id: Any
        service_id: Any
        kind: Any
        module: Any
        line_number: Any
        quantity: Any
        unit_cents: Any
        starts_on: Any
        status: Any
        words: Any
        made_at: Any
        adjusted_at: Any
        service_item_id: Any
        has_extensions: Any
        take: Any
        hold: Any
        record: Any
        items: Any

    @property
    def item_name(self) -> str:
        """As the composition of the contract and the invoice say it."""
        kind = KINDS[self.kind]
        return f"{kind.item_name} {self.module}" if self.kind == "module" else kind.item_name

    def refusal_to_adjust(self, step: Step = refusal_to_step) -> str | None:
        """Why the contract is not adjusted now; that it is finance's turn the board says."""
        if self.adjusted_at:
            return "O contrato já foi ajustado a este pedido."
        if self.status != "open":
            return "Este pedido não está em andamento."
        if self.has_extensions and not self.made_at:
            return "O Suporte ainda não criou os ramais deste pedido."
        return step("finance")

    def adjust(self, version: int | None = None) -> None:
        """Put it into the contract: the composition grows from its start, the panel counts it (U-21).

        `take_back_adjustment` is its undo. Raises Refused, Stale.
        """
        self.hold(version)
        require(self.refusal_to_adjust())
        service = lock(db.session.get_one(Service, self.service_id))
        before = service.price_cents
        kind = KINDS[self.kind]
        item = service.compose(kind.item_kind, self.item_name, self.quantity, self.unit_cents, self.starts_on)
        after = before + self.unit_cents * self.quantity
        if not self.has_extensions:
            self._add_items()
        for made in self.items():
            made.take(contracted_on=today_of(self))
        now = {"adjusted_at": clock.now(), "adjusted_by_id": who().actor.id}
        self.take(**now, service_item_id=item.id, before_cents=before, after_cents=after)
        self.record("upgrade_order.adjusted", order=self.words, before=brl(before), after=brl(after))

    def _add_items(self) -> None:
        """Channels, modules and lines have nothing to install: in use with the contract (U-24)."""
        pabx, now = db.session.get_one(Pabx, self.pabx_id), clock.now()
        if self.kind == "line" and (known := self._known_line(pabx)):
            known.take(status="in_use", used_at=now, service_id=self.service_id, order_id=self.id)
            return
        for number in [self.line_number] if self.kind == "line" else next_numbers(pabx, self.kind, self.quantity):
            db.session.add(
                PabxItem(
                    company_id=self.company_id,
                    pabx_id=self.pabx_id,
                    service_id=self.service_id,
                    kind=self.kind,
                    number=number,
                    name=self.module,
                    status="in_use",
                    used_at=now,
                    order_id=self.id,
                    created_at=now,
                    version=1,
                )
            )
        db.session.flush()

    def _known_line(self, pabx: Pabx) -> PabxItem | None:
        """The line of this number where it was withdrawn: no number stands twice in a panel. Raises Refused."""
        known = next((row for row in items_of(pabx.id, "line") if row.number == self.line_number), None)
        if known and known.status != "withdrawn":
            raise Refused(f"A linha {phone(self.line_number)} já está no Painel PABX. Confira o número do pedido.")
        return known

    def refusal_to_take_back_adjustment(self, step: Step = refusal_to_step) -> str | None:
        """Why the contract does not become what it was."""
        if not self.adjusted_at:
            return "O contrato ainda não foi ajustado a este pedido."
        if self.status != "open":
            return "O pedido já terminou. Peça à supervisão que devolva o card ao Financeiro."
        return step("finance")

    def refusal_since_adjusted(self) -> str | None:
        """Why the panel does not become what it was: what came with the order serves something else by now."""
        made = self.items()
        if len(made) != self.quantity:
            return "O Painel PABX mudou depois do ajuste. Acerte o painel com o contrato antes de desfazer."
        again = select(UpgradeSpare.item_id).join(UpgradeRequest, UpgradeRequest.id == UpgradeSpare.request_id)
        again = again.where(UpgradeSpare.item_id.in_([item.id for item in made]), UpgradeRequest.used > 0)
        used = set(db.session.scalars(again))
        names = [item.called for item in made if item.id in used and item.status == "in_use"]
        return f"Outro pedido já usa {listed(names)}. O contrato fica como está." if names else None

    def take_back_adjustment(self, reason: str, version: int | None = None) -> None:
        """The contract and the panel as before; what was invoiced stays. Raises Refused without a reason, Stale."""
        self.hold(version)
        require(self.refusal_to_take_back_adjustment() or self.refusal_since_adjusted())
        if not tidy(reason):
            raise Refused("Escreva o motivo.", field="reason")
        service = lock(db.session.get_one(Service, self.service_id))
        item_id, before = self.service_item_id, service.price_cents
        for made in self.items():
            gone = {} if self.has_extensions else {"status": "withdrawn", "used_at": None, "free_since": None}
            waits = {"status": "ordered", "free_since": None} if made.status == "free" and self.has_extensions else {}
            made.take(contracted_on=None, **gone, **waits)
        nothing: dict[str, Any] = dict.fromkeys(("adjusted_at", "adjusted_by_id", "service_item_id"))
        self.take(**nothing, before_cents=None, after_cents=None)
        service.take_out(item_id, tidy(reason))
        after = before - self.unit_cents * self.quantity
        words = {"before": brl(before), "after": brl(after), "reason": tidy(reason)}
        self.record("upgrade_order.adjustment_taken_back", order=self.words, **words)
