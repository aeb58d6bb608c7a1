"""The bank as far as files go: its answer to a remessa, a retorno CNAB 240 as Itaú writes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from integrations.bank.records import Record, written

REGISTERED, PAID, CLOSED = "02", "06", "09"
FEE_CENTS = 190


def answer(remessa: bytes, on: date, paid: Callable[[int], int]) -> bytes:
    """What the bank says on a day about every title of a remessa.

    `paid` gives what came in for an invoice, by its number: 0 cents for a title that is only registered.
    """
    lines = [line for line in remessa.decode("ascii").split("\r\n") if line]
    header, lot = lines[:2]
    titles = [Record(number, line) for number, line in enumerate(lines, 1) if line[13:14] == "P"]
    told = [segment for title in titles for segment in _told(title, on, paid(int(title.at(196, 220))))]
    details = [line[:8] + f"{number:05}" + line[13:] for number, line in enumerate(told, 1)]
    sent = [
        header[:142] + "2" + header[143:],
        lot[:8] + "T01" + lot[11:],
        *details,
        written(240, (1, 8, f"{header[:3]}00015"), (18, 23, len(details) + 2)),
        written(240, (1, 8, f"{header[:3]}99999"), (18, 23, 1), (24, 29, len(details) + 4)),
    ]
    return "".join(f"{line}\r\n" for line in sent).encode("ascii")


def _told(title: Record, on: date, cents: int) -> tuple[str, str]:
    """Segments T and U of a title, still without their numbers in the lot."""
    word = CLOSED if title.at(16, 17) == "02" else PAID if cents else REGISTERED
    face = int(title.at(86, 100))
    first = written(
        240,
        (1, 8, f"{title.at(1, 3)}00013"),
        (14, 17, f"T {word}"),
        (38, 57, title.at(38, 57)),
        (59, 73, title.at(63, 77)),
        (74, 81, title.at(78, 85)),
        (82, 96, face),
        (106, 130, title.at(196, 220)),
        (199, 213, FEE_CENTS if cents else 0),
    )
    second = written(
        240,
        (1, 8, f"{title.at(1, 3)}00013"),
        (14, 17, f"U {word}"),
        (18, 32, max(0, cents - face)),
        (33, 77, 0),
        (78, 92, cents),
        (93, 107, cents),
        (138, 145, f"{on:%d%m%Y}"),
        (146, 153, f"{on:%d%m%Y}" if cents else "0" * 8),
    )
    return first, second
