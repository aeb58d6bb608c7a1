"""What a customer owes today, when the rest is due, how the last twelve months were paid; one question (B-13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, func, or_, select

from models.banking import business_day
from models.base import db
from models.billing import Charge, Invoice
from models.billing.invoice import issued_with
from models.billing.slip import payee
from models.catalog import AccountEdition
from models.collection import PixCharge
from models.collection.to_pay import ToPay, payable, today_of
from models.desk.contact_texts import invoice_text
from models.desk.invoices import UNSETTLED, ListedInvoice, Standing
from models.operators import Company
from models.services import Service
from models.wording import counted, month_name, short_day

MONTHS = 12
SHOWN = 3  # open invoices on the page; the rest stands in Financeiro
# How the invoices of a month were paid, of one and of a count of months; the worst of them counts, in this order.
PAID = {
    "late": ("em atraso", "em atraso"),
    "delayed": ("paga com atraso", "com atraso"),
    "open": ("em aberto", "em aberto"),
    "on_time": ("paga em dia", "em dia"),
    "none": ("sem fatura", "sem fatura"),
}


class Bill(NamedTuple):
    """An open or contested invoice, with what it costs and asks for today, and what it is for."""

    to_pay: ToPay
    charged: list[str]
    payee: str  # the name of the company that asks for it

    @property
    def invoice(self) -> Invoice:
        return self.to_pay.invoice

    @property
    def is_open(self) -> bool:
        return self.invoice.status == "open"

    @property
    def late(self) -> bool:
        return self.is_open and self.to_pay.due.days_late > 0

    @property
    def cents(self) -> int:
        """To be paid today, with fine and interest; nothing while it is contested."""
        return self.to_pay.due.total_cents if self.is_open else 0

    def standing(self) -> Standing:
        """As in the lists of invoices."""
        return ListedInvoice(self.invoice, self.to_pay.company, "").standing()

    @property
    def pix_code(self) -> str:
        return self.to_pay.pix_code if self.is_open else ""

    @property
    def line(self) -> str:
        """The linha digitável while the boleto asks for what is owed."""
        return self.invoice.line if self.is_open and self.invoice.boleto_is_good else ""

    @property
    def refusal_of_pix(self) -> str:
        """Why there is no code to copy."""
        if not self.is_open:
            return "Em contestação: nada se paga até a resposta."
        return "" if self.pix_code else "Sem Pix: a conta da forma de cobrança não tem chave."

    def text(self, called: str) -> str:
        """What WhatsApp carries to the customer."""
        row = self.to_pay
        known = {"pix_code": self.pix_code, "line": self.line}
        at = self.invoice
        return invoice_text(called, self.payee, at.number, at.due_on, self.cents, today=row.today, **known)


class Month(NamedTuple):
    """A month of the strip: 'nov', and how its invoices were paid."""

    first: date
    how: str

    @property
    def name(self) -> str:
        return month_name(self.first)

    @property
    def words(self) -> str:
        return PAID[self.how][0]


@dataclass(frozen=True)
class Money:
    """`bills`: what is open or contested, the first due on top. `strip`: twelve months, the oldest first."""

    bills: list[Bill]
    strip: list[Month]

    @property
    def open(self) -> list[Bill]:
        return [bill for bill in self.bills if bill.is_open]

    @property
    def late(self) -> list[Bill]:
        return [bill for bill in self.bills if bill.late]

    @property
    def contested(self) -> list[Bill]:
        return [bill for bill in self.bills if bill.invoice.contest == "open"]

    @property
    def owed(self) -> list[Bill]:
        """What is due by today, late or within the days without fine."""
        return [bill for bill in self.open if bill.invoice.due_on <= bill.to_pay.today]

    @property
    def owed_cents(self) -> int:
        return total(self.owed)

    @property
    def coming(self) -> list[Bill]:
        """Those of the next due date."""
        future = self._future
        return [bill for bill in future if bill.invoice.due_on == future[0].invoice.due_on]

    @property
    def later(self) -> list[Bill]:
        return self._future[len(self.coming) :]

    @property
    def _future(self) -> list[Bill]:
        return [bill for bill in self.open if bill.invoice.due_on > bill.to_pay.today]

    @property
    def shown(self) -> list[Bill]:
        return self.bills[:SHOWN]

    @property
    def more(self) -> int:
        """How many are open beyond those shown."""
        return max(len(self.bills) - SHOWN, 0)

    def facts(self) -> list[tuple[str, int]]:
        """What is open by when it is due: words and cents."""
        groups = [
            ("Em atraso, ", self.late),
            ("Sem multa ainda, ", [bill for bill in self.owed if not bill.late]),
            (f"Vence {short_day(self.coming[0].invoice.due_on)}, " if self.coming else "", self.coming),
            ("Depois, ", self.later),
        ]
        return [(f"{words}{counted(len(bills), 'fatura')}", total(bills)) for words, bills in groups if bills]

    @property
    def strip_words(self) -> str:
        """'Últimos 12 meses: 9 em dia, 1 com atraso, 2 em atraso'."""
        times = Counter(month.how for month in self.strip if month.how != "none")
        said = [f"{times[how]} {words[1]}" for how, words in reversed(PAID.items()) if times[how]]
        return f"Últimos doze meses: {', '.join(said)}" if said else "Nenhuma fatura em doze meses"


def total(bills: Iterable[Bill]) -> int:
    """What some invoices cost together today, in cents."""
    return sum(bill.cents for bill in bills)


def money(person_id: int, on: date) -> Money:
    """Of a customer on a day; one question whatever they owe, and one more where TODAS is paid."""
    months = _months(on)
    rows = db.session.execute(_invoices(), {"person": person_id, "since": months[0]}).all()
    payees = {company.id: payee(company) for company in {row.Company for row in rows}}
    bills, how = [], dict.fromkeys(months, "none")
    for row in rows:
        invoice, month = row.Invoice, row.Invoice.due_on.replace(day=1)
        if invoice.status in UNSETTLED:
            whom = payees[row.Company.id]
            seen = today_of(invoice, row.Company, row.AccountEdition, row.code, whom.legal_name or whom.name)
            bills.append(Bill(seen, list(dict.fromkeys((row.charged or "").splitlines())), whom.name))
        if month in how:
            how[month] = min(how[month], _how(invoice, on), key=list(PAID).index)
    return Money(bills, [Month(month, how[month]) for month in months])


def _how(invoice: Invoice, on: date) -> str:
    until = business_day(invoice.due_on)
    if invoice.status in UNSETTLED:
        return "late" if invoice.status == "open" and on > until else "open"
    return "delayed" if invoice.paid_on and invoice.paid_on > until else "on_time"


def _months(on: date) -> list[date]:
    """The first days of the last twelve months, this one the last."""
    at = on.year * 12 + on.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(at - MONTHS + 1, at + 1)]


@cache
def _invoices() -> Select[*tuple[Any, ...]]:
    """All that is open, and what was paid of the months of the strip; what each is for, a line a charge."""
    words = case((Charge.kind == "monthly", Service.plan_name), else_=Charge.description)
    charged = select(func.aggregate_strings(words, "\n")).select_from(Charge)
    charged = charged.join(Service, Service.id == Charge.service_id)
    paid = and_(Invoice.status == "paid", Invoice.due_on >= bindparam("since"))
    return (
        select(
            Invoice,
            Company,
            AccountEdition,
            PixCharge.code,
            charged.where(Charge.invoice_id == Invoice.id).correlate(Invoice).scalar_subquery().label("charged"),
        )
        .join(Company, Company.id == Invoice.company_id)
        .outerjoin(AccountEdition, issued_with())
        .outerjoin(PixCharge, payable())
        .where(Invoice.person_id == bindparam("person"), or_(Invoice.status.in_(UNSETTLED), paid))
        .order_by(Invoice.due_on, Invoice.id)
    )
