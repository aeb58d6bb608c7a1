"""Forma de Cobrança: by which means a customer is charged (C-13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import KEPT_IDS, Base, Id, db, lock
from models.catalog.bank_account import BankAccount, needs_accounts
from models.operators.catalogue_row import chosen
from models.operators.in_company import InCompany
from models.refused import Refused
from models.scope import TODAS

MEANS = {"boleto": "Boleto com Pix", "pix": "Somente Pix", "counter": "No balcão"}


class BillingMethod(InCompany, Base):
    __tablename__ = "billing_method"
    kind: ClassVar[str] = "a forma de cobrança"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    means: Mapped[str] = mapped_column(String(10), info={"title": "meio"})
    bank_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("bank_account.id"), info={"title": "conta de cobrança"}
    )
    inactive_since: Mapped[datetime | None]

    bank_account: Mapped[BankAccount | None] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (CheckConstraint("means in ('boleto','pix','counter')", name="means"), KEPT_IDS)

    @property
    def makes_boleto(self) -> bool:
        """«Somente Pix» and «No balcão» issue none, whatever bank their account is at."""
        return self.means == "boleto"

    @classmethod
    def offered(cls, company_id: int, kept: int | None = None) -> list[BillingMethod]:
        """Those a service of a company may be charged by, its own and those of TODAS, and the one it has; by name."""
        rows = select(cls).where(or_(cls.inactive_since.is_(None), cls.id == kept)).order_by(cls.name)
        if company_id != TODAS:
            rows = rows.where(cls.company_id.in_((TODAS, company_id)))
        return list(db.session.scalars(rows))

    def restore(self) -> None:
        """As any row of a catalogue. Raises Refused while its account is out of use."""
        account = db.session.get(BankAccount, self.bank_account_id) if self.bank_account_id else None
        if account and lock(account).inactive_since:
            raise Refused(f"A conta {account.name} está inativa. Reative a conta, ou escolha outra em Editar.")
        super().restore()

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new) | chosen("means", new.get("means"), MEANS, "Escolha o meio de cobrança.")
        if self.id is not None and "means" not in errors and new["means"] != self.means:
            errors["means"] = (
                "O meio não muda depois de criado: faturas já saíram por ele. Crie outra forma de cobrança."
            )
        if new.get("bank_account_id") and (refusal := self._refusal_to_account(new)):
            errors["bank_account_id"] = refusal
        return errors

    def _refusal_to_account(self, new: dict[str, Any]) -> str | None:
        """An account in use that fits: a boleto needs a bank, Pix a key; of the same company or of TODAS."""
        wanted = select(BankAccount).where(BankAccount.id == new["bank_account_id"])
        found = db.session.scalars(wanted).first() if isinstance(new["bank_account_id"], int) else None
        if found is None or (found.inactive_since and found.id != self.bank_account_id):
            return "Escolha uma conta em uso."
        if found.company_id not in (TODAS, new.get("company_id")):
            return "Esta conta é de outra empresa. Escolha uma da empresa da forma de cobrança."
        if new.get("means") == "boleto" and not found.bank:
            return "Esta conta só recebe Pix. Escolha uma conta com banco."
        if new.get("means") == "pix" and not found.pix_key:
            return "Esta conta não tem chave Pix. Escreva a chave na conta ou escolha outra."
        return None


@needs_accounts
def refusal_to_leave(account_id: int) -> str | None:
    """Why an account must stay in use: customers are charged by it."""
    used = select(BillingMethod.name).where(
        BillingMethod.bank_account_id == account_id, BillingMethod.inactive_since.is_(None)
    )
    name = db.session.scalars(used.order_by(BillingMethod.name).limit(1)).first()
    if name is None:
        return None
    return f"A forma de cobrança {name} usa esta conta. Escolha outra conta nela, ou inative-a antes."
