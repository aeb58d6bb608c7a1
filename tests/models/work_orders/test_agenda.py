"""What speaks against an hour, and who is away: each by itself, at its edges."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from models import clock
from models.refused import Refused, Stale
from models.scope import TODAS
from models.work_orders import Absence, AgendaSettings, Conflict, LocalHoliday, WorkingHours, WorkOrder
from models.work_orders.taken_hours import taken_hours
from models.workflows import HoursProfile
from tests import cast, field

TUESDAY = date(2026, 11, 24)
WEEK = {str(day): [["08:00", "12:00"], ["13:00", "18:00"]] for day in range(5)} | {"5": [["08:00", "12:00"]]}


@pytest.fixture(autouse=True)
def monday(clock):
    with clock("2026-11-23 07:00"):
        yield


@pytest.fixture
def bruno(db):
    with cast.by("bruno.reis"):
        yield


@pytest.fixture
def hours(db):
    """The hours of an office, with a lunch, half a Saturday and the holidays."""
    with cast.by("silvia.maia"):
        row = db.scalars(select(HoursProfile).where(HoursProfile.name == field.HOURS)).one()
        row.change(week=WEEK, holidays=True)
    db.commit()


def joao() -> int:
    return cast.operator("joao.alcantara").id


def put(on: date, at: str, confirmed=(), kind: str = "Corretiva", who: int | None = None) -> WorkOrder:
    row = field.order(cast.ze(), kind)
    row.schedule(on, time.fromisoformat(at), who or joao(), row.version, confirmed)
    return row


def keys(act) -> list[str]:
    """What is asked: the kinds of doubt, in the order they are told."""
    with pytest.raises(Conflict) as asked:
        act()
    return [doubt.key.partition(":")[0] for doubt in asked.value.doubts]


def mark(start: tuple[date, str], end: tuple[date, str], login: str = "joao.alcantara") -> Absence:
    begins, ends = (time.fromisoformat(at) if at else None for at in (start[1], end[1]))
    return Absence.mark(cast.operator(login).id, "course", start[0], begins, end[0], ends)


def test_the_way_between_two_visits_is_asked_for(bruno):
    put(TUESDAY, "10:00")  # until 11:30
    assert keys(lambda: put(TUESDAY, "11:45")) == ["travel"]
    put(TUESDAY, "12:00")  # thirty minutes are enough
    assert keys(lambda: put(TUESDAY, "08:10")) == ["travel"]
    assert keys(lambda: put(TUESDAY, "11:00")) == ["taken", "taken"]


def test_no_gap_where_a_company_wants_none(bruno, db):
    with cast.by("silvia.maia"):
        AgendaSettings.own(cast.vale_claro().id).change(0, hours_profile_id=None, travel_minutes=0)
    put(TUESDAY, "10:00")
    put(TUESDAY, "11:30")


@pytest.mark.usefixtures("hours")
def test_outside_working_hours_is_asked(bruno):
    put(TUESDAY, "08:00")
    put(TUESDAY, "10:30")
    for at in ("06:30", "07:59", "11:00", "16:31", "22:00"):
        day = TUESDAY + timedelta(days=1)
        assert keys(lambda at=at, day=day: put(day, at)) == ["hours"], at
    saturday, sunday = date(2026, 11, 28), date(2026, 11, 29)
    put(saturday, "10:30")
    assert keys(lambda: put(saturday, "13:00")) == ["hours"]
    with pytest.raises(Conflict, match="Neste dia não se trabalha: domingo, 29/11/2026"):
        put(sunday, "10:00")


@pytest.mark.usefixtures("hours")
def test_holidays_of_the_country_and_of_the_place_are_asked(bruno):
    with pytest.raises(Conflict, match="25/12 é feriado: Natal"):
        put(date(2026, 12, 25), "10:00")
    with cast.by("silvia.maia"):
        LocalHoliday(name="Padroeira", company_id=TODAS, day=date(2020, 12, 10)).create()
        once = LocalHoliday(name="Jubileu", company_id=TODAS, day=date(2026, 12, 11), yearly=False)
        once.create()
    assert keys(lambda: put(date(2026, 12, 10), "10:00")) == ["holiday"]
    assert keys(lambda: put(date(2027, 12, 10), "10:00")) == ["holiday"]
    assert keys(lambda: put(date(2026, 12, 11), "10:00")) == ["holiday"]
    assert WorkingHours.of(cast.vale_claro().id).holiday_on(date(2027, 12, 11)) == ""
    with cast.by("silvia.maia"):
        once.retire()
    put(date(2026, 12, 11), "10:00")


def test_what_was_read_is_confirmed_and_nothing_else(bruno, db):
    first = put(TUESDAY, "10:00")
    with pytest.raises(Conflict) as asked:
        put(TUESDAY, "10:30")
    read = asked.value.keys.split()
    assert read == [f"taken:{first.id}"]
    second = put(TUESDAY, "10:30", read)
    with pytest.raises(Conflict) as more:  # one more since: it is asked again, of both
        put(TUESDAY, "10:45", read)
    assert {doubt.meeting.id for doubt in more.value.doubts} == {first.id, second.id}
    put(TUESDAY, "10:45", more.value.keys.split())


def test_an_hour_that_has_passed_is_refused_however_confirmed(bruno):
    with pytest.raises(Refused) as no:
        put(date(2026, 11, 23), "06:59", confirmed=True)
    assert set(no.value.errors) == {"start_time"}
    put(date(2026, 11, 23), "07:00")


def test_a_visit_over_midnight_takes_both_days(bruno):
    put(TUESDAY, "23:15")
    zone = cast.vale_claro().zone
    assert len(taken_hours(joao(), TUESDAY, zone)) == 1
    assert len(taken_hours(joao(), TUESDAY + timedelta(days=1), zone)) == 1
    assert keys(lambda: put(TUESDAY + timedelta(days=1), "00:15")) == ["taken"]


def test_a_type_that_takes_longer_moves_no_visit_and_it_is_said(bruno, db):
    row = put(TUESDAY, "10:00")
    began, ends = row.starts_at, row.ends_at
    new = {"kind_id": cast.order_kind("Mudança de endereço").id, "description": row.description}
    row.edit(new, row.version)
    assert (row.starts_at, row.ends_at) == (began, ends)
    assert "A visita continua das 10:00 às 11:30, e Mudança de endereço dura 2h" in row.told_of_length()
    row.schedule(TUESDAY, time(10), joao(), row.version, ())
    assert row.ends_at == began + timedelta(hours=2)
    assert row.told_of_length() == ""


# ---- absences


def test_an_absence_is_asked_about_from_its_first_minute_to_its_last(bruno):
    mark((TUESDAY, "13:00"), (TUESDAY, "17:00"))
    put(TUESDAY, "11:30")  # until 13:00
    put(TUESDAY, "17:00")
    assert keys(lambda: put(TUESDAY + timedelta(days=0), "14:00")) == ["absent"]
    wagner = cast.operator("wagner.luis").id
    put(TUESDAY, "14:00", who=wagner)


def test_whole_days_end_with_the_last(bruno):
    row = mark((TUESDAY, ""), (TUESDAY + timedelta(days=1), ""))
    zone = cast.vale_claro().zone
    assert clock.local(row.starts_at, zone) == datetime.combine(
        TUESDAY, time(), clock.local(row.starts_at, zone).tzinfo
    )
    with pytest.raises(Conflict, match="João está ausente até o fim de 25/11"):
        put(TUESDAY + timedelta(days=1), "22:00")
    put(TUESDAY + timedelta(days=2), "00:00")


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ((None, ""), (TUESDAY, ""), "start_on"),
        ((TUESDAY, ""), (None, ""), "end_on"),
        ((TUESDAY, ""), (TUESDAY - timedelta(days=1), ""), "end_on"),
        ((TUESDAY, "10:00"), (TUESDAY, "10:00"), "end_on"),
        ((date(2026, 11, 20), ""), (date(2026, 11, 22), ""), "end_on"),
        ((TUESDAY, ""), (date(2027, 12, 24), ""), "end_on"),
        ((date(2029, 1, 1), ""), (date(2029, 1, 2), ""), "start_on"),
    ],
)
def test_a_wrong_time_is_told_beside_its_field(bruno, start, end, wrong):
    with pytest.raises(Refused) as no:
        mark(start, end)
    assert set(no.value.errors) == {wrong}


def test_overlapping_absences_are_refused_and_adjacent_ones_are_not(bruno):
    mark((TUESDAY, "08:00"), (TUESDAY, "12:00"))
    with pytest.raises(
        Refused, match=r"João já está ausente de 24/11/2026 08:00 a 24/11/2026 12:00|João já está"
    ) as no:
        mark((TUESDAY, "11:59"), (TUESDAY, "14:00"))
    assert set(no.value.errors) == {"start_on"}
    mark((TUESDAY, "12:00"), (TUESDAY, "14:00"))
    mark((TUESDAY, "08:00"), (TUESDAY, "12:00"), "wagner.luis")


def test_an_absence_ends_or_is_undone_once(bruno, clock, db):
    row = mark((TUESDAY, "08:00"), (TUESDAY, "18:00"))
    row.end(row.version)
    assert row.undone_at
    put(TUESDAY, "10:00")
    with pytest.raises(Refused, match="já foi desfeita"):
        row.end(row.version)
    later = mark((TUESDAY, ""), (TUESDAY, ""))
    with pytest.raises(Stale):
        later.end(later.version + 1)
    with clock("2026-11-24 12:00"):
        later.end(later.version)
        assert later.undone_at is None
        assert clock_hour(later.ends_at) == "12:00"
        with pytest.raises(Refused, match="já terminou"):
            later.end(later.version)
        put(TUESDAY, "14:00")


def clock_hour(moment: datetime) -> str:
    return f"{clock.local(moment, cast.vale_claro().zone):%H:%M}"


def test_who_is_of_another_company_is_not_marked_from_here(bruno):
    with pytest.raises(Refused) as no:
        mark((TUESDAY, ""), (TUESDAY, ""), "celia.prado")
    assert set(no.value.errors) == {"technician_id"}
