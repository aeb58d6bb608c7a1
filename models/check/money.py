"""Money adds up: items to charges, charges to invoices, payments to both; slips agree; nobody was cut early."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, or_, select, union_all

from models import clock
from models.base import db
from models.billing import Charge, Invoice, Payment, ReplacedSlip
from models.billing.charge import ChargeItem
from models.catalog import AccountEdition, BankAccount
from models.catalog.dunning_rule import LEAST_DAYS
from models.check.question import findings
from models.collection import BankFile, BankFileRecord
from models.dunning import Cut, DebtNotice
from models.numbers import Counter
from models.operators import Company
from models.refused import Refused
from models.services import Service, Suspension
from models.services.status import SUSPENDED

LIVING = ("open", "contested", "paid", "written_off")


class SlipRow(NamedTuple):
    """The boleto of an open invoice."""

    id: int
    bank_account_id: int
    account_edition: int
    nosso_numero: int
    nosso_numero_printed: str
    barcode: str
    due_on: date
    total_cents: int
    issued_year: int


class CutRow(NamedTuple):
    """A service that the ladder cut, and the notice before it."""

    id: int
    started_at: datetime
    zone: str
    noticed_on: date
    of_another: bool  # the notice is of another service


def charges_are_composed() -> list[str]:
    """The items of a charge sum to it (X-16, C-42)."""
    of = func.coalesce(func.sum(ChargeItem.amount_cents), 0)
    rows = select(Charge.id, Charge.amount_cents, of.label("sum")).outerjoin(
        ChargeItem, ChargeItem.charge_id == Charge.id
    )
    rows = rows.group_by(Charge.id, Charge.amount_cents).having(of != Charge.amount_cents)
    return findings("cobrança {id}: é de {amount_cents} centavos e seus itens somam {sum}", rows.order_by(Charge.id))


def invoices_are_the_sum_of_their_charges() -> list[str]:
    """Less the credit that joined it and what was contested of it (B-02, B-11)."""
    of = func.coalesce(func.sum(Charge.amount_cents - Charge.discount_cents), 0) - Invoice.credit_cents
    of -= Invoice.contested_cents
    rows = select(Invoice.id, Invoice.total_cents, of.label("sum")).outerjoin(Charge, Charge.invoice_id == Invoice.id)
    rows = rows.where(Invoice.status.in_(LIVING))
    rows = rows.group_by(Invoice.id, Invoice.total_cents, Invoice.credit_cents, Invoice.contested_cents)
    rows = rows.having(of != Invoice.total_cents).order_by(Invoice.id)
    return findings("fatura {id}: é de {total_cents} centavos e suas cobranças somam {sum}", rows)


def charges_share_the_fate_of_their_invoice() -> list[str]:
    """A charge stands on one invoice and is open, paid or cancelled with it; open while the whole is contested."""
    fate = case((Invoice.status == "contested", "open"), else_=Invoice.status)
    rows = select(Charge.id, Charge.status, Invoice.id.label("invoice"), Invoice.status.label("of_invoice"))
    rows = rows.join(Invoice, Invoice.id == Charge.invoice_id).where(Charge.status != fate)
    return findings("cobrança {id}: está {status}, mas a fatura {invoice} está {of_invoice}", rows.order_by(Charge.id))


def paid_invoices_are_covered() -> list[str]:
    """What an invoice says was paid is what its payments settled; paid means all of it."""
    of = func.coalesce(func.sum(Payment.principal_cents), 0)
    rows = select(Invoice.id, Invoice.status, Invoice.paid_cents, of.label("sum")).outerjoin(
        Payment, (Payment.invoice_id == Invoice.id) & Payment.stands()
    )
    rows = rows.group_by(Invoice.id, Invoice.status, Invoice.paid_cents, Invoice.total_cents)
    short = (Invoice.status == "paid") & (Invoice.paid_cents != Invoice.total_cents)
    rows = rows.having(or_(of != Invoice.paid_cents, short)).order_by(Invoice.id)
    return findings("fatura {id}: {status} com {paid_cents} centavos pagos, e seus pagamentos quitam {sum}", rows)


def payments_add_up() -> list[str]:
    """What came in is what it settled, without the discount, with fine, interest and what is the customer's."""
    parts = Payment.principal_cents - Payment.discount_cents + Payment.fine_cents + Payment.interest_cents
    parts += Payment.credit_cents
    rows = select(Payment.id, Payment.amount_cents, parts.label("sum")).where(Payment.amount_cents != parts)
    return findings("pagamento {id}: é de {amount_cents} centavos e suas partes somam {sum}", rows.order_by(Payment.id))


def slips_say_the_same() -> list[str]:
    """The barcode of an open invoice is that of its number, day and amount; some thousand a second."""
    editions = {(row.bank_account_id, row.number): row for row in db.session.scalars(select(AccountEdition))}
    rows = (
        select(
            Invoice.id,
            Invoice.bank_account_id,
            Invoice.account_edition,
            Invoice.nosso_numero,
            Invoice.nosso_numero_printed,
            Invoice.barcode,
            Invoice.due_on,
            Invoice.total_cents,
            Invoice.issued_year,
        )
        .where(Invoice.status == "open", Invoice.barcode != "")
        .order_by(Invoice.id)
    )
    return [
        f"fatura {row.id}: o código de barras não é o do seu nosso número, vencimento e valor"
        for row in map(SlipRow._make, db.session.execute(rows.execution_options(yield_per=500)))
        if not _agrees(row, editions.get((row.bank_account_id, row.account_edition)))
    ]


