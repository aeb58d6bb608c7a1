"""Conformance of CPF and CNPJ."""

from typing import Any

from jobs.conformance.case import Case
from models.people.tax_id import refusal_to_tax_id


def cpf(case: Case) -> dict[str, Any]:
    """Whether a CPF is right."""
    return {"valido": refusal_to_tax_id(case.text("valor"), "individual") is None}


def cnpj(case: Case) -> dict[str, Any]:
    """Whether a CNPJ is right, with letters or without."""
    return {"valido": refusal_to_tax_id(case.text("valor"), "organization") is None}
