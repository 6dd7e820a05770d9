"""While a red flag holds training: on the way to be seen, waiting there, and what is asked of sessions meanwhile."""

import pytest

from coach.requests import Intent
from content.understanding.meanings import Answer, Requests
from content.understanding.requests.request import Request
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import understood_as


async def held(coach: BotHarness) -> Person:
    """Set somebody up who has training held for what they wrote."""
    ann = await set_up(coach)
    assert (await ann.says("my wee is brown after the squats, like cola")).shows("ask/safety", pauses=True)
    return ann


@pytest.mark.parametrize(
    "text",
    [
        "ok going to the UBS now, thanks",
        "in the taxi to Mater now",
        "sat in the queue at St Anne's, thank you",
        "im here at triage, waiting",
    ],
)
async def test_who_is_on_the_way_or_waits_is_wished_well(coach: BotHarness, text: str) -> None:
    ann = await held(coach)
    assert (await ann.says(text)).template in {"ask/on_way", "ask/will_call"}


async def test_who_goes_for_a_run_is_not(coach: BotHarness) -> None:
    ann = await held(coach)
    assert (await ann.says("ok going to start the run now")).template not in {"ask/on_way", "ask/will_call"}


async def test_a_question_of_todays_session_names_the_hold(coach: BotHarness) -> None:
    ann = await held(coach)
    said = await understood_as(ann, Answer("treadmill-or-outdoors"), "what was today, intervals? on the treadmill ok?")
    assert said.template == "pause/not_yet"


async def test_a_figure_of_what_was_never_logged_is_no_undo(coach: BotHarness) -> None:
    ann = await held(coach)
    said = await understood_as(ann, Requests((Request(Intent.UNDO),)), "oops it was 9 not 8")
    assert said.shows("smalltalk/okay", blocked=True)


async def test_a_joke_is_answered_lightly(coach: BotHarness) -> None:
    ann = await held(coach)
    assert (await ann.says("my cat thinks this is hilarious haha")).shows("smalltalk/joke", blocked=True)
