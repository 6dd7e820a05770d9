"""Questions of the settings that were let be: they close when something else is said, which is dealt with."""

import pytest
from sqlmodel import Session

from coach.requests import Intent
from db.models import User
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of


async def is_asked(coach: BotHarness, hours: int) -> Person:
    """A person who was asked what equipment there is, so many hours ago."""
    ann = await on_a_sprint_day(coach)
    await ann.says("/settings")
    await ann.presses("change_equipment")
    coach.clock.forward(hours=hours)
    return ann


async def awaiting(coach: BotHarness) -> object:
    """The question that stands open."""
    return await coach.running.db.run(_awaiting)


def _awaiting(session: Session) -> str | None:
    return session.get_one(User, 1).awaiting


async def test_a_correction_is_dealt_with_hours_later(coach: BotHarness) -> None:
    ann = await is_asked(coach, 3)
    await requests(ann, asked(Intent.DONE, effort=5, minutes=30))
    assert (await ann.says("Sorry 35 minutes")).shows("requests/done", minutes=35)


async def test_what_was_let_be_closes(coach: BotHarness) -> None:
    ann = await is_asked(coach, 3)
    assert (await ann.says("From Thursday maybe")).template != "setup/equipment"
    assert await awaiting(coach) is None


async def test_an_answer_is_taken_hours_later(coach: BotHarness) -> None:
    ann = await is_asked(coach, 3)
    assert (await ann.says("dumbbells")).template == "profile/saved"


async def test_a_question_that_is_new_says_what_would_answer_it(coach: BotHarness) -> None:
    ann = await is_asked(coach, 0)
    assert (await ann.says("purple")).template == "setup/equipment"
    assert await awaiting(coach) == "equipment"


@pytest.mark.parametrize("said", ["yes", "i'm in Birmingham now", "Birmingham"])
async def test_the_same_name_again_is_the_place_most_people_mean(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says("move my clock to Birmingham")).template == "setup/which_city"
    taken = await ann.says(said)
    assert taken.template in {"zone/keep_or_move", "zone/saved", "requests/zone"}


@pytest.mark.parametrize("said", ["From Thursday, not now", "only next week, leave it"])
async def test_not_now_leaves_the_clock(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    await ann.says("move my clock to Birmingham")
    assert (await ann.says(said)).template == "smalltalk/left"
    assert await awaiting(coach) is None


async def test_a_question_in_a_message_is_no_place(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("move my clock to Birmingham")
    said = await ann.says("How do I stop my legs swelling in the plane? I mean normal swelling, no pain")
    assert said.template != "mistakes/city_not_found"


@pytest.mark.parametrize(
    "said", ["you sent me a reminder at 7, I was driving a double decker at 7", "your reminder went off at 7 in church"]
)
async def test_a_complaint_about_a_reminder_sets_no_time(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "remind/shown"
    assert await rows_of(coach, 1) == before
