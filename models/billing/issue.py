"""Issuing invoices, one or thousands: the same columns, in named inserts (performance.md 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import update

from models import clock
from models.base import db, insert_all
from models.billing.charge import Charge, ChargeItem
from models.billing.invoice import Invoice
from models.billing.proration import FirstInvoice, Installment, Part
from models.billing.slip import account_of, payee_name, slip
from models.catalog import BankAccount, BillingMethod
from models.history import Event, event_values
from models.numbers import take
from models.operators import Company
from models.refused import Refused
from models.services import Service

FEE = "fee"


@dataclass(frozen=True)
class NewCharge:
    """A charge to be written with its invoice. `items` are (kind, name, cents) and sum to the amount."""

    service_id: int
    kind: str
    description: str
    amount_cents: int
    items: tuple[tuple[str, str, int], ...]
    period: tuple[date, date] | None = None
    formula: tuple[int, int, int] | None = None  # fee_cents, days, divisor


@dataclass(frozen=True)
class Draft:
    """An invoice about to be issued: charges to be written, or charges that stand already."""

    company: Company
    person_id: int
    method_id: int
    account: BankAccount | None
    due_on: date
    charges: tuple[NewCharge, ...] = ()
    standing: tuple[Charge, ...] = ()
    carne_id: int | None = None
    installment: int | None = None
    tells: bool = True  # a carnê writes one event for all its invoices

    @property
    def total_cents(self) -> int:
        return sum(new.amount_cents for new in self.charges) + sum(row.net_cents for row in self.standing)

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and last day of use that it charges."""
        days = [new.period for new in self.charges if new.period]
        days += [(row.period_start, row.period_end) for row in self.standing if row.period_start and row.period_end]
        return (min(start for start, _ in days), max(end for _, end in days)) if days else (None, None)


def issue(drafts: Sequence[Draft], on: date) -> list[int]:
    """Write the invoices with charges, composition, slips and events in this transaction; their ids, in order.

    Numbers of invoices and nosso números are reserved in blocks, so they have no gap and no double.
    """
    if not drafts:
        return []
    last = take("invoice", len(drafts))
    numbers = _nosso_numeros(drafts, on)
    rows = [
        _invoice_values(draft, last - len(drafts) + 1 + index, numbers[index], on) for index, draft in enumerate(drafts)
    ]
    ids = insert_all(Invoice, rows)
    _charge(drafts, ids)
    told = [
        event_values(
            "invoice.issued",
            ("invoice", id, f"fatura {row['number']}"),
            person_id=draft.person_id,
            company_id=draft.company.id,
            number=row["number"],
            amount_cents=row["total_cents"],
            due_on=draft.due_on.isoformat(),
        )
        for draft, id, row in zip(drafts, ids, rows, strict=True)
        if draft.tells
    ]
    insert_all(Event, told)
    return ids


def issue_alone(charge: Charge) -> int:
    """Issue a one-off charge as an invoice of its own, payable as its service is (C-51); the invoice's id.

    A carnê service is charged so, too (C-52). Raises Refused when its discount leaves nothing to pay.
    """
    if not charge.net_cents:
        sentence = "Com o desconto não sobra o que faturar. Diminua o desconto ou gere a cobrança avulsa."
        raise Refused(sentence, field="discount_cents")
    service = db.session.get_one(Service, charge.service_id)
    method = db.session.get_one(BillingMethod, service.billing_method_id)
    draft = Draft(
        company=db.session.get_one(Company, charge.company_id),
        person_id=charge.person_id,
        method_id=method.id,
        account=account_of(method),
        due_on=charge.due_on,
        standing=(charge,),
    )
    [id] = issue([draft], clock.today())
    return id


def parts_of(service_id: int, invoice: FirstInvoice | Installment, kinds: Sequence[str]) -> list[NewCharge]:
    """The charges of a computed invoice: one per part, each with its arithmetic; the fee as a charge of its own."""
    charges = [_of_part(service_id, part, kinds) for part in invoice.parts]
    if isinstance(invoice, FirstInvoice) and (fee := invoice.installation_fee):
        charges.append(NewCharge(service_id, FEE, fee.name, fee.cents, ((FEE, fee.name, fee.cents),)))
    return charges