def slips_are_of_one_invoice() -> list[str]:
    """What a due date that moved has replaced is never a slip of today: money for it would find two invoices."""
    same_number = and_(
        ReplacedSlip.bank_account_id == Invoice.bank_account_id,
        ReplacedSlip.issued_year == Invoice.issued_year,
        ReplacedSlip.nosso_numero == Invoice.nosso_numero,
    )
    rows = select(ReplacedSlip.id, Invoice.id.label("invoice"))
    rows = rows.join(Invoice, or_(same_number, ReplacedSlip.txid == Invoice.txid))
    return findings(
        "boleto anterior {id}: seu número ou txid é também o da fatura {invoice}", rows.order_by(ReplacedSlip.id)
    )


def nosso_numeros_are_counted() -> list[str]:
    """No account has given a number its counter does not know yet: it would be given again."""
    last = {row.key: row.last for row in db.session.scalars(select(Counter))}
    given = union_all(
        *(select(slip.bank_account_id, slip.issued_year, slip.nosso_numero) for slip in (Invoice, ReplacedSlip))
    ).subquery()
    rows = select(given.c.bank_account_id, given.c.issued_year, func.max(given.c.nosso_numero).label("most"))
    rows = rows.where(given.c.nosso_numero.is_not(None)).group_by(given.c.bank_account_id, given.c.issued_year)
    accounts = {row.id: row for row in db.session.scalars(select(BankAccount))}
    return [
        f"conta {row.bank_account_id}: o contador está em {last.get(key, 0)} e o maior nosso número é {row.most}"
        for row in db.session.execute(rows.order_by(given.c.bank_account_id, given.c.issued_year))
        if row.most > last.get(key := accounts[row.bank_account_id].series(date(row.issued_year, 1, 1)), 0)
    ]


def nobody_is_cut_early() -> list[str]:
    """What the ladder suspended was told of that very debt fifteen days before (RGC, art. 70)."""
    return [
        f"serviço {row.id}: suspenso pela régua em {cut:%d/%m/%Y}, sem aviso {LEAST_DAYS} dias antes"
        for row in map(CutRow._make, db.session.execute(_cut()))
        if (cut := clock.local(row.started_at, row.zone).date())
        and (row.of_another or row.noticed_on + timedelta(LEAST_DAYS) > cut)
    ]


def _cut() -> Select[*tuple[Any, ...]]:
    """Services the ladder has cut and not given back, each with the day its debt was told."""
    return (
        select(
            Service.id,
            Suspension.started_at,
            Company.zone,
            Cut.noticed_on,
            (DebtNotice.service_id != Service.id).label("of_another"),
        )
        .join(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .join(Cut, Cut.suspension_id == Suspension.id)
        .join(DebtNotice, DebtNotice.id == Cut.debt_notice_id)
        .join(Company, Company.id == Service.company_id)
        .where(Service.status.in_(SUSPENDED))
        .order_by(Service.id)
    )


def _agrees(row: SlipRow, account: AccountEdition | None) -> bool:
    """Made again from its number, value and due date, the slip says the same."""
    if account is None:
        return False
    on, number = date(row.issued_year, 1, 1), row.nosso_numero
    try:
        slip = account.boleto(number, row.due_on, row.total_cents, on, account.installment_of(row.barcode))
    except Refused:
        return False
    return (row.barcode, row.nosso_numero_printed) == (slip.barcode, slip.nosso_numero)


def files_close() -> list[str]:
    """What a bank says it took in is what settled, what is the customer's, and what waits for a person."""
    paid = func.coalesce(func.sum(BankFileRecord.paid_cents), 0)
    rows = select(BankFile.id, BankFile.total_cents, paid.label("lines"))
    rows = rows.outerjoin(
        BankFileRecord, (BankFileRecord.bank_file_id == BankFile.id) & (BankFileRecord.meaning == "paid")
    )
    rows = rows.where(BankFile.direction == "return").group_by(BankFile.id, BankFile.total_cents)
    return findings(
        "arquivo {id}: o banco deu {total_cents} e as linhas somam {lines}", rows.having(BankFile.total_cents != paid)
    )


def lines_settle_what_was_given() -> list[str]:
    settled = BankFileRecord.outcome.in_(("settled", "twice"))
    rows = select(BankFileRecord.id, BankFileRecord.paid_cents.label("given"), Payment.amount_cents.label("settled"))
    rows = rows.outerjoin(Payment, Payment.bank_file_record_id == BankFileRecord.id)
    wrong = or_(Payment.id.is_(None), Payment.amount_cents != BankFileRecord.paid_cents)
    sentence = "linha de retorno {id}: o banco deu {given} e foi baixado {settled}"
    return findings(sentence, rows.where(settled, BankFileRecord.meaning == "paid", wrong))


QUESTIONS = (
    files_close,
    lines_settle_what_was_given,
    charges_are_composed,
    invoices_are_the_sum_of_their_charges,
    charges_share_the_fate_of_their_invoice,
    paid_invoices_are_covered,
    payments_add_up,
    slips_say_the_same,
    slips_are_of_one_invoice,
    nosso_numeros_are_counted,
    nobody_is_cut_early,
)
