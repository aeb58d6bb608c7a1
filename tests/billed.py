"""The cast with its money, for `flask demo` and fixture `billed`: an account, some months of invoices, payments.

Dona Rita owes the last two invoices, Maria and the cooperative the last one; Seu Zé paid one late at the counter and
has one open; the others paid on their day. Ana did the rest by hand: a carnê, loose charges, an invoice paid in part,
one cancelled, a debt held. A part received by mistake was taken back, and Padaria Sol has some credit. Everything goes
through the verbs of the house, on the days when it happened.
With its bank, the house has also sent and read files and been told of Pix (tests/banked.py).
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from models import clock
from models.base import db
from models.billing import Carne, Charge, Invoice, Receipt
from models.billing.carne_plan import proposal
from models.billing.charge import was_charged
from models.billing.issue import issue_alone
from models.billing.run import bill, persons_to_bill
from models.catalog import BankAccount, BillingMethod, ChargeKind
from models.collection import Reversal
from models.contracts import ladder_of
from models.dunning import Hold
from models.dunning.debt_notice import notify_of_debt
from models.dunning.debts import debts_of
from models.operators import Company
from models.outbox import Effect
from models.pricing import first_due
from models.scope import TODAS, Actor, acting
from models.services import Service
from models.services.billing_terms import TITLES
from tests import banked, cast

DAYS = 100  # how far back the house bills
BANK = Actor("integration", None, "Retorno do Itaú")


def load(*, with_bank: bool = False) -> None:
    """Bill the cast and commit."""
    with acting(cast.INSTALLER, "job"):
        account, until = _account(), first_due(clock.today(), 15)
        begins = clock.today() - timedelta(days=DAYS - 5)
        db.session.execute(update(Company).values(bills_from=begins))
        for ago in range(DAYS, 0, -5):
            with cast.days_ago(ago, "06:00"):
                bill(persons_to_bill())
        with cast.days_ago(1, "06:00"):
            bill([cast.ze().id], until=until)
        _registered()
        if with_bank:
            banked.send(account)
        with cast.days_ago(0, "06:00"):
            bill(persons_to_bill())
        _payments({cast.sol().id: 1} if with_bank else {})
        if with_bank:
            banked.be_paid(account)
        _notices()
        with cast.by("ana.souza"):
            _carne(
                cast.service(cast.cooperative()) if with_bank else cast.service(cast.sol(), "Telefone fixo 2 ramais")
            )
            _charges()
            _credit()
            Hold.put(cast.service(cast.maria()), clock.today() + timedelta(days=3), "Prometeu pagar em três dias")
        # What those payments asked for was looked at on their day; the mails and the access are up to the worker.
        asked = ("review_service", "confirm_pix")
        done = update(Effect).where(Effect.kind.in_(asked)).values(state="done")
        db.session.execute(done.execution_options(synchronize_session=False))
        db.session.commit()


def _account() -> BankAccount:
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
    return account


def _registered() -> None:
    """What has fallen due the bank knows."""
    fell_due = update(Invoice).where(Invoice.barcode != "", Invoice.due_on < clock.today())
    db.session.execute(fell_due.values(registration="registered"))


def _payments(left: dict[int, int]) -> None:
    """Of the latest that fell due, some are owed; of others so many are `left`."""
    owed = {cast.rita().id: 2, cast.maria().id: 1, cast.cooperative().id: 1} | left
    past = select(Invoice).where(Invoice.due_on < clock.today()).order_by(Invoice.due_on, Invoice.id)
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
            owed = invoice.amount_due(late)
            invoice.receive(owed.total_cents, late, 0, may_discount=False)
        return
    with cast.days_ago((clock.today() - invoice.due_on).days, "18:00"), acting(BANK, "job"):
        invoice.settle(Receipt("boleto" if invoice.barcode else "counter", invoice.total_cents, invoice.due_on))


def _notices() -> None:
    """Dona Rita was told of the first debt fifteen days before she was suspended; the cooperative's turn comes."""
    for person, ago in ((cast.rita(), 19), (cast.cooperative(), 14)):
        service, told = cast.service(person), clock.today() - timedelta(days=ago)
        with cast.days_ago(ago, "09:00"):
            for debt in debts_of([service.id], told).get(service.id, []):
                notify_of_debt(service, debt, ladder_of(service.id), told + timedelta(days=15), told)


def _carne(service: Service) -> None:
    """A service paid by carnê from now on: in the demonstration not the telephone, which the Planner makes grow."""
    terms = {**{key: getattr(service, key) for key in TITLES}, "uses_carne": True}
    service.change_billing(terms, service.version, was_charged)
    Carne.generate(service, *proposal(service), 12)


def _charges() -> None:
    bakery, today = cast.service(cast.sol(), "Fibra 1 Gbps"), clock.today()
    _charge(bakery, "Visita técnica", "Mudança do roteador de lugar", 8000)
    cable = _charge(bakery, "Visita técnica", "Cabo de rede até o escritório", 12000)
    cable.receive(today)
    router = _charge(bakery, "Venda de equipamento", "Roteador Wi-Fi 6", 32000, discount_cents=2000)
    bill = db.session.get_one(Invoice, issue_alone(router))
    bill.receive(10000, today, 0, may_discount=False)
    wrong = bill.receive(5000, today, 0, may_discount=False)
    with cast.by("silvia.maia"):
        Reversal.make(wrong, "Recebido na fatura errada")
    twice = _charge(cast.service(cast.ze()), "Visita técnica", "Troca do conector", 6000)
    db.session.get_one(Invoice, issue_alone(twice)).cancel("Lançada duas vezes")


def _credit() -> None:
    """Padaria Sol paid R$ 15,00 once more by Pix; the next invoice of the month takes it."""
    mine = select(Invoice).where(Invoice.person_id == cast.sol().id, Invoice.status == "paid").order_by(Invoice.id)
    paid = db.session.scalars(mine.limit(1)).one()
    paid.settle(Receipt("pix", 1500, clock.today()))


def _charge(service: Service, kind: str, description: str, cents: int, discount_cents: int = 0) -> Charge:
    return Charge.add(
        service,
        db.session.scalars(select(ChargeKind).where(ChargeKind.name == kind)).one(),
        description=description,
        amount_cents=cents,
        discount_cents=discount_cents,
        due_on=clock.today() + timedelta(days=10),
    )
