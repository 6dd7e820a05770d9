"""Days, times and figures within a longer message are found, whatever day it is said on."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.parsing.measurements import Side
from coach.parsing.mentions.clock_times import find_times
from coach.parsing.mentions.dates import find_days, find_lengths
from coach.parsing.mentions.durations import find_durations
from coach.parsing.mentions.efforts import find_effort
from coach.parsing.mentions.figures import find_reps, find_weights, read_girths, read_raises
from coach.parsing.mentions.intervals import find_intervals
from coach.parsing.mentions.mention import spoken
from coach.parsing.mentions.phrases import find_choices
from coach.parsing.mentions.spoken_days import Direction
from coach.profile import Units
from tests.support.vocabularies import ENGLISH

THURSDAY = date(2026, 11, 26)
DAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))
NAMES = ENGLISH.days.names
MONTHS = ENGLISH.pause.months
UNITS_IN_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TENS_IN_WORDS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def day_of(text: str, today: date = THURSDAY, direction: Direction = Direction.COMING) -> date | None:
    found = find_days(spoken(text, ENGLISH), ENGLISH)
    return found[0].value.resolve(today, direction) if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("what about tmrw?", date(2026, 11, 27)),
        ("not 2nite", THURSDAY),
        ("the day after tomorrow", date(2026, 11, 28)),
        ("friday then", date(2026, 11, 27)),
        ("next friday", date(2026, 12, 4)),
        ("friday next week", date(2026, 12, 4)),
        ("in two days", date(2026, 11, 28)),
        ("a week ago", date(2026, 11, 19)),
        ("on the 3rd of may", date(2027, 5, 3)),
        ("3/5 please", date(2027, 5, 3)),
        ("the twelfth of december", date(2026, 12, 12)),
        ("14 dec", date(2026, 12, 14)),
        ("may 3", date(2027, 5, 3)),
        ("on boxing day", date(2026, 12, 26)),
        ("ran 7.5 km", None),
        ("one more time", None),
    ],
)
def test_days_are_found_in_a_message(text: str, day: date | None) -> None:
    assert day_of(text) == day


@given(DAYS, st.integers(1, 7))
def test_a_weekday_is_the_next_one_and_of_the_past_the_latest(today: date, weekday: int) -> None:
    name = NAMES[weekday - 1]
    coming, past, following = day_of(name, today), day_of(name, today, Direction.PAST), day_of(f"next {name}", today)
    assert coming is not None
    assert past is not None
    assert following is not None
    assert coming.isoweekday() == past.isoweekday() == following.isoweekday() == weekday
    assert timedelta() <= coming - today < timedelta(days=7)
    assert timedelta() <= today - past < timedelta(days=7)
    assert following.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


@given(DAYS, st.integers(0, 364))
def test_a_date_without_a_year_is_the_next_of_its_name(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    for text in (
        f"{day.day} {MONTHS[day.month - 1]}",
        f"{MONTHS[day.month - 1][:3]} {day.day}",
        f"{day.day}/{day.month}",
    ):
        assert day_of(text, today) == day


@given(DAYS)
def test_a_leap_day_is_waited_for(today: date) -> None:
    coming = day_of("29 feb", today)
    assert coming is not None
    assert (coming.month, coming.day) == (2, 29)
    assert coming >= today


@given(DAYS, st.integers(1, 31))
def test_a_day_of_the_month_is_the_next_month_that_has_it(today: date, day: int) -> None:
    coming = day_of(f"the {day}th", today)
    assert coming is not None
    assert coming.day == day
    between = [today + timedelta(days=each) for each in range((coming - today).days)]
    assert all(each.day != day for each in between)


@given(DAYS, st.integers(1, 300))
def test_lengths_count_days_over_every_end_of_a_month(today: date, days: int) -> None:
    assert day_of(f"in {days} days", today) == today + timedelta(days=days)
    assert [one.value for one in find_lengths(f"for {days} days", ENGLISH)] == [days]


@given(st.integers(0, 23), st.integers(0, 59))
def test_times_are_found(hour: int, minute: int) -> None:
    said = spoken(f"could it be {hour}:{minute:02} please", ENGLISH)
    assert [one.value for one in find_times(said, ENGLISH)] == [time(hour, minute)]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("like half 7 in the mornings", time(7, 30)),
        ("quarter to six", time(5, 45)),
        ("8pm", time(20)),
        ("noon", time(12)),
    ],
)
def test_times_in_words_are_found(text: str, moment: time) -> None:
    assert [one.value for one in find_times(spoken(text, ENGLISH), ENGLISH)] == [moment]


@given(st.integers(21, 99))
def test_numbers_in_words_are_figures(number: int) -> None:
    tens, units = divmod(number, 10)
    words = f"{TENS_IN_WORDS[tens]} {UNITS_IN_WORDS[units]}" if units else TENS_IN_WORDS[tens]
    assert spoken(f"took {words} minutes", ENGLISH) == f"took {number} minutes"
    assert [one.value for one in find_durations(spoken(f"took {words} minutes", ENGLISH), ENGLISH)] == [number * 60]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("half an hour", 1800), ("an hour and a bit", 3600), ("an hour and a half", 5400), ("1h10", 4200), ("20s", 20)],
)
def test_durations_are_found(text: str, seconds: int) -> None:
    assert [one.value for one in find_durations(spoken(text, ENGLISH), ENGLISH)] == [seconds]


@pytest.mark.parametrize(
    ("text", "effort"),
    [("done. 8", 8), ("felt like a seven", 7), ("8/10", 8), ("rpe 6", 6), ("call it a 3.", 3), ("did 3 rounds", None)],
)
def test_efforts_are_found(text: str, effort: int | None) -> None:
    found = find_effort(spoken(text, ENGLISH), ENGLISH)
    assert (found.value if found else None) == effort


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("i'm 73 now", 73.0),
        ("down to 10st 4", 65.3),
        ("178 lbs", 80.7),
        ("71 kilo and half", 71.5),
        ("lost 2 kg, now 71", 71.0),
    ],
)
def test_weights_are_found(text: str, kilograms: float) -> None:
    assert find_weights(spoken(text, ENGLISH), Units.KILOGRAMS, ENGLISH)[-1].value == kilograms


def test_legs_are_told_apart_whichever_way_round() -> None:
    both = {Side.LEFT: 22, Side.RIGHT: 25}
    for text in ("L 22 R 25", "22 left and 25 right", "right leg 25, left leg 22", "22 and 25"):
        assert read_raises(spoken(text, ENGLISH), ENGLISH) == both
    assert read_girths(spoken("both 15 inches", ENGLISH), None, ENGLISH) == {Side.LEFT: 38.1, Side.RIGHT: 38.1}


def test_sets_and_intervals_are_found() -> None:
    assert find_reps("15, 14, 12", ENGLISH) == (15, 14, 12)
    assert find_reps("3 sets of 12", ENGLISH) == (12, 12, 12)
    assert find_intervals("8 times 20 on 40 off", ENGLISH) == (8, 20, 40)
    assert find_intervals("10 rounds of 30 seconds with 1 minute rest", ENGLISH) == (10, 30, 60)


@pytest.mark.parametrize(
    ("text", "add", "remove"),
    [
        ("bought dumbbells, sold the barbell", {"dumbbells"}, {"barbell"}),
        ("no treadmill and no barbell", set(), {"treadmill", "barbell"}),
        ("the treadmill broke", set(), {"treadmill"}),
        ("a hill instead of a step", {"hill"}, {"step"}),
        ("there is a hill near me", {"hill"}, set()),
    ],
)
def test_what_is_dropped_is_told_from_what_is_there(text: str, add: set[str], remove: set[str]) -> None:
    found = find_choices(spoken(text, ENGLISH), "equipment", ENGLISH)
    assert found.add == add
    assert found.remove == remove


@pytest.mark.parametrize(
    ("text", "add", "remove"),
    [
        ("bigger calves and sprinting, not endurance", {"calves", "sprints"}, {"distance"}),
        ("calves, speed and health, not endurance", {"calves", "sprints", "healthy"}, {"distance"}),
        ("calves and sprinting not any more", set(), {"calves", "sprints"}),
        ("calves, not endurance and sprints", {"calves"}, {"distance", "sprints"}),
    ],
)
def test_a_not_behind_a_list_is_of_what_follows(text: str, add: set[str], remove: set[str]) -> None:
    found = find_choices(spoken(text, ENGLISH), "goals", ENGLISH)
    assert found.add == add
    assert found.remove == remove
