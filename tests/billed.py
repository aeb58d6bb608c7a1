"""The cast with its money, for `flask demo` and fixture `billed`: an account, some months of invoices, payments.

Dona Rita owes the last two invoices, Maria the last one; Seu Zé paid one late at the counter and has one open;
the others paid on their day. Everything goes through the run and the payments, on the days when it happened.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from models import clock
from models.base import db
from models.billing import Invoice, Receipt, first_due, receive, settle
from models.billing.run import bill, persons_to_bill
from models.catalog import BankAccount, BillingMethod
from models.dunning.debt_notice import tell_debt
from models.dunning.debts import debts_of
from models.history import Actor, acting
from models.history.acting import TODAS
from models.operators import Company
from models.outbox import Effect
from tests import cast

DAYS = 100  # how far back the house bills
BANK = Actor("integration", None, "Retorno do Itaú")


def load() -> None:
    """Bill the cast and commit."""
    with acting(cast.INSTALLER, "job"):
        _account()
        begins = clock.today() - timedelta(days=DAYS - 5)
        db.session.execute(update(Company).values(bills_from=begins))
        for ago in range(DAYS, -1, -5):
            with cast.days_ago(ago, "06:00"):
                bill(persons_to_bill())
        bill([cast.ze().id], until=first_due(clock.today(), 15))
        _payments()
        _notices()
        # What those payments asked for was looked at on their day; the mails and the access are up to the worker.
        done = update(Effect).where(Effect.kind == "review_service").values(state="done")
        db.session.execute(done.execution_options(synchronize_session=False))
        db.session.commit()


def _account() -> None:
    account = BankAccount(
        company_id=TODAS,
        name="Itaú, conta principal",
        bank="341",
        fields={"agencia": "0057", "conta": "12345", "carteira": "109"},
        pix_key="financeiro@valeclaro.example",
        pix_city="VALE CLARO",
        instructions="Pague em qualquer banco, mesmo depois do vencimento.",
    )
    account.create()
    for method in db.session.scalars(select(BillingMethod).where(BillingMethod.means != "counter")):
        method.bank_account_id = account.id
    db.session.flush()


def _payments() -> None:
    today = clock.today()
    registered = update(Invoice).where(Invoice.barcode != "", Invoice.due_on < today).values(registration="registered")
    db.session.execute(registered)
    owed = {cast.rita().id: 2, cast.maria().id: 1}  # of the latest that fell due
    past = select(Invoice).where(Invoice.due_on < today).order_by(Invoice.due_on, Invoice.id)
    for invoice in reversed(list(db.session.scalars(past))):
        if owed.get(invoice.person_id):
            owed[invoice.person_id] -= 1
        else:
            _pay(invoice)


def _pay(invoice: Invoice) -> None:
    """On its day by boleto; Seu Zé once six days later, at the counter, with fine and interest."""
    late = invoice.due_on + timedelta(days=6)
    paid = select(Invoice.id).where(Invoice.person_id == invoice.person_id, Invoice.status == "paid")
    if invoice.person_id == cast.ze().id and late < clock.today() and db.session.scalars(paid).first() is None:
        with cast.days_ago((clock.today() - late).days, "14:20"), cast.by("ana.souza"):
            owed = invoice.amount_due(late, db.session.get_one(Company, invoice.company_id))
            receive(invoice, owed.total_cents, late, 0, may_discount=False)
        return
    with cast.days_ago((clock.today() - invoice.due_on).days, "18:00"), acting(BANK, "job"):
        settle(invoice, Receipt("boleto" if invoice.barcode else "counter", invoice.total_cents, invoice.due_on))


def _notices() -> None:
    """Dona Rita was told of the first debt fifteen days before she was suspended."""
    service, told = cast.service(cast.rita()), clock.today() - timedelta(days=19)
    with cast.days_ago(19, "09:00"):
        for debt in debts_of([service.id], told).get(service.id, []):
            tell_debt(service, debt, told + timedelta(days=15), told)
