"""Conformance of Pix: BR Codes made and read, broken ones refused, the CRC alone."""

from typing import Any

from jobs.conformance.case import Case, Wrong
from models.banking import crc16, dynamic_code, read_code, static_code
from models.refused import Refused


def code(case: Case) -> dict[str, Any]:
    """A BR Code made from what it is for, where the case says so; its CRC and its fields in any case."""
    payload = _made(case.inside("construir_de")) if "construir_de" in case else case.text("payload")
    fields = read_code(payload)
    return {"payload": payload, "crc16": fields["63"], "campos": fields}


def code_read(case: Case) -> dict[str, Any]:
    """Whether a BR Code is right."""
    try:
        read_code(case.text("payload"))
    except Refused:
        return {"valido": False}
    return {"valido": True}


def crc(case: Case) -> dict[str, Any]:
    """The CRC of a text."""
    return {"crc16": crc16(case.text("entrada"))}


def _made(told: Case) -> str:
    given = Case(told.name, {key: value for key, value in told.raw.items() if value is not None})
    name, city = given.text("nome"), given.text("cidade")
    once = given.flag("once") if "once" in given else False
    if "url" in given:
        made = dynamic_code(given.text("url"), name, city, once)
    else:
        key = given.text("chave")
        if once:
            raise Wrong("um Pix estático não vale uma vez só (once)")
        cents = given.money("valor") if "valor" in given else 0
        txid, info = (given.text(key) if key in given else "" for key in ("txid", "desc"))
        made = static_code(key, name, city, cents, txid, info)
    if strange := list(given.strange()):
        raise Wrong("; ".join(strange))
    return made
