"""Sessions done on a day of rest: the one that was missed or comes next is offered, and logged as it was told."""

from datetime import timedelta

import pytest

from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.requests import Intent
from tests.handlers.test_skipped_moves import week_of
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of

DAY = timedelta(days=1)
TOLD = (
    "Well, I did it! Most of it anyway, 25 minutes and then the phone rang and it was my mum, you know how that goes. "
    "Call it a 6"
)


async def rests_today(coach: BotHarness) -> Person:
    """A person on a day of rest before a session."""
    ann = await set_up(coach)
    for _ in range(14):
        await ann.says("/today")
        stored, now = await week_of(coach), coach.clock.now.date()
        if {now, now + DAY} <= set(stored) and stored[now][0] == RECOVERY and stored[now + DAY][0] != RECOVERY:
            return ann
        await requests(ann, asked(Intent.DONE, effort=5))
        coach.clock.forward(days=1)
    raise AssertionError("no such day in two weeks")


@pytest.mark.parametrize(
    ("said", "noted"), [("did it, 25 minutes, call it a 6", ("25 min", "effort 6")), (TOLD, ("effort 6",))]
)
async def test_the_next_session_is_logged_today_with_what_was_told(
    coach: BotHarness, said: str, noted: tuple[str, ...]
) -> None:
    ann = await rests_today(coach)
    now, before = coach.clock.now.date(), await rows_of(coach, 1)
    workout, _ = (await week_of(coach))[now + DAY]
    assert (await ann.says(said)).shows("requests/nothing_there", "one of these", intent="done", others=True)
    assert await rows_of(coach, 1) == before
    [early] = [label for label in ann.buttons if label.startswith(f"{now + DAY:%a}:")]
    assert (await ann.presses(early)).shows("requests/done", "today's", *noted)
    assert (await week_of(coach))[now] == (workout, SessionStatus.DONE)
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_the_button_of_another_day_logs_nothing(coach: BotHarness) -> None:
    ann = await rests_today(coach)
    before, now = await rows_of(coach, 1), coach.clock.now.date()
    said = await requests(ann, asked(Intent.DONE, day=now, from_day=now + 6 * DAY))
    assert said.template == "requests/nothing_there"
    assert await rows_of(coach, 1) == before


async def test_who_rested_and_said_so_is_offered_nothing_early(coach: BotHarness) -> None:
    ann = await rests_today(coach)
    await ann.presses("rested")
    now = coach.clock.now.date()
    await requests(ann, asked(Intent.DONE, effort=6))
    assert [label for label in ann.buttons if label.startswith(f"{now + DAY:%a}:")] == []
