"""Conta de cobrança: the account boletos are issued on and the Pix key money comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models import banking
from models.banking.banks import BANKS, LABELS, MAY_BE_GIVEN, labels
from models.base import Base, Id, db
from models.numbers import last_taken, take
from models.operators.company import Company, first_company
from models.operators.in_company import InCompany
from models.refused import Refused
from models.scope import TODAS

SUPPLIED = ("nosso_numero", "ano", "parcela")  # what each boleto brings along; the rest belongs to the account
SAMPLE = date(2026, 12, 10)
_HOLDER = {"agencia": 5, "agencia_dv": 1, "conta": 12, "conta_dv": 1}
# What a remessa wants besides the boleto, with the characters each may have; the boleto is printed without it.
FILE_FIELDS: dict[str, dict[str, int]] = {
    "001": {**_HOLDER, "variacao": 3},
    "033": {"codigo_transmissao": 15, "agencia": 4, "agencia_dv": 1, "conta": 9, "conta_dv": 1},
    "104": {"agencia": 5, "agencia_dv": 1},
    "237": {"convenio": 20, "agencia_dv": 1, "conta_dv": 1},
    "748": _HOLDER,
    "756": _HOLDER,
}


FILE_BANKS = set(BANKS) - {"077"}  # the Inter has no CNAB 240: its boletos are registered otherwise


class BankAccount(InCompany, Base):
    __tablename__ = "bank_account"
    kind: ClassVar[str] = "a conta de cobrança"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    bank: Mapped[str] = mapped_column(String(3), default="", info={"title": "banco"})  # empty: Pix alone
    fields: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, info={"title": "dados do convênio"})
    pix_key: Mapped[str] = mapped_column(String(77), default="", info={"title": "chave Pix"})
    pix_city: Mapped[str] = mapped_column(String(15), default="", info={"title": "cidade do Pix"})
    instructions: Mapped[str] = mapped_column(String(300), default="", info={"title": "instruções do boleto"})
    inactive_since: Mapped[datetime | None]

    @property
    def bank_name(self) -> str:
        return BANKS[self.bank].name if self.bank else "Somente Pix"

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

    def boleto(self, number: int, due: date, cents: int, on: date, installment: int = 1) -> banking.Boleto:
        """The boleto of a reserved number. Raises Refused when the account's fields do not make one."""
        return banking.boleto(self.bank, self._typed(number, on, installment), due, cents)

    def title_fields(self, number: int, cents: int, on: date, installment: int = 1) -> dict[str, str]:
        """The fields of that boleto with their check digits, as a remessa sends them."""
        return BANKS[self.bank].filled(self._typed(number, on, installment), cents)

    def installment_of(self, barcode: str) -> int:
        """The parcela inside a printed slip, which stays when the invoice joins or leaves a carnê; 1 without one."""
        return int(BANKS[self.bank].fields_of(barcode[19:]).get("parcela", "1"))

    @property
    def file_fields(self) -> dict[str, str]:
        """What a remessa says of the account itself."""
        own = self.title_fields(1, 100, SAMPLE)
        return {**{name: own[name] for name in MAY_BE_GIVEN if name in own}, **self.fields}

    def refusal_to_send(self) -> str | None:
        """Why no remessa can be made: a field is missing that the boleto does without."""
        missing = [name for name in FILE_FIELDS.get(self.bank, {}) if name not in self.fields]
        if not missing:
            return None
        return f"Falta {labels(missing)} na conta {self.name}. Preencha em Configuração, Contas de cobrança."

    def differing(self, named: Mapping[str, str]) -> list[str]:
        """The fields in which a bank tells of another account. What either of them leaves out says nothing."""
        return [name for name, text in named.items() if not _same(text, self.fields.get(name, text))]

    def is_named_by(self, named: Mapping[str, str]) -> bool:
        """Whether a bank tells of this account for sure: at least one field is known, and none differs."""
        return any(name in self.fields for name in named) and not self.differing(named)

    def _typed(self, number: int, on: date, installment: int) -> dict[str, str]:
        own = {**self.fields, "nosso_numero": str(number), "ano": f"{on.year % 100:02}", "parcela": str(installment)}
        return {name: own[name] for name in BANKS[self.bank].widths if name in own}

    def pix_code(self, name: str, cents: int, txid: str) -> str:
        """A static BR Code with value and txid; empty without a key."""
        if not self.pix_key:
            return ""
        return banking.static_code(self.pix_key, name, self.pix_city or "BRASIL", cents, txid)

    @classmethod
    def companies_by_key(cls) -> dict[str, int]:
        """Whose money comes in by each Pix key: the company of its accounts, TODAS where it serves several."""
        found: dict[str, int] = {}
        for key, company_id in db.session.execute(select(cls.pix_key, cls.company_id).where(cls.pix_key != "")):
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


def refusal_to_letters(bank: str, cnpj: str) -> str | None:
    """Why a provider with this CNPJ cannot send files to a bank; a bank without files of ours takes any."""
    if bank not in FILE_BANKS or BANKS[bank].letters_in_files or not banking.has_letters(cnpj):
        return None
    return (
        f"O CNPJ da empresa tem letras, e o arquivo do {BANKS[bank].name} ainda não as aceita: nenhum boleto seria "
        "registrado. Deixe a conta só com Pix, ou escolha um banco sem remessa."
    )


def account_fields(bank: str) -> dict[str, int]:
    """What may be typed for an account of a bank, with the characters each may have: for boletos and for files."""
    if bank not in BANKS:
        return {}
    own = {name: width for name, width in BANKS[bank].widths.items() if name not in SUPPLIED}
    return {**FILE_FIELDS.get(bank, {}), **own}


def _same(named: str, own: str) -> bool:
    """Zeros in front do not count, nor does a check digit that one of the two has behind."""
    named, own = named.lstrip("0"), own.lstrip("0")
    return own in (named, named[:-1]) or named == own[:-1]


def _refusal(field: str, attempt: Any) -> dict[str, str]:
    try:
        attempt()
    except Refused as no:
        return no.errors or {field: no.sentence}
    return {}
