"""Questions about the coach: who answers, and what the answers rest on."""

import pytest

from tests.support.bot_harness import BotHarness
from tests.support.onboarding import on_a_sprint_day


@pytest.mark.parametrize(
    "asked",
    [
        "where does your own info come from then",
        "Before anything else: is what you tell me from proper studies, or just somebody's opinion?",
        "what are your sources?",
        "is this scientific or just bro talk",
        "can i trust you?",
        "who wrote all this advice anyway",
        "how do I know you're not making this up",
    ],
)
async def test_who_asks_what_the_answers_rest_on_is_told(coach: BotHarness, asked: str) -> None:
    ann = coach.person()
    assert (await ann.says(asked)).shows("smalltalk/trust", "studies and official guidance")


@pytest.mark.parametrize(
    "asked",
    [
        "Good day. My daughter put this on the phone for me. With whom am I speaking?",
        "so am i talking to a real human or what",
        "is there an actual person reading this?",
        "are you made by a doctor",
        "who programmed you",
    ],
)
async def test_who_asks_who_it_is_that_answers_is_told(coach: BotHarness, asked: str) -> None:
    ann = coach.person()
    assert (await ann.says(asked)).shows("smalltalk/who", "a bot: a program")


@pytest.mark.parametrize("asked", ["can I talk to a human?", "i want to speak with a real person please"])
async def test_who_wants_to_talk_to_a_person_is_not_told_what_a_bot_is(coach: BotHarness, asked: str) -> None:
    ann = coach.person()
    assert (await ann.says(asked)).template != "smalltalk/who"


async def test_behind_an_answer_its_own_sources_are_shown(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start faq-creatine")
    assert (await ann.says("where did you get that from?")).template == "requests/sources"


async def test_behind_a_session_what_the_answers_rest_on_is_told_too(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("/today")
    assert (await ann.says("who wrote all this advice anyway")).template == "smalltalk/trust"
