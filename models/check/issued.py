"""What was issued holds: days are charged once, carnês end with their instalments, editions say what accounts say."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from models.base import db
from models.billing import Carne, Charge, Invoice
from models.catalog import AccountEdition, BankAccount
from models.check.question import findings
from models.services import UnchargedDays

LIVES = Charge.status != "cancelled"


def days_are_charged_once() -> list[str]:
    """No day of use stands in two charges of a service (decision 017)."""
    other = aliased(Charge)
    rows = select(Charge.service_id, Charge.id, other.id.label("other")).join(
        other, (other.service_id == Charge.service_id) & (other.id > Charge.id)
    )
    both = (Charge.kind == "monthly", other.kind == "monthly", LIVES, other.status != "cancelled")
    rows = rows.where(*both, Charge.period_start <= other.period_end, other.period_start <= Charge.period_end)
    return findings("serviço {service_id}: há dias cobrados duas vezes, nas cobranças {id} e {other}", rows)


def declared_days_are_not_charged() -> list[str]:
    """Days somebody decided not to charge are in no charge (decision 017)."""
    rows = select(UnchargedDays.id, Charge.id.label("charge")).join(
        Charge, Charge.service_id == UnchargedDays.service_id
    )
    rows = rows.where(UnchargedDays.undone_at.is_(None), Charge.kind == "monthly", LIVES)
    rows = rows.where(Charge.period_start <= UnchargedDays.ends_on, UnchargedDays.starts_on <= Charge.period_end)
    return findings("dias sem cobrança {id}: a cobrança {charge} cobra dias deles", rows)


def carnes_follow_their_instalments() -> list[str]:
    """A carnê is open while an instalment is, then Quitado when something was paid (B-07)."""
    states = select(Invoice.carne_id, Invoice.status).where(Invoice.carne_id == Carne.id).correlate(Carne)
    is_open, has_paid = (
        states.where(Invoice.status.in_(any_of)).exists() for any_of in (("open", "contested"), ("paid",))
    )
    wrong = or_(
        and_(Carne.status == "open", ~is_open, states.exists()),
        and_(Carne.status != "open", is_open),
        and_(Carne.status == "paid", ~has_paid),
    )
    rows = select(Carne.id, Carne.status).where(wrong)
    return findings("carnê {id}: situação {status} não é a das suas parcelas", rows)


def instalments_are_in_order() -> list[str]:
    """Each instalment falls due after the one before it (C-112)."""
    before = aliased(Invoice)
    rows = select(Invoice.carne_id, Invoice.installment, before.installment.label("before")).join(
        before, (before.carne_id == Invoice.carne_id) & (before.installment < Invoice.installment)
    )
    both = (Invoice.status != "cancelled", before.status != "cancelled")
    rows = rows.where(*both, Invoice.due_on <= before.due_on)
    return findings("carnê {carne_id}: a parcela {installment} não vence depois da {before}", rows)


def editions_are_their_accounts() -> list[str]:
    """The present edition of an account says what the account says, and it is its last one (decision 017)."""
    last = select(AccountEdition.bank_account_id, func.max(AccountEdition.number)).group_by(
        AccountEdition.bank_account_id
    )
    numbers = dict(db.session.execute(last).all())
    rows = select(BankAccount, AccountEdition).outerjoin(
        AccountEdition,
        (AccountEdition.bank_account_id == BankAccount.id) & (AccountEdition.number == BankAccount.edition),
    )
    return [
        f"conta {account.id}: o que ela diz não é a sua última edição"
        for account, edition in db.session.execute(rows.order_by(BankAccount.id))
        if edition is None or edition.issued_with != account.issued_with or numbers[account.id] != account.edition
    ]


QUESTIONS = (
    days_are_charged_once,
    declared_days_are_not_charged,
    carnes_follow_their_instalments,
    instalments_are_in_order,
    editions_are_their_accounts,
)
