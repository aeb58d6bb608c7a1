"""CPF and CNPJ (also the alphanumeric CNPJ of July 2026): typed in any form, kept as bare characters."""

import re

from validate_docbr import CNPJ, CPF

_cpf, _cnpj = CPF(), CNPJ()


def cleaned(typed: str) -> str:
    """Digits and capitals only: '123.456.789-09' -> '12345678909'."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())


def refusal_to_tax_id(typed: str, kind: str) -> str | None:
    """Why this is not the CPF of an individual or the CNPJ of an organization (C-03)."""
    value, name, size = cleaned(typed), *(("CPF", 11) if kind == "individual" else ("CNPJ", 14))
    if not value:
        return f"Escreva o {name} do cliente."
    if len(value) < size:
        return f"{_missing(size - len(value))} Confira com o cliente."
    if len(value) > size:
        return f"O {name} tem {size} caracteres e aqui há {len(value)}. Confira com o cliente."
    valid = _cpf.validate(value) if kind == "individual" else _cnpj.validate(value)
    return None if valid else f"Este {name} não confere com seus dígitos finais. Leia de novo com o cliente."


def _missing(count: int) -> str:
    return "Falta 1 caractere." if count == 1 else f"Faltam {count} caracteres."


def is_valid_cep(typed: str) -> bool:
    return re.fullmatch(r"(?!0{8})[0-9]{8}", re.sub(r"[\s.\-]", "", typed)) is not None
