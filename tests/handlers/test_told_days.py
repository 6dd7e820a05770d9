"""Single days: circumstances let no session go, and a change of just now is moved on, kept or taken back."""

from datetime import date, timedelta

import pytest

from coach.planning.workouts import RECOVERY
from content.understanding.meanings import Suggest
from tests.handlers.test_plain_changes import in_training, planned
from tests.support.bot_harness import BotHarness, Person
from tests.support.requests import rows_of, understood_as

DAY = timedelta(days=1)


async def has_freed_wednesday(coach: BotHarness) -> tuple[Person, date, str | None]:
    """A person on a Monday who has just let Wednesday's session go; that day, and what stood there."""
    ann = await in_training(coach)
    wednesday = coach.clock.now.date() + 2 * DAY
    workout = await planned(coach, wednesday)
    assert (await ann.says("skip wednesday's session")).template == "requests/rest_instead"
    return ann, wednesday, workout


async def has_moved_today(coach: BotHarness) -> tuple[Person, date]:
    """A person on a Monday who has just moved today's session to Friday, and that day."""
    ann = await in_training(coach)
    friday = coach.clock.now.date() + 4 * DAY
    assert (await ann.says("move today's session to friday")).template == "requests/moved"
    return ann, friday


@pytest.mark.parametrize(
    "said",
    [
        "The choir has its rehearsal on wednesday until half past nine",
        "My in-laws arrive wednesday for dinner, I cannot say no to them",
        "the babysitter cancelled for this morning so I can't leave the house. What do I do about the session",
        "wednesday is my brother's wedding, all day. what to do",
    ],
)
async def test_what_takes_a_day_offers_to_move_or_to_skip_and_changes_nothing(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "requests/about_day"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("said", ["put it on thursday", "thursday then", "stick it on thursday if I survive"])
async def test_what_was_freed_goes_to_another_day(coach: BotHarness, said: str) -> None:
    ann, wednesday, workout = await has_freed_wednesday(coach)
    moved = await ann.says(said)
    assert moved.shows("requests/moved", "from Wednesday to Thursday")
    assert await planned(coach, wednesday + DAY) == workout
    assert await planned(coach, wednesday) == RECOVERY


@pytest.mark.parametrize("said", ["what's on thursday?", "not thursday though", "thursday is impossible too"])
async def test_another_day_that_is_asked_about_or_refused_takes_nothing(coach: BotHarness, said: str) -> None:
    ann, _, _ = await has_freed_wednesday(coach)
    assert (await ann.says(said)).template != "requests/moved"


@pytest.mark.parametrize("said", ["so friday stands.", "turns out I'm home, friday it is", "ok friday stays"])
async def test_a_day_that_was_chosen_just_now_stays(coach: BotHarness, said: str) -> None:
    ann, friday = await has_moved_today(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).shows("requests/stands_already", day=friday)
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    "said",
    ["hmm that's too much then. ok don't change", "no wait, don't move it", "hang on. leave monday where it is"],
)
async def test_a_move_is_taken_back_where_no_change_is_wished(coach: BotHarness, said: str) -> None:
    ann, _ = await has_moved_today(coach)
    assert (await understood_as(ann, Suggest(()), said)).template == "requests/undone"
