"""The arithmetic of pictures: from figures to bars, ticks and words, for templates/components/chart.html.

One chart language (look-next-b.md 1): x in per cent of the plot, y in px from its top, so that a plot is as wide as its
place and its words never scale. Nothing here asks a database or writes a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, count
from typing import Literal

from models.wording import brl, rate, volume

Place = Literal["", "inside", "below"]  # where the second series stands: nowhere, around the first, under the line

WIDE, NARROW = 0.8, 0.46  # of its slot: a bar, and one that stands inside another
WIDEST = 5.0  # per cent of the plot, however few the columns
SEEN = 1.0  # px: the least a bar is high that is not nothing
VOID = 14.0  # px: the dashed bar of a column without data
BETWEEN = 0.5  # per cent between the parts of a row
STEPS = (10, 20, 25, 50)  # tenths of a power of ten
APART = 5  # slots between two words below, when there are more than a few
FEW = 12  # columns
ROOM = 34  # letters a telephone has room for below a plot
LOOKS = {"": "bar", "strong": "bar is-strong", "bad": "bar bar-bad", "part": "bar is-part"}  # by tone


@dataclass(frozen=True)
class Column:
    """What one column shows: `first` and `second` in the unit of its chart, `None` where there are no data.

    `name` heads its row in the table of data; `says` is its sentence; `word` stands below it, when there is room.
    `tone`: 'strong' the one that matters, 'bad' late or stopped, 'part' not over yet. `mark`: its value, written above.
    """

    name: str
    says: str
    first: int | None
    second: int = 0
    href: str = ""
    word: str = ""
    tone: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Bar:
    """A rectangle: x and width in per cent, y and height in px."""

    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True)
class Drawn:
    """A column with its place and its bars; `word` is empty where its neighbours need the room, and `spare` where a
    telephone has none for it.
    """

    column: Column
    x: float
    width: float
    bars: tuple[Bar, ...]
    word: str
    anchor: str
    word_x: float
    spare: bool
    mark_y: float

    @property
    def middle(self) -> float:
        return _rounded(self.x + self.width / 2)


@dataclass(frozen=True)
class Chart:
    """Columns by time with their axis.

    `name` says what is drawn, `finding` what is to be seen in it; `series` names the first and the second figure;
    `unit` is 'cents', 'bytes', 'kbps' or '' for things that are counted; `height` is that of the plot in px, from 96.
    """

    name: str
    finding: str
    columns: Sequence[Column]
    series: tuple[str, ...]
    place: Place = ""
    unit: Literal["", "cents", "bytes", "kbps"] = ""
    height: int = 160

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The series and how each looks."""
        return list(zip(self.series, ("bar", "hollow" if self.place == "inside" else "bar-2"), strict=False))

    @cached_property
    def up(self) -> int:
        """The highest figure above the line."""
        both = [column.second for column in self.columns] if self.place == "inside" else []
        return max([column.first or 0 for column in self.columns] + both, default=0)

    @cached_property
    def down(self) -> int:
        """The highest figure below it."""
        return max([column.second for column in self.columns], default=0) if self.place == "below" else 0

    @property
    def base(self) -> float:
        """The y of the line on which the bars stand; without any figure, the foot of the plot."""
        return _rounded(self.height * self.up / (self.up + self.down)) if self.up + self.down else float(self.height)

    @cached_property
    def lines(self) -> list[tuple[float, str]]:
        """The y and the words of the base, and of two lines above it and below it where they fit."""
        step = _step(max(self.up, self.down))
        found = [(self.base, "0")]
        for way, top in ((-1, self.up), (1, self.down)):
            found += [(_rounded(self.base + way * self._px(at)), self.tick(at)) for at in (step, 2 * step) if at <= top]
        return found

    @cached_property
    def drawn(self) -> list[Drawn]:
        slot = 100 / max(len(self.columns), 1)
        words, last = _shown(self.columns), len(self.columns) - 1
        rank = list(accumulate(map(bool, words)))
        crowded = sum(len(word) + 1 for word in words if word) > ROOM
        found = []
        for at, column in enumerate(self.columns):
            x = slot * at
            anchor, word_x = "middle", x + slot / 2
            if last >= FEW and at in (0, last):  # a slot is narrower than its word
                anchor, word_x = ("start", 0.0) if at == 0 else ("end", 100.0)
            bars = tuple(self._bars(column, x + slot / 2, slot))
            mark_y = _rounded(min([self.base, *(bar.y for bar in bars)]) - 5)
            place = _rounded(x), _rounded(slot)
            spare = crowded and rank[at] % 2 == 0
            found.append(Drawn(column, *place, bars, words[at], anchor, _rounded(word_x), spare, mark_y))
        return found

    def told(self, figure: int | None) -> str:
        """A figure as the table says it."""
        if figure is None:
            return "sem dados"
        if self.unit in ("bytes", "kbps"):
            return self.tick(figure)
        return brl(figure) if self.unit == "cents" else _thousands(figure)

    def tick(self, figure: int) -> str:
        """A figure as the axis says it: 'R$ 50 mil', 'R$ 2,5 mil', '20 GB', '25'."""
        if self.unit in ("bytes", "kbps"):
            return volume(figure) if self.unit == "bytes" else rate(figure * 125, 1)
        if self.unit != "cents":
            return _thousands(figure)
        for size, word in ((10**8, " mi"), (10**5, " mil")):
            if figure >= size:
                return f"R$\u00a0{figure / size:.4g}".replace(".", ",") + word.replace(" ", "\u00a0")
        return f"R$\u00a0{figure / 100:.4g}".replace(".", ",")

    def _px(self, figure: int) -> float:
        return figure * self.height / (self.up + self.down)

    def _bars(self, column: Column, middle: float, slot: float) -> list[Bar]:
        def bar(share: float, top: float, height: float, look: str) -> Bar:
            width = min(slot, WIDEST) * share
            return Bar(_rounded(middle - width / 2), _rounded(top), _rounded(width), _rounded(height), look)

        if column.first is None:
            return [bar(WIDE, self.base - VOID, VOID, "void")]
        found = []
        if column.second:
            height = max(self._px(column.second), SEEN)
            if self.place == "inside":
                found.append(bar(WIDE, self.base - height, height, "hollow"))
            elif self.place == "below":
                found.append(bar(WIDE, self.base + 1, height, "bar-2"))
        if column.first:
            height = max(self._px(column.first), SEEN)
            share = NARROW if self.place == "inside" else WIDE
            found.append(bar(share, self.base - height, height, LOOKS[column.tone]))
        return found


