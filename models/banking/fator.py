"""Fator de vencimento: the four digits of a boleto that say when it is due.

Days since 1997-10-07 until they were used up on 2025-02-21; the day after began again at 1000, so that each
number from 1000 on has stood for two days and a reader must know when it is reading.
"""

from datetime import date, timedelta

from models.refused import Refused

BASE = date(1997, 10, 7)
FIRST, LAST = 1000, 9999
CYCLE = LAST - FIRST + 1
NONE = "0000"  # no due date


def fator(due: date | None) -> str:
    """The fator of a due date; '0000' without one. Raises Refused for a day before boletos had it."""
    if due is None:
        return NONE
    days = (due - BASE).days
    if days < 0:
        raise Refused(f"O vencimento {due:%d/%m/%Y} é anterior a {BASE:%d/%m/%Y}. Informe uma data posterior.")
    return f"{days if days <= LAST else FIRST + (days - FIRST) % CYCLE:04}"


def due_date(fator: str, reference: date) -> date | None:
    """The due date nearest to the reference (today, or the day of issue); None for '0000'.

    Of two days equally far the later one is meant: boletos are read to be paid.
    """
    if fator == NONE:
        return None
    first = BASE + timedelta(days=int(fator))
    if int(fator) < FIRST:
        return first  # these numbers were never used again
    cycles = ((reference - first).days + CYCLE // 2) // CYCLE
    return first + timedelta(days=max(cycles, 0) * CYCLE)
