"""Support makes the extensions of an order, once, and marks each as installed or its data as sent (U-18, U-19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import clock
from models.base import db
from models.refused import require
from models.scope import who
from models.telephony.pabx import Pabx
from models.telephony.pabx_item import PabxItem, next_numbers
from models.telephony.sectors import Step, refusal_to_step
from models.wording import counted


class MakesItems:
    if TYPE_CHECKING:
        id: Any
        company_id: Any
        service_id: Any
        pabx_id: Any
        status: Any
        made_at: Any
        has_extensions: Any
        take: Any
        hold: Any
        record: Any
        lines: Any

    def items(self) -> list[PabxItem]:
        """What stands in the panel for it, in its order."""
        mine = select(PabxItem).where(PabxItem.order_id == self.id, PabxItem.status != "withdrawn")
        return list(db.session.scalars(mine.order_by(PabxItem.id)))

    def refusal_to_make(self, step: Step = refusal_to_step) -> str | None:
        """Why its extensions are not made now; that it is support's turn the board says."""
        if not self.has_extensions:
            return "Canal, módulo e linha não têm ramal a criar: é só o ajuste técnico. Anote e passe adiante."
        if self.made_at and self.status != "cancelled":
            return "Os ramais deste pedido já foram criados no Painel PABX."
        if self.status != "open":
            return "Este pedido não está em andamento."
        return step("support")

    def make(self, version: int | None = None) -> list[PabxItem]:
        """Put its extensions into the panel with numbers of their own (U-18); asked again, it refuses.

        Their undo is to cancel the order. Raises Refused, Stale.
        """
        self.hold(version)
        require(self.refusal_to_make())
        lines, now = self.lines(), clock.now()
        numbers = next_numbers(db.session.get_one(Pabx, self.pabx_id), "extension", len(lines))
        made = []
        for line, number in zip(lines, numbers, strict=True):
            item = PabxItem(
                company_id=self.company_id,
                pabx_id=self.pabx_id,
                service_id=self.service_id,
                kind="extension",
                number=number,
                name=line.name,
                sector=line.sector,
                status="ordered",
                procedure=line.procedure,
                order_id=self.id,
                created_at=now,
                version=1,
            )
            db.session.add(item)
            db.session.flush()
            line.item_id = item.id
            made.append(item)
        self.take(made_at=now, made_by_id=who().actor.id)
        self.record("upgrade_order.made", extensions=counted(len(made), "ramal", "ramais"), numbers=", ".join(numbers))
        return made

    def unmarked(self) -> list[PabxItem]:
        """Extensions of it that nobody said yet are installed or sent."""
        return [item for item in self.items() if item.status == "ordered"]