def share(figure: int, of: int) -> float:
    """The width in per cent of a bar in a row of a table; nothing of nothing is nothing."""
    return _rounded(100 * figure / of) if of > 0 else 0.0


def parts(figures: Sequence[tuple[int, str]], of: int) -> list[Bar]:
    """The parts of one row beside each other, each with its look; `of` is the sum of the longest row."""
    found, x = list[Bar](), 0.0
    room = 1 - BETWEEN * (len(figures) - 1) / 100
    for figure, look in figures:
        if width := _rounded(share(figure, of) * room):
            found.append(Bar(_rounded(x), 0.5, width, 11, look))
            x += width + BETWEEN
    return found


def day_words(days: Sequence[date], today: date) -> list[str]:
    """What stands below columns of days: the first, the last, Mondays and today; `_shown` takes what has no room."""
    words = ["hoje" if day == today else f"{day:%d}" if day.weekday() == 0 else "" for day in days]
    for at in (0, -1):
        if days and days[at] != today:
            words[at] = f"{days[at]:%d/%m}"
    return words


def _shown(columns: Sequence[Column]) -> list[str]:
    """The words that have room: all of a few columns; of many, today's, the first, the last, then from the left."""
    words, kept = [column.word for column in columns], set[int]()
    if len(words) <= FEW:
        return words
    today = [at for at, word in enumerate(words) if word == "hoje"]
    for at in [*today, 0, len(words) - 1, *range(1, len(words) - 1)]:
        if words[at] and all(abs(at - other) >= APART for other in kept - {at}):
            kept.add(at)
    return [word if at in kept else "" for at, word in enumerate(words)]


def _step(top: int) -> int:
    """The largest of 1, 2, 2.5 and 5 times a power of ten of which two fit under the top; of things, at least one."""
    best = 1
    for power in count():
        for tenths in STEPS:
            step, rest = divmod(tenths * 10**power, 10)
            if rest:
                continue
            if 2 * step > top:
                return best
            best = step
    raise AssertionError  # the count never ends


def _thousands(figure: int) -> str:
    return f"{figure:,}".replace(",", ".")


def _rounded(number: float) -> float:
    """Two places: a hundredth of a pixel is nobody's, and the page is shorter."""
    return round(number, 2)
