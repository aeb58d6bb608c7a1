"""A day of the agenda as a table: a row for each technician, half hours across, a second row where visits collide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from models import clock
from models.agenda.diary import STEP, Diary, Technician
from models.agenda.visits import Visit
from models.wording import counted, duration
from models.work_orders.doubts import until

FIRST, LAST = 8, 18  # o'clock, where nothing says otherwise


class Cell(NamedTuple):
    """`span` half hours from `starts_at`: a visit, or one that is free."""

    starts_at: datetime
    span: int
    visit: Visit | None = None
    clash: str = ""  # the visits it collides with
    is_away: bool = False
    is_free: bool = False  # no visit of the technician touches it; said in one line of his row


@dataclass
class Row:
    """One technician's day; `lanes` are the lines of the table it takes."""

    technician: Technician
    visits: list[Visit]
    lanes: list[list[Cell]]
    clashing: int  # minutes in which he would be at two places
    away: str = ""  # 'ausente até o fim de 05/12'

    @property
    def load(self) -> str:
        """'3 visitas, 4h30'."""
        minutes = sum(minutes_of(one) for one in self.visits)
        return f"{counted(len(self.visits), 'visita')}, {duration(minutes)}" if self.visits else "nenhuma visita"


@dataclass
class Day:
    on: date
    slots: list[datetime]
    rows: list[Row]
    holiday: str
    to_move: list[tuple[Visit, str]] = field(default_factory=list)  # visits nobody can make, and why

    @property
    def visits(self) -> int:
        return sum(len(row.visits) for row in self.rows)

    @property
    def clashes(self) -> int:
        """How many pairs of visits collide."""
        return sum(len(labels) for row in self.rows for labels in clashes(row.visits).values()) // 2

    @property
    def hours(self) -> list[datetime]:
        return self.slots[::2]


def day_of(diary: Diary, on: date, company_id: int, group_id: int = 0) -> Day:
    """The day as whoever looks counts it; of a group only its technicians."""
    hours = diary.hours(company_id)
    begins, ends = clock.at(on, time()), clock.at(on + timedelta(days=1), time())
    shown = [one for one in diary.technicians.values() if not group_id or group_id in one.groups]
    taken = {one.id: diary.of_technician(one.id, begins, ends) for one in shown}
    every = [visit for visits in taken.values() for visit in visits]
    slots = _slots(on, hours.open_on(on), every, begins, ends)
    rows = []
    for one in shown:
        absence = diary.absence_at(one.id, begins, ends)
        away = (absence.starts_at, absence.ends_at) if absence else None
        words = f"ausente até {until(absence.ends_at, hours.zone)}" if absence else ""
        clash = {id(taken[one.id][at]): labels for at, labels in clashes(taken[one.id]).items()}
        lanes = [_cells(lane, slots, clash, away) for lane in _lanes(taken[one.id], slots)]
        lanes[0] = [_freed(cell, taken[one.id]) for cell in lanes[0]]
        rows.append(Row(one, taken[one.id], lanes, clashing_minutes(taken[one.id]), words))
    day = Day(on, slots, rows, hours.holiday_on(on))
    for visit in diary.visits:
        mine = not group_id or group_id == visit.group_id or visit.technician_id in taken
        if mine and visit.is_told and visit.starts_at and begins <= visit.starts_at < ends:
            why = diary.why_to_move(visit)
            day.to_move += [(visit, why)] if why else []
    return day


def minutes_of(visit: Visit) -> int:
    return int((visit.ends_at - visit.starts_at).total_seconds()) // 60 if visit.starts_at and visit.ends_at else 0


def clashes(visits: list[Visit]) -> dict[int, list[str]]:
    """Of each visit to come, by its place in the list, the labels of those it collides with."""
    found: dict[int, list[str]] = {}
    coming = [(at, one) for at, one in enumerate(visits) if one.is_pending]
    for place, (at, one) in enumerate(coming):
        for other_at, other in coming[place + 1 :]:
            if one.starts_at and one.ends_at and other.starts_at and other.ends_at and other.starts_at < one.ends_at:
                found.setdefault(at, []).append(other.label)
                found.setdefault(other_at, []).append(one.label)
    return found


def clashing_minutes(visits: list[Visit]) -> int:
    """The minutes in which two visits to come overlap, counted once."""
    total, latest = timedelta(), None
    for one in visits:
        if not one.is_pending or not one.starts_at or not one.ends_at:
            continue
        if latest is not None and one.starts_at < latest:
            total += min(latest, one.ends_at) - one.starts_at
        latest = one.ends_at if latest is None else max(latest, one.ends_at)
    return int(total.total_seconds()) // 60


def _slots(
    on: date, open_hours: list[tuple[datetime, datetime]], visits: list[Visit], begins: datetime, ends: datetime
) -> list[datetime]:
    """The half hours of the table, on whole hours: working hours, and every visit of the day."""
    starts = [since for since, _ in open_hours] or [clock.at(on, time(FIRST))]
    stops = [end for _, end in open_hours] or [clock.at(on, time(LAST))]
    starts += [one.starts_at for one in visits if one.starts_at]
    stops += [one.ends_at for one in visits if one.ends_at]
    hour = timedelta(hours=1)
    first = begins + (max(min(starts), begins) - begins) // hour * hour
    last = begins - (begins - min(max(stops), ends)) // hour * hour
    return [first + at * STEP for at in range((last - first) // STEP)]


def _lanes(visits: list[Visit], slots: list[datetime]) -> list[list[Visit]]:
    """Visits that stand beside each other in half hours share a lane; whatever does not fit opens another."""
    lanes: list[list[Visit]] = []
    for visit in visits:
        begins, _ = _place(visit, slots)
        lane = next((lane for lane in lanes if _place(lane[-1], slots)[1] <= begins), None)
        if lane is None:
            lanes.append([visit])
        else:
            lane.append(visit)
    return lanes or [[]]


def _place(visit: Visit, slots: list[datetime]) -> tuple[int, int]:
    """From which half hour to which; what goes on before or after the table is cut there."""
    first, many = slots[0], len(slots)
    if not visit.starts_at or not visit.ends_at:
        return 0, 1
    begins = min(max((visit.starts_at - first) // STEP, 0), many - 1)
    return begins, max(min(-((first - visit.ends_at) // STEP), many), begins + 1)


def _freed(cell: Cell, visits: list[Visit]) -> Cell:
    if cell.visit:
        return cell
    ends = cell.starts_at + STEP
    busy = any(
        one.starts_at and one.ends_at and one.starts_at < ends and one.ends_at > cell.starts_at for one in visits
    )
    return cell._replace(is_free=not busy)


def _cells(
    lane: list[Visit], slots: list[datetime], clash: dict[int, list[str]], away: tuple[datetime, datetime] | None
) -> list[Cell]:
    found: list[Cell] = []
    at = 0

    def free(to: int) -> None:
        for slot in slots[at:to]:
            is_away = away is not None and slot < away[1] and slot + STEP > away[0]
            found.append(Cell(slot, 1, is_away=is_away))

    for visit in lane:
        begins, ends = _place(visit, slots)
        free(begins)
        found.append(Cell(slots[begins], ends - begins, visit, ", ".join(clash.get(id(visit), []))))
        at = ends
    free(len(slots))
    return found
