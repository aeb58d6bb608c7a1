"""What is said to a bank about a charge and what it says back: plain data, and the JSON of API Pix 2.9."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

MONTHLY_PERCENT, PERCENT = "3", "2"  # modalidades of juros and multa
RETURNED, NOT_RETURNED = "DEVOLVIDO", "NAO_REALIZADO"  # of a devolução; between them it is EM_PROCESSAMENTO
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
    returned_cents: int = 0  # what the bank has given back of it
    returning: bool = False  # a giving back is under way, or of a kind we do not know: what stays is not decided


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


@dataclass(frozen=True)
class Unread:
    """Something among the Pix of a bank that is none: its endToEndId as far as there is one, and what is wrong."""

    e2e_id: str
    why: str


def read_received(said: Any, key: str = "") -> Received:
    """Raises PixTrouble when it is not one. Without txid nothing of ours was paid: the text is empty then.

    `key` is the one that was asked about, for a bank that does not repeat it. A txid of another system may have any
    signs; it is kept as far as it can be printed, and is nobody's of ours.
    """
    return _read(
        lambda: Received(
            _matching("[a-zA-Z0-9]{32}", said["endToEndId"]),
            _foreign(said.get("txid") or ""),
            _more_than_nothing(cents(said["valor"])),
            _moment(said["horario"]),
            _matching("[!-~]{0,77}", said.get("chave") or key),
            *_given_back(said.get("devolucoes") or [], cents(said["valor"])),
        )
    )


def read_all(said: list[Any], key: str = "") -> tuple[list[Received], list[Unread]]:
    """Each Pix of a list by itself, so that one that cannot be read takes none of the others along."""
    found, odd = list[Received](), list[Unread]()
    for pix in said:
        try:
            found.append(read_received(pix, key))
        except PixTrouble as trouble:
            e2e_id = pix.get("endToEndId") if isinstance(pix, dict) else ""
            odd.append(Unread(_printable(e2e_id, 32), str(trouble)))
    return found, odd


def read_webhook(body: bytes) -> tuple[list[Received], list[Unread]]:
    """What a bank tells by itself: one or several Pix. Raises PixTrouble when there is none that can be read."""
    said = _read(lambda: json.loads(body)["pix"])
    if not isinstance(said, list):
        raise PixTrouble("not a list of Pix")
    found, odd = read_all(said)
    if odd and not found:
        raise PixTrouble(odd[0].why)
    return found, odd


def reais(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def cents(text: Any) -> int:
    return int(_matching(r"[0-9]{1,10}\.[0-9]{2}", text).replace(".", ""))


def _given_back(told: Any, most: int) -> tuple[int, bool]:
    """What was given back of a Pix of so many cents, and whether more of it is still being decided (devolucoes)."""
    done = [one for one in told if one.get("status") == RETURNED]
    total = sum(cents(one["valor"]) for one in done)
    if total > most:
        raise ValueError("more was given back than came in")
    return total, any(one.get("status") not in (RETURNED, NOT_RETURNED) for one in told)


def _foreign(txid: Any) -> str:
    """A txid as it is, one with signs that ours never have as far as it fits."""
    if not isinstance(txid, str):
        raise ValueError("a txid that is no text")
    return _printable(txid, 35)


def _printable(text: Any, most: int) -> str:
    return re.sub(r"[^!-~]", "", text)[:most] if isinstance(text, str) else ""


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
