"""A Pix that came in: heard of, confirmed by the bank, and settled or kept for a person (API Pix)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import banking, clock
from models.base import Base, Cents, Id, changed, db, lock, upsert
from models.billing import INVOICE_STATUSES, Invoice, Payment, Receipt, ReplacedSlip
from models.catalog import BankAccount
from models.collection.pix_charge import LIVE, PixCharge
from models.collection.whose_money import refusal_of_another
from models.operators import zone_of
from models.outbox import Left, enqueue, keep_left_out, solve, waits
from models.refused import Refused, require
from models.scope import TODAS, OfOneCompany
from models.wording import brl

RECEIPT_OUTCOMES = {
    "waiting": "A conferir",
    "settled": "Baixado",
    "divergent": "Diverge da fatura",
    "unknown": "Fatura desconhecida",
    "returned": "Devolvido",
}
UNREAD = ("pix_webhook", "pix_reconciliation")  # the works that leave out a Pix nobody can read
RETURNS = "pix_returned"  # the work that has a person look at what a bank gave back


@dataclass(frozen=True)
class ReportedPix:
    """A Pix as somebody tells it."""

    e2e_id: str
    txid: str
    amount_cents: int
    happened_at: datetime
    key: str  # it came in by; empty when nobody says
    returned_cents: int = 0  # what the bank has given back of it


class PixReceipt(OfOneCompany, Base):
    """A Pix the bank told us about, once per endToEndId, whoever told first: webhook or reconciliation.

    It belongs to the company of its invoice, and without one to that of the key it came in by. What the bank gave back
    of it settles nothing: given back after it had settled, it is `returned` until a person takes its payment back
    (016); given back whole before, it is `returned` for good.
    """

    __tablename__ = "pix_receipt"

    id: Mapped[Id]
    e2e_id: Mapped[str] = mapped_column(String(32), unique=True)
    txid: Mapped[str] = mapped_column(String(35), default="")
    amount_cents: Mapped[Cents]
    returned_cents: Mapped[Cents] = mapped_column(default=0)
    pix_key: Mapped[str] = mapped_column(String(77), default="")  # of ours; empty where nobody noted it
    happened_at: Mapped[datetime]
    invoice_id: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(10), default="waiting")
    told_by: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        CheckConstraint(f"outcome in {tuple(RECEIPT_OUTCOMES)!r}", name="outcome"),
        CheckConstraint("returned_cents between 0 and amount_cents", name="returned_cents"),
        CheckConstraint("outcome <> 'returned' or returned_cents > 0", name="returned"),
        CheckConstraint("told_by in ('webhook','reconciled')", name="told_by"),
        Index("ix_pix_receipt_outcome", "outcome"),
    )

    @property
    def label(self) -> str:
        return f"Pix {self.e2e_id}"

    @classmethod
    def keep_reported(cls, reported: Sequence[ReportedPix], by: str) -> int:
        """Keep what came in, each endToEndId once, and have the bank asked about it; how many were new.

        `by` is webhook or reconciled. Told again, even at the same moment, nothing happens, unless more was given back
        than we know of: then the bank is asked again. What nobody could read before has gone through with it.
        """
        if not reported:
            return 0
        companies = BankAccount.companies_by_key()
        once = {pix.e2e_id: pix for pix in reported}
        rows = [
            {
                "company_id": companies.get(pix.key, TODAS),
                "e2e_id": pix.e2e_id,
                "txid": pix.txid,
                "pix_key": pix.key,
                "amount_cents": pix.amount_cents,
                "returned_cents": 0,  # what only somebody tells is asked of the bank first
                "happened_at": pix.happened_at,
                "outcome": "waiting",
                "told_by": by,
                "created_at": clock.now(),
            }
            for _, pix in sorted(once.items())  # two who tell of the same ones wait for each other in one order
        ]
        adding = upsert(cls).values(rows).on_conflict_do_nothing()
        new = db.session.execute(adding.returning(cls.id, cls.e2e_id)).all()
        for row in new:
            enqueue("confirm_pix", row.e2e_id, {"receipt_id": row.id})
        cls._ask_again([pix for pix in once.values() if pix.returned_cents])
        for work in UNREAD:
            solve(work, {unread_pix(e2e_id, "").key for e2e_id in once})
        return len(new)

    @classmethod
    def _ask_again(cls, told: Sequence[ReportedPix]) -> None:
        """More was given back of these than we know of: the bank is asked, once while it was not asked yet."""
        given = {pix.e2e_id: pix.returned_cents for pix in told}
        for row in db.session.scalars(select(cls).where(cls.e2e_id.in_(given)).order_by(cls.e2e_id).with_for_update()):
            if given[row.e2e_id] > row.returned_cents and not waits(f"confirm_pix:{row.e2e_id}"):
                enqueue("confirm_pix", f"{row.e2e_id}:{uuid4().hex}", {"receipt_id": row.id})

    def confirm(self, answer: ReportedPix) -> None:
        """What the bank answered when asked about it: settle the invoice, or keep it for a person. Once.

        Asked again, the only news is what was given back of it since.
        """
        lock(self)
        if self.outcome != "waiting":
            self._hear_of_return(answer.returned_cents)
            return
        self.txid, self.amount_cents, self.happened_at = answer.txid, answer.amount_cents, answer.happened_at
        self.confirmed_at, self.pix_key, self.returned_cents = clock.now(), answer.key, answer.returned_cents
        self.company_id = self.money_of()
        invoice = _invoice_of(answer.txid)
        if invoice is None or refusal_of_another(self.company_id, invoice):
            self._wait("unknown")
        else:
            invoice.hold()
            self.invoice_id, self.company_id = invoice.id, invoice.company_id
            if not self.returned_cents and _fits(invoice, self.amount_cents, self.paid_on):
                self._settle(invoice)
            else:
                self._wait("divergent")
        if self.returned_cents:
            self._ask()

    @property
    def left_cents(self) -> int:
        """What the bank did not give back: this is what settles."""
        return self.amount_cents - self.returned_cents

    def money_of(self) -> int:
        """The company whose account it came to, TODAS for an account of all; of old ones without a key, their own."""
        return BankAccount.companies_by_key().get(self.pix_key, TODAS) if self.pix_key else self.company_id

    def refusal_to_settle(self) -> str | None:
        if self.outcome in ("divergent", "unknown"):
            return None
        if self.outcome == "waiting":
            return "O banco ainda não confirmou este Pix. Espere alguns minutos."
        if self.outcome == "returned":
            return "O banco devolveu este Pix. Não há o que baixar: se uma fatura foi baixada com ele, estorne."
        return "Este Pix já foi baixado."

    def settle_on(self, number: int | None) -> None:
        """Baixar na fatura: a person says what a divergent or unknown Pix is for. Raises Refused."""
        lock(self)
        require(self.refusal_to_settle())
        invoice = db.session.scalars(select(Invoice).where(Invoice.number == number)).first()
        if invoice is None:
            raise Refused("Não há fatura com este número. Confira o número na fatura do cliente.", field="number")
        if refusal := refusal_of_another(self.money_of(), invoice):
            raise Refused(refusal, field="number")
        self.invoice_id, self.company_id = invoice.id, invoice.company_id
        self._settle(invoice)
        solve(RETURNS, {self._left("").key})

    def untie(self) -> None:
        """Its payment was taken back: a person says what the rest of it was for; given back whole, there is none."""
        self.outcome = "divergent" if self.left_cents else "returned"
        solve(RETURNS, {self._left("").key})

    def why_it_waits(self, invoice: Invoice | None, taken_from: int | None = None) -> str:
        """Why a person has to say what it is for; empty when nobody has to.

        `taken_from`: the number of the invoice it had settled until the estorno.
        """
        if self.outcome == "returned" or (self.returned_cents and self.outcome in ("divergent", "unknown")):
            return self._about_return()
        if self.outcome == "divergent" and taken_from:
            return f"Foi estornado da fatura {taken_from}: diga de qual fatura ele é."
        if self.outcome == "unknown" or (self.outcome == "divergent" and invoice is None):
            return "Nenhuma fatura pediu este Pix. Diga de qual fatura ele é."
        if self.outcome != "divergent" or invoice is None:
            return ""
        if invoice.status in ("cancelled", "written_off"):
            closed = INVOICE_STATUSES[invoice.status].lower()
            return f"A fatura {invoice.number} está {closed}: baixado nela, o valor vira crédito do cliente."
        if self.paid_on < invoice.issued_on:
            return f"Entrou antes da emissão da fatura {invoice.number}. Confira antes de baixar."
        return f"O valor não é o que a fatura {invoice.number} custa. Confira antes de baixar."

    def _about_return(self) -> str:
        if not self.left_cents:
            return "O banco devolveu este Pix inteiro: ele não paga nada. Se uma fatura foi baixada com ele, estorne."
        told = f"O banco devolveu {brl(self.returned_cents)} deste Pix, restam {brl(self.left_cents)}."
        if self.outcome == "returned":
            return f"{told} Estorne o pagamento, depois diga de qual fatura é o resto."
        return f"{told} Diga de qual fatura é o resto."

    @property
    def paid_on(self) -> date:
        return clock.local(self.happened_at, zone_of(self)).date()

    def _hear_of_return(self, returned_cents: int) -> None:
        """The bank gave back more than we knew: nothing is taken back by itself, a person is asked. Once."""
        if returned_cents <= self.returned_cents:
            return
        self.returned_cents = min(returned_cents, self.amount_cents)
        if self.outcome in ("settled", "returned"):
            mine = update(Payment).where(Payment.e2e_id == self.e2e_id, Payment.stands())
            changed(mine.values(returned_cents=self.returned_cents))
        if self.outcome == "settled":
            self.outcome = "returned"
        elif self.outcome != "returned":
            self._wait(self.outcome)
        self._ask()

    def _wait(self, outcome: str) -> None:
        """For a person; given back whole, nothing of it waits."""
        self.outcome = outcome if self.left_cents else "returned"
        self._close_charge("paid" if self.left_cents else "done")

    def _ask(self) -> None:
        keep_left_out(RETURNS, [self._left(self._about_return())])

    def _left(self, sentence: str) -> Left:
        invoice = db.session.get(Invoice, self.invoice_id) if self.invoice_id else None
        person_id = invoice.person_id if invoice else None
        return Left("pix_receipt", self.id, sentence, person_id, ("pix_receipt", self.id), company_id=self.company_id)

    def _settle(self, invoice: Invoice) -> None:
        paid_on = clock.local(self.happened_at, zone_of(invoice)).date()
        invoice.settle(Receipt("pix", self.left_cents, paid_on, paid_on, e2e_id=self.e2e_id))
        self.outcome = "settled"
        self._close_charge("done")

    def _close_charge(self, status: str) -> None:
        mine = update(PixCharge).where(PixCharge.txid == self.txid, PixCharge.status.in_(LIVE))
        db.session.execute(mine.values(status=status))


def unread_pix(e2e_id: str, why: str) -> Left:
    """What is kept of a Pix that a bank told of and nobody can read."""
    sentence = (
        "O banco contou um Pix que não se entende. Procure-o no extrato e baixe a fatura dele pelo balcão; "
        f"depois marque como vista. ({why})"
    )
    part = e2e_id or hashlib.sha256(why.encode()).hexdigest()[:12]
    return Left("pix", 0, sentence[:300], part=part)


def _invoice_of(txid: str) -> Invoice | None:
    """By the txid of its charge, that of its static code, or of one it had before its due date moved."""
    dynamic = select(PixCharge.invoice_id).where(PixCharge.txid == txid)
    replaced = select(ReplacedSlip.invoice_id).where(ReplacedSlip.txid == txid)
    found: Any = select(Invoice).where(or_(Invoice.txid == txid, Invoice.id.in_(dynamic), Invoice.id.in_(replaced)))
    return db.session.scalars(found).first()


def _fits(invoice: Invoice, cents: int, on: date) -> bool:
    """Is this what the invoice costs? Paid already: its total, once more, is a credit and needs nobody.

    What was contested a code of before still asks for: the rest is settled, and that part is a credit (B-11).
    """
    if invoice.status in ("paid", "contested"):
        return cents == invoice.total_cents
    if invoice.status != "open" or on < invoice.issued_on:
        return False
    asked = banking.amount_due(invoice.open_cents + invoice.contested_cents, invoice.due_on, on, invoice.late_terms)
    return cents == asked.total_cents or invoice.open_cents <= cents <= invoice.amount_due(on).total_cents
