"""Requests for one day alone: nothing that lasts is changed by them, and the chat says what it can do."""

import pytest

from coach.requests import Intent
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of


async def regular(coach: BotHarness) -> Person:
    """A person who trains on Monday, Wednesday and Friday, on the Monday morning after the set-up."""
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    await coach.jump()
    return ann


@pytest.mark.parametrize("said", ["remind me at 18:30 just for today", "ping me at 6.30pm, only today please"])
async def test_a_reminder_comes_once(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).shows("requests/remind_once", at="18:30")
    assert await rows_of(coach, 1) == before
    shown = len(ann.user.received)
    coach.clock.forward(hours=13)
    await coach.tick()
    assert "today/again" in ann.templates(shown)


async def test_a_reminder_that_was_set_is_put_back_and_comes_once(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    await ann.says("remind me at 18:30 from now on")
    assert (await ann.says("just for today I mean")).shows("requests/remind_once", at="18:30")
    assert await rows_of(coach, 1) == before


async def test_a_reminder_that_cannot_come_once_is_asked_about(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    before = await rows_of(coach, 1)
    assert (await ann.says("remind me at 18:30 just this once")).template == "requests/remind_daily"
    assert await rows_of(coach, 1) == before
    assert (await ann.says("yes")).shows("requests/reminders", at="18:30")


async def test_a_reminder_for_another_day_alone_is_asked_about(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("remind me at 6:30 just for tomorrow")).template == "requests/remind_daily"
    assert await rows_of(coach, 1) == before


async def test_a_time_for_every_day_stays_one(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    said = "mornings are no good till the 20th, remind me at 8 at night"
    assert (await ann.says(said)).shows("requests/reminders", at="20:00")


@pytest.mark.parametrize("said", ["only got 15 minutes on Wednesday", "just 15 min for it this Wednesday, long shift"])
async def test_less_time_on_one_day_leaves_the_length_of_sessions(coach: BotHarness, said: str) -> None:
    ann = await regular(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).shows("requests/short_day", minutes=15)
    assert await rows_of(coach, 1) == before
    assert (await ann.says("only this once, not forever")).template == "requests/that_day_only"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    ("said", "template"),
    [("ok. 25 min only. today", "requests/short_day"), ("only did 25 min today", "requests/done")],
)
async def test_minutes_that_there_are_today_are_not_logged(coach: BotHarness, said: str, template: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).template == template


async def test_something_lighter_is_offered_for_one_day(coach: BotHarness) -> None:
    ann = await regular(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("make Wednesday easier please")).template == "requests/lighter_day"
    assert await rows_of(coach, 1) == before
    easier = next(label for label in ann.buttons if "Recovery" in label)
    assert (await ann.presses(easier)).template == "plan/week"


async def test_the_whole_plan_is_made_easier_where_no_day_is_meant(coach: BotHarness) -> None:
    ann = await regular(coach)
    assert (await ann.says("this plan is too hard for me")).template == "requests/dial"


async def test_yes_for_a_while_asks_once_more_and_changes_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach, equipment=("step",))
    await requests(ann, asked(Intent.EQUIPMENT, remove=frozenset({"step"})))
    before = await rows_of(coach, 1)
    assert (await ann.says("yes but only while I'm away")).template == "requests/only_lasting"
    assert await rows_of(coach, 1) == before
    assert (await ann.presses("yes_change")).template == "profile/saved"
