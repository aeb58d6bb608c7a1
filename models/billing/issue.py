"""Issuing invoices, one or thousands: the same columns, in named inserts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import update

from models import clock
from models.base import db, insert_all, reserve_ids
from models.billing.charge import MONTH, Charge, ChargeItem
from models.billing.credit import Credit
from models.billing.invoice import Invoice
from models.billing.slip import account_of, late_terms_of, payee_name, slip
from models.catalog import BankAccount, BillingMethod
from models.history import Event, event_values
from models.numbers import take
from models.operators import Company, company_of
from models.pricing import FirstInvoice, Installment, Part
from models.refused import Refused, require
from models.services import Service
from models.wording import counted

FEE = "fee"


class NewCharge(NamedTuple):
    """A charge to be written with its invoice. `items` are (kind, name, cents) and sum to the amount."""

    service_id: int
    kind: str
    description: str
    amount_cents: int
    items: tuple[tuple[str, str, int], ...]
    period: tuple[date, date] | None = None
    formula: tuple[int, int, int] | None = None  # fee_cents, days, divisor


class Draft(NamedTuple):
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
    boleto: bool = True  # False: its method issues none, as «Somente Pix»
    credit_cents: int = 0  # of the customer, held by whoever issues; it joins as a line

    @property
    def charged_cents(self) -> int:
        return sum(new.amount_cents for new in self.charges) + sum(row.net_cents for row in self.standing)

    @property
    def total_cents(self) -> int:
        """What is asked for. 0: the credit covers it, and the invoice is paid as it is issued."""
        return self.charged_cents - self.credit_cents

    @property
    def has_boleto(self) -> bool:
        return bool(self.boleto and self.account and self.account.bank and self.total_cents)

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and last day of use that it charges."""
        days = [day for new in self.charges if new.period for day in new.period]
        days += [day for row in self.standing for day in (row.period_start, row.period_end) if day]
        return (min(days), max(days)) if days else (None, None)


def issue(drafts: Sequence[Draft], on: date | None = None) -> list[int]:
    """Write the invoices with charges, composition, slips and events in this transaction; their ids, in order.

    Each is of the day it is at its company, unless `on` says another.
    Numbers of invoices and nosso números are reserved in blocks, so they have no gap and no double. Raises Refused
    where a bank can be told of no boleto.
    """
    if not drafts:
        return []
    for account in {draft.account for draft in drafts if draft.account and draft.has_boleto}:
        require(account.refusal_to_register())
    payees = {company: payee_name(company) for company in {draft.company for draft in drafts}}
    last, at = take("invoice", len(drafts)), clock.now()
    days = [on or clock.today(draft.company.zone) for draft in drafts]
    numbers, nosso_numeros = range(last - len(drafts) + 1, last + 1), _nosso_numeros(drafts, days)
    ids = reserve_ids(Invoice, len(drafts))
    rows = [
        _invoice_values(draft, id, number, nosso_numero, payees[draft.company], day, at)
        for draft, id, number, nosso_numero, day in zip(drafts, ids, numbers, nosso_numeros, days, strict=True)
    ]
    insert_all(Invoice, rows)
    _charge(drafts, rows)
    _join_credits(drafts, rows, days)
    insert_all(Event, [_issued(row) for draft, row in zip(drafts, rows, strict=True) if draft.tells])
    return ids


