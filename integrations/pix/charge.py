"""What is said to a bank about a charge and what it says back: plain data, and the JSON of API Pix 2.9."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

MONTHLY_PERCENT, PERCENT = "3", "2"  # modalidades of juros and multa
TXID = "[a-zA-Z0-9]{1,35}"
Said = TypeVar("Said")
LONGEST_STREET, LONGEST_NAME = 200, 200


class PixTrouble(Exception):
    """The bank could not be asked, or what it said is no answer; nothing is known."""


class PixRefused(PixTrouble):
    """The bank understood and said no; asking again the same way will not help."""


@dataclass(frozen=True)
class Payer:
    """Who owes. `document` is a CPF or CNPJ without punctuation, `cep` eight digits."""

    document: str
    name: str
    street: str
    city: str
    state: str
    cep: str


@dataclass(frozen=True)
class ChargeTerms:
    """A cobv as it should be; percents in hundredths (200 is 2 %), interest a month."""

    key: str
    due_on: date
    cents: int
    fine_hundredths: int
    interest_hundredths: int
    valid_days: int  # after the due date it may still be paid
    payer: Payer
    text: str

    def as_json(self) -> dict[str, Any]:
        value: dict[str, Any] = {"original": reais(self.cents)}
        if self.fine_hundredths:
            value["multa"] = {"modalidade": PERCENT, "valorPerc": reais(self.fine_hundredths)}
        if self.interest_hundredths:
            value["juros"] = {"modalidade": MONTHLY_PERCENT, "valorPerc": reais(self.interest_hundredths)}
        document = "cpf" if len(self.payer.document) == 11 else "cnpj"
        return {
            "calendario": {
                "dataDeVencimento": self.due_on.isoformat(),
                "validadeAposVencimento": self.valid_days,
            },
            "devedor": {
                document: self.payer.document,
                "nome": self.payer.name[:LONGEST_NAME],
                "logradouro": self.payer.street[:LONGEST_STREET],
                "cidade": self.payer.city,
                "uf": self.payer.state,
                "cep": self.payer.cep,
            },
            "valor": value,
            "chave": self.key,
            "solicitacaoPagador": self.text[:140],
        }


@dataclass(frozen=True)
class Charge:
    """A cobv as the bank has it."""

    txid: str
    status: str
    code: str  # copia e cola
    due_on: date
    cents: int

    @property
    def active(self) -> bool:
        return self.status == "ATIVA"

    @property
    def paid(self) -> bool:
        return self.status == "CONCLUIDA"


@dataclass(frozen=True)
class Received:
    """A Pix that came in."""

    e2e_id: str
    txid: str
    cents: int
    at: datetime
    key: str = ""  # of ours, by which it came in; empty when the bank does not say


def read_charge(said: Any) -> Charge:
    """Raises PixTrouble when it is not one."""
    return _read(
        lambda: Charge(
            _matching("[a-zA-Z0-9]{26,35}", said["txid"]),
            _matching("[A-Z_]{5,40}", said["status"]),
            _matching("[ -~]{50,300}", said["pixCopiaECola"]),
            date.fromisoformat(said["calendario"]["dataDeVencimento"]),
            cents(said["valor"]["original"]),
        )
    )


def read_received(said: Any, key: str = "") -> Received:
    """Raises PixTrouble when it is not one. Without txid nothing of ours was paid: the text is empty then.

    `key` is the one that was asked about, for a bank that does not repeat it.
    """
    return _read(
        lambda: Received(
            _matching("[a-zA-Z0-9]{32}", said["endToEndId"]),
            _matching(f"({TXID})?", said.get("txid") or ""),
            _more_than_nothing(cents(said["valor"])),
            _moment(said["horario"]),
            _matching("[!-~]{0,77}", said.get("chave") or key),
        )
    )


def read_webhook(body: bytes) -> list[Received]:
    """What a bank tells by itself: one or several Pix. Raises PixTrouble for anything else."""
    said = _read(lambda: json.loads(body)["pix"])
    if not isinstance(said, list):
        raise PixTrouble("not a list of Pix")
    return [read_received(pix) for pix in said]


def reais(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def cents(text: Any) -> int:
    return int(_matching(r"[0-9]{1,10}\.[0-9]{2}", text).replace(".", ""))


def _more_than_nothing(amount: int) -> int:
    if not amount:
        raise ValueError("an amount of zero")
    return amount


def _moment(text: Any) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without time zone")
    if not 2020 <= at.year < 2100:  # the year Pix began; what lies far away has no local time
        raise ValueError("a year without Pix")
    return at.astimezone(UTC)


def _matching(shape: str, text: Any) -> str:
    if not isinstance(text, str) or not re.fullmatch(shape, text):
        raise ValueError(f"not {shape}")
    return text


def _read(reading: Callable[[], Said]) -> Said:
    try:
        return reading()
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as trouble:
        raise PixTrouble(f"the bank answered something else: {trouble}") from None
