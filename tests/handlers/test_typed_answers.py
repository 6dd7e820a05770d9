"""A typed yes or no to a question with buttons does what its button does: once, and to the newest question alone."""

from datetime import timedelta

import pytest

from coach.requests import Intent
from telegram_local.api.faults import Refuse
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of

SHORTER = asked(Intent.MINUTES, minutes=20)


async def is_asked(coach: BotHarness) -> Person:
    """A person who was just asked whether sessions are to be shorter from now on."""
    ann = await set_up(coach)
    assert (await requests(ann, SHORTER)).template == "requests/lasting"
    return ann


@pytest.mark.parametrize(
    "said", ["yes", "Yes please!", "yes, change it", "do it", "ok", "okay thanks", "yes yes", "go ahead", "sure"]
)
async def test_a_typed_yes_does_what_the_button_does(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    await requests(ann, SHORTER)
    assert (await ann.says(said)).template == "profile/saved"
    changed = await rows_of(coach, 1)
    assert changed["user_account", 1]["minutes"] == 20
    await ann.says(said)
    assert await rows_of(coach, 1) == changed, "it is asked no more"
    assert (await requests(ann, asked(Intent.UNDO))).template == "requests/undone"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    "said", ["no", "No thanks", "leave it", "no no", "never mind", "no no only today, not all the days", "don't"]
)
async def test_a_typed_no_leaves_it(coach: BotHarness, said: str) -> None:
    ann = await is_asked(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "settings/unchanged"
    assert (await ann.says("yes")).template == "smalltalk/nothing_asked"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("said", ["yes but only on mondays", "yes or no?", "what would that change?"])
async def test_other_words_are_no_yes_and_end_the_question(coach: BotHarness, said: str) -> None:
    ann = await is_asked(coach)
    before = await rows_of(coach, 1)
    await ann.says(said)
    await ann.says("yes")
    assert (await rows_of(coach, 1))["user_account", 1]["minutes"] == before["user_account", 1]["minutes"]


async def test_a_no_beside_another_wish_is_that_wish(coach: BotHarness) -> None:
    ann = await is_asked(coach)
    assert (await ann.says("no, make it 45 minutes")).shows("requests/lasting", "45")


async def test_half_an_hour_later_nothing_is_asked(coach: BotHarness) -> None:
    ann = await is_asked(coach)
    coach.clock.forward(minutes=31)
    assert (await ann.says("yes")).template == "smalltalk/nothing_asked"


@pytest.mark.parametrize("between", ["/today", "/settings", "how many calf raises should I do?", "/weight"])
async def test_what_was_said_since_ends_the_question(coach: BotHarness, between: str) -> None:
    ann = await is_asked(coach)
    await ann.says(between)
    await ann.says("yes")
    assert (await rows_of(coach, 1))["user_account", 1]["minutes"] != 20


async def asked_before_a_reminder(coach: BotHarness) -> Person:
    """A person who was asked ten minutes before the session's reminder is due."""
    ann = await set_up(coach)
    await coach.jump()
    coach.clock.forward(days=1)
    coach.clock.now = coach.clock.now.replace(hour=5, minute=50)
    assert (await requests(ann, SHORTER)).template == "requests/lasting"
    return ann


async def test_a_reminder_since_ends_it_too(coach: BotHarness) -> None:
    ann = await asked_before_a_reminder(coach)
    await coach.jump()
    assert ann.sees.template.startswith("reminders/")
    await ann.says("yes")
    assert (await rows_of(coach, 1))["user_account", 1]["minutes"] != 20


async def test_a_reminder_that_did_not_arrive_ends_nothing(coach: BotHarness) -> None:
    ann = await asked_before_a_reminder(coach)
    coach.telegram.faults.next("sendMessage", Refuse(400, "Bad Request: message is too long"), chat_id=1)
    await coach.jump()
    assert coach.telegram.faults.waiting == 0
    assert ann.sees.template == "requests/lasting"
    assert (await ann.says("yes")).template == "profile/saved"


async def test_a_reminder_that_was_put_off_ends_it_too(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await coach.jump()
    await ann.presses("later")
    await ann.presses("snooze_60")
    coach.clock.forward(minutes=55)
    await requests(ann, SHORTER)
    coach.clock.forward(minutes=10)
    await coach.tick()
    assert ann.sees.template == "today/again"
    await ann.says("yes")
    assert (await rows_of(coach, 1))["user_account", 1]["minutes"] != 20


async def test_a_button_since_ends_it_too(coach: BotHarness) -> None:
    ann = await is_asked(coach)
    await ann.presses("keep_it_so")
    assert (await ann.says("yes")).template == "smalltalk/nothing_asked"


async def test_the_button_still_works_and_an_edit_answers_anew(coach: BotHarness) -> None:
    ann = await is_asked(coach)
    before = await rows_of(coach, 1)
    await ann.says("yes")
    await ann.edits("no")
    assert ann.sees.template == "settings/unchanged"
    assert await rows_of(coach, 1) == before
    await requests(ann, SHORTER)
    assert (await ann.presses("yes_change")).template == "profile/saved"


async def test_an_event_is_removed_by_a_typed_yes(coach: BotHarness) -> None:
    ann = await set_up(coach)
    day = coach.clock.now.date() + timedelta(days=60)
    await requests(ann, asked(Intent.EVENT, day=day, what="race"))
    await requests(ann, asked(Intent.EVENT, switch="off"))
    assert (await ann.says("yes please")).template == "requests/event_dropped"
    await requests(ann, asked(Intent.EVENT, day=day, what="race"))
    await requests(ann, asked(Intent.EVENT, switch="off"))
    assert (await ann.says("no")).template == "settings/unchanged"


async def test_only_a_plain_yes_says_that_a_doctor_cleared_it(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("I have chest pain when I run")
    assert (await ann.says("/resume")).template == "pause/cleared"
    held = await rows_of(coach, 1)
    await ann.says("ok")
    assert await rows_of(coach, 1) == held
    await ann.says("/resume")
    assert (await ann.says("not yet")).template == "pause/not_yet"
    await ann.says("/resume")
    assert (await ann.says("yes")).template == "pause/went_on"


async def test_erasing_needs_its_button(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/delete")
    assert (await ann.says("yes")).template == "smalltalk/nothing_asked"


async def test_a_red_flag_goes_before_a_question(coach: BotHarness) -> None:
    ann = await is_asked(coach)
    assert (await ann.says("no, I have chest pain")).template == "ask/safety"
    await ann.says("yes")
    assert (await rows_of(coach, 1))["user_account", 1]["minutes"] != 20