def refusals_to_issue(drafts: Sequence[Draft]) -> list[str]:
    """Why each of these invoices cannot be issued, "" where it can: its slip, made as `issue` makes it, says no.

    Each account has numbers for so many of them, in their order. Nothing is reserved.
    """
    days = {company: clock.today(company.zone) for company in {draft.company for draft in drafts}}
    payees = {company: payee_name(company) for company in days}
    left: dict[tuple[BankAccount, int], int] = {}
    mute: dict[BankAccount, str] = {}
    known: dict[tuple[Any, ...], str] = {}
    found = []
    for draft in drafts:
        on = days[draft.company]
        key = (draft.account, draft.has_boleto, payees[draft.company], draft.due_on, draft.charged_cents, on)
        if key not in known:
            known[key] = _refusal_to_slip(*key)
        refusal = known[key]
        if not refusal and draft.account and draft.has_boleto:
            if draft.account not in mute:
                mute[draft.account] = draft.account.refusal_to_register() or ""
            refusal = mute[draft.account]
        if not refusal and draft.account and draft.has_boleto:
            block = (draft.account, on.year)
            if block not in left:
                left[block] = draft.account.numbers_left(on)
            refusal = "" if left[block] > 0 else draft.account.without_numbers
            left[block] -= 1
        found.append(refusal)
    return found


def _refusal_to_slip(
    account: BankAccount | None, has_boleto: bool, payee: str, due_on: date, cents: int, on: date
) -> str:
    if cents <= 0:
        return "Não há o que faturar: o total é zero. Confira os valores do serviço."
    try:
        slip(account, payee, 1 if has_boleto else None, due_on, cents, on)
    except Refused as no:
        return no.sentence
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        name = account.name if account else ""
        return f"O boleto ou Pix não pôde ser feito. Confira a conta {name} ({type(error).__name__}: {error})"[:300]
    return ""


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
        company=company_of(charge),
        person_id=charge.person_id,
        method_id=method.id,
        account=account_of(method),
        due_on=charge.due_on,
        standing=(charge,),
        boleto=method.makes_boleto,
    )
    [id] = issue([draft])
    return id


def parts_of(service_id: int, invoice: FirstInvoice | Installment) -> tuple[NewCharge, ...]:
    """The charges of a computed invoice: one per part, each with its arithmetic; the fee as a charge of its own."""
    charges = charges_of(service_id, invoice.parts)
    if isinstance(invoice, FirstInvoice) and (fee := invoice.installation_fee):
        charges += (NewCharge(service_id, FEE, fee.name, fee.cents, ((FEE, fee.name, fee.cents),)),)
    return charges


def charges_of(service_id: int, parts: Sequence[Part]) -> tuple[NewCharge, ...]:
    """A charge for each stretch of use that costs anything."""
    return tuple(_of_part(service_id, part) for part in parts if part.cents)


def _of_part(service_id: int, part: Part) -> NewCharge:
    lines = tuple((line.kind, line.name, line.cents) for line in part.lines)
    formula = (part.formula.fee_cents, part.formula.days, part.formula.divisor) if part.formula else None
    days = f"{counted(part.period.days, 'dia')} de uso"
    text = f"{days}, resto da mensalidade" if part.rest else days if part.formula else MONTH
    return NewCharge(service_id, "monthly", text, part.cents, lines, (part.period.from_, part.period.to), formula)


def _nosso_numeros(drafts: Sequence[Draft], days: Sequence[date]) -> list[int | None]:
    """A reserved number for each draft with a bank, in one block per account and year of issue.

    Companies of an account see the new year at other hours, and a bank may count anew (`BankAccount.series`).
    """
    wanted = [
        (draft.account, day.year) if draft.account and draft.has_boleto else None
        for draft, day in zip(drafts, days, strict=True)
    ]
    following: dict[tuple[BankAccount, int], Iterator[int]] = {}
    for (account, year), count in sorted(Counter(filter(None, wanted)).items(), key=_in_order):
        last = account.take_numbers(count, date(year, 1, 1))
        following[account, year] = iter(range(last - count + 1, last + 1))
    return [next(following[block]) if block else None for block in wanted]


def _in_order(block: tuple[tuple[BankAccount, int], int]) -> tuple[int, int]:
    """Counters are locked by account, then by year."""
    (account, year), _ = block
    return account.id, year


