"""What is sent to a bank (remessa): titles to be registered, changed or closed, in CNAB 240 of FEBRABAN.

Banks differ in three stretches of 40 characters: who we are in the header of the file and of the lot, and account
with nosso número in each title. They are patterns over the fields of the account and of the title.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from integrations.bank.error import BankFileError
from integrations.bank.records import written

SIZE = 240
NONE, AMOUNT, PERCENT = "0", "1", "2"  # codes of discount and fine
MONTHLY_PERCENT, NO_INTEREST = "2", "3"
ACCOUNT = "{agencia:0>5}{agencia_dv: >1}{conta:0>12}{conta_dv: >1}"
BLANK20 = " " * 20


@dataclass(frozen=True)
class Layout:
    """How a bank wants its file; `lot` is like `file` where it is empty."""

    name: str
    version: str
    lot_version: str
    file: str
    title: str
    lot: str = ""


LAYOUTS = {
    "001": Layout(
        "BANCO DO BRASIL S.A.", "084", "042",
        "{convenio:0>9}0014{carteira:0>2}{variacao:0>3}  " + ACCOUNT + " ",
        ACCOUNT + " {convenio:0>7}{nosso_numero:0>10}   ",
    ),
    "033": Layout(
        "BANCO SANTANDER", "040", "030",
        "{codigo_transmissao:0>15}" + " " * 25,
        "{agencia:0>4}{agencia_dv: >1}{conta:0>9}{conta_dv: >1}{conta:0>9}{conta_dv: >1}  {nosso_numero:0>12}{dv}",
        BLANK20 + "{codigo_transmissao:0>15}     ",
    ),
    "104": Layout(
        "CAIXA ECONOMICA FEDERAL", "101", "060",
        "0" * 20 + "{agencia:0>5}{agencia_dv: >1}{codigo_beneficiario:0>7}0000000",
        "{agencia:0>5}{agencia_dv: >1}{codigo_beneficiario:0>7}0000000000{modalidade:0>2}{nosso_numero:0>15}",
        "{codigo_beneficiario:0>7}" + "0" * 13 + "{agencia:0>5}{agencia_dv: >1}{codigo_de_6:0>6}00000000",
    ),
    "237": Layout(
        "BRADESCO", "084", "042",
        "{convenio:0>20}" + ACCOUNT + " ",
        ACCOUNT + " {carteira:0>3}00000{nosso_numero:0>11}{dv}",
    ),
    "341": Layout(
        "BANCO ITAU SA", "040", "030",
        BLANK20 + "0{agencia:0>4} 0000000{conta:0>5} {dac_conta}",
        "0{agencia:0>4} 0000000{conta:0>5} {dac_conta}{carteira:0>3}{nosso_numero:0>8}{dv}        ",
    ),
    "748": Layout(
        "SICREDI", "081", "040",
        "{codigo_beneficiario:0>20}" + ACCOUNT + " ",
        ACCOUNT + " {ano:0>2}{byte}{nosso_numero:0>5}{dv}           ",
    ),
    "756": Layout(
        "SICOOB", "081", "040",
        BLANK20 + ACCOUNT + "0",
        ACCOUNT + " {nosso_numero:0>9}{dv}{parcela[1]}{parcela[2]}{modalidade:0>2}4     ",
        BLANK20 + ACCOUNT + " ",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Payer:
    """Who owes. `document` is a CPF or CNPJ without punctuation, `cep` eight digits."""

    document: str
    name: str
    street: str
    district: str
    cep: str
    city: str
    state: str


@dataclass(frozen=True)
class Title:
    """One title. `fields` are those of its boleto, with check digits; percents in hundredths (200 is 2 %)."""

    fields: Mapping[str, str]
    document: str  # the number people know
    our_id: str  # comes back in the return
    due: date
    issued: date
    cents: int
    payer: Payer
    movement: str = "01"  # 01 entry, 02 close, 06 new due date, 31 other changes, 47 new value
    species: str = "04"  # duplicata de serviço
    interest_hundredths: int = 0  # a month
    fine_hundredths: int = 0
    discount_cents: int = 0
    discount_until: date | None = None
    close_after_days: int = 60


@dataclass(frozen=True)
class Beneficiary:
    """Who is paid, and the account: `fields` as its layout wants them (agencia, agencia_dv, conta, convenio...)."""

    bank: str
    document: str
    name: str
    fields: Mapping[str, str] = field(default_factory=dict)
    letters: bool = False  # the bank takes a CNPJ with letters


def writes(bank: str) -> bool:
    """Whether there is a file for this bank at all."""
    return bank in LAYOUTS


def write_outgoing(beneficiary: Beneficiary, titles: Sequence[Title], number: int, at: datetime) -> bytes:
    """A file with one lot; `number` is the NSA: one more each file, never repeated. Raises BankFileError."""
    if beneficiary.bank not in LAYOUTS:
        raise BankFileError(f"Não escrevemos CNAB 240 para o banco {beneficiary.bank!r}. Envie pelo site do banco.")
    if not titles:
        raise BankFileError("Não há títulos para enviar. Escolha ao menos um.")
    details = [segment for title in titles for segment in _segments(beneficiary, title)]
    bank = beneficiary.bank
    lines = [
        _header(beneficiary, number, at),
        _lot_header(beneficiary, number, at),
        *(written(SIZE, (1, 8, f"{bank}00013"), (9, 13, count), *line) for count, line in enumerate(details, 1)),
        _lot_end(bank, titles, len(details) + 2),
        written(SIZE, (1, 8, f"{bank}99999"), (18, 23, 1), (24, 29, len(details) + 4), (30, 35, 0)),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def nosso_numero_sent(beneficiary: Beneficiary, fields: Mapping[str, str]) -> str:
    """The nosso número as this bank has it in its files, to recognise it in a return."""
    begins = 27 if beneficiary.bank == "033" else 20  # Santander tells its account twice before it
    return _filled(LAYOUTS[beneficiary.bank].title, {**fields, **beneficiary.fields})[begins:].strip()


def _header(us: Beneficiary, number: int, at: datetime) -> str:
    layout = LAYOUTS[us.bank]
    kind = 17 if us.bank == "033" else 18  # Santander: one position earlier, the document one digit longer
    return written(
        SIZE,
        (1, 8, f"{us.bank}00000"),
        (kind, kind, _kind(us.document)),
        (kind + 1, 32, _document(us.document, us.letters, 32 - kind)),
        (33, 72, _filled(layout.file, us.fields)),
        (73, 102, us.name),
        (103, 132, layout.name),
        (143, 143, "1"),
        (144, 151, f"{at:%d%m%Y}"),
        (152, 157, f"{at:%H%M%S}"),
        (158, 163, number),
        (164, 166, layout.version),
        (167, 171, "00000"),
    )


def _lot_header(us: Beneficiary, number: int, at: datetime) -> str:
    layout = LAYOUTS[us.bank]
    return written(
        SIZE,
        (1, 11, f"{us.bank}00011R01"),
        (14, 16, layout.lot_version),
        (18, 18, _kind(us.document)),
        (19, 33, _document(us.document, us.letters)),
        (34, 73, _filled(layout.lot or layout.file, us.fields)),
        (74, 103, us.name),
        (184, 191, number),
        (192, 199, f"{at:%d%m%Y}"),
        (200, 207, 0),
    )


def _segments(us: Beneficiary, title: Title) -> list[list[tuple[int, int, str | int]]]:
    segments = [("P", _segment_p(us, title)), ("Q", _segment_q(title.payer, us.letters))]
    if title.fine_hundredths:
        segments.append(("R", _segment_r(title)))
    return [[(14, 14, letter), (16, 17, title.movement), *places] for letter, places in segments]


def _segment_p(us: Beneficiary, title: Title) -> list[tuple[int, int, str | int]]:
    return [
        (18, 57, _filled(LAYOUTS[us.bank].title, {**title.fields, **us.fields})),
        (58, 62, "11122"),  # simple collection, registered, written, issued and delivered by us
        (63, 77, title.document),
        (78, 85, f"{title.due:%d%m%Y}"),
        (86, 100, title.cents),
        (101, 106, 0),
        (107, 108, title.species),
        (109, 109, "N"),
        (110, 117, f"{title.issued:%d%m%Y}"),
        (118, 118, MONTHLY_PERCENT if title.interest_hundredths else NO_INTEREST),
        (119, 126, _day_after(title.due) if title.interest_hundredths else 0),
        (127, 141, title.interest_hundredths),
        (142, 142, AMOUNT if title.discount_cents else NONE),
        (143, 150, f"{title.discount_until or title.due:%d%m%Y}" if title.discount_cents else 0),
        (151, 165, title.discount_cents),
        (166, 195, 0),
        (196, 220, title.our_id),
        (221, 223, "300"),  # no protest
        (224, 224, "1"),
        (225, 227, title.close_after_days),
        (228, 229, "09"),
        (230, 239, 0),
    ]


def _segment_q(payer: Payer, letters: bool) -> list[tuple[int, int, str | int]]:
    return [
        (18, 18, _kind(payer.document)),
        (19, 33, _document(payer.document, letters)),
        (34, 73, payer.name),
        (74, 113, payer.street),
        (114, 128, payer.district),
        (129, 136, payer.cep.zfill(8)),
        (137, 151, payer.city),
        (152, 153, payer.state),
        (154, 169, 0),
        (210, 212, 0),
    ]


def _segment_r(title: Title) -> list[tuple[int, int, str | int]]:
    return [
        (18, 65, 0),
        (66, 66, PERCENT),
        (67, 74, _day_after(title.due)),
        (75, 89, title.fine_hundredths),
    ]


def _lot_end(bank: str, titles: Sequence[Title], records: int) -> str:
    cents = sum(title.cents for title in titles)
    return written(
        SIZE, (1, 8, f"{bank}00015"), (18, 23, records), (24, 29, len(titles)), (30, 46, cents), (47, 115, 0)
    )


def _filled(pattern: str, fields: Mapping[str, Any]) -> str:
    """The 40 characters of a pattern; raises BankFileError for a field that is missing or too long."""
    code = fields.get("codigo_beneficiario", "")
    try:
        text = pattern.format_map(
            {**fields, "codigo_de_6": code if len(code) < 7 else ""}
        )  # Caixa moved the longer ones
    except KeyError as missing:
        raise BankFileError(f"Falta {missing.args[0]} na conta do banco. Preencha antes de gerar a remessa.") from None
    if len(text) != 40:
        raise BankFileError("Um campo da conta do banco ou do nosso número é mais longo do que a remessa permite.")
    return text


def _kind(document: str) -> str:
    return "1" if len(document) == 11 else "2"


def _document(document: str, letters: bool, width: int = 15) -> int | str:
    if letters and re.fullmatch(r"[0-9A-Z]{12}[0-9]{2}", document):
        return document.zfill(width)
    if not re.fullmatch(r"[0-9]{11}|[0-9]{14}", document):
        raise BankFileError(f"O documento {document!r} não cabe na remessa: é um CPF ou CNPJ só com algarismos.")
    return int(document)


def _day_after(due: date) -> str:
    return f"{due + timedelta(days=1):%d%m%Y}"
