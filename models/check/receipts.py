"""What came in stands where it was put, and what an invoice says of itself is what its owner and account say."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, or_, select

from models import clock
from models.base import db
from models.billing import Carne, Invoice, Payment
from models.billing.invoice import issued_with
from models.billing.replaced_slip import ReplacedSlip
from models.billing.slip import payee_name
from models.catalog import AccountEdition, BankAccount, BillingMethod
from models.check.question import findings
from models.collection import BankFile, BankFileRecord, PixReceipt
from models.collection.outgoing import standing, unsent
from models.operators import Company
from models.scope import TODAS
from models.services import Service

ZONES_APART = timedelta(days=1)  # somewhere it may be tomorrow already


def receipts_stand_where_they_say() -> list[str]:
    """A line or Pix is settled exactly while a payment of it stands; a Pix the bank gave back waits for its estorno."""
    line = select(Payment.id).where(Payment.bank_file_record_id == BankFileRecord.id, Payment.stands()).exists()
    pix = select(Payment.id).where(Payment.e2e_id == PixReceipt.e2e_id, Payment.stands()).exists()
    lines = select(BankFileRecord.id, BankFileRecord.outcome).where(
        or_(
            and_(BankFileRecord.outcome.in_(("settled", "twice")), ~line),
            and_(BankFileRecord.outcome.in_(("quarantine", "waiting")), line),
        )
    )
    received = select(PixReceipt.id, PixReceipt.outcome)
    received = received.where((PixReceipt.outcome == "settled") != pix, PixReceipt.outcome != "returned")
    sentence = "está {outcome}, e os pagamentos dizem outra coisa"
    return [
        *findings("linha de retorno {id}: " + sentence, lines.order_by(BankFileRecord.id)),
        *findings("Pix recebido {id}: " + sentence, received.order_by(PixReceipt.id)),
    ]


def money_of_lines_is_settled() -> list[str]:
    """No line of a retorno with money is taken for information, whatever its code."""
    rows = select(BankFileRecord.id, BankFileRecord.paid_cents, BankFileRecord.occurrence)
    rows = rows.where(BankFileRecord.paid_cents > 0, BankFileRecord.meaning.not_in(("paid", "unread")))
    sentence = "linha de retorno {id}: traz {paid_cents} centavos na ocorrência {occurrence} e ninguém os baixou"
    return findings(sentence, rows.order_by(BankFileRecord.id))


def given_back_settles_nothing() -> list[str]:
    """What the bank gave back of a Pix pays nothing, and money never pays another company's invoice."""
    rows = select(PixReceipt.id, PixReceipt.returned_cents, Payment.invoice_id)
    rows = rows.join(Payment, (Payment.e2e_id == PixReceipt.e2e_id) & Payment.stands())
    given = rows.where(Payment.amount_cents > PixReceipt.amount_cents - PixReceipt.returned_cents)
    lines = select(BankFileRecord.id, Invoice.number).join(BankFile, BankFile.id == BankFileRecord.bank_file_id)
    lines = lines.join(BankAccount, BankAccount.id == BankFile.bank_account_id)
    lines = lines.join(Payment, (Payment.bank_file_record_id == BankFileRecord.id) & Payment.stands())
    lines = lines.join(Invoice, Invoice.id == Payment.invoice_id)
    foreign = lines.where(BankAccount.company_id.not_in((TODAS, Invoice.company_id)))
    said = "Pix recebido {id}: o banco devolveu {returned_cents} centavos dele, e o pagamento ainda vale, estorne"
    return [
        *findings(said, given.order_by(PixReceipt.id)),
        *findings(
            "linha de retorno {id}: baixou a fatura {number}, de outra empresa que não a da conta",
            foreign.order_by(BankFileRecord.id),
        ),
    ]


def boletos_can_be_registered() -> list[str]:
    """No open boleto waits for a bank that can never be told of it: the provider's CNPJ has letters."""
    waiting = select(Invoice.id, Invoice.bank_account_id).where(
        Invoice.status == "open", Invoice.registration == "pending"
    )
    accounts = {row.id: row.refusal_to_register() for row in db.session.scalars(select(BankAccount))}
    return [
        f"fatura {row.id}: {accounts[row.bank_account_id]}"
        for row in db.session.execute(waiting.order_by(Invoice.id))
        if accounts.get(row.bank_account_id)
    ]


