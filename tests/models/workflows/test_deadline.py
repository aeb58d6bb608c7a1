"""Deadlines: minutes of working hours, in any zone, over holidays and summer time (A-37, D-15, D-18)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.workflows import HoursProfile, SlaTable, add_working, minutes_of, working_between
from models.workflows.hours import week_errors, week_in_words

PAULO, NORONHA, BRANCO = "America/Sao_Paulo", "America/Noronha", "America/Rio_Branco"
OFFICE = {str(day): [["08:00", "12:00"], ["13:00", "18:00"]] for day in range(5)} | {"5": [["08:00", "12:00"]]}


def profile(week=OFFICE, holidays=True):
    return HoursProfile(week=week, holidays=holidays)


def at(text, zone=PAULO):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-24 14:33", 60, "2026-11-24 15:33"),
        ("2026-11-24 11:30", 60, "2026-11-24 13:30"),  # over lunch
        ("2026-11-24 17:00", 60, "2026-11-24 18:00"),  # at the closing, not at the next opening
        ("2026-11-24 17:00", 61, "2026-11-25 08:01"),
        ("2026-11-24 22:00", 1, "2026-11-25 08:01"),
        ("2026-11-28 11:00", 120, "2026-11-30 09:00"),  # Saturday closes at noon
        ("2026-11-19 17:30", 60, "2026-11-21 08:30"),  # Consciência Negra is a Friday
        ("2026-12-24 17:00", 540, "2026-12-28 12:00"),  # Christmas, then a Saturday morning
        ("2026-11-24 17:00:30", 60, "2026-11-25 08:00:30"),
    ],
)
def test_minutes_pass_while_it_is_open(start, minutes, due):
    assert add_working(at(start), minutes, profile(), PAULO) == at(due)
    assert working_between(at(start), at(due), profile(), PAULO) == minutes


def test_without_a_profile_it_is_open_day_and_night():
    assert add_working(at("2026-12-24 23:00"), 1440, None, PAULO) == at("2026-12-25 23:00")
    assert working_between(at("2026-12-24 23:00"), at("2026-12-25 23:00"), None, PAULO) == 1440


def test_who_works_on_holidays_works_on_holidays():
    assert add_working(at("2026-12-25 08:00"), 60, profile(holidays=False), PAULO) == at("2026-12-25 09:00")


def test_hours_are_those_of_the_zone():
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)  # 10:00 in Noronha, 07:00 in Rio Branco
    assert add_working(noon, 60, profile(), NORONHA) == at("2026-11-24 11:00", NORONHA)
    assert add_working(noon, 60, profile(), BRANCO) == at("2026-11-24 09:00", BRANCO)


@pytest.mark.parametrize(
    ("week", "start", "minutes", "due"),
    [
        # On 2018-11-04 the hour from midnight on is left out; on 2018-02-18 the hour before midnight comes twice.
        ({"6": [["00:00", "02:00"]]}, "2018-11-03 12:00", 60, "2018-11-04 02:00"),
        ({"6": [["00:00", "00:30"], ["00:40", "02:00"]]}, "2018-11-03 12:00", 60, "2018-11-04 02:00"),
        ({"5": [["22:00", "24:00"]]}, "2018-02-17 12:00", 180, "2018-02-18 00:00"),
    ],
)
def test_summer_time_counts_hours_that_pass(week, start, minutes, due):
    assert add_working(at(start), minutes, profile(week), PAULO) == at(due)
    assert working_between(at(start), at(due), profile(week), PAULO) == minutes


def test_no_minutes_are_over_at_once_and_none_are_taken_back():
    assert add_working(at("2026-11-24 22:00"), 0, profile(), PAULO) == at("2026-11-24 22:00")
    assert working_between(at("2026-11-24 15:00"), at("2026-11-24 14:00"), profile(), PAULO) == 0
    assert working_between(at("2026-11-24 15:00"), at("2026-11-24 14:00"), None, PAULO) == 0
    with pytest.raises(ValueError, match="forward"):
        add_working(at("2026-11-24 15:00"), -1, None, PAULO)


def test_another_process_and_another_table_count_from_the_original_start():
    start = at("2026-11-24 17:00")
    times = {f"{type}_minutes": 60 for type in ("preventive", "corrective", "doubt", "activation", "other")}
    day_and_night = SlaTable(**times, emergency_minutes=240)
    office = SlaTable(**times, emergency_minutes=120, hours_profile=profile())
    assert minutes_of(day_and_night, "emergency") == 240
    assert add_working(start, minutes_of(day_and_night, "corrective"), day_and_night.hours_profile, PAULO) == at(
        "2026-11-24 18:00"
    )
    assert add_working(start, minutes_of(day_and_night, "emergency"), day_and_night.hours_profile, PAULO) == at(
        "2026-11-24 21:00"
    )
    assert add_working(start, minutes_of(office, "emergency"), office.hours_profile, PAULO) == at("2026-11-25 09:00")


# ---- what holds for every week

hours = st.integers(0, 96).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


@st.composite
def weeks(draw):
    week = {}
    for day in draw(st.sets(st.integers(0, 6), min_size=1)):
        marks = sorted(draw(st.sets(hours, min_size=2, max_size=6)))
        week[str(day)] = [list(pair) for pair in zip(marks[::2], marks[1::2], strict=False)]
    return week


profiles = st.builds(profile, weeks(), st.booleans()).filter(lambda row: not week_errors(row.week))
# Years with summer time in Brazil and years without.
moments = st.integers(0, 13 * 365 * 86_400).map(lambda past: datetime(2015, 1, 1, tzinfo=UTC) + timedelta(seconds=past))
zones = st.sampled_from([PAULO, NORONHA, BRANCO])
minutes = st.integers(1, 5000)


@given(moments, minutes, profiles, zones)
def test_what_was_added_is_between(start, added, row, zone):
    assert working_between(start, add_working(start, added, row, zone), row, zone) == added


@given(moments, minutes, minutes, profiles, zones)
def test_more_minutes_end_later_and_two_steps_are_one(start, first, more, row, zone):
    middle = add_working(start, first, row, zone)
    assert start < middle < add_working(start, first + more, row, zone)
    assert add_working(middle, more, row, zone) == add_working(start, first + more, row, zone)


@given(moments, st.integers(0, 10_000), minutes, profiles, zones)
def test_who_starts_later_is_due_no_earlier(start, later, added, row, zone):
    other = start + timedelta(minutes=later)
    assert add_working(start, added, row, zone) <= add_working(other, added, row, zone)


@given(moments, minutes, profiles, zones)
def test_a_deadline_ends_an_open_minute(start, added, row, zone):
    """The second before it lies in an open interval of its own day, as the clock on the wall shows it."""
    last = (add_working(start, added, row, zone) - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    minute = last.hour * 60 + last.minute
    assert any(begins <= minute < ends for begins, ends in row.open_on(last.date()))


# ---- which week may be kept


@pytest.mark.parametrize(
    ("week", "field", "sentence"),
    [
        ({}, "week", "ao menos uma hora"),
        ({"0": []}, "week", "ao menos uma hora"),
        ({"0": [["08:00", "08:30"]]}, "week", "ao menos uma hora"),
        ({"0": [["18:00", "08:00"]]}, "day_0", "começa antes de terminar"),
        ({"0": [["08:00", "12:00"], ["11:00", "18:00"]]}, "day_0", "antes de o outro terminar"),
        ({"6": [["08:00", "25:00"]]}, "day_6", "08:00-12:00"),
        ({"0": [["8", "12"]]}, "day_0", "08:00-12:00"),
        ({"1": [[f"{hour:02}:00", f"{hour:02}:30"] for hour in range(5)]}, "day_1", "no máximo 4"),
    ],
)
def test_a_week_that_is_none_is_refused(week, field, sentence):
    assert sentence in week_errors(week)[field]


def test_a_week_that_is_one_passes_and_is_said():
    assert week_errors(OFFICE) == {}
    assert week_in_words(OFFICE) == "Segunda a Sexta 08:00-12:00, 13:00-18:00; Sábado 08:00-12:00"
    always = {str(day): [["00:00", "24:00"]] for day in range(7)}
    assert week_errors(always) == {}
    assert week_in_words(always) == "Segunda a Domingo 00:00-24:00"
    assert week_in_words({"5": [["08:00", "09:00"]], "6": [["08:00", "09:00"]]}) == "Sábado e Domingo 08:00-09:00"
