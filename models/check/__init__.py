"""What must be true of live data, asked of all of it: one question per invariant, each answers with its findings.

A finding is one line in pt-BR with the kind and the number of the row, never with a name, a document or an address:
it may be mailed or pasted. The questions only read; `flask check` runs them in one read-only transaction.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.base import db
from models.check import (
    cash_desks,
    contests,
    credits,
    database,
    files,
    issued,
    ladders,
    money,
    numbers,
    outages,
    outside,
    papers,
    people,
    receipts,
    services,
    telephony,
    tickets,
    work_orders,
    workflows,
)
from models.check.question import Question

QUESTIONS: tuple[Question, ...] = (
    *database.QUESTIONS,
    *services.QUESTIONS,
    *people.QUESTIONS,
    *money.QUESTIONS,
    *ladders.QUESTIONS,
    *credits.QUESTIONS,
    *cash_desks.QUESTIONS,
    *contests.QUESTIONS,
    *receipts.QUESTIONS,
    *issued.QUESTIONS,
    *numbers.QUESTIONS,
    *papers.QUESTIONS,
    *workflows.QUESTIONS,
    *tickets.QUESTIONS,
    *work_orders.QUESTIONS,
    *telephony.QUESTIONS,
    *outages.QUESTIONS,
    *files.QUESTIONS,
    *outside.QUESTIONS,
)


def answers() -> Iterator[tuple[Question, list[str]]]:
    """Each question with its findings. One that cannot be answered is itself a finding, and the others go on."""
    for question in QUESTIONS:
        try:
            with db.session.begin_nested():
                found = question()
        except Exception as error:
            found = [f"conferência {question.__name__}: não pôde ser feita ({type(error).__name__})"]
        yield question, found
