"""Conformance of the returns of banks: files read, occurrences counted, payments summed."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from integrations.bank import Entry, Return, read_return
from jobs.conformance.case import Case, Check, Wrong, reais


def _paid240(entry: Entry) -> dict[str, str]:
    return {
        "uso_empresa": entry.our_id,
        "pago": reais(entry.paid_cents),
        "acrescimos": reais(entry.interest_cents),
        "data_ocorrencia": _day(entry.occurred_on),
        "data_credito": _day(entry.credited_on),
    }


def _paid400(entry: Entry) -> dict[str, str]:
    return {
        "uso_empresa": entry.our_id,
        "nosso_numero": entry.nosso_numero,
        "principal": reais(entry.principal_cents),
        "juros": reais(entry.interest_cents),
        "recebido": reais(entry.paid_cents),
    }


def _returned(layout: int, total: str, paid: Callable[[Entry], dict[str, str]]) -> Check:
    def check(case: Case) -> dict[str, Any]:
        returned = _read(case, layout)
        return {
            "esperado": {
                "ocorrencias": dict(Counter(entry.code for entry in returned.entries)),
                total: reais(sum(entry.paid_cents for entry in returned.paid)),
                "liquidados": [paid(entry) for entry in returned.paid],
            }
        }

    return check


cnab240 = _returned(240, "total_pago", _paid240)
cnab400 = _returned(400, "total_recebido", _paid400)


def _read(case: Case, layout: int) -> Return:
    lines = case.items("linhas")
    if not all(isinstance(line, str) for line in lines):
        raise Wrong("linhas devia ter só textos")
    returned = read_return("\n".join(lines))
    if returned.layout != layout:
        raise Wrong(f"as linhas são de CNAB {returned.layout}")
    return returned


def _day(day: date | None) -> str:
    return f"{day:%d%m%Y}" if day else "00000000"
