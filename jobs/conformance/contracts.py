"""Conformance of what a contract charges: the pro-rata of the first invoice (D-05) and the fee of leaving early."""

import re
from datetime import timedelta
from typing import Any

from jobs.conformance.case import Case, Wrong, reais
from models.contracts.termination_fee import termination_fee
from models.pricing import DayBase, FirstInvoice, Kind, first_invoice, schedule


def prorata(case: Case) -> dict[str, Any]:
    """The use before the first due date, or a whole carnê where the case has instalments."""
    return _booklet(case) if "parcelas" in case else _use(case)


def leaving(case: Case) -> dict[str, Any]:
    """The fee of leaving within the loyalty term."""
    days = (case.day(key) for key in ("inicio", "fim", "cancelamento"))
    fee = termination_fee(case.money("beneficio"), *days)
    return {
        "dias_totais": fee.days,
        "dias_restantes": fee.days_left,
        "multa_por_dia": reais(fee.cents),
        "meses_restantes_cheios_ou_iniciados": fee.months_left,
        "multa_por_mes": reais(fee.cents_by_months),
    }


def _use(case: Case) -> dict[str, Any]:
    start, due = case.day("ativacao"), case.day("fim") + timedelta(days=1)
    said = re.search(r"\bdia ([0-9]{1,2})\b", case.text("modo"))
    due_day = int(said[1]) if said else due.day
    use = first_invoice(_plan(case), start, due, "postpaid", _base(case), due_day=due_day)
    return {
        "inicio": use.period.from_.isoformat(),
        "fim": use.period.to.isoformat(),
        "dias": use.period.days,
        "base": _divisor(case, use),
        "valor": reais(use.total_cents),
    }


def _booklet(case: Case) -> dict[str, Any]:
    start, due, kind, base = case.day("inicio"), case.day("primeiro_vencimento"), _kind(case), _base(case)
    slips = schedule(_plan(case), start, due, kind, base, case.whole("parcelas"))
    first = first_invoice(_plan(case), start, due, kind, base)
    return {
        "dias": (due - start).days,
        "base": _divisor(case, first),
        "primeira": reais(slips[0].total_cents),
        "demais": reais(first.fee_cents),
        "total": reais(sum(slip.total_cents for slip in slips)),
    }


def _plan(case: Case) -> list[tuple[str, int]]:
    return [("Plano", case.money("plano"))]


def _kind(case: Case) -> Kind:
    mode = case.text("modo").casefold()
    if ("postecipado" in mode) == ("antecipado" in mode):
        raise Wrong("modo devia dizer antecipado ou postecipado")
    return "postpaid" if "postecipado" in mode else "prepaid"


def _base(case: Case) -> DayBase:
    return "calendar" if case.whole("base") != 30 or "dias do ciclo" in case.text("modo") else "30"


def _divisor(case: Case, invoice: FirstInvoice) -> int:
    """The days a fee is divided by: 30, or those of the cycle; a whole cycle is divided by nothing."""
    if invoice.formula:
        return invoice.formula.divisor
    return 30 if case.whole("base") == 30 else invoice.period.days
