"""What an account was when it issued: a title keeps its edition, whatever is edited later (decision 017)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.banking.banks import BANKS
from models.base import Base
from models.catalog.issuing import FILE_FIELDS, Issues


class Account(Protocol):
    """The account an edition is made of."""

    @property
    def id(self) -> int: ...
    @property
    def edition(self) -> int: ...
    @property
    def issued_with(self) -> dict[str, Any]: ...


class AccountEdition(Issues, Base):
    """Written once, with the account and with each change of what it issues with; never changed."""

    __tablename__ = "account_edition"

    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]

    @classmethod
    def of(cls, account: Account) -> AccountEdition:
        """What an account issues with now, not added yet."""
        kept = account.issued_with
        return cls(bank_account_id=account.id, number=account.edition, created_at=clock.now(), **kept)

    def completed_by(self, account: Issues) -> AccountEdition:
        """This edition with what only a remessa says taken from the account where it is missing; not to be kept.

        A field that no slip carries may be filled in later, and the titles that wait for it can be sent.
        """
        only_sent = FILE_FIELDS.get(self.bank, {}).keys() - BANKS[self.bank].widths.keys()
        later = {name: text for name, text in account.fields.items() if name in only_sent}
        kept = {**self.issued_with, "fields": {**later, **self.fields}}
        return AccountEdition(bank_account_id=self.bank_account_id, number=self.number, **kept)
