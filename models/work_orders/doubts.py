"""What speaks against a visit at an hour: whoever schedules is asked, and may confirm it all the same (A-88, B-21).

What cannot be, such as an hour that has passed, is refused elsewhere; everything here is asked, by every door alike.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import NamedTuple

from models import clock
from models.refused import Refused
from models.wording import counted, duration, hour, weekday
from models.work_orders.absence import absences
from models.work_orders.working_hours import WorkingHours

Confirmed = bool | Collection[str]  # True: whatever is found; else the keys of the doubts somebody has read
MOST_TOLD = 4


class Meeting(NamedTuple):
    """A visit nearby. Of another company neither number nor customer is told: both are empty."""

    id: int
    starts_at: datetime
    ends_at: datetime
    number: int
    customer: str

    def overlap(self, starts_at: datetime, ends_at: datetime) -> int:
        """How many minutes it takes of a stretch; 0 when it only stands beside it."""
        return max(0, int((min(self.ends_at, ends_at) - max(self.starts_at, starts_at)).total_seconds()) // 60)

    def between(self, starts_at: datetime, ends_at: datetime) -> int:
        """How many minutes are left between it and a stretch it does not touch."""
        return int(max(self.starts_at - ends_at, starts_at - self.ends_at).total_seconds()) // 60


class Doubt(NamedTuple):
    """One reason: what it is known by when it is confirmed, the sentence, and the words history keeps."""

    key: str
    words: str
    short: str
    meeting: Meeting | None = None


class Conflict(Refused):
    """Something speaks against that hour; whoever schedules may confirm it all the same (A-88)."""

    def __init__(self, doubts: list[Doubt]) -> None:
        self.doubts = doubts
        told = [doubt.words for doubt in doubts[:MOST_TOLD]]
        if len(doubts) > MOST_TOLD:
            told.append(f"E mais {counted(len(doubts) - MOST_TOLD, 'motivo')}.")
        super().__init__(
            f"{' '.join(told)} Escolha outro horário, outro técnico, ou agende mesmo assim: o histórico guarda por quê."
        )

    @property
    def keys(self) -> str:
        """What a form sends back to confirm exactly what was read."""
        return " ".join(doubt.key for doubt in self.doubts)


def require_confirmed(found: list[Doubt], confirmed: Confirmed) -> None:
    """Raise Conflict while something speaks against the hour that nobody has confirmed."""
    if confirmed is True:
        return
    known = set(confirmed or ())
    if any(doubt.key not in known for doubt in found):
        raise Conflict(found)


def doubts_of(
    technician: tuple[int, str], starts_at: datetime, ends_at: datetime, hours: WorkingHours, near_by: list[Meeting]
) -> list[Doubt]:
    """Everything that speaks against a visit of a technician: number and name.

    `near_by` are his other visits that touch it, or leave less than the way to it; loudest first.
    """
    id, name = technician
    first, zone = name.split(maxsplit=1)[0], hours.zone
    found = []
    for one in near_by:
        which = f"a OS {one.number}, {one.customer}," if one.number else "outra visita,"
        when = f"das {hour(one.starts_at, zone)} às {hour(one.ends_at, zone)}"
        short = f"OS {one.number}" if one.number else "outra visita"
        if missing := one.overlap(starts_at, ends_at):
            words = f"{first} já está com {which} {when}. Faltariam {missing} min."
            found.append(Doubt(f"taken:{one.id}", words, short, one))
        else:
            left, way = one.between(starts_at, ends_at), duration(int(hours.travel.total_seconds()) // 60)
            words = f"Entre esta visita e {which} {when}, {_left(left)}: a folga de deslocamento é de {way}."
            found.append(Doubt(f"travel:{one.id}", words, f"sem folga para a {short}", one))
    for away in absences([id], starts_at, ends_at):
        words = f"{first} está ausente até {until(away.ends_at, zone)}."
        found.append(Doubt(f"absent:{away.id}", words, "técnico ausente"))
    return sorted(found, key=lambda doubt: doubt.key.startswith("travel")) + _of_the_day(starts_at, ends_at, hours)


def _left(minutes: int) -> str:
    return f"{'resta' if minutes == 1 else 'restam'} {minutes} min" if minutes else "não resta tempo"


def _of_the_day(starts_at: datetime, ends_at: datetime, hours: WorkingHours) -> list[Doubt]:
    """The holidays a visit touches, else hours in which nobody works."""
    first = clock.local(starts_at, hours.zone).date()
    last = clock.local(ends_at - timedelta(seconds=1), hours.zone).date()
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    feasts = [(day, name) for day in days if (name := hours.holiday_on(day))]
    if feasts:
        return [Doubt(f"holiday:{day}", f"{day:%d/%m} é feriado: {name}.", f"feriado, {name}") for day, name in feasts]
    if hours.is_open(starts_at, ends_at):
        return []
    said = [(hour(begins, hours.zone), hour(ends, hours.zone)) for begins, ends in hours.open_on(first)]
    spans = [f"das {begins} às {'24:00' if ends == '00:00' else ends}" for begins, ends in said]
    day = weekday(first)
    says = f"Fora do horário de trabalho, que em {day}, é {' e '.join(spans)}."
    closed = f"Neste dia não se trabalha: {day}."
    return [Doubt(f"hours:{first}", says if spans else closed, "fora do horário")]


def until(ends_at: datetime, zone: str) -> str:
    """'o fim de 05/12', '05/12 às 12:00'."""
    local = clock.local(ends_at, zone)
    if local.time() == time():
        return f"o fim de {local - timedelta(days=1):%d/%m}"
    return f"{local:%d/%m} às {local:%H:%M}"
