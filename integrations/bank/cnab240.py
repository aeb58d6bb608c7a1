"""A return of 240 positions: lots of titles, each told by a segment T and the U that follows it (FEBRABAN)."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from integrations.bank.records import TRY_AGAIN, Places, Reading, Record

HEADER, LOT, DETAIL, LOT_END, END = "0", "1", "3", "5", "9"

T: Places = {
    "code": (16, 17),
    "nosso_numero": (38, 57),
    "document": (59, 73),
    "due_on": (74, 81),
    "face_cents": (82, 96),
    "our_id": (106, 130),
    "fee_cents": (199, 213),
    "reasons": (214, 223),
}
T_SANTANDER: Places = {
    "code": (16, 17),
    "nosso_numero": (41, 53),
    "document": (55, 69),
    "due_on": (70, 77),
    "face_cents": (78, 92),
    "our_id": (101, 125),
    "fee_cents": (194, 208),
    "reasons": (209, 218),
}
OF_BANKS = {("033", "040"): T_SANTANDER}  # by bank and version of the layout, positions 164 to 166 of the header
# Of the header: whose account it is, by the names its fields have in a bank account
ACCOUNT: Places = {"agencia": (53, 57), "conta": (59, 70)}
ACCOUNTS: Mapping[str, Places] = {
    "001": {**ACCOUNT, "convenio": (33, 41)},
    "033": {"agencia": (33, 36), "codigo_beneficiario": (53, 61)},
    "104": {"agencia": (53, 57), "codigo_beneficiario": (59, 65)},
    "237": {**ACCOUNT, "convenio": (33, 52)},
    "748": {**ACCOUNT, "codigo_beneficiario": (33, 52)},
    "756": {**ACCOUNT, "cooperativa": (53, 57)},
}
U: Places = {
    "interest_cents": (18, 32),
    "discount_cents": (33, 47),
    "rebate_cents": (48, 62),
    "paid_cents": (78, 92),
    "occurred_on": (138, 145),
    "credited_on": (146, 153),
}


def account(header: Record, bank: str) -> dict[str, str]:
    """The fields of the bank account a file is about, as far as its header tells them."""
    return header.digits(ACCOUNTS.get(bank, ACCOUNT))


def titles(records: list[Record]) -> Iterator[tuple[Record, Reading]]:
    """The segment T of each title, and how its values and those of its U are read.

    Raises BankFileError for a broken file; the reading does for a title that cannot be understood.
    """
    header, end = records[0], records[-1]
    _require(header.at(8) == HEADER, header, "o arquivo não começa com o cabeçalho")
    _require(header.at(143) == "2", header, "isto não é um retorno: a posição 143 devia ser 2")
    _require(end.at(8) == END and len(records) > 1, end, "falta o fim do arquivo (registro 9)")
    for record in records:
        _require(record.at(1, 3) == header.at(1, 3), record, f"o banco mudou para {record.at(1, 3)!r}")
    lots = list(_lots(records[1:-1]))
    _require(end.number(18, 23) == len(lots), end, f"há {len(lots)} lotes e o fim do arquivo diz {end.at(18, 23)}")
    _require(
        end.number(24, 29) == len(records), end, f"há {len(records)} registros e o fim do arquivo diz {end.at(24, 29)}"
    )
    places = OF_BANKS.get((header.at(1, 3), header.at(164, 166)), T)
    for lot in lots:
        yield from _titles(lot, places)


def _lots(records: list[Record]) -> Iterator[list[Record]]:
    """The details of each lot, after its own counts were seen to be right."""
    lot: list[Record] = []
    for record in records:
        kind = record.at(8)
        _require(kind in (LOT, DETAIL, LOT_END), record, f"registro de tipo {kind!r} fora de lugar")
        _require((kind == LOT) == (not lot), record, "um lote começa ou termina fora de lugar")
        _require(not lot or record.at(4, 7) == lot[0].at(4, 7), record, f"o lote mudou para {record.at(4, 7)!r}")
        lot.append(record)
        if kind == LOT_END:
            _refuse_lot(lot)
            yield lot[1:-1]
            lot = []
    if lot:
        raise lot[0].broken(f"este lote não termina. {TRY_AGAIN}")


def _refuse_lot(lot: list[Record]) -> None:
    start, *details, end = lot
    _require(start.at(9, 11) == "T01", start, "o lote não é um retorno de cobrança")
    for number, record in enumerate(details, 1):
        _require(record.number(9, 13) == number, record, f"a sequência pula: era a vez do registro {number}")
    # Santander leaves its header and end out of the count
    said = end.number(18, 23)
    _require(said in (len(lot), len(details)), end, f"há {len(lot)} registros no lote e seu fim diz {said}")


def _titles(details: list[Record], places: Places) -> Iterator[tuple[Record, Reading]]:
    told = [record for record in details if record.at(14) != "Y"]  # Y says more about a title, never money
    for number, record in enumerate(told):
        segment = "TU"[number % 2]
        _require(record.at(14) == segment, record, f"era a vez de um segmento {segment}, não {record.at(14)!r}")
    if len(told) % 2:
        raise told[-1].broken(f"falta o segmento U depois deste T. {TRY_AGAIN}")
    for first, second in zip(told[::2], told[1::2], strict=True):
        yield first, partial(_read, first, second, places)


def _read(first: Record, second: Record, places: Places) -> dict[str, Any]:
    same = first.at(16, 17) == second.at(16, 17)
    _require(same, second, "este segmento U fala de outra ocorrência que o T antes dele")
    return {**first.read(places), **second.read(U)}


def _require(holds: bool, record: Record, sentence: str) -> None:
    if not holds:
        raise record.broken(f"{sentence}. {TRY_AGAIN}")