def _of_part(service_id: int, part: Part, kinds: Sequence[str]) -> NewCharge:
    lines = tuple((kind, line.name, line.cents) for kind, line in zip(kinds, part.lines, strict=True))
    formula = (part.formula.fee_cents, part.formula.days, part.formula.divisor) if part.formula else None
    text = f"{part.period.days} dias de uso" if part.formula else "Mensalidade"
    return NewCharge(service_id, "monthly", text, part.cents, lines, (part.period.from_, part.period.to), formula)


def _nosso_numeros(drafts: Sequence[Draft], on: date) -> list[int | None]:
    """A reserved number for each draft with a bank, in one block per account."""
    counts: dict[int, int] = {}
    for draft in drafts:
        if draft.account and draft.account.bank:
            counts[draft.account.id] = counts.get(draft.account.id, 0) + 1
    accounts = {draft.account.id: draft.account for draft in drafts if draft.account}
    following = {id: accounts[id].take_numbers(count, on) - count for id, count in sorted(counts.items())}
    numbers: list[int | None] = []
    for draft in drafts:
        if draft.account and draft.account.bank:
            following[draft.account.id] += 1
            numbers.append(following[draft.account.id])
        else:
            numbers.append(None)
    return numbers


def _invoice_values(draft: Draft, number: int, nosso_numero: int | None, on: date) -> dict[str, Any]:
    start, end = draft.period
    services = {new.service_id for new in draft.charges} | {row.service_id for row in draft.standing}
    return {
        "company_id": draft.company.id,
        "number": number,
        "person_id": draft.person_id,
        "service_id": services.pop() if len(services) == 1 else None,
        "billing_method_id": draft.method_id,
        "bank_account_id": draft.account.id if draft.account else None,
        "carne_id": draft.carne_id,
        "installment": draft.installment,
        "issued_on": on,
        "due_on": draft.due_on,
        "period_start": start,
        "period_end": end,
        "total_cents": draft.total_cents,
        "paid_cents": 0,
        "status": "open",
        "created_at": clock.now(),
        "version": 1,
        **slip(
            draft.account,
            payee_name(draft.company),
            nosso_numero,
            draft.due_on,
            draft.total_cents,
            on,
            draft.installment or 1,
        ),
    }


def _charge(drafts: Sequence[Draft], invoice_ids: Sequence[int]) -> None:
    pairs = [(draft, id, new) for draft, id in zip(drafts, invoice_ids, strict=True) for new in draft.charges]
    ids = insert_all(Charge, [_charge_values(draft, id, new) for draft, id, new in pairs])
    items = [
        {
            "company_id": draft.company.id,
            "charge_id": charge_id,
            "position": position,
            "kind": kind,
            "name": name,
            "amount_cents": cents,
        }
        for charge_id, (draft, _, new) in zip(ids, pairs, strict=True)
        for position, (kind, name, cents) in enumerate(new.items)
    ]
    insert_all(ChargeItem, items)
    for draft, id in zip(drafts, invoice_ids, strict=True):
        for row in draft.standing:
            db.session.execute(update(Charge).where(Charge.id == row.id).values(invoice_id=id))


def _charge_values(draft: Draft, invoice_id: int, new: NewCharge) -> dict[str, Any]:
    start, end = new.period or (None, None)
    fee, days, divisor = new.formula or (None, None, None)
    return {
        "company_id": draft.company.id,
        "person_id": draft.person_id,
        "service_id": new.service_id,
        "invoice_id": invoice_id,
        "kind": new.kind,
        "description": new.description,
        "period_start": start,
        "period_end": end,
        "due_on": draft.due_on,
        "amount_cents": new.amount_cents,
        "discount_cents": 0,
        "fee_cents": fee,
        "days": days,
        "divisor": divisor,
        "status": "open",
        "created_at": clock.now(),
    }
