"""Conta de cobrança: the account boletos are issued on and the Pix key money comes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column
from validate_docbr import CNPJ, CPF

from models import banking
from models.banking.banks import BANKS, LABELS
from models.base import Base, Id, db, lock
from models.catalog.account_edition import AccountEdition
from models.catalog.issuing import FILE_FIELDS, SAMPLE, Issues
from models.numbers import last_taken, take
from models.operators.company import Company, asks_accounts, first_company
from models.operators.in_company import InCompany
from models.refused import Refused, require
from models.scope import TODAS

SUPPLIED = ("nosso_numero", "ano", "parcela")  # what each boleto brings along; the rest belongs to the account


_needs: list[Callable[[int], str | None]] = []


def needs_accounts(refusal: Callable[[int], str | None]) -> Callable[[int], str | None]:
    """Have `refusal` asked, with its id, why an account must stay in use. What needs one stands above it."""
    _needs.append(refusal)
    return refusal


FILE_BANKS = set(BANKS) - {"077"}  # the Inter has no CNAB 240: its boletos are registered otherwise


class BankAccount(Issues, InCompany, Base):
    __tablename__ = "bank_account"
    kind: ClassVar[str] = "a conta de cobrança"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    edition: Mapped[int] = mapped_column(default=1)  # what a title is issued with now
    inactive_since: Mapped[datetime | None]

    def create(self) -> None:
        """As any row of a catalogue, with its first edition."""
        super().create()
        db.session.add(AccountEdition.of(self))
        db.session.flush()

    def change(self, version: int | None = None, **values: Any) -> None:
        """As any row of a catalogue. What was issued keeps its edition; what is issued from now on has the new one."""
        lock(self)
        before = self.issued_with
        super().change(version, **values)
        if self.issued_with != before:
            self.edition += 1
            db.session.add(AccountEdition.of(self))
            db.session.flush()

    def refusal_to_retire(self) -> str | None:
        """Why it must stay in use: something is issued on it, or the bank has still to be told of its titles."""
        return next(filter(None, (refusal(self.id) for refusal in _needs)), None)

    def retire(self) -> None:
        """As any row of a catalogue. Raises Refused while it is needed."""
        lock(self)
        super().retire()

    def restore(self) -> None:
        """As any row of a catalogue. Raises Refused when its bank can be told of no boleto."""
        require(self.refusal_to_register())
        super().restore()

    def refusal_to_register(self) -> str | None:
        """Why its bank can be told of no boleto: whoever is paid to it has a CNPJ with letters."""
        return refusal_to_letters(self.bank, self._payee({}).cnpj)

    def editions(self) -> list[AccountEdition]:
        """What it was and is, the newest first."""
        mine = select(AccountEdition).where(AccountEdition.bank_account_id == self.id)
        return list(db.session.scalars(mine.order_by(AccountEdition.number.desc())))

    def refusal_to_send(self, edition: AccountEdition | None = None) -> str | None:
        """Why no remessa can be made of the titles of an edition, None: of what is issued now."""
        missing = (edition.completed_by(self) if edition else self).missing_to_send()
        if not missing:
            return None
        return f"Falta {missing} na conta {self.name}. Preencha em Configuração, Contas de cobrança."

    def take_numbers(self, count: int, on: date) -> int:
        """Reserve nosso números in this transaction and return the last one: no gap, no double.

        Sicredi counts anew each year; the others for ever.
        """
        return take(self.series(on), count)

    def series(self, on: date) -> str:
        """The counter of the numbers reserved on a day."""
        year = f":{on:%y}" if "ano" in BANKS[self.bank].widths else ""
        return f"nosso_numero:{self.id}{year}"

    def numbers_left(self, on: date) -> int:
        """How many nosso números its bank's layout still has on a day; 0 for an account without a bank."""
        if self.bank not in BANKS:
            return 0
        return int(10 ** BANKS[self.bank].widths["nosso_numero"]) - 1 - last_taken(self.series(on))

    @property
    def without_numbers(self) -> str:
        """What to do once there are none left."""
        return (
            f"Os nossos números da conta {self.name} acabaram. Peça ao banco outra carteira ou convênio e cadastre "
            "uma conta nova para estas faturas."
        )

    @classmethod
    def companies_by_key(cls) -> dict[str, int]:
        """Whose money comes in by each Pix key, of now or before: its company, TODAS where it serves several."""
        found: dict[str, int] = {}
        keys = select(AccountEdition.pix_key, cls.company_id).join(cls, cls.id == AccountEdition.bank_account_id)
        for key, company_id in db.session.execute(keys.where(AccountEdition.pix_key != "").distinct()):
            found[key] = company_id if found.get(key, company_id) == company_id else TODAS
        return found

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        tidy = dict(values)
        if "pix_key" in tidy:
            tidy["pix_key"] = (tidy["pix_key"] or "").strip()
        if "fields" in tidy:
            wanted = account_fields(tidy.get("bank", self.bank))
            kept = {key: "".join((text or "").split()) for key, text in (tidy["fields"] or {}).items()}
            tidy["fields"] = {key: text for key, text in kept.items() if text and key in wanted}
        return tidy

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors, bank = super().errors(new), new.get("bank") or ""
        if bank and bank not in BANKS:
            errors["bank"] = "Escolha o banco na lista."
        elif bank:
            errors |= _refusal("fields", lambda: BankAccount(bank=bank, fields=new.get("fields") or {})._sample())
            if refusal := refusal_to_letters(bank, self._payee(new).cnpj):
                errors["bank"] = refusal
        if new.get("pix_key"):
            errors |= _refusal("pix_key", lambda: banking.static_code(new["pix_key"], "ENLACE", "BRASIL", 100))
            if not _is_possible(new["pix_key"]):
                errors["pix_key"] = (
                    "Este CPF ou CNPJ não confere. Leia a chave de novo; a de um telefone começa com +55."
                )
            if new.get("pix_city") and not banking.has_letters(new["pix_city"]):
                errors["pix_city"] = "Escreva a cidade com letras de A a Z: é assim que o Pix a mostra."
        elif not bank:
            errors["pix_key"] = "Escolha um banco ou escreva uma chave Pix: sem um dos dois ninguém consegue pagar."
        return errors

    def _payee(self, new: dict[str, Any]) -> Company:
        """Who is paid to it: its company, and that of the house for an account of all."""
        id = new.get("company_id", self.company_id) or TODAS
        return (db.session.get(Company, id) if id != TODAS else None) or first_company()

    def _sample(self) -> None:
        self.boleto(1, SAMPLE, 100, SAMPLE)
        for name, most in FILE_FIELDS.get(self.bank, {}).items():
            typed = self.fields.get(name, "")
            if len(typed) > most:
                raise Refused(f"{LABELS[name]}: cabem {most} caracteres. Corrija.", field=name)
            if not re.fullmatch("[0-9A-Za-z]*" if name.endswith("_dv") else "[0-9]*", typed):
                raise Refused(f"{LABELS[name]}: só cabem algarismos. Corrija {typed!r}.", field=name)


