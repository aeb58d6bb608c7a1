"""Carnê: the invoices of one service for some months, printed as one booklet (C-36 to C-47, C-112, C-113)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.billing.carne_end import Ends
from models.billing.carne_invoices import GathersInvoices
from models.billing.carne_plan import CarnePlan, plan
from models.billing.followed import follows_invoices
from models.billing.instalment_order import Place, out_of_order
from models.billing.invoice import INVOICE_STATUSES, Invoice
from models.billing.issue import Draft, issue, parts_of
from models.billing.slip import account_of
from models.catalog import BillingMethod
from models.history import Event, track
from models.operators import company_of
from models.operators.versioned import Versioned
from models.people.contact import refusal_to_email
from models.refused import Refused, require
from models.scope import OfCompany
from models.services import Service
from models.wording import listed, tidy

CARNE_STATUSES = {"open": "Em aberto", "paid": "Quitado", "cancelled": "Cancelado"}


class Carne(GathersInvoices, Ends, Versioned, OfCompany, Base):
    __tablename__ = "carne"
    stale = "Este carnê mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[int]
    description: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(120), default="")
    status: Mapped[str] = mapped_column(String(10), default="open")
    used_from: Mapped[date]  # the day the customer began to use the service (C-39)
    first_due_on: Mapped[date]
    installments: Mapped[int]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))  # the last booklet printed
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        CheckConstraint(f"status in {tuple(CARNE_STATUSES)!r}", name="status"),
        CheckConstraint("installments between 1 and 60", name="installments"),
        CheckConstraint("used_from <= first_due_on", name="used_from"),
        Index("ix_carne_person_id", "person_id"),
        Index("ix_carne_service_id", "service_id"),
    )

    @property
    def label(self) -> str:
        return f"carnê {self.id}"

    @classmethod
    def generate(
        cls,
        service: Service,
        used_from: date | None,
        first_due_on: date | None,
        installments: int | None,
        description: str = "",
        email: str = "",
    ) -> Carne:
        """Issue the instalments of a service with their slips, in this transaction (C-37 to C-42).

        Raises Refused with the fields at fault, as when some of the days are charged already.
        """
        lock(service)
        planned = plan(service, used_from, first_due_on, installments)
        if refusal := refusal_to_email(email):
            raise Refused(refusal, field="email")
        row = cls(
            company_id=service.company_id,
            person_id=service.person_id,
            service_id=service.id,
            description=tidy(description) or service.plan_name,
            email=email.lower(),
            status="open",
            used_from=planned.used_from,
            first_due_on=planned.first_due_on,
            installments=len(planned.installments),
            created_at=clock.now(),
            version=1,
        )
        db.session.add(row)
        db.session.flush()
        issue(list(row._drafts(service, planned)))
        row.record(
            "carne.generated",
            number=row.id,
            plan=service.plan_name,
            installments=row.installments,
            amount_cents=planned.total_cents,
        )
        return row

    def _drafts(self, service: Service, planned: CarnePlan) -> Iterator[Draft]:
        company = company_of(service)
        method = db.session.get_one(BillingMethod, service.billing_method_id)
        account = account_of(method)
        for each in planned.installments:
            yield Draft(
                company=company,
                person_id=service.person_id,
                method_id=method.id,
                account=account,
                due_on=each.due,
                charges=parts_of(service.id, each),
                carne_id=self.id,
                installment=each.number,
                tells=False,
                boleto=method.makes_boleto,
            )

    def refusal_to_change(self) -> str | None:
        if self.status == "paid":
            return "Este carnê está quitado e não muda mais. Para os próximos meses, gere outro."
        return "Este carnê está cancelado." if self.status == "cancelled" else None

    def refusal_to_print(self, payable: bool | None = None) -> str | None:
        """Why it cannot be printed. `payable`: has it an instalment to pay? None: not read yet, so it is asked here."""
        if self.status == "cancelled":
            return self.refusal_to_change()
        payable = bool(self.payable()) if payable is None else payable
        return None if payable else "Este carnê não tem parcela em aberto para imprimir."

    def change(
        self,
        due_dates: Mapping[int, date | None],
        description: str,
        email: str,
        version: int,
        *,
        may_discount: bool = False,
    ) -> None:
        """Editar: new due dates by invoice, description, e-mail (C-112). A moved instalment gets a new slip.

        What owes fine and interest only moves by whoever `may_discount`, as in `Invoice.move_due`. Raises Refused with
        the fields at fault (`due_on_<invoice>`), Stale when it changed meanwhile.
        """
        lock(db.session.get_one(Service, self.service_id))
        self.require_version(version)
        require(self.refusal_to_change())
        invoices = self.invoices()
        errors = _due_errors(invoices, due_dates, may_discount)
        if refusal := refusal_to_email(email):
            errors["email"] = refusal
        if errors:
            raise Refused(errors=errors)
        moved = [each for each in invoices if due_dates.get(each.id, each.due_on) != each.due_on]
        new = {"description": tidy(description) or self.description, "email": email.lower()}
        changes = [title for key, title in TITLES.items() if getattr(self, key) != new[key]]
        if moved:
            numbers = listed([str(each.installment) for each in moved])
            one = len(moved) == 1
            changes.append(f"vencimento da parcela {numbers}" if one else f"vencimento das parcelas {numbers}")
        for each in moved:
            each.move_due(due_dates[each.id], may_discount=may_discount, in_order=True)
        self.description, self.email = new["description"], new["email"]
        if changes:
            self.version += 1
            self.record("carne.changed", number=self.id, changes=listed(changes))

    def cancel(self, reason: str, version: int | None = None) -> None:
        """Cancelar: what is unpaid is cancelled with it, what was paid stays (C-47).

        Raises Stale, Refused without a reason, when it is paid (B-07), and while an instalment is partly paid: that
        one is a person's decision.
        """
        lock(db.session.get_one(Service, self.service_id))
        self.require_version(version)
        require(self.refusal_to_cancel())
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: o cliente passou para boleto mensal.", field="reason")
        self.status, self.version = "cancelled", self.version + 1
        for invoice in self.invoices():
            if invoice.status == "open":
                invoice.cancel(reason, with_carne=True)
        self.record("carne.cancelled", number=self.id, reason=tidy(reason))

    def history(self) -> list[Event]:
        """What was done to the booklet and its instalments, the newest first (C-113)."""
        mine = select(Invoice.id).where(Invoice.carne_id == self.id)
        ours = (Event.subject_type == "carne") & (Event.subject_id == self.id)
        theirs = (Event.subject_type == "invoice") & Event.subject_id.in_(mine)
        return list(
            db.session.scalars(select(Event).where(ours | theirs).order_by(Event.occurred_at.desc(), Event.id.desc()))
        )

    def record(self, action: str, **data: Any) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)


@follows_invoices
def _look_again(carne_id: int, opened: bool) -> None:
    lock(db.session.get_one(Carne, carne_id)).review(opened=opened)


TITLES = {"description": "descrição", "email": "e-mail"}


def _due_errors(invoices: list[Invoice], due_dates: Mapping[int, date | None], may_discount: bool) -> dict[str, str]:
    """What is wrong with new due dates: of closed or late instalments, in the past, or not one after the other."""
    errors = {}
    for each in invoices:
        new = due_dates.get(each.id, each.due_on)
        if new == each.due_on:
            continue
        if each.status != "open":
            status = INVOICE_STATUSES[each.status].lower()
            errors[f"due_on_{each.id}"] = f"A parcela {each.installment} está {status} e não muda de vencimento."
        elif refusal := each.refusal_to_move_due(new) or each.refusal_to_forgive(may_discount):
            errors[f"due_on_{each.id}"] = refusal
    standing = {each.installment: each for each in invoices if each.status != "cancelled" and each.installment}
    moved = {number for number, each in standing.items() if due_dates.get(each.id, each.due_on) != each.due_on}
    places = [Place(number, due_dates.get(each.id) or each.due_on) for number, each in standing.items()]
    for number, sentence in out_of_order(places, moved).items():
        errors.setdefault(f"due_on_{standing[number].id}", sentence)
    return errors
