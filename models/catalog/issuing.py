"""What a title is issued with: the account at its bank and its Pix key, as they are now or were then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from models import banking
from models.banking.banks import BANKS, MAY_BE_GIVEN, labels

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
ISSUED_WITH = ("bank", "fields", "pix_key", "pix_city", "instructions")


class Issues:
    """The columns that decide how a slip, a Pix code and a remessa read; an account has them, and its editions."""

    bank: Mapped[str] = mapped_column(String(3), default="", info={"title": "banco"})  # empty: Pix alone
    fields: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, info={"title": "dados do convênio"})
    pix_key: Mapped[str] = mapped_column(String(77), default="", info={"title": "chave Pix"})
    pix_city: Mapped[str] = mapped_column(String(15), default="", info={"title": "cidade do Pix"})
    instructions: Mapped[str] = mapped_column(String(300), default="", info={"title": "instruções do boleto"})

    @property
    def issued_with(self) -> dict[str, Any]:
        """What a title takes along from it."""
        return {name: getattr(self, name) for name in ISSUED_WITH}

    @property
    def bank_name(self) -> str:
        return BANKS[self.bank].name if self.bank else "Somente Pix"

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

    def missing_to_send(self) -> str:
        """The fields a remessa wants and the boleto does without, that are not filled in; empty: there is none."""
        missing = [name for name in FILE_FIELDS.get(self.bank, {}) if name not in self.fields]
        return labels(missing) if missing else ""

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


def _same(named: str, own: str) -> bool:
    """Zeros in front do not count, nor does a check digit that one of the two has behind."""
    named, own = named.lstrip("0"), own.lstrip("0")
    return own in (named, named[:-1]) or named == own[:-1]
