"""A charge: what a service owes for a period or an act, with its arithmetic and its composition."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, lock
from models.billing.cash_desk import CashDesk
from models.billing.payment import Handed, Payment, received_on
from models.catalog import ChargeKind
from models.history import track
from models.operators import Company, company_of, today_of, zone_of
from models.operators.versioned import Versioned
from models.pricing import Formula
from models.refused import Refused, require
from models.scope import OfCompany
from models.services import Service
from models.wording import brl, tidy

CHARGE_STATUSES = {"open": "Em aberto", "paid": "Paga", "cancelled": "Cancelada", "written_off": "Baixada sem receber"}
MONTH = "Mensalidade"  # what a full month says; other days say how many they are
CLOSED = "A empresa deste serviço está fora de uso. Reative-a em Configuração, Empresas, para cobrar."
HIGHEST, FARTHEST = 100_000_000, 730  # centavos, days ahead: beyond them it is a slip of the keyboard


class ChargeItem(OfCompany, Base):
    """A line of a charge: SCM, SVA... They sum to the charge (X-16, C-42)."""

    __tablename__ = "charge_item"

    id: Mapped[Id]
    charge_id: Mapped[int]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    amount_cents: Mapped[Cents]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "charge_id"], ["charge.company_id", "charge.id"]),
        CheckConstraint("amount_cents >= 0", name="amount_cents"),
        Index("ix_charge_item_charge_id", "charge_id"),
    )


class Charge(Versioned, OfCompany, Base):
    __tablename__ = "charge"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[int]
    invoice_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(10))
    charge_kind_id: Mapped[int | None] = mapped_column(ForeignKey("charge_kind.id"))
    description: Mapped[str] = mapped_column(String(120))
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    due_on: Mapped[date]
    amount_cents: Mapped[Cents]
    discount_cents: Mapped[Cents] = mapped_column(default=0)
    # pro-rata: fee_cents x days / divisor, rounded once (D-05); NULL for a full month or an act
    fee_cents: Mapped[int | None]
    days: Mapped[int | None]
    divisor: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(12), default="open")
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        CheckConstraint("kind in ('monthly','fee','one_off')", name="kind"),
        CheckConstraint(f"status in {tuple(CHARGE_STATUSES)!r}", name="status"),
        CheckConstraint("amount_cents > 0 and discount_cents between 0 and amount_cents", name="amount_cents"),
        CheckConstraint("kind <> 'monthly' or period_start <= period_end", name="period"),
        CheckConstraint("kind <> 'monthly' or period_start is not null", name="monthly_has_period"),
        Index(
            "uq_charge_service_period",
            "service_id",
            "period_start",
            "kind",
            unique=True,
            sqlite_where=text("status <> 'cancelled' and period_start is not null"),
            postgresql_where=text("status <> 'cancelled' and period_start is not null"),
        ),
        Index("ix_charge_invoice_id", "invoice_id"),
        Index("ix_charge_service_id_kind_period_end", "service_id", "kind", "period_end"),
        Index("ix_charge_person_id_due_on", "person_id", "due_on"),
    )

    @property
    def label(self) -> str:
        return f"cobrança {self.id}"

    @property
    def prorata(self) -> Formula | None:
        """The sum behind some days of use; None for a full amount."""
        if self.fee_cents is None or self.days is None or self.divisor is None:
            return None
        return Formula(self.fee_cents, self.days, self.divisor)

    @property
    def formula(self) -> str:
        """The same in words: 'R$ 99,90 × 20 ÷ 30'; empty for a full amount."""
        return f"{brl(self.fee_cents)} × {self.days} ÷ {self.divisor}" if self.prorata else ""

    @classmethod
    def add(
        cls,
        service: Service | None,
        kind: ChargeKind | None,
        *,
        description: str,
        amount_cents: int | None,
        discount_cents: int | None,
        due_on: date | None,
        gives_all: bool = False,
    ) -> Charge:
        """A one-off charge of a service (C-48 to C-52). `gives_all`: whoever acts may give the whole amount away.

        Raises Refused with the fields at fault: nothing is written.
        """
        discount = discount_cents or 0
        if service:
            lock(service)
        errors = one_off_errors(service, kind, description, amount_cents, discount, due_on, gives_all)
        if errors or service is None or kind is None:
            raise Refused(errors=errors)
        row = cls(
            company_id=service.company_id,
            person_id=service.person_id,
            service_id=service.id,
            kind="one_off",
            charge_kind_id=kind.id,
            description=tidy(description),
            due_on=due_on,
            amount_cents=amount_cents,
            discount_cents=discount,
            status="open",
            created_at=clock.now(),
        )
        db.session.add(row)
        db.session.flush()
        db.session.add(
            ChargeItem(
                company_id=row.company_id,
                charge_id=row.id,
                position=0,
                kind="fee",
                name=kind.name,
                amount_cents=amount_cents,
            )
        )
        row.record(
            "charge.created", description=row.description, amount_cents=row.net_cents, due_on=row.due_on.isoformat()
        )
        return row

    @property
    def net_cents(self) -> int:
        return self.amount_cents - self.discount_cents

    @property
    def charged_on(self) -> date:
        """The day it was written, at its company."""
        return clock.local(self.created_at, zone_of(self)).date()

    def hold(self) -> Charge:
        """Lock its service, then itself, in the order everybody locks."""
        lock(db.session.get_one(Service, self.service_id))
        return lock(self)

    def refusal_to_cancel(self) -> str | None:
        if self.invoice_id is not None:
            return "Esta cobrança está em uma fatura. Cancele a fatura."
        return None if self.status == "open" else f"Esta cobrança está {CHARGE_STATUSES[self.status].lower()}."

    def refusal_to_receive(self) -> str | None:
        if not self.net_cents:
            return "O desconto é do valor inteiro: não há o que receber. Cancele a cobrança."
        return self.refusal_to_cancel()

    def cancel(self, reason: str, version: int | None = None) -> None:
        """Raises Refused when it is closed, stands on an invoice, or no reason is given; Stale when it changed."""
        self.hold().require_version(version)
        require(self.refusal_to_cancel())
        if not tidy(reason):
            raise Refused("Escreva o motivo do cancelamento.", field="reason")
        self.status = "cancelled"
        self.take()
        self.record("charge.cancelled", reason=tidy(reason), description=self.description)

    def receive(self, paid_on: date | None, version: int | None = None, handed: Handed | None = None) -> Payment:
        """Its whole amount at the counter, without an invoice (C-50), on the cash desk of whoever acts (B-17).

        `handed` is how the money came, without it in cash. Raises Refused when it is closed or on an invoice, and with
        the fields at fault, also when the desk was closed meanwhile; Stale when it changed.
        """
        handed = handed or Handed()
        self.hold().require_version(version)
        require(self.refusal_to_receive())
        paid_on = received_on(paid_on, today_of(self), self.charged_on, "A cobrança foi lançada")
        if errors := handed.errors(self.net_cents):
            raise Refused(errors=errors)
        desk = CashDesk.to_receive(company_of(self), handed.paid_with, handed.desk_id)
        self.status = "paid"
        self.take()
        receipt = handed.receipt(self.net_cents, paid_on)
        parts = {"charge_id": self.id, "principal_cents": self.net_cents}
        payment = Payment.of(receipt, self.company_id, self.person_id, **parts)
        db.session.add(payment)
        db.session.flush()
        if desk:
            desk.keep(payment)
        self.record("charge.paid", description=self.description, amount_cents=self.net_cents)
        return payment

    def take_back(self) -> None:
        """What was received for it is owed again. Only an estorno calls it (Reversal.make), with the charge locked."""
        self.status = "open"

    def items(self) -> list[ChargeItem]:
        mine = select(ChargeItem).where(ChargeItem.charge_id == self.id)
        return list(db.session.scalars(mine.order_by(ChargeItem.position)))

    def record(self, action: str, **data: Any) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)


def refusal_to_charge(company: Company) -> str | None:
    """Why nothing is charged in a company, through whichever door; the run asks the same of the database."""
    return CLOSED if company.inactive_since else None


def was_charged(service: Service) -> bool:
    """Has this service had an invoice of its use? Its installation fee went, or did not go, with the first one."""
    monthly = select(Charge.id).where(Charge.service_id == service.id, Charge.kind == "monthly")
    return db.session.scalar(monthly.limit(1)) is not None


def one_off_errors(
    service: Service | None,
    kind: ChargeKind | None,
    description: str,
    amount_cents: int | None,
    discount_cents: int,
    due_on: date | None,
    gives_all: bool,
) -> dict[str, str]:
    """What is missing or refused in a one-off charge, by field (C-49)."""
    errors, today = {}, today_of(service) if service else clock.today()
    if service is None:
        errors["service_id"] = "Escolha o serviço."
    elif service.status == "cancelled":
        errors["service_id"] = "Este serviço está cancelado e não recebe cobranças. Escolha outro."
    elif refusal := refusal_to_charge(company_of(service)):
        errors["service_id"] = refusal
    if kind is None or kind.inactive_since:
        errors["charge_kind_id"] = "Escolha o tipo de serviço."
    if not tidy(description):
        errors["description"] = "Escreva a descrição. Exemplo: Taxa de instalação."
    if due_on is None:
        errors["due_on"] = "Escolha o vencimento."
    elif due_on < today:
        errors["due_on"] = "O vencimento já passou. Escolha hoje ou um dia que vem."
    elif (due_on - today).days > FARTHEST:
        errors["due_on"] = "Confira o ano do vencimento: passa de dois anos."
    if not amount_cents or amount_cents <= 0:
        errors["amount_cents"] = "Escreva o valor, maior que zero."
    elif amount_cents > HIGHEST:
        errors["amount_cents"] = "Confira o valor: passa de R$ 1.000.000,00."
    elif discount_cents < 0 or discount_cents > amount_cents:
        errors["discount_cents"] = "O desconto vai de zero ao valor da cobrança."
    elif discount_cents == amount_cents and not gives_all:
        errors["discount_cents"] = "O desconto não pode ser do valor inteiro. Peça à supervisão."
    return errors
