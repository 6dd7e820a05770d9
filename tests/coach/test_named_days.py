"""Days that are told by another day, a month or a feast, whatever day it is said on."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.parsing.mentions.dates import find_days
from coach.parsing.mentions.mention import spoken
from coach.parsing.mentions.slips import mended
from coach.parsing.mentions.spoken_days import Direction, easter
from tests.support.vocabularies import ENGLISH

THURSDAY = date(2026, 11, 26)
DAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))
WEEKDAYS = st.integers(1, 7)
NAMES = ENGLISH.days.names
MONTHS = ENGLISH.pause.months
ORDINALS = ("first", "second", "third", "fourth")


def days_of(text: str, today: date = THURSDAY, direction: Direction = Direction.COMING) -> list[date | None]:
    found = find_days(spoken(text, ENGLISH), ENGLISH)
    return [one.value.resolve(today, direction) for one in found]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("friday week", [date(2026, 12, 4)]),
        ("a week on monday, maybe", [date(2026, 12, 7)]),
        ("three weeks on sunday", [date(2026, 12, 20)]),
        ("a week tomorrow", [date(2026, 12, 4)]),
        ("tomorrow week", [date(2026, 12, 4)]),
        ("ran yesterday w my sister", [date(2026, 11, 25)]),
        ("ran today 44 mins", [date(2026, 11, 26)]),
        ("two weeks from saturday", [date(2026, 12, 12)]),
        ("off for two weeks from saturday", [date(2026, 11, 28)]),
        ("the day after boxing day", [date(2026, 12, 27)]),
        ("two days before christmas", [date(2026, 12, 23)]),
        ("the first of jan", [date(2027, 1, 1)]),
        ("the third ae october", [date(2027, 10, 3)]),
        ("sunday the thirteenth, spooky", [date(2026, 12, 13)]),
        ("monday the 30th", [date(2026, 11, 30)]),
        ("the first saturday in april", [date(2027, 4, 3)]),
        ("the last sunday of june", [date(2027, 6, 27)]),
        ("the 2nd sunday in may", [date(2027, 5, 9)]),
        ("mid january", [date(2027, 1, 15)]),
        ("the 15th of next month", [date(2026, 12, 15)]),
        ("14 febuary", [date(2027, 2, 14)]),
        ("on wensday", [date(2026, 12, 2)]),
        ("by halloween", [date(2027, 10, 31)]),
        ("hogmanay", [date(2026, 12, 31)]),
        ("by the end of the year", [date(2026, 12, 31)]),
        ("easter monday", [date(2027, 3, 29)]),
        ("good friday", [date(2027, 3, 26)]),
        ("until new year", [date(2027, 1, 1)]),
        ("new year, new me", []),
        ("started the new year with a cold", []),
        ("merry christmas", []),
        ("the christmas party", []),
        ("they don't work", []),
        ("3 weeks of training", []),
    ],
)
def test_days_are_told_by_another_day(text: str, days: list[date]) -> None:
    assert days_of(text) == days


@given(DAYS, WEEKDAYS, st.integers(1, 6))
def test_weeks_behind_a_weekday_are_counted_from_the_coming_one(today: date, weekday: int, weeks: int) -> None:
    name = NAMES[weekday - 1]
    (coming,) = days_of(name, today)
    assert coming is not None
    assert days_of(f"{name} week", today) == [coming + timedelta(days=7)]
    assert days_of(f"{weeks} weeks on {name}", today) == [coming + timedelta(days=7 * weeks)]


@given(DAYS, st.integers(1, 6))
def test_weeks_from_today_and_tomorrow(today: date, weeks: int) -> None:
    assert days_of(f"{weeks} weeks today", today) == [today + timedelta(days=7 * weeks)]
    assert days_of(f"{weeks} weeks tomorrow", today) == [today + timedelta(days=7 * weeks + 1)]


@given(DAYS, DAYS)
def test_the_day_beside_a_date_lies_one_off_it_and_is_to_come(today: date, other: date) -> None:
    assume((other.month, other.day) != (2, 29))
    said = f"{other.day} {MONTHS[other.month - 1]}"
    for text, by in ((f"the day after {said}", 1), (f"the day before {said}", -1)):
        (found,) = days_of(text, today)
        assert found is not None
        assert found >= today
        named = found - timedelta(days=by)
        assert (named.month, named.day) == (other.month, other.day)
        assert found - today <= timedelta(days=366)


@given(DAYS, WEEKDAYS, st.integers(1, 12), st.integers(1, 4))
def test_a_weekday_of_a_month_is_counted_in_it(today: date, weekday: int, month: int, nth: int) -> None:
    (found,) = days_of(f"the {ORDINALS[nth - 1]} {NAMES[weekday - 1]} of {MONTHS[month - 1]}", today)
    assert found is not None
    assert (found.isoweekday(), found.month) == (weekday, month)
    assert (found.day - 1) // 7 == nth - 1
    assert today <= found <= today + timedelta(days=372)
    (last,) = days_of(f"the last {NAMES[weekday - 1]} of {MONTHS[month - 1]}", today)
    assert last is not None
    assert (last.isoweekday(), last.month) == (weekday, month)
    assert (last + timedelta(days=7)).month != month


@given(DAYS, st.integers(0, 300))
def test_a_weekday_beside_its_date_is_no_second_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert days_of(f"{NAMES[day.weekday()]} the {day.day}th of {MONTHS[day.month - 1]}", today) == [day]


@pytest.mark.parametrize(
    "day", [date(2024, 3, 31), date(2025, 4, 20), date(2027, 3, 28), date(2030, 4, 21), date(2038, 4, 25)]
)
def test_easter(day: date) -> None:
    assert easter(day.year) == day


@given(st.integers(1900, 2200))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).isoweekday() == 7
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("move it to tuesday, no, wednesday", "move it to wednesday"),
        ("effort 6 no wait 7", "effort 7"),
        ("a 9, well, 8", "a 8"),
        ("37 on the left. no, 37.4", "37.4 on the left"),
        ("call it a 2. no, honestly, 3", "call it a 3"),
        ("90 on, no, make it 75 on, 60 off", "75 on, 60 off"),
        ("30 on 30 off. no, 30 on and 45 off", "30 on 30 off. no, 30 on and 45 off"),
        ("tuesday and wednesday", "tuesday and wednesday"),
        ("no 12 and no 15", "no 12 and no 15"),
        ("12, 12, 10", "12, 12, 10"),
    ],
)
def test_what_is_taken_back_is_not_said(text: str, meant: str) -> None:
    assert mended(text, ENGLISH) == meant
