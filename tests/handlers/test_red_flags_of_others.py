"""Red flags told of somebody else: the safety message first, always; the plan of who writes stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.library import Content
from content.understanding.as_json import as_json
from content.understanding.red_flags.told import Safety
from content.understanding.requests.doubts.others import is_of_others_alone
from content.understanding.understand import understand_talk
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up

OTHERS = ["my wife", "my late father", "my poor old dad", "a mate", "his", "she", "our 12 year old son", "husband"]


@pytest.mark.parametrize(
    "text",
    [
        "My wife she is pregnant, she can run also?",
        "My late father had a thrombosis in his leg, you see.",
        "my mate has chest pain, what should he do",
        "Good evening. My father has chest pain!",
        "his calf is swollen, hot and red",
        "my mate says his chest hurts, left arm is numb, chest pain",
        "my daughter went down at cross country, out cold for half a minute",
    ],
)
async def test_the_plan_of_who_writes_stays(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    said = await ann.says(text)
    assert said.shows("ask/safety", "somebody else", asks=True, pauses=False, reminded=False, other=True)
    assert "forwarded" not in said
    assert "paused your reminders" not in said
    assert (await coach.stored()).pause_reason is None
    await ann.presses("hold_not_mine")
    assert ann.buttons == []
    assert (await coach.stored()).pause_reason is None
    assert "Your week" in await ann.says("/plan")


@pytest.mark.parametrize(
    "text", ["My late father had a thrombosis in his leg, you see.", "my dad has asthma and chest pain"]
)
async def test_it_is_held_by_a_press_after_all(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    await ann.says(text)
    assert (await ann.presses("hold_mine")).shows("ask/safety", asks=False, pauses=True, other=False)
    assert (await coach.stored()).pause_reason == "safety"


@pytest.mark.parametrize(
    "text",
    [
        "my calf is swollen, hot and red, my wife says it's a clot",
        "calf swollen and hot, wife says dvt",
        "calf is swollen, hot and red. wife is worried",
        "my wife says go, calf is hot and swollen",
        "hot swollen calf here, my brother is a doctor",
        "my brother is a doctor, calf is hot and swollen",
        "chest pain mate",
        "mate, chest pain and trouble breathing",
        "my wife says I have chest pain",
        "my dad is out. chest pain since this morning, trouble breathing",
        "gave birth, baby is three weeks old, heavy bleeding",
    ],
)
async def test_what_may_be_ones_own_is_held_as_before(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says(text)).shows("ask/safety", asks=False, pauses=True, other=False)
    assert (await coach.stored()).pause_reason == "safety"


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("My wife has diabetes, may she join in?", "their own doctor"),
        ("my wife is pregnant, can she run", "their own midwife or doctor"),
        ("my son is 12, may he follow your plan", "a parent"),
    ],
)
async def test_a_word_of_care_is_meant_for_them(coach: BotHarness, text: str, whom: str) -> None:
    ann = await set_up(coach)
    said = await ann.says(text)
    assert said.shows("ask/safety", whom, other=True, raised=False)
    assert "/check" not in said
    assert "your doctor" not in said
    assert (await coach.stored()).pause_reason is None


async def test_a_word_of_care_of_ones_own_is_as_it_was(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("I have high blood pressure, may I join in?")).shows("ask/safety", "/check", other=False)


async def test_grief_is_never_taken_for_somebody_elses(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("wife died, want to end it all")).shows("ask/safety", asks=False, other=False)


def test_the_outcome_in_json_is_the_same(content: Content) -> None:
    language = content.language(None)
    text = "my mate has chest pain, what should he do"
    understood = understand_talk(text, language.finder.find(text), language)
    assert understood == Safety("chest", "now", other=True)
    assert as_json(understood) == {"outcome": "safety", "safety": "chest", "urgency": "now"}


@given(
    before=st.text(),
    own=st.sampled_from(["I", "i'm", "I’ve", "my calf", "My left calf", "MY CALF", "me"]),
    after=st.text(),
    other=st.sampled_from(OTHERS),
    is_first=st.booleans(),
)
def test_who_speaks_of_oneself_is_held_whatever_else_is_said(
    content: Content, before: str, own: str, after: str, other: str, is_first: bool
) -> None:
    words, people = content.language(None).vocabulary, content.language(None).person_words
    text = f"{other} {before} {own} {after}" if is_first else f"{before} {own} {after} {other}"
    assert not is_of_others_alone(text, words, people, troubles=lambda _part: False)


@given(st.sampled_from(OTHERS), st.sampled_from(["has chest pain", "swollen leg, hot", "fainted just now!"]))
def test_somebody_else_alone_is_not_oneself(content: Content, other: str, told: str) -> None:
    words, people = content.language(None).vocabulary, content.language(None).person_words
    assert is_of_others_alone(f"{other} {told}", words, people, troubles=lambda _part: False)