@asks_accounts
def refusal_to_be_paid(company: Company, cnpj: str, of_all: bool) -> str | None:
    """Why a company cannot have this CNPJ: an account that is paid to it is at a bank that takes no letters."""
    paid_to = [id for id in (company.id, TODAS if of_all else None) if id is not None]
    mine = select(BankAccount).where(BankAccount.company_id.in_(paid_to), BankAccount.inactive_since.is_(None))
    whoever = {"every_company": "the accounts of a company, wherever somebody works who edits it"}
    for account in db.session.scalars(mine.order_by(BankAccount.id), execution_options=whoever):
        if refusal := refusal_to_letters(account.bank, cnpj):
            return f"Conta {account.name}: {refusal}"
    return None


def refusal_to_letters(bank: str, cnpj: str) -> str | None:
    """Why a provider with this CNPJ cannot send files to a bank; a bank without files of ours takes any."""
    if bank not in FILE_BANKS or BANKS[bank].letters_in_files or not banking.has_letters(cnpj):
        return None
    return (
        f"O CNPJ da empresa tem letras, e o arquivo do {BANKS[bank].name} ainda não as aceita: nenhum boleto seria "
        "registrado. Deixe a conta só com Pix, ou escolha um banco sem remessa."
    )


def _is_possible(key: str) -> bool:
    """A key that is a CPF or CNPJ has its check digits; any other has none."""
    tax_id = {11: CPF(), 14: CNPJ()}.get(len(key)) if re.fullmatch("[0-9A-Z]+", key) else None
    return tax_id is None or bool(tax_id.validate(key))


def account_fields(bank: str) -> dict[str, int]:
    """What may be typed for an account of a bank, with the characters each may have: for boletos and for files."""
    if bank not in BANKS:
        return {}
    own = {name: width for name, width in BANKS[bank].widths.items() if name not in SUPPLIED}
    return {**FILE_FIELDS.get(bank, {}), **own}


def _refusal(field: str, attempt: Any) -> dict[str, str]:
    try:
        attempt()
    except Refused as no:
        return no.errors or {field: no.sentence}
    return {}
