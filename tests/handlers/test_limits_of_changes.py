"""Limits of a change: half of today, until a day, with what there was that day; nothing lasting comes of them."""

from datetime import date, timedelta

import pytest

from coach.requests import Intent
from content.understanding.meanings import Between, NoAnswer, Requests
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of, understood_as

DAY = timedelta(days=1)


async def person_of(coach: BotHarness) -> dict[str, object]:
    """The row of the person."""
    return dict((await rows_of(coach, 1))["user_account", 1])


@pytest.mark.parametrize(
    "said",
    [
        "got woken 5 times last night. cut today in half",
        "I make a deal: you give me half, I promise to do it. Half is good price",
        "can only manage half of it",
        "halve it please, long day",
    ],
)
async def test_half_of_a_session_is_wanted(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    before = await person_of(coach)
    shorter = await understood_as(ann, NoAnswer(), said)
    assert shorter.template in {"requests/shortened", "requests/short_fits"}
    assert {**await person_of(coach), "planned_on": None} == {**before, "planned_on": None}


@pytest.mark.parametrize("said", ["did half of it", "I was given half a session only", "only half an hour"])
async def test_half_that_was_done_or_half_an_hour_cuts_nothing(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await understood_as(ann, NoAnswer(), said)).template != "requests/shortened"


@pytest.mark.parametrize("meaning", [Requests, Between])
async def test_equipment_that_is_missing_until_a_day_is_no_pause(
    coach: BotHarness, meaning: type[Requests] | type[Between]
) -> None:
    ann = await set_up(coach, equipment=("step", "dumbbells"))
    pause = asked(Intent.PAUSE, until=coach.clock.now.date() + 30 * DAY)
    said = await understood_as(ann, meaning((pause,)), "until april no dumbbells")
    assert said.shows("requests/lasting", kind="equipment")
    assert said.values["ends"] == {"day": date(2026, 4, 1), "days_off": 30}


async def test_what_was_there_that_day_is_no_lasting_change(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("Hotel gym done: 28 minutes, 6. Dumbbells only, no treadmill")).template == "requests/done"
    assert "requests/lasting" not in ann.templates()


async def test_a_pause_from_tomorrow_leaves_todays_session(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    today = coach.clock.now.date()
    words = f"I'm away from {today + DAY:%A} to {today + 4 * DAY:%A}, pause until {today + 5 * DAY:%A}"
    assert (await ann.says(words)).template == "requests/pause_later"


async def test_a_session_of_today_takes_the_pause_back(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.PAUSE, until=coach.clock.now.date() + 5 * DAY))
    said = await understood_as(ann, NoAnswer(), "Today I still train, of course")
    assert said.shows("requests/undone", intents=("pause",))
