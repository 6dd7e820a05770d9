"""Times of day and weekly schedules, as people write them."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.parsing.time_of_day import parse_daytime, parse_schedule
from coach.reminders.local_time import show_daytime
from coach.user_errors import TimeNotUnderstood
from tests.support.vocabularies import ENGLISH

MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
JUNK = (
    "",
    "purple",
    "25:00",
    "7:60",
    "7:5",
    "7.5",
    "13 am",
    "-7",
    "7 8",
    "🕖",
    "<b>7</b>",
    "1e3",
    "7" * 4096,
)


@pytest.mark.parametrize(
    ("text", "daytime"),
    [
        ("7", time(7)),
        ("7:30", time(7, 30)),
        ("07.30", time(7, 30)),
        ("7,30", time(7, 30)),
        ("0730", time(7, 30)),
        ("730", time(7, 30)),
        ("19h30", time(19, 30)),
        ("7h", time(7)),
        ("7.30pm", time(19, 30)),
        ("7:30 p.m.", time(19, 30)),
        ("7 AM", time(7)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("at 7 o’clock", time(7)),
        ("7 in the evening", time(19)),
        ("half past 7", time(7, 30)),
        ("quarter to 7 pm", time(18, 45)),
        ("a quarter past 12", time(12, 15)),
        ("7 15", time(7, 15)),
        ("half past six", time(6, 30)),
        ("quarter to seven", time(6, 45)),
        ("seven thirty", time(7, 30)),
        ("six pm", time(18)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("24:00", time(0)),
        ("８：１５", time(8, 15)),
    ],
)
def test_reads_times_as_people_write_them(text: str, daytime: time) -> None:
    assert parse_daytime(text, ENGLISH) == daytime


@pytest.mark.parametrize("text", JUNK)
def test_what_is_no_time_is_a_mistake(text: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        parse_daytime(text, ENGLISH)


@settings(deadline=None)
@given(daytime=MINUTES, mark=st.sampled_from(":.h,"), spaced=st.booleans())
def test_what_is_shown_can_be_typed_back(daytime: time, mark: str, spaced: bool) -> None:
    typed = show_daytime(daytime).replace(":", mark)
    assert parse_daytime(f" {typed} " if spaced else typed, ENGLISH) == daytime
    assert parse_daytime(f"{daytime:%I:%M %p}", ENGLISH) == daytime


@settings(deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_a_time_or_a_mistake(text: str) -> None:
    for parse in (parse_daytime, parse_schedule):
        try:
            assert parse(text, ENGLISH) is not None
        except TimeNotUnderstood:
            continue


WORKDAYS = range(1, 6)
EARLY, NINE = time(6, 45), time(9)


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("off", {}),
        ("7:30", dict.fromkeys(range(1, 8), time(7, 30))),
        ("every day at 9am", dict.fromkeys(range(1, 8), NINE)),
        ("weekdays 6:45, weekends 9", dict.fromkeys(WORKDAYS, EARLY) | {6: NINE, 7: NINE}),
        ("weekdays 6,45; weekends 9", dict.fromkeys(WORKDAYS, EARLY) | {6: NINE, 7: NINE}),
        ("6:45 on weekdays, 9 on weekends", dict.fromkeys(WORKDAYS, EARLY) | {6: NINE, 7: NINE}),
        ("weekdays 6:45, weekends off", dict.fromkeys(WORKDAYS, EARLY)),
        ("6:45, sunday 9", dict.fromkeys(range(1, 7), EARLY) | {7: NINE}),
        ("mon, wed and fri 9", {1: NINE, 3: NINE, 5: NINE}),
        ("Tuesdays & Thursdays 6:45", {2: EARLY, 4: EARLY}),
        ("mon-fri 6:45", dict.fromkeys(WORKDAYS, EARLY)),
        ("fri to mon 9", {5: NINE, 6: NINE, 7: NINE, 1: NINE}),
    ],
)
def test_reads_schedules_in_plain_words(text: str, schedule: dict[int, time]) -> None:
    assert parse_schedule(text, ENGLISH) == schedule


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("friday off", {1: EARLY, 2: EARLY, 3: EARLY, 4: EARLY, 6: NINE}),
        ("friday and sat off", {1: EARLY, 2: EARLY, 3: EARLY, 4: EARLY}),
        ("sun 9am", dict.fromkeys(WORKDAYS, EARLY) | {6: NINE, 7: NINE}),
        ("only sun 9am", {7: NINE}),
        ("9am only on sunday", {7: NINE}),
        ("weekdays 6:45, weekends 9", dict.fromkeys(WORKDAYS, EARLY) | {6: NINE, 7: NINE}),
        ("9", dict.fromkeys(range(1, 8), NINE)),
        ("off", {}),
    ],
)
def test_days_that_are_not_named_stay_as_they_are(text: str, schedule: dict[int, time]) -> None:
    assert parse_schedule(text, ENGLISH, dict.fromkeys(WORKDAYS, EARLY) | {6: NINE}) == schedule


@pytest.mark.parametrize("text", [*JUNK, "weekdays", "mon 7, mon 8", "7, 8", "blueday 7", "mon-blue 7", "t 7"])
def test_what_is_no_schedule_is_a_mistake(text: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        parse_schedule(text, ENGLISH)
