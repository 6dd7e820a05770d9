"""Messages while the answers are still being fitted: said so at once, red flags first, and nothing waits for it."""

from collections.abc import AsyncIterator
from copy import copy
from dataclasses import replace
from threading import Event, Lock
from types import MappingProxyType

import pytest

from content.library import Content, FaqSearch
from content.understanding import search
from db.engine import Database
from tests.support.bot_harness import BotHarness, running_bot


def unfitted(finder: FaqSearch) -> FaqSearch:
    """Return the same finder as it was before anything was fitted or read from the cache."""
    again = copy(finder)
    again._fitted, again._lock, again._warmed = None, Lock(), Event()
    return again


@pytest.fixture
async def learner(database: Database, content: Content, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BotHarness]:
    """A bot whose finder somebody else is fitting, for as long as the test lasts."""
    finder = unfitted(content.language(None).finder)
    monkeypatch.setattr(search.FaqSearch.find_soon, "__kwdefaults__", {"patience": 0.01})
    english = replace(content.language(None), finder=finder)
    with finder._lock:
        async with running_bot(database, Content(MappingProxyType({**content.languages, "en": english}))) as coach:
            yield coach


async def test_a_question_is_not_left_without_a_word(learner: BotHarness) -> None:
    ann = learner.person()
    assert (await ann.says("are ankle weights a good idea?")).template == "ask/learning"
    assert (await ann.says("/ask are ankle weights a good idea?")).template == "ask/learning"


async def test_red_flags_and_small_talk_need_no_fitting(learner: BotHarness) -> None:
    ann = learner.person()
    assert (await ann.says("I have chest pain when I run")).template == "ask/safety"
    assert (await ann.says("hello")).template == "smalltalk/greeting"


async def test_buttons_and_answers_to_the_coach_go_on(learner: BotHarness) -> None:
    ann = learner.person()
    await ann.says("how do calves grow")
    await ann.says("/start")
    assert (await ann.presses("set_me_up")).shows("setup/goals", part="question")


async def test_it_answers_once_it_has_learned(learner: BotHarness) -> None:
    ann = learner.person()
    finder = learner.running.services.content.language("en").finder
    assert (await ann.says("are ankle weights a good idea?")).template == "ask/learning"
    finder._lock.release()
    try:
        finder.warm()
        assert (await ann.says("are ankle weights a good idea?")).template == "faq/entry"
    finally:
        finder._lock.acquire()  # the fixture releases it


async def test_telegram_keeps_no_inline_answer_of_meanwhile(learner: BotHarness) -> None:
    ann = learner.person()
    for query, cached in (("are ankle weights any good", 0), ("my calf is swollen and hot since the flight", 300)):
        ann.user.inline(query)
        await learner.settle()
        assert int(learner.telegram.called("answerInlineQuery")[-1].params["cache_time"]) == cached
