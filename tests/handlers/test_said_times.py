"""Times that are clear are not asked again; what a pause means is said where somebody looks."""

from datetime import time

import pytest

from coach.parsing.time_of_day import parse_daytime, parse_schedule
from coach.user_errors import TimeNotUnderstood
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up
from tests.support.requests import rows_of
from tests.support.vocabularies import ENGLISH

SEVEN = time(7)
ALL = frozenset(range(1, 8))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("6p", time(18)), ("6:30p", time(18, 30)), ("6a", time(6)), ("half 7", time(7, 30)), ("half seven", time(7, 30)),
     ("half 7 pm", time(19, 30)), ("around 7", SEVEN), ("about 7:15", time(7, 15)), ("at around 7", SEVEN),
     ("around half past seven", time(7, 30)), ("~7", SEVEN), ("⏰ 7:00", SEVEN)],
)  # fmt: skip
def test_a_time_is_read_as_people_say_it(text: str, wanted: time) -> None:
    assert parse_daytime(text, ENGLISH) == wanted


@pytest.mark.parametrize(
    ("text", "days", "wanted"),
    [
        ("not on sunday 7", ALL - {7}, SEVEN), ("7 but not on sunday", ALL - {7}, SEVEN),
        ("7 except weekends", ALL - {6, 7}, SEVEN), ("every day at 7 but not sundays", ALL - {7}, SEVEN),
        ("every day except friday 7", ALL - {5}, SEVEN), ("7, never on mondays", ALL - {1}, SEVEN),
        ("every morning at 7", ALL, SEVEN), ("every morning 7", ALL, SEVEN), ("each morning around 7", ALL, SEVEN),
        ("7 every morning", ALL, SEVEN), ("every evening at 7", ALL, time(19)),
        ("every evening at 19:00", ALL, time(19)),
        ("every evening at 7pm", ALL, time(19)), ("every morning at half 7", ALL, time(7, 30)), ("6p", ALL, time(18)),
        ("mornings at 7", ALL, SEVEN),
    ],
)  # fmt: skip
def test_a_schedule_is_read_as_people_say_it(text: str, days: frozenset[int], wanted: time) -> None:
    assert parse_schedule(text, ENGLISH) == dict.fromkeys(sorted(days), wanted)


def test_a_day_that_is_left_out_leaves_the_others_as_they_are() -> None:
    kept = dict.fromkeys(range(1, 8), SEVEN)
    assert parse_schedule("not on sunday", ENGLISH, kept) == dict.fromkeys(range(1, 7), SEVEN)
    with pytest.raises(TimeNotUnderstood):
        parse_schedule("not on sunday", ENGLISH)


@pytest.mark.parametrize("text", ["half to 7", "half", "around", "every morning", "not 7", "7 but", "half 25", "a"])
def test_what_is_no_time_is_asked_again(text: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        parse_schedule(text, ENGLISH)


async def test_the_next_reminder_after_a_pause_has_its_date(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/pause three weeks")
    assert (await ann.says("/remind")).shows("remind/shown", "Monday, 23 March at 07:00")
    await ann.says("/resume")
    assert "March" not in (await ann.says("/remind")).partition("Quiet hours")[0]


@pytest.mark.parametrize("words", ["three weeks", ""])
async def test_today_says_that_a_pause_runs(coach: BotHarness, words: str) -> None:
    ann = await set_up(coach)
    await ann.says(f"/pause {words}".strip())
    if not words:
        await ann.presses("pause_0")
    said = await ann.says("/today")
    assert said.shows("today/paused", "23 March" if words else "paused")
    assert coach.labels["resume"] in ann.buttons
    await ann.presses("resume")
    assert not (await ann.says("/today")).shows("today/paused")


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("could the morning message come at quarter to five, the twins wake at 5.30 now", "04:45"),
        ("ping me at 6, I get up at 5", "06:00"),
        ("move the reminder from 7 to 8", "08:00"),
    ],
)
async def test_of_several_hours_the_one_of_the_reminder_is_taken(coach: BotHarness, said: str, at: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says(said)).shows("requests/reminders", at)


async def test_an_hour_at_which_somebody_is_up_sets_no_reminder(coach: BotHarness) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("5am sharp I will be up")).template == "requests/between"
    assert await rows_of(coach, 1) == before
