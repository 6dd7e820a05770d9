"""Sessions done on a day of rest: the one that was missed or comes next is offered, and logged as it was told."""

from datetime import timedelta

import pytest

from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.requests import Intent
from tests.handlers.test_noted_sets import next_strength
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


@pytest.mark.parametrize(
    ("told", "title", "noted"),
    [
        ("8k this morning, effort 6, 52 min", "done_distance", ("52 min", "effort 6")),
        ("ran 3 miles before work, 25 min, 5/10", "done_distance", ("25 min", "effort 5")),
        ("went swimming instead, 40 minutes, call it a 4", "done_sport", ("40 min", "effort 4")),
    ],
)
async def test_what_no_session_of_the_plan_can_be_is_logged_beside_it(
    coach: BotHarness, told: str, title: str, noted: tuple[str, ...]
) -> None:
    ann = await rests_today(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(told)).shows("guide/extra", coach.labels[title], *noted)
    assert await rows_of(coach, 1) != before
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_a_session_of_the_plan_that_may_be_meant_is_asked_for_first(coach: BotHarness) -> None:
    ann = await rests_today(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("all done. 5")).shows("requests/nothing_there", effort=5)
    assert await rows_of(coach, 1) == before
    assert (await ann.presses("own_session")).shows("guide/extra", coach.labels["done_own"], "effort 5")
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_what_was_done_while_paused_is_logged_with_its_effort_when_that_is_said(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("pause me for a week")
    coach.clock.forward(days=1)
    assert (await ann.says("went for a run, 30 min")).shows("guide/extra", coach.labels["done_run"], "30 min")
    assert (await ann.says("6")).shows("guide/extra", "30 min", "effort 6")
    assert (await ann.says("no, 7")).shows("guide/extra", "effort 7")


@pytest.mark.parametrize(
    "told", ["{day}'s long run: done, 12k, hard, 8", "ran 5k this morning, 8", "football for an hour, that was an 8"]
)
async def test_a_run_is_no_session_of_strength(coach: BotHarness, told: str) -> None:
    ann = await set_up(coach)
    page = await next_strength(coach, ann)
    before = (await week_of(coach))[coach.clock.now.date()]
    assert page.template
    said = await ann.says(told.format(day=f"{coach.clock.now:%A}"))
    assert said.shows("guide/extra", "effort 8", "planned session stays")
    assert (await week_of(coach))[coach.clock.now.date()] == before


@pytest.mark.parametrize(
    "told", ["all done, ran out of time at the end, 7", "did it, 7", "calf raises and a short jog done. 7"]
)
async def test_a_session_of_strength_is_one_whatever_else_is_told(coach: BotHarness, told: str) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    assert (await ann.says(told)).shows("requests/done", "effort 7")
