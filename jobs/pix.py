"""The bank is told how an invoice stands, and asked about each Pix it told us of (API Pix)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy import select

from integrations.pix import ChargeTerms, Payer, PixClient, PixTrouble
from models import clock
from models.base import db, lock, read_only
from models.billing import Invoice
from models.catalog import AccountEdition
from models.collection import PixCharge, PixReceipt, ReportedPix
from models.collection.debtor import debtors
from models.collection.pix_charge import VALID_DAYS
from models.operators import company_of

Done = Callable[[], None]


def bank() -> PixClient | None:
    """The bank of this installation; None: there are only static codes."""
    return current_app.extensions["pix"]  # type: ignore[no-any-return]


def request_pix(payload: dict[str, Any]) -> Done:
    """Make the charge at the bank what the invoice is now; asking again changes nothing."""
    with read_only():
        charge = db.session.get_one(PixCharge, payload["charge_id"], populate_existing=True)
        invoice = db.session.get_one(Invoice, charge.invoice_id, populate_existing=True)
        txid, terms = charge.txid, _terms(invoice, charge) if invoice.status == "open" else None
        late = invoice.due_on < clock.today(clock.ZONE)  # banks count their days in Brasília
    status, code = _bring_up_to_date(_there(), txid, terms, late)

    def keep() -> None:
        row = lock(db.session.get_one(PixCharge, payload["charge_id"]))
        if row.status != "requested":  # paid while we spoke: what the bank said before that is old
            return
        if status == "active" and terms:
            row.registered(code, terms.cents, terms.due_on)
        else:
            row.status = status

    return keep


def confirm_pix(payload: dict[str, Any]) -> Done:
    """Only what the bank itself answers settles an invoice; what anybody posted does not."""
    with read_only():
        e2e_id = db.session.scalar(select(PixReceipt.e2e_id).where(PixReceipt.id == payload["receipt_id"])) or ""
    found = _there().received(e2e_id)
    if found is None or found.e2e_id != e2e_id:
        raise PixTrouble("the bank knows of no such Pix")
    reported = ReportedPix(found.e2e_id, found.txid, found.cents, found.at, found.key, found.returned_cents)

    def keep() -> None:
        receipt = db.session.get_one(PixReceipt, payload["receipt_id"])
        if found.returning and receipt.outcome == "waiting":  # asked again later, or by a person in the end
            raise PixTrouble("the bank is giving it back: what stays is not decided yet")
        receipt.confirm(reported)

    return keep


def _there() -> PixClient:
    there = bank()
    if there is None:
        raise PixTrouble("no bank is configured (ENLACE_PIX_URL)")
    return there


def _bring_up_to_date(there: PixClient, txid: str, terms: ChargeTerms | None, late: bool) -> tuple[str, str]:
    """The status of the charge and its code, after the bank was told what was new to it."""
    found = there.charge(txid)
    if found and found.paid:
        return "paid", ""
    if terms is None:
        if found and found.active:
            there.remove(txid)
        return "removed", ""
    if found is None:
        return ("removed", "") if late else ("active", there.put(txid, terms).code)
    if not found.active:
        return "removed", ""
    if (found.cents, found.due_on) != (terms.cents, terms.due_on):
        found = there.change(txid, terms)
    return "active", found.code


def _terms(invoice: Invoice, charge: PixCharge) -> ChargeTerms:
    """What the bank is told: the key is that of the charge for ever, whatever key its account has now."""
    company = company_of(invoice)
    account = db.session.get_one(AccountEdition, (charge.bank_account_id, charge.account_edition))
    who = debtors([invoice.id])[invoice.id]
    return ChargeTerms(
        account.pix_key,
        invoice.due_on,
        invoice.open_cents,
        invoice.fine_bp,
        invoice.interest_bp,
        VALID_DAYS,
        Payer(who.document, who.name, who.street, who.city, who.state, who.cep),
        f"{company.name}, {invoice.label}",
    )
