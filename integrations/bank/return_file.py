"""The return of a bank (retorno): what happened to each title, from a file of 240 or 400 positions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrations.bank import cnab240, cnab400
from integrations.bank.error import BankFileError
from integrations.bank.occurrences import Outcome, outcome
from integrations.bank.records import TRY_AGAIN, Record
from integrations.bank.sequences import sequence

BANKS = {400: set(cnab400.LAYOUTS), 240: set(cnab400.LAYOUTS) - {"077"}}  # Inter has none of 240
NSA = (158, 163)  # in a header of 240, the number that each file of an account has anew
UTF8_MARK = b"\xef\xbb\xbf"  # some programs put it in front when they save a file again
# what some banks do not say
NOT_TOLD = {
    "our_id": "",
    "credited_on": None,
    "interest_cents": 0,
    "discount_cents": 0,
    "rebate_cents": 0,
    "fee_cents": 0,
}


@dataclass(frozen=True)
class Entry:
    """What the bank says about one title. Days and texts may be missing, amounts are then 0."""

    line: int  # of the file, counted from 1
    code: str  # the bank's own
    outcome: Outcome
    nosso_numero: str  # as the bank writes it
    sequence: int | None  # the number in it that we reserved
    year: int | None  # of that number, where the bank counts anew each year
    our_id: str  # what we sent to find it again (uso da empresa)
    document: str
    due_on: date | None
    face_cents: int
    paid_cents: int  # what came in, as the bank tells it
    interest_cents: int  # of it: interest and fine
    discount_cents: int
    rebate_cents: int
    fee_cents: int  # what the bank keeps
    occurred_on: date | None  # the day of payment, when it was paid; some banks give none for other words
    credited_on: date | None
    reasons: str
    kept_back_cents: int = 0  # of what the payer gave, the fee that the bank took before it told what came in

    @property
    def principal_cents(self) -> int:
        """What was paid of the amount itself."""
        return self.paid_cents - self.interest_cents

    @property
    def given_cents(self) -> int:
        """Everything the payer gave: this is what settles, the fee is between the bank and us."""
        return self.paid_cents + self.kept_back_cents


@dataclass(frozen=True)
class Odd:
    """A title that cannot be understood, in a file that is whole; `sentence` is for the person who has it in hand."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Return:
    """A whole file: it was read to its end, or not at all. A title that is odd takes none of the others along."""

    bank: str
    layout: int  # 240 or 400
    account: Mapping[str, str]  # what the header tells of the bank account: agencia, conta, convenio...
    entries: tuple[Entry, ...]
    odd: tuple[Odd, ...] = ()
    records: bytes = b""  # its number and its records: the same however often the bank makes the file anew

    @property
    def paid(self) -> tuple[Entry, ...]:
        """The titles that money came in for."""
        return tuple(entry for entry in self.entries if entry.outcome == "paid")


def read_return(content: bytes | str) -> Return:
    """The file as the bank gave it, with what of it is odd.

    Raises BankFileError with the line and what is wrong, when the file is not whole or no title of it is understood.
    """
    text = content.removeprefix(UTF8_MARK).decode("latin-1") if isinstance(content, bytes) else content
    layout, records = _records(text)
    if records[0].at(143, 143) == "1" if layout == 240 else records[0].at(2, 9) == "1REMESSA":
        raise BankFileError("Isto é uma remessa, o arquivo que vai ao banco. Traga o retorno.")
    bank = records[0].at(1, 3) if layout == 240 else records[0].at(77, 79)
    if bank not in BANKS[layout]:
        raise records[0].broken(f"não lemos CNAB {layout} do banco {bank!r}. Confira se o arquivo é do seu banco.")
    found = cnab240.titles(records) if layout == 240 else cnab400.titles(records, bank)
    account = cnab240.account(records[0], bank) if layout == 240 else records[0].digits(cnab400.LAYOUTS[bank].account)
    entries, odd = list[Entry](), list[Odd]()
    for record, read in found:
        try:
            entries.append(_entry(bank, layout, record, read()))
        except BankFileError as error:
            odd.append(Odd(error.line or record.line, error.sentence))
    if odd and not entries:
        raise BankFileError(odd[0].sentence.partition(": ")[2], odd[0].line)
    return Return(bank, layout, account, tuple(entries), tuple(odd), _told(layout, records))


def _told(layout: int, records: list[Record]) -> bytes:
    """The file without what a second copy of it has anew: spaces, line ends, and where its header has a number (240)
    the rest of that header, which says when it was made.
    """
    number = records[0].at(*NSA).strip("0 ") if layout == 240 else ""
    number = number or records[0].text.rstrip()
    return "\n".join([number, *(record.text.rstrip() for record in records[1:])]).encode()


def _records(text: str) -> tuple[int, list[Record]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "").split("\n")
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        raise BankFileError(f"O arquivo está vazio. {TRY_AGAIN}")
    layout = 240 if len(numbered[0][1].rstrip()) <= 240 else 400
    records = [Record(number, line.rstrip(" ").ljust(layout)) for number, line in numbered]
    for record in records:
        if len(record.text) > layout:
            raise record.broken(f"há {len(record.text)} caracteres numa linha de {layout}. {TRY_AGAIN}")
    return layout, records


def _entry(bank: str, layout: int, record: Record, values: dict[str, Any]) -> Entry:
    values = {**NOT_TOLD, **values}
    if "paid_cents" not in values:
        values["kept_back_cents"] = _kept_back(**values)
        values["paid_cents"] = values.pop("principal_cents") + values["interest_cents"]
    word = outcome(bank, layout, values["code"])
    if not values["code"].isalnum():
        raise record.broken(f"falta o código da ocorrência. {TRY_AGAIN}")
    if values["occurred_on"] is None and word == "paid":
        raise record.broken(f"falta a data da ocorrência. {TRY_AGAIN}")
    if word == "paid" and not values["paid_cents"]:
        raise record.broken(f"este título foi pago e o valor pago é zero. {TRY_AGAIN}")
    number, year = sequence(bank, layout, values["nosso_numero"])
    return Entry(line=record.line, outcome=word, sequence=number, year=year, **values)


def _kept_back(
    *, face_cents: int, discount_cents: int, rebate_cents: int, principal_cents: int, fee_cents: int, **_: object
) -> int:
    """The fee, where just that is missing from the principal: Itaú credits some accounts less its fee, others whole."""
    missing = face_cents - discount_cents - rebate_cents - principal_cents
    return fee_cents if principal_cents and missing == fee_cents else 0
