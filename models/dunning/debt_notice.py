"""The notice of a debt: its text, its channel and its day; no cut without it (RGC, arts. 70 and 71)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db
from models.history import OfCompany
from models.notices import Notice
from models.operators import Company
from models.people import Person
from models.services import Service
from models.wording import brl, day, month_name

if TYPE_CHECKING:
    from models.dunning.debts import Debt

CHANNELS = {"email": "e-mail", "portal": "aviso na Central"}


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


def tell_debt(service: Service, debt: Debt, suspends_on: date, on: date) -> DebtNotice:
    """Tell a customer of a debt, by e-mail or, without one that works, in the Central; the text stays as proof.

    A mail that came back does not count: the same debt is told again, in the Central, and the days begin anew.
    """
    person = db.session.get_one(Person, service.person_id)
    company = db.session.get_one(Company, service.company_id)
    known = db.session.scalars(
        select(DebtNotice).where(DebtNotice.service_id == service.id, DebtNotice.invoice_id == debt.invoice_id)
    ).first()
    mail = db.session.get(Notice, known.notice_id) if known and known.notice_id else None
    address = "" if mail and mail.status == "failed" else person.contacts().get("email", "")
    text = notice_text(person.name, service.plan_name, company.name, debt, suspends_on)
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
    service.tell(
        "debt.noticed",
        plan=service.plan_name,
        number=debt.number,
        amount_cents=debt.open_cents,
        channel=CHANNELS[row.channel],
    )
    return row


def notice_text(name: str, plan: str, company: str, debt: Debt, suspends_on: date) -> str:
    """What the RGC wants said (art. 71): why, how much and of which month, what happens when, and how to come back."""
    return (
        f"Olá, {name.split(maxsplit=1)[0]}.\n\n"
        f"A fatura {debt.number} do {plan}, de {month_name(debt.due_on)}, venceu em {day(debt.due_on)} e continua em "
        f"aberto: {brl(debt.open_cents)}, mais multa e juros do contrato.\n\n"
        f"Se ela não for paga, o serviço será suspenso a partir de {day(suspends_on)}. Depois de 60 dias suspenso, o "
        "contrato pode terminar, com novo aviso. A dívida pode ser informada aos órgãos de proteção ao crédito.\n\n"
        "Depois do pagamento o serviço volta no mesmo dia, sem taxa de religação. Se já pagou, desconsidere este "
        f"aviso. Para contestar o valor, fale com a {company}.\n"
    )
