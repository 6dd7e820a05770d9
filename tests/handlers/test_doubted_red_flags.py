"""Red flags that may be none: the warning comes at once, and whether training is held for it is asked."""

import pytest

from content.understanding.red_flags.told import Safety
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import understood_as

SORE = "crawled down the stairs backwards today, everyone laughed"
MAYBE = Safety("rhabdo", "today", doubted=True)
SURE = Safety("rhabdo", "today")


async def doubted(coach: BotHarness) -> Person:
    """Set somebody up who writes what may be a red flag."""
    ann = await set_up(coach)
    said = await understood_as(ann, MAYBE, SORE)
    assert said.shows("ask/safety", "may have misread you", doubted=True, asks=True, pauses=False, reminded=False)
    return ann


async def is_held(coach: BotHarness) -> bool:
    return (await coach.stored()).pause_reason == "safety"


async def test_nothing_is_held_until_it_is_meant(coach: BotHarness) -> None:
    ann = await doubted(coach)
    assert not await is_held(coach)
    assert (await ann.presses("hold_meant")).shows("ask/safety", doubted=False, pauses=True)
    assert await is_held(coach)


async def test_a_press_says_that_it_was_not_meant(coach: BotHarness) -> None:
    ann = await doubted(coach)
    await ann.presses("hold_not_meant")
    assert not ann.offers("hold_meant")
    assert not await is_held(coach)
    assert "Your week" in await ann.says("/plan")


@pytest.mark.parametrize("yes", ["yes", "yeah", "yes that's right"])
async def test_a_yes_holds_it(coach: BotHarness, yes: str) -> None:
    ann = await doubted(coach)
    assert (await ann.says(yes)).shows("ask/safety", pauses=True)
    assert await is_held(coach)


@pytest.mark.parametrize("no", ["no", "haha no", "nope, just stiff legs", "that's not what I meant"])
async def test_a_no_goes_on(coach: BotHarness, no: str) -> None:
    ann = await doubted(coach)
    assert (await ann.says(no)).shows("ask/not_yours", "misread you", doubted=True)
    assert not await is_held(coach)


async def test_a_no_may_sound_like_one_too(coach: BotHarness) -> None:
    ann = await doubted(coach)
    assert (await understood_as(ann, MAYBE, "no no, only my legs are crying")).template == "ask/not_yours"
    assert not await is_held(coach)


async def test_who_tells_it_again_means_it(coach: BotHarness) -> None:
    ann = await doubted(coach)
    assert (await understood_as(ann, MAYBE, "I mean it, I can't sit down")).shows("ask/safety", pauses=True)
    assert await is_held(coach)


async def test_a_sure_one_holds_at_once(coach: BotHarness) -> None:
    ann = await doubted(coach)
    assert (await understood_as(ann, SURE, "and my wee is brown")).shows("ask/safety", doubted=False, pauses=True)
    assert await is_held(coach)


async def test_a_hold_that_stands_is_not_asked_about(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await understood_as(ann, SURE, "and my wee is brown")
    said = await understood_as(ann, Safety("chest", "now", doubted=True), "felt something in there again")
    assert said.shows("ask/safety", "may have misread you", asks=False, pauses=True)
    assert not ann.offers("hold_meant")
    assert await is_held(coach)


async def test_despair_is_never_put_in_doubt(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await understood_as(ann, Safety("despair", "today", doubted=True), "what for")).shows(
        "ask/safety", doubted=False
    )
