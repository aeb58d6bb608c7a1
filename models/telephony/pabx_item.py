"""What stands in a Painel PABX: extensions, lines, outgoing channels, modules, each with its use (U-06, U-08, U-31)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.history import track
from models.operators import zone_of
from models.operators.versioned import Versioned
from models.refused import Refused, require
from models.scope import OfCompany
from models.telephony.kinds import FIRST_EXTENSION, KINDS, PROCEDURES
from models.telephony.pabx import Pabx
from models.telephony.sectors import Step, refusal_to_step
from models.wording import near, tidy

STATUSES = {"ordered": "A instalar", "free": "Livre", "in_use": "Em uso", "withdrawn": "Retirado"}
DIGITS = 20  # of a number
OWN_DIGITS = 9  # of a number that counts on; a longer one is a telephone number that somebody registered


@dataclass(frozen=True)
class Use:
    """How an extension comes into use: installed on a device, or its data sent to somebody (U-19)."""

    procedure: str = ""
    device: str = ""
    sent_to: str = ""
    name: str = ""  # what it is called from now on; empty: as before
    sector: str = ""

    def errors(self) -> dict[str, str]:
        """What is missing of how an extension was put to use, by field."""
        if self.procedure not in PROCEDURES:
            return {"procedure": "Diga o que foi feito: instalado em telefone IP, ou dados enviados ao cliente."}
        if self.procedure == "install" and not tidy(self.device):
            return {"device": "Diga o aparelho. Exemplo: Yealink T31."}
        if self.procedure == "send_data" and not tidy(self.sent_to):
            return {"sent_to": "Diga a quem os dados foram enviados."}
        return {}


class PabxItem(Versioned, OfCompany, Base):
    """`contracted_on`: since when the contract includes it; None while its order is under way."""

    __tablename__ = "pabx_item"
    stale = "Este item do Painel PABX mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    pabx_id: Mapped[int]
    service_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(DIGITS))
    name: Mapped[str] = mapped_column(String(60), default="")
    sector: Mapped[str] = mapped_column(String(60), default="")
    status: Mapped[str] = mapped_column(String(10))
    procedure: Mapped[str | None] = mapped_column(String(10))
    device: Mapped[str] = mapped_column(String(80), default="")
    sent_to: Mapped[str] = mapped_column(String(80), default="")
    used_at: Mapped[datetime | None]
    free_since: Mapped[datetime | None]
    contracted_on: Mapped[date | None]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("upgrade_order.id"))  # that made it
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "pabx_id"], ["pabx.company_id", "pabx.id"]),
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        UniqueConstraint("pabx_id", "kind", "number"),
        CheckConstraint(f"kind in {tuple(KINDS)!r}", name="kind"),
        CheckConstraint(f"status in {tuple(STATUSES)!r}", name="status"),
        CheckConstraint("number <> ''", name="number"),
        CheckConstraint("status <> 'free' or contracted_on is not null", name="free_is_contracted"),
        CheckConstraint("(status = 'in_use') = (used_at is not null)", name="used_at"),
        CheckConstraint(
            "kind <> 'extension' or status <> 'in_use' or ((device <> '') <> (sent_to <> ''))", name="how_used"
        ),
        Index("ix_pabx_item_order_id", "order_id"),
    )

    @property
    def label(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """'2002, Balcão', 'canal de saída 1', 'Gravação'."""
        if self.kind == "module":
            return self.name
        if self.kind == "outbound_channel":
            return f"canal de saída {self.number}"
        return f"{self.number}, {self.name}" if self.name else self.number

    @property
    def is_extension(self) -> bool:
        return self.kind == "extension"

    @property
    def is_ordered(self) -> bool:
        return self.status == "ordered"

    @property
    def is_in_use(self) -> bool:
        return self.status == "in_use"

    @property
    def is_there(self) -> bool:
        """Is it in the panel still?"""
        return self.status != "withdrawn"

    @property
    def is_waiting(self) -> bool:
        """Is it without use: free, or to be installed?"""
        return self.status in ("free", "ordered")

    @property
    def status_words(self) -> str:
        return STATUSES[self.status]

    @property
    def use_words(self) -> str:
        """'Yealink T31', 'dados enviados a Marta Lima, 12/10 às 14:20', 'sem aparelho'."""
        if self.device:
            return self.device
        if self.sent_to and self.used_at:
            return f"dados enviados a {self.sent_to}, {near(self.used_at, zone_of(self))}"
        return "sem aparelho" if self.is_extension else ""

    def hold(self, version: int | None = None) -> PabxItem:
        """Lock its panel, then itself. Raises Stale when it is not the one that was shown."""
        lock(db.session.get_one(Pabx, self.pabx_id))
        self.require_version(version)
        return self

    def refusal_to_use(self, step: Step = refusal_to_step) -> str | None:
        """Why it does not come into use now."""
        if self.status == "in_use":
            return f"Já está em uso: {self.use_words}." if self.use_words else "Já está em uso."
        if self.status == "withdrawn":
            return "Foi retirado do painel. Registre de novo, se o contrato o inclui."
        return step("support") if self.status == "ordered" else step("support", "sales")

    def refusal_to_free(self, step: Step = refusal_to_step) -> str | None:
        """Why it does not become free."""
        if self.status != "in_use":
            return f"Não está em uso: está {self.status_words.lower()}."
        if self.contracted_on is None:
            return "O contrato ainda não inclui este item. Espere o Financeiro ajustar, ou cancele o pedido."
        return step("support", "sales")

    def refusal_to_withdraw(self) -> str | None:
        """Why it does not leave the panel."""
        if self.status == "ordered":
            return "É de um pedido em andamento. Cancele o pedido no Planner."
        if self.status == "in_use":
            return "Está em uso. Marque como livre antes de retirar."
        return "Já foi retirado." if self.status == "withdrawn" else None

    def put_to_use(self, use: Use, version: int | None = None) -> None:
        """Installed, or its data sent: it is in use from now on (U-08, U-19).

        Raises Refused with the fields at fault, or when it is in use already; Stale.
        """
        self.hold(version)
        require(self.refusal_to_use())
        name, sector = tidy(use.name) or self.name, tidy(use.sector) or self.sector
        if self.is_extension and (errors := use.errors() | unnamed(name, sector)):
            raise Refused(errors=errors)
        if self.status == "ordered" and use.procedure != self.procedure:
            raise Refused(
                f"O pedido diz «{PROCEDURES[self.procedure or '']}». Marque o que ele pede.", field="procedure"
            )
        self.take(name=name, sector=sector, **self.used_as(use))
        self.record("pabx_item.used", item=self.called, how=self.how())

    def used_as(self, use: Use) -> dict[str, Any]:
        """The columns of an item in use: a device or a receiver, never both, and neither but for an extension."""
        is_device = self.is_extension and use.procedure == "install"
        return {
            "status": "in_use",
            "used_at": clock.now(),
            "free_since": None,
            "procedure": use.procedure if self.is_extension else None,
            "device": tidy(use.device) if is_device else "",
            "sent_to": tidy(use.sent_to) if self.is_extension and not is_device else "",
        }

    def how(self) -> str:
        """'instalado em Yealink T31', 'dados enviados a Marta Lima'."""
        if not self.is_extension:
            return "em uso"
        return f"instalado em {self.device}" if self.device else f"dados enviados a {self.sent_to}"

    def free(self, reason: str, version: int | None = None) -> None:
        """Nobody uses it any more: the customer keeps it contracted (the undo of `put_to_use`).

        Raises Refused without a reason, or when it is not in use; Stale.
        """
        self.hold(version)
        require(self.refusal_to_free())
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: a mesa saiu, disse Eunice.", field="reason")
        was = self.how()
        self.take(status="free", used_at=None, free_since=clock.now(), procedure=None, device="", sent_to="")
        self.record("pabx_item.freed", item=self.called, was=was, reason=tidy(reason))

    def rename(self, name: str, sector: str, version: int | None = None) -> None:
        """What an extension is called and where it stands. Raises Refused with the fields at fault; Stale."""
        self.hold(version)
        require(self.refusal_to_rename())
        name, sector = tidy(name), tidy(sector)
        if errors := unnamed(name, sector if self.is_extension else "-"):
            raise Refused(errors=errors)
        if (self.name, self.sector) == (name, sector):
            return
        before, after = self._described(), _described(name, sector)
        is_another = self.status == "free" and same_name(name) != same_name(self.name)
        self.take(name=name, sector=sector, free_since=clock.now() if is_another else self.free_since)
        self.record("pabx_item.renamed", item=self.called, before=before, after=after)

    def refusal_to_rename(self, step: Step = refusal_to_step) -> str | None:
        """Why it is not called otherwise."""
        if self.status == "withdrawn":
            return "Foi retirado do painel e fica como estava."
        if self.kind == "outbound_channel":
            return "Um canal de saída não tem nome."
        return step("support", "sales")

    def _described(self) -> str:
        return _described(self.name, self.sector)

    def withdraw(self, reason: str, version: int | None = None) -> None:
        """Take it out of the panel, since the contract does not include it any more. Its number is not given again.

        Its undo is to register it again. Raises Refused without a reason, or while it is in use; Stale.
        """
        self.hold(version)
        require(self.refusal_to_withdraw())
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: saiu do contrato nº 3.", field="reason")
        self.take(status="withdrawn", free_since=None)
        self.record("pabx_item.withdrawn", item=self.called, reason=tidy(reason))

    def record(self, action: str, **data: Any) -> None:
        """Track an act on it under its customer, by what it is called."""
        person_id = db.session.get_one(Pabx, self.pabx_id).person_id
        track(action, self, person_id=person_id, company_id=self.company_id, **data)


@dataclass(frozen=True)
class Count:
    """Of one kind: contracted are those in use, those to be installed and the free ones; the rest is on order."""

    contracted: int
    in_use: int
    to_install: int
    free: int
    on_order: int


def count(items: Iterable[PabxItem]) -> Count:
    """What the panel says of some rows, each row counted once (U-06)."""
    found = Counter((item.status, item.contracted_on is not None) for item in items)
    to_install = found["ordered", True]
    in_use, free = found["in_use", True], found["free", True]
    on_order = found["ordered", False] + found["in_use", False]
    return Count(in_use + to_install + free, in_use, to_install, free, on_order)


def items_of(pabx_id: int | None, kind: str | None = None) -> list[PabxItem]:
    """What a panel has, withdrawn ones last, by number."""
    if pabx_id is None:
        return []
    rows: Select[PabxItem] = select(PabxItem).where(PabxItem.pabx_id == pabx_id)
    if kind:
        rows = rows.where(PabxItem.kind == kind)
    return _by_number(db.session.scalars(rows))


def panel_of(person_id: int, company_id: int | None = None) -> dict[str, list[PabxItem]]:
    """What a customer has of each kind, in one question; of the panel of one company, or of all that serve them."""
    rows = select(PabxItem).join(Pabx, Pabx.id == PabxItem.pabx_id).where(Pabx.person_id == person_id)
    found = _by_number(db.session.scalars(rows if company_id is None else rows.where(Pabx.company_id == company_id)))
    return {kind: [row for row in found if row.kind == kind] for kind in KINDS}


def _by_number(rows: Iterable[PabxItem]) -> list[PabxItem]:
    """By number, withdrawn ones last."""
    return sorted(rows, key=lambda row: (row.status == "withdrawn", len(row.number), row.number, row.id))


def free_ones(pabx_id: int | None, kind: str, module: str = "") -> list[PabxItem]:
    """Contracted and without use; of modules those of this name."""
    rows = [row for row in items_of(pabx_id, kind) if row.status == "free"]
    return [row for row in rows if kind != "module" or same_name(row.name) == same_name(module)]


def same_name(name: str) -> str:
    """By which two names of modules are the same, however they were typed."""
    return unicodedata.normalize("NFKC", name).casefold()


def next_numbers(pabx: Pabx, kind: str, how_many: int) -> list[str]:
    """The numbers after the highest one ever given. The panel must be held, else two would give the same."""
    given = select(PabxItem.number).where(PabxItem.pabx_id == pabx.id, PabxItem.kind == kind)
    known = [int(number) for number in db.session.scalars(given) if len(number) <= OWN_DIGITS]
    first = max(known, default=(FIRST_EXTENSION if kind == "extension" else 1) - 1) + 1
    return [str(first + at) for at in range(how_many)]


def unnamed(name: str, sector: str) -> dict[str, str]:
    """The fields without which nobody knows an extension."""
    missing = {"name": (name, "Escreva o nome."), "sector": (sector, "Escreva o setor de uso.")}
    return {field: sentence for field, (typed, sentence) in missing.items() if not typed}


def _described(name: str, sector: str) -> str:
    return f"{name}, {sector}" if sector else name