def _invoice_values(
    draft: Draft, id: int, number: int, nosso_numero: int | None, payee: str, on: date, at: datetime
) -> dict[str, Any]:
    start, end = draft.period
    services = {new.service_id for new in draft.charges} | {row.service_id for row in draft.standing}
    total_cents = draft.total_cents
    asked = slip(
        draft.account if total_cents else None,
        payee,
        nosso_numero,
        draft.due_on,
        total_cents,
        on,
        draft.installment or 1,
    )
    return {
        "id": id,
        "company_id": draft.company.id,
        "number": number,
        "person_id": draft.person_id,
        "service_id": services.pop() if len(services) == 1 else None,
        "billing_method_id": draft.method_id,
        "bank_account_id": draft.account.id if draft.account else None,  # also when there is nothing to pay
        "carne_id": draft.carne_id,
        "installment": draft.installment,
        "with_carne": False,
        "issued_on": on,
        "due_on": draft.due_on,
        "period_start": start,
        "period_end": end,
        "total_cents": total_cents,
        "credit_cents": draft.credit_cents,
        "paid_cents": 0,
        "paid_on": None if total_cents else on,
        "status": "open" if total_cents else "paid",
        "created_at": at,
        "version": 1,
        **late_terms_of(draft.company),
        **asked,
        "account_edition": draft.account.edition if draft.account else None,
    }


def _charge(drafts: Sequence[Draft], invoices: Sequence[dict[str, Any]]) -> None:
    pairs = [(invoice, new) for draft, invoice in zip(drafts, invoices, strict=True) for new in draft.charges]
    ids = reserve_ids(Charge, len(pairs))
    insert_all(Charge, [_charge_values(id, *pair) for id, pair in zip(ids, pairs, strict=True)])
    items = [
        {
            "company_id": invoice["company_id"],
            "charge_id": charge_id,
            "position": position,
            "kind": kind,
            "name": name,
            "amount_cents": cents,
        }
        for charge_id, (invoice, new) in zip(ids, pairs, strict=True)
        for position, (kind, name, cents) in enumerate(new.items)
    ]
    insert_all(ChargeItem, items)
    for draft, invoice in zip(drafts, invoices, strict=True):
        for row in draft.standing:
            db.session.execute(update(Charge).where(Charge.id == row.id).values(invoice_id=invoice["id"]))


def _charge_values(id: int, invoice: dict[str, Any], new: NewCharge) -> dict[str, Any]:
    start, end = new.period or (None, None)
    fee, days, divisor = new.formula or (None, None, None)
    return {
        "id": id,
        "company_id": invoice["company_id"],
        "person_id": invoice["person_id"],
        "service_id": new.service_id,
        "invoice_id": invoice["id"],
        "kind": new.kind,
        "description": new.description,
        "period_start": start,
        "period_end": end,
        "due_on": invoice["due_on"],
        "amount_cents": new.amount_cents,
        "discount_cents": 0,
        "fee_cents": fee,
        "days": days,
        "divisor": divisor,
        "status": invoice["status"],
        "created_at": invoice["created_at"],
    }


def _join_credits(drafts: Sequence[Draft], invoices: Sequence[dict[str, Any]], days: Sequence[date]) -> None:
    """Take what joined each invoice off the credit of its customer, with its event."""
    for draft, invoice, on in zip(drafts, invoices, days, strict=True):
        if draft.credit_cents:
            credit = Credit.of(draft.person_id, draft.company.id)
            credit.move("joined", -draft.credit_cents, invoice_id=invoice["id"], happened_on=on)
            credit.record("credit.joined", number=invoice["number"], amount_cents=draft.credit_cents)


def _issued(invoice: dict[str, Any]) -> dict[str, Any]:
    """The event of an invoice."""
    return event_values(
        "invoice.issued",
        ("invoice", invoice["id"], f"fatura {invoice['number']}"),
        person_id=invoice["person_id"],
        company_id=invoice["company_id"],
        number=invoice["number"],
        amount_cents=invoice["total_cents"],
        due_on=invoice["due_on"].isoformat(),
    )
