"""Texts ready to be sent to a customer by WhatsApp, and numbers as a telephone dials them (B-14).

The one place that writes them. No CPF stands in them; web/contacts.py makes the addresses that carry them.
"""

from __future__ import annotations

import re
from datetime import date

from models.wording import brl, day, month_name

NAME = 60  # characters of a name in a text
MOBILE = re.compile(r"[1-9][1-9]9\d{8}", re.ASCII)
LANDLINE = re.compile(r"[1-9][1-9][2-8]\d{7}", re.ASCII)


def national(typed: str) -> str:
    """A Brazilian number with DDD, digits alone: '37998120456'. Empty for anything else."""
    digits = re.sub(r"[^0-9]", "", typed).lstrip("0")
    digits = digits[2:] if len(digits) in (12, 13) and digits.startswith("55") else digits
    return digits if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits) else ""


def is_mobile(typed: str) -> bool:
    """Of a landline there is no WhatsApp."""
    return bool(MOBILE.fullmatch(national(typed)))


def greeting(called: str, company: str) -> str:
    """How every text begins. `company`: of whoever writes; empty, nobody is named."""
    name = called if len(called) <= NAME else called[: NAME - 1].rstrip() + "…"
    return f"Olá, {name}. Aqui é da {company}." if company else f"Olá, {name}."


def invoice_text(
    called: str,
    company: str,
    number: int,
    due_on: date,
    cents: int,
    *,
    today: date,
    pix_code: str = "",
    line: str = "",
) -> str:
    """An invoice with what it costs today, and how to pay it: by the Pix code of today, else by the linha digitável."""
    due = "venceu" if due_on < today else "vence"
    costs = f"Hoje o valor é {brl(cents)}." if due_on < today else f"O valor é {brl(cents)}."
    said = f"{greeting(called, company)}\n\nA fatura {number}, de {month_name(due_on)}, {due} em {day(due_on)}. {costs}"
    if pix_code:
        said += f"\n\nPix copia e cola:\n{pix_code}"
    elif line:
        said += f"\n\nLinha digitável do boleto:\n{re.sub(r'[^0-9]', '', line)}"
    return said.replace("\u00a0", " ")


def ticket_text(called: str, company: str, protocol: str) -> str:
    return f"{greeting(called, company)} É sobre o seu atendimento, protocolo {protocol}."
