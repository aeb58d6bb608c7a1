"""Tables as files for a spreadsheet: `;` between cells, a BOM for the accents, nothing that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from flask import Response

from models.base import db, read_only
from models.desk.exports import MOST, exported
from models.refused import Refused
from models.wording import day, moment

# what a spreadsheet begins a formula with, the full-width forms included, which some fold to the plain ones
ACTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
FEWER = "Filtre a lista e baixe de novo."


def download(
    report: str, name: str, heads: Mapping[str, str], question: Callable[[], Iterable[Any]], fewer: str = FEWER
) -> Response:
    """Answer a question as a file, and tell in history who took it; the lock is held for the telling alone.

    `fewer`: how to ask for less, where there are more rows than one file may have.
    """
    with read_only():
        answer = csv_file(name, heads, question(), fewer)
    exported(report)
    db.session.commit()
    return answer


def csv_file(name: str, heads: Mapping[str, str], rows: Iterable[Any], fewer: str = FEWER) -> Response:
    """The columns `heads` names, of rows that carry them; `name` is the file's without its ending.

    A key ending in `_cents` is money, as 1234,56. The moments of a row that has a `zone` are said in it. Raises Refused
    when there are more rows than one file may have.
    """
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\r\n")
    sheet.writerow(heads.values())
    columns = [(key, attrgetter(key)) for key in heads]
    for number, row in enumerate(rows):
        if number == MOST:
            raise Refused(f"São mais de 10.000 linhas. {fewer}")
        zone = getattr(row, "zone", None)
        sheet.writerow([cell(key, value(row), zone) for key, value in columns])
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def cell(key: str, value: Any, zone: str | None = None) -> str:
    """A value as it is typed in Brazil; text that would be a formula begins with an apostrophe."""
    if value is None:
        return ""
    if key.endswith("_cents"):
        return f"{'-' if value < 0 else ''}{abs(value) // 100},{abs(value) % 100:02}"
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if str(value).startswith(ACTS) else str(value)
