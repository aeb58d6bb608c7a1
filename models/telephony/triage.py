"""Triage: what the customer has without use comes before anything is sold (U-05, U-07 to U-09, U-31; D-01, D-02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, db, insert_all
from models.operators import own_department
from models.refused import Refused, require
from models.scope import who
from models.telephony.kinds import KINDS, MOST
from models.telephony.pabx import Pabx
from models.telephony.pabx_item import PabxItem, Use, free_ones
from models.telephony.sectors import Step, refusal_to_step, sector
from models.wording import tidy

TRIAGES = ("support", "sales")
UNCHECKED = "Antes, confira com o cliente o que ele tem contratado sem uso."


class UpgradeSpare(Base):
    """What the customer confirmed as without use, in the check of a request (U-07)."""

    __tablename__ = "upgrade_spare"

    request_id: Mapped[int] = mapped_column(ForeignKey("upgrade_request.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("pabx_item.id"), primary_key=True)


class IsTriaged:
    if TYPE_CHECKING:
        id: Any
        company_id: Any
        person_id: Any
        kind: Any
        module: Any
        wanted: Any
        used: Any
        status: Any
        checked_at: Any
        confirmed_with: Any
        department_id: Any
        take: Any
        hold: Any
        record: Any
        end: Any

    @property
    def to_sell(self) -> int:
        """How many are left to be sold: a free extension that is confirmed is used, never sold again (D-02)."""
        wanted: int = self.wanted or 0
        return max(wanted - int(self.used), 0)

    def free_ones(self) -> list[PabxItem]:
        """What of this kind the customer has contracted without use."""
        pabx = Pabx.of(self.company_id, self.person_id)
        return free_ones(pabx.id if pabx else None, self.kind, self.module)

    def spares(self) -> list[PabxItem]:
        """Those that the customer confirmed as without use, and that still are."""
        mine = select(PabxItem).join(UpgradeSpare, UpgradeSpare.item_id == PabxItem.id)
        mine = mine.where(UpgradeSpare.request_id == self.id, PabxItem.status == "free")
        return list(db.session.scalars(mine.order_by(PabxItem.id)))

    def to_use(self) -> list[PabxItem]:
        """Of these as many as the customer still wants: they are used before anything is sold (U-08)."""
        return self.spares()[: self.to_sell]

    def refusal_to_triage(self, step: Step = refusal_to_step) -> str | None:
        """Why whoever acts does not look at what the customer has."""
        if self.status != "triage":
            return "A conferência deste pedido já terminou."
        return step(*TRIAGES)

    def check(
        self,
        wanted: int | None,
        confirmed: Sequence[int],
        confirmed_with: str,
        uses_all: bool = False,
        version: int | None = None,
    ) -> None:
        """Keep what the customer wants and which of the free ones they confirm as without use (U-07).

        `uses_all`: they say that they use every one of them. Raises Refused with the fields at fault, Stale.
        """
        self.hold(version)
        require(self.refusal_to_triage())
        free = {row.id: row for row in self.free_ones()}
        kind, errors = KINDS[self.kind], {}
        if not isinstance(wanted, int) or not 1 <= wanted <= MOST:
            errors["wanted"] = f"Escreva quantos o cliente quer, de 1 a {MOST}."
        elif wanted <= self.used:
            used = kind.counted(self.used)
            errors["wanted"] = f"O cliente já usa {used} deste pedido. Escreva um total maior, ou encerre o pedido."
        if set(confirmed) - set(free):
            errors["confirmed"] = "Um dos marcados não está mais livre. Confira a lista de novo."
        elif confirmed and uses_all:
            errors["confirmed"] = "Marque os que estão sem uso, ou diga que ele usa todos: não os dois."
        elif free and not confirmed and not uses_all:
            errors["confirmed"] = (
                f"Há {kind.counted(len(free))} sem uso. Pergunte ao cliente e marque, ou diga que usa."
            )
        if free and not tidy(confirmed_with):
            errors["confirmed_with"] = "Escreva com quem você confirmou."
        if errors:
            raise Refused(errors=errors)
        db.session.execute(delete(UpgradeSpare).where(UpgradeSpare.request_id == self.id))
        insert_all(UpgradeSpare, [{"request_id": self.id, "item_id": id} for id in sorted(set(confirmed))])
        self.take(wanted=wanted, checked_at=clock.now(), confirmed_with=tidy(confirmed_with))
        said = f", confirmado com {tidy(confirmed_with)}" if tidy(confirmed_with) else ""
        spare = ", ".join(free[id].called for id in sorted(set(confirmed))) or "nenhum"
        self.record("upgrade_request.checked", wanted=wanted, spare=spare, confirmed=said)

    def refusal_to_forward(self) -> str | None:
        """Why it does not go to Comercial now (U-07 to U-09)."""
        if refusal := self.refusal_to_triage():
            return refusal
        if self.checked_at is None:
            return UNCHECKED
        if len(self.spares()) >= self.to_sell:
            return "O que sobra basta. Use o que o cliente já tem: nada é vendido."
        if self.spares():
            return "Use antes o que o cliente confirmou sem uso. Só o que falta é vendido."
        return None

    def forward(self, version: int | None = None) -> None:
        """Hand it to Comercial, whatever is left to be sold (U-09). Raises Refused, Stale."""
        self.hold(version)
        require(self.refusal_to_forward())
        self._forward()

    def _forward(self) -> None:
        mine, to = own_department(), sector("sales")
        self.take(
            status="negotiation",
            department_id=to.id,
            forwarded_at=clock.now(),
            forwarded_by_id=who().actor.id,
            forwarded_from_id=mine.id if mine else None,
        )
        self.record("upgrade_request.forwarded", sector=to.name, quantity=self.words)

    if TYPE_CHECKING:
        words: Any

    def refusal_to_use_existing(self) -> str | None:
        """Why nothing of what the customer has comes into use for it now."""
        if refusal := self.refusal_to_triage():
            return refusal
        if self.checked_at is None:
            return UNCHECKED
        if not self.to_use():
            return f"Não há {KINDS[self.kind].one} sem uso confirmado. Confira de novo com o cliente."
        return None

    def use_existing(self, uses: Mapping[int, Use], sell_the_rest: bool, version: int | None = None) -> None:
        """Use what the customer has, by item id; the rest goes to Comercial, or is not wanted any more (U-08, D-02).

        No card moves and no contract changes for what is used. Errors are named by item, as `device-12`. Raises
        Refused with the fields at fault, Stale.
        """
        self.hold(version)
        require(self.refusal_to_use_existing())
        spares = {row.id: row for row in self.to_use()}
        if set(uses) != set(spares):
            raise Refused("O que está sem uso mudou. Confira de novo com o cliente.")
        errors: dict[str, str] = {}
        for id, row in spares.items():
            try:
                row.put_to_use(uses[id])
            except Refused as no:
                errors |= {f"{field}-{id}": sentence for field, sentence in no.errors.items()}
                if not no.errors:
                    raise
        if errors:
            raise Refused(errors=errors)
        self.take(used=self.used + len(spares))
        self.record("upgrade_request.used_existing", items=", ".join(row.called for row in spares.values()))
        if self.to_sell and sell_the_rest:
            self._forward()
        else:
            self.end("existing")

    def refusal_to_give_up(self) -> str | None:
        """Why it does not end here, without a sale."""
        if self.status != "triage":
            return "Este pedido já passou da triagem."
        return refusal_to_step("support", "sales", "finance")

    def give_up(self, reason: str, version: int | None = None) -> None:
        """The customer wants it no more. `take_up_again` is its undo. Raises Refused without a reason, Stale."""
        self.hold(version)
        require(self.refusal_to_give_up())
        if not tidy(reason):
            raise Refused("Escreva o motivo.", field="reason")
        self.end("given_up", reason)