def pix_codes_say_the_same() -> list[str]:
    """The Pix code of an open invoice is that of its key, total and txid; without a key there is none."""
    columns = (Invoice.id, Invoice.total_cents, Invoice.txid, Invoice.pix_code, Invoice.company_id, AccountEdition)
    rows = select(*columns).join(AccountEdition, issued_with()).where(Invoice.status == "open").order_by(Invoice.id)
    payees = {row.id: payee_name(row) for row in db.session.scalars(select(Company))}
    wrong = []
    for row in db.session.execute(rows.execution_options(yield_per=500)):
        right = row.AccountEdition.pix_code(payees[row.company_id], row.total_cents, row.txid)
        if _without_payee(row.pix_code) != _without_payee(right):
            wrong.append(f"fatura {row.id}: o código Pix não é o da sua chave, valor e txid")
    return wrong


def _without_payee(code: str) -> tuple[str, str]:
    """What comes before and behind name and city: a company may have changed its name since."""
    before, _, rest = code.partition("5802BR")
    return before, rest[:-8].partition("6229")[2]


def invoices_are_of_their_customer() -> list[str]:
    """An invoice is of the customer of its service and of its carnê."""
    rows = select(Invoice.id, Invoice.person_id).outerjoin(Service, Service.id == Invoice.service_id)
    rows = rows.outerjoin(Carne, Carne.id == Invoice.carne_id)
    rows = rows.where(or_(Service.person_id != Invoice.person_id, Carne.person_id != Invoice.person_id))
    return findings(
        "fatura {id}: é do cliente {person_id}, e seu serviço ou carnê é de outro", rows.order_by(Invoice.id)
    )


def nothing_is_paid_in_the_future() -> list[str]:
    rows = select(Payment.id, Payment.paid_on).where(Payment.paid_on > clock.today("UTC") + ZONES_APART)
    return findings("pagamento {id}: é de {paid_on:%d/%m/%Y}, um dia que ainda não chegou", rows.order_by(Payment.id))


def paid_invoices_have_a_day() -> list[str]:
    """Paid has its day; open has none."""
    rows = select(Invoice.id, Invoice.status).where(
        or_(
            and_(Invoice.status == "paid", Invoice.total_cents > 0, Invoice.paid_on.is_(None)),
            and_(Invoice.status == "open", Invoice.paid_on.is_not(None)),
        )
    )
    return findings("fatura {id}: está {status} e a data do pagamento diz outra coisa", rows.order_by(Invoice.id))


def cancelled_carnes_are_closed() -> list[str]:
    rows = select(Carne.id, Invoice.id.label("invoice")).join(Invoice, Invoice.carne_id == Carne.id)
    rows = rows.where(Carne.status == "cancelled", Invoice.status == "open").order_by(Carne.id, Invoice.id)
    return findings("carnê {id}: está cancelado e a fatura {invoice} dele está em aberto", rows)


def accounts_in_need_are_in_use() -> list[str]:
    """No account out of use has a method that issues on it, nor a title the bank has to be told of."""
    method = select(BillingMethod.id).where(
        BillingMethod.bank_account_id == BankAccount.id, BillingMethod.inactive_since.is_(None)
    )
    title = select(Invoice.id).where(Invoice.bank_account_id == BankAccount.id, unsent())
    slip = select(ReplacedSlip.id).where(ReplacedSlip.bank_account_id == BankAccount.id, standing())
    needed = or_(method.exists(), title.exists(), slip.exists())
    rows = select(BankAccount.id).where(BankAccount.inactive_since.is_not(None), needed).order_by(BankAccount.id)
    return findings("conta {id}: está inativa, e uma forma de cobrança ou um boleto por enviar precisa dela", rows)


QUESTIONS = (
    receipts_stand_where_they_say,
    money_of_lines_is_settled,
    given_back_settles_nothing,
    boletos_can_be_registered,
    pix_codes_say_the_same,
    invoices_are_of_their_customer,
    nothing_is_paid_in_the_future,
    paid_invoices_have_a_day,
    cancelled_carnes_are_closed,
    accounts_in_need_are_in_use,
)
