"""Conta de cobrança: the account boletos are issued on and the Pix key money comes to (billing.md 2 and 4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from models import banking
from models.banking.banks import BANKS
from models.base import Base, Id
from models.numbers import take
from models.operators.in_company import InCompany
from models.refused import Refused

SUPPLIED = ("nosso_numero", "ano", "parcela")  # what each boleto brings along; the rest belongs to the account
SAMPLE = date(2026, 12, 10)


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
        """Reserve nosso números in this transaction and return the last one: no gap, no double (security.md 2).

        Sicredi counts anew each year; the others for ever.
        """
        series = f":{on:%y}" if "ano" in BANKS[self.bank].widths else ""
        return take(f"nosso_numero:{self.id}{series}", count)

    def boleto(self, number: int, due: date, cents: int, on: date, installment: int = 1) -> banking.Boleto:
        """The boleto of a reserved number. Raises Refused when the account's fields do not make one."""
        own = {"nosso_numero": str(number), "ano": f"{on:%y}", "parcela": str(installment)}
        wanted = BANKS[self.bank].widths
        return banking.boleto(self.bank, {**self.fields, **{k: v for k, v in own.items() if k in wanted}}, due, cents)

    def pix_code(self, name: str, cents: int, txid: str) -> str:
        """A static BR Code with value and txid; empty without a key."""
        if not self.pix_key:
            return ""
        return banking.static_code(self.pix_key, name, self.pix_city or "BRASIL", cents, txid)

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        tidy = dict(values)
        if "pix_key" in tidy:
            tidy["pix_key"] = (tidy["pix_key"] or "").strip()
        if "fields" in tidy:
            wanted = BANKS[tidy.get("bank", self.bank)].widths if tidy.get("bank", self.bank) in BANKS else {}
            kept = {key: "".join((text or "").split()) for key, text in (tidy["fields"] or {}).items()}
            tidy["fields"] = {key: text for key, text in kept.items() if text and key in wanted}
        return tidy

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors, bank = super().errors(new), new.get("bank") or ""
        if bank and bank not in BANKS:
            errors["bank"] = "Escolha o banco na lista."
        elif bank:
            errors |= _refusal("fields", lambda: BankAccount(bank=bank, fields=new.get("fields") or {})._sample())
        if new.get("pix_key"):
            errors |= _refusal("pix_key", lambda: banking.static_code(new["pix_key"], "ENLACE", "BRASIL", 100))
        elif not bank:
            errors["pix_key"] = "Escolha um banco ou escreva uma chave Pix: sem um dos dois ninguém consegue pagar."
        return errors

    def _sample(self) -> None:
        self.boleto(1, SAMPLE, 100, SAMPLE)


def _refusal(field: str, attempt: Any) -> dict[str, str]:
    try:
        attempt()
    except Refused as no:
        return {field: no.sentence}
    return {}
