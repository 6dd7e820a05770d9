"""An album is one thing said: it gets one answer, and its caption, whichever picture has it, is what it says."""

import pytest

from tests.support.bot_harness import BotHarness, Person
from tests.support.images import png
from tests.support.onboarding import set_up

RED_FLAG = "my calf is swollen, hot and red"


async def answers(coach: BotHarness, ann: Person, *captions: str) -> list[str]:
    """Send an album; return the templates of what came back."""
    count = len(ann.user.received)
    await ann.user.album(png(10, 10), *captions)
    await coach.settle()
    coach.clock.forward(seconds=2)
    await coach.tick()
    return ann.templates(count)


@pytest.mark.parametrize("pictures", [2, 10])
async def test_an_album_gets_one_answer(coach: BotHarness, pictures: int) -> None:
    ann = await set_up(coach)
    assert await answers(coach, ann, *([""] * pictures)) == ["mistakes/not_text"]
    assert await answers(coach, ann, *([""] * pictures)) == ["mistakes/not_text"]


@pytest.mark.parametrize("place", range(3))
async def test_its_caption_is_answered_and_nothing_else(coach: BotHarness, place: int) -> None:
    ann = await set_up(coach)
    captions = [""] * 3
    captions[place] = "how often should I train calves?"
    assert await answers(coach, ann, *captions) == ["faq/entry"]


async def test_of_several_captions_the_first_is_answered_and_a_red_flag(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert await answers(coach, ann, "thanks", "day two", "", RED_FLAG) == ["smalltalk/thanks", "ask/safety"]


async def test_a_caption_that_is_no_answer_is_asked_again_once(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert len(await answers(coach, ann, "my garden", "", "")) == 1
    assert len(await answers(coach, ann, "", "my garden", "")) == 1


async def test_single_pictures_are_answered_each(coach: BotHarness) -> None:
    ann = await set_up(coach)
    for _ in range(2):
        count = len(ann.user.received)
        await ann.user.photo(png(10, 10))
        await coach.settle()
        assert len(ann.user.received) == count + 1
        assert ann.sees.shows("mistakes/not_text")
