"""Inline mode: `@bot words` in any chat offers answers to post there."""

from typing import Any

import pytest
from sqlmodel import func, select

from content.library import Content
from db.models import HandledUpdate, Question, User
from handlers.questions.inline import first_sentence
from tests.support.bot_harness import BotHarness
from tests.support.tdlib import parse_html


async def offered(coach: BotHarness, query: str) -> list[dict[str, Any]]:
    ann = coach.person()
    asked = ann.user.inline(query)
    await coach.settle()
    results = ann.user.inline_results(asked)
    assert results is not None, "unanswered"
    return results


async def test_what_is_asked_comes_first_with_its_answer_and_a_way_back(coach: BotHarness, content: Content) -> None:
    results = await offered(coach, "ankle weights")
    entry = content.language(None).entries["ankle-weights"]
    first = results[0]
    assert (first["id"], first["title"]) == (entry.slug, entry.question)
    assert first["description"] == "No, not while running."
    assert 1 < len(results) <= 10
    text = parse_html(first["input_message_content"]["message_text"])[0]
    assert text.startswith(entry.question)
    assert "Sources: Claremont" in text
    [[button]] = first["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/local_bot?start=faq-ankle-weights"


async def test_it_is_the_same_for_everybody_and_stores_nobody(coach: BotHarness) -> None:
    await offered(coach, "ankle weights")
    call = coach.telegram.called("answerInlineQuery")[0]
    assert call.params.get("is_personal") in (False, "false", None)
    assert 60 <= int(call.params["cache_time"]) <= 3600

    def counted(session: Any) -> list[int]:
        return [session.exec(select(func.count()).select_from(model)).one() for model in (User, Question)]

    assert await coach.running.db.run(counted) == [0, 0]
    assert await coach.running.db.run(lambda session: len(session.exec(select(HandledUpdate)).all())) == 1


async def test_nothing_typed_shows_one_of_each_subject(coach: BotHarness, content: Content) -> None:
    english = content.language(None)
    results = await offered(coach, "  ")
    subjects = [english.entries[result["id"]].category for result in results]
    assert subjects == list(english.categories)[:10]


async def test_half_a_word_finds_titles_that_bear_it(coach: BotHarness) -> None:
    assert "ankle-weights" in [result["id"] for result in await offered(coach, "ankl")]
    assert {"creatine"} <= {result["id"] for result in await offered(coach, "creat")}


async def test_a_red_flag_offers_one_message_and_no_answer(coach: BotHarness) -> None:
    [only] = await offered(coach, "my calf is swollen and hot since the flight")
    assert only["id"].startswith("safety-")
    assert "reply_markup" not in only
    assert "stop" in only["input_message_content"]["message_text"].lower()


@pytest.mark.parametrize(
    "query", ["how do I dye my hair at home", "x" * 256, "🦵" * 100, "<b>&", "'; drop table", "/ask"]
)
async def test_anything_typed_is_answered(coach: BotHarness, query: str) -> None:
    assert len(await offered(coach, query)) <= 10


async def test_every_answer_can_be_posted(coach: BotHarness, content: Content) -> None:
    ann = coach.person()
    for entry in content.language(None).entries.values():
        shown = [result["id"] for result in await offered(coach, entry.question)]
        # Of asthma and the like a word of care comes before any answer.
        assert entry.slug in shown or shown[0].startswith("safety-"), entry.slug
    assert [call.error for call in coach.telegram.called("answerInlineQuery") if call.error] == []
    asked = ann.user.inline("ankle weights")
    await coach.settle()
    posted = ann.user.choose(asked, "ankle-weights")
    assert posted.labels == ["Ask the coach more"]


def test_the_first_sentence_is_one_and_short() -> None:
    assert first_sentence("No, not while running. The weight swings.") == "No, not while running."
    assert first_sentence("About 1.6 g a day for each kilogram.\n\nMore") == "About 1.6 g a day for each kilogram."
    assert first_sentence("Really? Yes!") == "Really?"
    assert len(first_sentence("word " * 100)) <= 120
