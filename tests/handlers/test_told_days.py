"""Single days: circumstances let no session go, and a change of just now is moved on, kept or taken back."""

from datetime import date, timedelta

import pytest

from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.requests import Intent
from content.understanding.meanings import Requests, Suggest
from tests.handlers.test_plain_changes import in_training, planned, row_of, workouts
from tests.support.bot_harness import BotHarness, Person
from tests.support.requests import asked, requests, rows_of, understood_as

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


@pytest.mark.parametrize(
    "said", ["put the wednesday one on thursday pls, today just cancel", "move wednesday's to thursday and skip today"]
)
async def test_two_changes_of_one_message_are_both_made(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    today = coach.clock.now.date()
    workout = await planned(coach, today + 2 * DAY)
    assert (await ann.says(said)).template == "requests/several"
    assert await planned(coach, today + 3 * DAY) == workout
    row = await row_of(coach, today)
    assert row is not None
    assert row.status == SessionStatus.SKIPPED


@pytest.mark.parametrize(
    ("said", "template"),
    [
        ("can't do it tonight, they need me at the depot", "requests/skipped"),
        ("skipped it oops. had a closing shift", "requests/skipped"),
        ("no don't move it just forget that one", "requests/skipped"),
        ("didn't happen. tomorrow?", "requests/moved"),
        ("ok bump it back a day", "requests/moved"),
    ],
)
async def test_the_session_that_was_shown_is_let_go_or_moved(coach: BotHarness, said: str, template: str) -> None:
    ann = await in_training(coach)
    await ann.says("what's on today")
    assert (await ann.says(said)).template == template


async def test_of_the_days_that_are_offered_one_is_refused_and_another_taken(coach: BotHarness) -> None:
    ann = await in_training(coach)
    assert (await ann.says("So Wednesday is off, could we find another day")).template == "plan/move"
    assert (await ann.says("Not Saturday, there's a session already, isn't there")).template == "plan/move"
    assert (await ann.says("Thursday.")).shows("requests/moved", "from Wednesday to Thursday")


async def test_a_weekday_of_todays_name_is_the_one_behind_the_day_that_is_refused(coach: BotHarness) -> None:
    ann = await in_training(coach)
    before = await workouts(coach)
    said = await ann.says("wednesday is impossible, a hundred cakes to bake. You can put monday instead?")
    assert said.template == "requests/move_not"
    assert await workouts(coach) == before


async def test_what_was_let_go_just_now_is_not_taken_back_by_words_that_let_it_go(coach: BotHarness) -> None:
    ann = await in_training(coach)
    assert (await ann.says("can't do it tonight, they need me at the depot")).template == "requests/skipped"
    assert (await ann.says("no don't move it just forget that one")).template == "requests/skipped"


async def test_a_day_that_is_only_told_of_behind_an_offer_is_not_taken(coach: BotHarness) -> None:
    ann = await in_training(coach)
    await ann.says("My in-laws arrive wednesday for dinner, I cannot say no to them")
    before = await rows_of(coach, 1)
    await understood_as(ann, Suggest(()), "Friday morning maybe I will be asleep. Hmm. I am in trouble")
    assert await rows_of(coach, 1) == before


async def test_something_lighter_is_offered_for_one_day(coach: BotHarness) -> None:
    ann = await in_training(coach)
    assert (await understood_as(ann, Suggest(()), "can the wednesday one be a walk")).template == "requests/lighter_day"


async def test_what_is_too_easy_is_made_harder_and_no_complaint(coach: BotHarness) -> None:
    ann = await in_training(coach)
    assert (await requests(ann, asked(Intent.FEEDBACK))).template == "requests/feedback"
    taken_for = Requests((asked(Intent.FEEDBACK),))
    said = await understood_as(ann, taken_for, "that's baby work man, gimme something harder")
    assert said.template == "requests/dial"
