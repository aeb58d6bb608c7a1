"""An order: what support makes and finance charges, as agreed with the customer (U-14 to U-16, U-18, U-19, U-24).

It stands on the customer's card of the Planner (models/boards), which says whose turn it is. Here is the order itself:
placed once, its extensions made once (making.py), the contract adjusted once (adjusting.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, lock
from models.contracts import Contract
from models.history import Event, latest_change, track
from models.operators import today_of
from models.operators.versioned import Versioned
from models.refused import Refused, require
from models.scope import OfCompany, who
from models.services import Service
from models.telephony.adjusting import AdjustsContract
from models.telephony.kinds import KINDS, MOST, PROCEDURES
from models.telephony.making import MakesItems
from models.telephony.pabx import Pabx
from models.telephony.pabx_item import items_of
from models.telephony.sectors import Step, refusal_to_step
from models.telephony.upgrade_request import UpgradeRequest, digits, refusal_of_line_number
from models.wording import brl, listed, phone, tidy

STATUSES = {"queued": "Na fila", "open": "Em andamento", "done": "Concluído", "cancelled": "Cancelado"}
ALIVE = ("queued", "open")
FARTHEST = timedelta(days=365)
ORDINALS = ("primeiro", "segundo", "terceiro", "quarto", "quinto", "sexto", "sétimo", "oitavo", "nono", "décimo")


@dataclass(frozen=True)
class Asked:
    """One extension of an order: its name, the sector that uses it, what support does (U-14, U-15)."""

    name: str = ""
    sector: str = ""
    procedure: str = ""


@dataclass(frozen=True)
class OrderTerms:
    """What an order says besides its request: `unit_cents` each per month, `contract_id` whose service pays (U-16)."""

    quantity: int | None
    contract_id: int | None
    unit_cents: int | None
    starts_on: date | None
    asked: Sequence[Asked] = field(default_factory=tuple)
    line_number: str = ""
    donor: str = ""


class UpgradeLine(Base):
    """An extension of an order, and the item of the panel it became."""

    __tablename__ = "upgrade_line"

    order_id: Mapped[int] = mapped_column(ForeignKey("upgrade_order.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    sector: Mapped[str] = mapped_column(String(60))
    procedure: Mapped[str] = mapped_column(String(10))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("pabx_item.id"), unique=True)

    __table_args__ = (
        CheckConstraint(f"procedure in {tuple(PROCEDURES)!r}", name="procedure"),
        CheckConstraint("name <> '' and sector <> ''", name="named"),
    )

    @property
    def procedure_words(self) -> str:
        return PROCEDURES[self.procedure]


class UpgradeOrder(MakesItems, AdjustsContract, Versioned, OfCompany, Base):
    """`noted_at`: when the sector whose turn it is wrote on the card what it did; None: not yet. The board keeps it."""

    __tablename__ = "upgrade_order"
    stale = "Este pedido mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    request_id: Mapped[int] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    pabx_id: Mapped[int]
    service_id: Mapped[int]
    contract_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    module: Mapped[str] = mapped_column(String(40), default="")
    line_number: Mapped[str] = mapped_column(String(20), default="")
    donor: Mapped[str] = mapped_column(String(60), default="")
    quantity: Mapped[int]
    unit_cents: Mapped[Cents]
    starts_on: Mapped[date]
    words: Mapped[str] = mapped_column(String(300))  # as the card says it
    status: Mapped[str] = mapped_column(String(10))
    noted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    launched_by_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    made_at: Mapped[datetime | None]  # its extensions stand in the panel
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    adjusted_at: Mapped[datetime | None]
    adjusted_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    service_item_id: Mapped[int | None] = mapped_column(ForeignKey("service_item.id"))  # what the contract pays for it
    before_cents: Mapped[Cents | None]  # the contract per month, before and after it was adjusted
    after_cents: Mapped[Cents | None]
    finished_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "request_id"], ["upgrade_request.company_id", "upgrade_request.id"]),
        ForeignKeyConstraint(["company_id", "pabx_id"], ["pabx.company_id", "pabx.id"]),
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        ForeignKeyConstraint(["company_id", "contract_id"], ["contract.company_id", "contract.id"]),
        UniqueConstraint("company_id", "id"),
        CheckConstraint(f"kind in {tuple(KINDS)!r}", name="kind"),
        CheckConstraint(f"status in {tuple(STATUSES)!r}", name="status"),
        CheckConstraint(f"quantity between 1 and {MOST}", name="quantity"),
        CheckConstraint("unit_cents > 0", name="unit_cents"),
        CheckConstraint(
            "(adjusted_at is null) = (after_cents is null) and (after_cents is null) = (before_cents is null)",
            name="adjusted",
        ),
        CheckConstraint("status <> 'done' or (adjusted_at is not null and finished_at is not null)", name="done"),
        CheckConstraint("status <> 'cancelled' or (cancel_reason <> '' and adjusted_at is null)", name="cancelled"),
        CheckConstraint("status = 'open' or noted_at is null", name="noted_at"),
        Index("ix_upgrade_order_pabx_id_status", "pabx_id", "status"),
        Index("ix_upgrade_order_status_pabx_id", "status", "pabx_id"),  # the few under way, among all that ended
        Index("ix_upgrade_order_person_id", "person_id"),
    )

    @property
    def label(self) -> str:
        return f"pedido de {self.counted}"

    @property
    def has_extensions(self) -> bool:
        """Names, sectors and procedures are of extensions; the rest is a technical adjustment (U-24)."""
        return self.kind == "extension"

    @property
    def total_cents(self) -> int:
        """Of all of it, per month."""
        return self.unit_cents * self.quantity

    @property
    def is_queued(self) -> bool:
        """Does it wait behind a card that is under way (D-30)?"""
        return self.status == "queued"

    @property
    def is_alive(self) -> bool:
        return self.status in ALIVE

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    @property
    def is_done(self) -> bool:
        return self.status == "done"

    @property
    def status_words(self) -> str:
        return STATUSES[self.status]

    @property
    def counted(self) -> str:
        """'2 ramais novos', '1 módulo URA'."""
        if self.kind == "extension":
            return f"{KINDS[self.kind].counted(self.quantity)} {'novo' if self.quantity == 1 else 'novos'}"
        if self.kind == "module":
            return f"{KINDS[self.kind].counted(self.quantity)} {self.module}"
        return KINDS[self.kind].counted(self.quantity)

    @classmethod
    def place(cls, request: UpgradeRequest, terms: OrderTerms, status: str, version: int | None = None) -> UpgradeOrder:
        """Write the order of an agreed request. Only the launch of a card calls it (models/boards).

        Raises Refused with the fields at fault, without an agreement (U-10), or for more than may be sold (U-08);
        Stale.
        """
        request.hold(version)
        require(refusal_to_launch(request))
        contract = _contract(terms.contract_id, request)
        errors = _errors(request, terms, contract)
        if errors or contract is None:
            raise Refused(errors=errors)
        pabx = Pabx.held(request.company_id, request.person_id)
        row = cls(
            company_id=request.company_id,
            request_id=request.id,
            person_id=request.person_id,
            pabx_id=pabx.id,
            service_id=contract.service_id,
            contract_id=contract.id,
            kind=request.kind,
            module=request.module,
            line_number=digits(tidy(terms.line_number)) if request.kind == "line" else "",
            donor=tidy(terms.donor) if request.kind == "line" else "",
            quantity=terms.quantity,
            unit_cents=terms.unit_cents,
            starts_on=terms.starts_on,
            words=_words(request, terms),
            status=status,
            created_at=clock.now(),
            launched_by_id=who().actor.id,
            version=1,
        )
        db.session.add(row)
        db.session.flush()
        if row.has_extensions:
            for position, one in enumerate(terms.asked, start=1):
                named = {"name": tidy(one.name), "sector": tidy(one.sector), "procedure": one.procedure}
                db.session.add(UpgradeLine(order_id=row.id, position=position, **named))
            db.session.flush()
        request.end("launched")
        return row

    def lines(self) -> list[UpgradeLine]:
        mine = select(UpgradeLine).where(UpgradeLine.order_id == self.id)
        return list(db.session.scalars(mine.order_by(UpgradeLine.position)))

    def hold(self, version: int | None = None) -> None:
        """Lock its panel, then itself. Raises Stale when it is not the one that was shown."""
        lock(db.session.get_one(Pabx, self.pabx_id))
        self.require_version(version)

    def refusal_to_cancel(self, *, supervises: bool = False, step: Step = refusal_to_step) -> str | None:
        """Why it is not taken back. Once support began, only a supervisor does; once charged, nobody (U-28)."""
        if not self.is_alive:
            return f"Este pedido está {STATUSES[self.status].lower()}."
        if self.adjusted_at:
            return "O contrato já foi ajustado. Desfaça o ajuste antes."
        if supervises:
            return None
        if self.made_at or self.noted_at:
            return "O Suporte já começou. Peça à supervisão."
        return step("sales")

    def withdraw(self, reason: str) -> None:
        """Cancel it, with what was made for it. Only the card calls it (models/boards), with everything locked."""
        for item in self.items():
            item.take(status="withdrawn", used_at=None, free_since=None, device="", sent_to="", procedure=None)
        self.take(status="cancelled", cancel_reason=tidy(reason), noted_at=None)
        self.record("upgrade_order.cancelled", order=self.words, reason=tidy(reason))

    def record(self, action: str, **data: Any) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)


def refusal_to_launch(request: UpgradeRequest) -> str | None:
    """Why no order is launched from a request (U-08, U-10)."""
    if request.status == "launched":
        return "Este pedido já está no Planner."
    if refusal := request.refusal_to_agree():
        return refusal
    if request.status != "agreed":
        return "Registre o acordo antes: com quem, quando e por quanto. Sem acordo o pedido não é lançado."
    if free := request.became_free():
        names = listed([row.called for row in free])
        return f"Ficou sem uso depois da conferência: {names}. Confira de novo com o cliente antes de vender."
    if not contracts_of(request):
        way = "Feche como venda." if request.kind == "line" else "Emita o contrato em Contratos e volte aqui."
        return f"Este cliente não tem contrato de telefone em vigor que pague o pedido. {way}"
    return None


def last_change_of(request: UpgradeRequest) -> Event | None:
    """Who changed it last; launching it is told of its order."""
    launched = db.session.scalar(select(UpgradeOrder.id).where(UpgradeOrder.request_id == request.id))
    return latest_change(*request.told_of(), *([(UpgradeOrder.__tablename__, launched)] if launched else []))


def contracts_of(request: UpgradeRequest) -> list[tuple[Contract, Service]]:
    """The contracts whose telephone may pay for an order, by number."""
    rows = select(Contract, Service).join(Service, Service.id == Contract.service_id)
    rows = rows.where(
        Service.person_id == request.person_id,
        Service.company_id == request.company_id,
        Service.technology == "phone",
        Service.status != "cancelled",
        Contract.status == "active",
    )
    return [(contract, service) for contract, service in db.session.execute(rows.order_by(Contract.number))]


def known_names(request: UpgradeRequest) -> dict[str, str]:
    """Names of extensions the customer has, folded, with the number of each: to repeat one is a doubt, not an error."""
    pabx = Pabx.of(request.company_id, request.person_id)
    rows = [row for row in items_of(pabx.id if pabx else None, "extension") if row.status != "withdrawn" and row.name]
    return {row.name.casefold(): row.number for row in rows}


def _contract(id: int | None, request: UpgradeRequest) -> Contract | None:
    return next((contract for contract, _ in contracts_of(request) if contract.id == id), None)


def _errors(request: UpgradeRequest, terms: OrderTerms, contract: Contract | None) -> dict[str, str]:
    kind, errors, most = KINDS[request.kind], {}, request.to_sell
    if not isinstance(terms.quantity, int) or terms.quantity < 1:
        errors["quantity"] = "Escreva a quantidade, de 1 em diante."
    elif terms.quantity > most:
        spare = f" O cliente usa {request.used} do que já tinha." if request.used else ""
        errors["quantity"] = (
            f"Só {kind.counted(most)} {'pode ser vendido' if most == 1 else 'podem ser vendidos'}.{spare}"
        )
    if contract is None:
        errors["contract_id"] = "Escolha o contrato de telefone que paga o pedido."
    if not terms.unit_cents or terms.unit_cents <= 0:
        errors["unit_cents"] = "Escreva o preço de cada um, maior que zero."
    elif terms.unit_cents != request.agreed_cents:
        errors["unit_cents"] = f"O acordo diz {brl(request.agreed_cents)}. Se mudou, registre o acordo de novo."
    if terms.starts_on is None:
        errors["starts_on"] = "Escreva a partir de que dia o contrato muda."
    else:
        errors |= _start_errors(request, contract, terms.starts_on)
    if request.kind == "extension":
        errors |= _asked_errors(terms)
    if request.kind == "line":
        missing = None if tidy(terms.line_number) else "Escreva o número da linha."
        if refusal := missing or refusal_of_line_number(terms.line_number) or _known_line(request, terms):
            errors["line_number"] = refusal
    return errors


def _known_line(request: UpgradeRequest, terms: OrderTerms) -> str | None:
    pabx, number = Pabx.of(request.company_id, request.person_id), digits(tidy(terms.line_number))
    known = [row.number for row in items_of(pabx.id if pabx else None, "line") if row.status != "withdrawn"]
    return f"A linha {phone(number)} já está no Painel PABX. Confira o número." if number in known else None


def _start_errors(request: UpgradeRequest, contract: Contract | None, starts_on: date) -> dict[str, str]:
    today = today_of(request)
    service = db.session.get(Service, contract.service_id) if contract else None
    if starts_on < today - timedelta(days=31):
        return {"starts_on": "Confira o início: passa de um mês atrás."}
    if starts_on > today + FARTHEST:
        return {"starts_on": "Confira o ano do início: passa de um ano."}
    if service and starts_on < service.starts_on:
        return {"starts_on": f"O telefone só começa em {service.starts_on:%d/%m/%Y}."}
    return {}


def _asked_errors(terms: OrderTerms) -> dict[str, str]:
    """A name, a sector and a procedure for each extension, named as `name-1` (U-14, U-15)."""
    errors: dict[str, str] = {}
    wanted = terms.quantity if isinstance(terms.quantity, int) else 0
    if len(terms.asked) != wanted and 1 <= wanted <= MOST:
        errors["quantity"] = f"São {wanted} ramais e {len(terms.asked)} nomes. Um nome por ramal."
    for at, one in enumerate(terms.asked, start=1):
        which = ORDINALS[at - 1] if at <= len(ORDINALS) else f"{at}º"
        if not tidy(one.name):
            errors[f"name-{at}"] = f"Dê um nome ao {which} ramal"
        if not tidy(one.sector):
            errors[f"sector-{at}"] = f"Diga o setor de uso do {which} ramal"
        if one.procedure not in PROCEDURES:
            errors[f"procedure-{at}"] = f"Escolha o procedimento do {which} ramal"
    return errors


def _words(request: UpgradeRequest, terms: OrderTerms) -> str:
    """'2 ramais: Balcão e Escritório. Instalar em telefone IP', as the card says it."""
    quantity, kind = terms.quantity or 0, KINDS[request.kind]
    if request.kind == "line":
        donor = f", portabilidade ({tidy(terms.donor)})" if tidy(terms.donor) else ""
        return f"Linha nova {phone(digits(terms.line_number))}{donor}"
    if request.kind == "module":
        return f"{kind.counted(quantity)} {request.module}"
    if request.kind == "outbound_channel":
        return f"{kind.counted(quantity)} {'adicional' if quantity == 1 else 'adicionais'}"
    procedures = {one.procedure for one in terms.asked}
    done = PROCEDURES[procedures.pop()] if len(procedures) == 1 else "Instalar e disponibilizar dados"
    done = "Disponibilizar dados" if done == PROCEDURES["send_data"] else done
    names = listed([tidy(one.name) for one in terms.asked])
    names = names if len(names) <= 200 else names[:199] + "…"
    return f"{kind.counted(quantity)}: {names}. {done}"
