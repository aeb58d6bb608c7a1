"""The notice of a debt: its text, its channel and its day; no cut without it (RGC, arts. 70 and 71)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.banking import late_since
from models.base import Base, Cents, Id, db
from models.catalog import DunningRule
from models.notices import Notice
from models.operators import company_of
from models.people import Person
from models.scope import OfCompany
from models.services import Service
from models.wording import brl, day, month_name

CHANNELS = {"email": "e-mail", "portal": "aviso na Central"}


@dataclass(frozen=True)
class Debt:
    """An open invoice of a service that is late: from `late_since` on it is owed with fine and interest."""

    service_id: int
    invoice_id: int
    number: int
    due_on: date
    open_cents: int
    noticed_on: date | None  # None: not told yet, or the mail came back
    suspends_on: date | None
    channel: str | None
    arrived: bool | None  # the notice left the house: by mail that a server took, or in the Central

    @property
    def late_since(self) -> date:
        return late_since(self.due_on)


class DebtNotice(OfCompany, Base):
    __tablename__ = "debt_notice"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[int]
    invoice_id: Mapped[int]
    noticed_on: Mapped[date]  # the days before a cut count from here
    suspends_on: Mapped[date]  # what the text promised
    amount_cents: Mapped[Cents]
    channel: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))  # the mail, its proof
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        UniqueConstraint("service_id", "invoice_id"),
        CheckConstraint("channel in ('email','portal')", name="channel"),
    )


def notify_of_debt(service: Service, debt: Debt, rule: DunningRule, suspends_on: date, on: date) -> DebtNotice:
    """Tell a customer of a debt, by e-mail or, without one that works, in the Central; the text stays as proof.

    A mail that came back does not count: the same debt is told again, in the Central, and the days begin anew.
    """
    person = db.session.get_one(Person, service.person_id)
    company = company_of(service)
    known = db.session.scalars(
        select(DebtNotice).where(DebtNotice.service_id == service.id, DebtNotice.invoice_id == debt.invoice_id)
    ).first()
    mail = db.session.get(Notice, known.notice_id) if known and known.notice_id else None
    address = "" if mail and mail.status == "failed" else person.contacts().get("email", "")
    text = notice_text(person.called, service.plan_name, company.name, debt, suspends_on, rule.termination_days)
    row = known or DebtNotice(
        company_id=service.company_id, person_id=person.id, service_id=service.id, invoice_id=debt.invoice_id
    )
    row.noticed_on, row.suspends_on, row.amount_cents = on, suspends_on, debt.open_cents
    row.channel, row.text, row.created_at = "email" if address else "portal", text, clock.now()
    row.notice_id = None
    if address:
        subject = f"Fatura {debt.number} em aberto: evite a suspensão"
        row.notice_id = Notice.send_later("debt", person.id, service.company_id, address, subject, text).id
    db.session.add(row)
    db.session.flush()
    service.record(
        "debt.noticed",
        plan=service.plan_name,
        number=debt.number,
        amount_cents=debt.open_cents,
        channel=CHANNELS[row.channel],
    )
    return row


def notice_text(called: str, plan: str, company: str, debt: Debt, suspends_on: date, termination_days: int) -> str:
    """What the RGC wants said (art. 71): why, how much and of which month, what happens when, and how to come back."""
    return (
        f"Olá, {called}.\n\n"
        f"A fatura {debt.number}, {plan}, de {month_name(debt.due_on)}, venceu em {day(debt.due_on)} e continua em "
        f"aberto: {brl(debt.open_cents)}, mais multa e juros do contrato.\n\n"
        f"Se ela não for paga, o serviço será suspenso a partir de {day(suspends_on)}. Depois de {termination_days} "
        "dias suspenso, o contrato pode terminar, com novo aviso. A dívida pode ser informada aos órgãos de proteção "
        "ao crédito.\n\n"
        "Depois do pagamento o serviço volta no mesmo dia, sem taxa de religação. Se já pagou, desconsidere este "
        f"aviso. Para contestar o valor, abra a fatura na Central ou fale com a {company}.\n"
    )
