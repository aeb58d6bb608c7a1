"""Conformance of boletos: made from the account, read from the line, the fator and the slips of a carnê."""

import re
import unicodedata
from datetime import date
from typing import Any

from jobs.conformance.case import PROSE, Case, Check, Wrong
from models.banking import bank, barcode, boleto, business_day, fator, line, read
from models.banking.boleto import Boleto
from models.refused import Refused


def made(case: Case) -> dict[str, Any]:
    """A boleto from the fields of its account."""
    account = case.inside("entrada")
    due = _due(account)
    cents = account.money("valor")
    fields = {key: account.text(key) for key in account.raw if key not in ("vencimento", "valor", *PROSE)}
    slip = boleto(case.text("banco"), fields, due, cents)
    named = {"nome_banco": _bank_name(case, bank(slip.bank).name)} if "nome_banco" in case else {}
    return named | {
        "fator_vencimento": slip.barcode[5:9],
        "nosso_numero_impresso": slip.nosso_numero,
        "campo_livre": slip.barcode[19:],
        "dv_geral": slip.barcode[4],
        "codigo_barras": slip.barcode,
        "linha_digitavel": slip.line,
    }


def line_read(case: Case) -> dict[str, Any]:
    """Whether a linha digitável is right."""
    typed = case.text("linha_digitavel")
    try:
        barcode(typed)
    except Refused:
        return {"valida": False}
    return {"valida": True}


def fator_of(case: Case) -> dict[str, Any]:
    """The fator of a due date."""
    return {"fator": fator(_due(case))}


def slip_of(slips: list[Any]) -> Check:
    """One slip of a carnê: its account is in its barcode; its number follows from the months since the first one."""

    def check(case: Case) -> dict[str, Any]:
        due, first = case.day("vencimento"), Case("", slips[0])
        number, of = _parcel(first)
        number += (due.year - first.day("vencimento").year) * 12 + due.month - first.day("vencimento").month
        slip = _slip(case.text("codigo_barras"), due)
        return {
            "parcela": f"{number:02}/{of:02}",
            "dia_util": business_day(due).isoformat(),
            "nosso_numero": slip.nosso_numero,
            "linha_digitavel": line(slip.barcode),
            "codigo_barras": slip.barcode,
        }

    return check


def _slip(typed: str, due: date) -> Boleto:
    """The boleto made again from the account and the amount that stand in a barcode, for a due date."""
    if len(typed) != 44:
        raise Wrong("codigo_barras devia ter 44 algarismos")
    found = read(typed, due)
    return boleto(found.bank, bank(found.bank).fields_of(found.campo_livre), due, found.cents)


def _due(case: Case) -> date | None:
    """No due date is written null, or is not written."""
    case.asked.add("vencimento")
    return case.day("vencimento") if case.raw.get("vencimento") not in (None, "") else None


def _parcel(case: Case) -> tuple[int, int]:
    said = re.fullmatch(r"([0-9]{1,3})/([0-9]{1,3})", case.text("parcela"))
    if not said:
        raise Wrong('parcela devia ser como "01/12"')
    return int(said[1]), int(said[2])


def _bank_name(case: Case, name: str) -> str:
    """The bank's name, or the longer one of the file when it holds all its words: 'Caixa (SIGCB)' is Caixa."""
    said = case.text("nome_banco")
    return said if _words(name) <= _words(said) else name


def _words(name: str) -> set[str]:
    bare = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return set(bare.split())
