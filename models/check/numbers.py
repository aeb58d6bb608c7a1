"""Numbers people read aloud run from 1 without gap or double, and their counter stands at the last one."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from models.base import db
from models.billing import Invoice
from models.contracts import Contract
from models.numbers import Counter
from models.work_orders import WorkOrder


def contracts_are_numbered() -> list[str]:
    return _findings("contrato", "contract", Contract.number)


def orders_are_numbered() -> list[str]:
    return _findings("ordem de serviço", "work_order", WorkOrder.number)


def invoices_are_numbered() -> list[str]:
    return _findings("fatura", "invoice", Invoice.number)


def _findings(name: str, key: str, column: InstrumentedAttribute[int]) -> list[str]:
    taken = list(db.session.scalars(select(column).order_by(column)))
    last = db.session.scalar(select(Counter.last).where(Counter.key == key)) or 0
    found = []
    for before, number in pairwise([0, *taken]):
        if number == before or number < 1:
            found.append(f"{name} nº {number}: número repetido ou menor que 1")
        elif number > before + 1:
            found.append(f"{name}: faltam os números {before + 1} a {number - 1}")
    if last != (taken[-1] if taken else 0):
        found.append(f"{name}: o contador está em {last} e o maior número é {taken[-1] if taken else 0}")
    return found


QUESTIONS = (contracts_are_numbered, orders_are_numbered, invoices_are_numbered)
