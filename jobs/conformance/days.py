"""Conformance of days: business days, what is paid late, until when a Pix with due date may be paid."""

from typing import Any

from jobs.conformance.case import Case, Check, reais
from models.banking import AmountDue, LateTerms, amount_due, business_day, last_payable_day
from models.banking.late_fees import CountedFrom


def business(case: Case) -> dict[str, Any]:
    """The day itself or the next business day."""
    return {"dia_util_seguinte_ou_mesmo": business_day(case.day("data")).isoformat()}


def validity(case: Case) -> dict[str, Any]:
    """The last day of a Pix with due date."""
    last = last_payable_day(case.day("dataDeVencimento"), case.whole("validadeAposVencimento"))
    return {"ultimo_dia_pagavel": last.isoformat()}


def charges(terms: Case) -> Check:
    """What is paid on a day under these terms. The discount of a case is what was agreed for paying in time."""
    fine, interest = terms.percent("multa_percentual"), terms.percent("juros_mes_percentual")

    def due(case: Case, counted_from: CountedFrom) -> AmountDue:
        late = LateTerms(fine, interest, counted_from)
        days = case.day("vencimento"), case.day("pagamento")
        return amount_due(case.money("valor"), *days, late, case.money("desconto"))

    def check(case: Case) -> dict[str, Any]:
        paid = due(case, "business_day")
        computed = {
            "vencimento_util": paid.payable_until.isoformat(),
            "dias_atraso": paid.days_late,
            "multa": reais(paid.fine_cents),
            "juros": reais(paid.interest_cents),
            "desconto": reais(paid.discount_cents),
            "total": reais(paid.total_cents),
        }
        nominal = "juros_se_contado_do_vencimento_nominal"
        if nominal in case:
            computed[nominal] = reais(due(case, "due_date").interest_cents)
        return computed

    return check
