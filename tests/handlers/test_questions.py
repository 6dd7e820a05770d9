"""Asking: an answer with where it leads, suggestions, an honest no, and what becomes of a question."""

from typing import Any

import pytest
from sqlmodel import select

from content.library import Content
from content.understanding.meanings import NoAnswer
from db.models import Question, User, WaitingAsker
from db.queries import questions
from handlers.questions.entry_actions import ENTRY_ACTIONS
from tests.support.bot_harness import BotHarness, Person
from tests.support.fake_search import finding
from tests.support.requests import understood_as

ANKLES = "are ankle weights a good idea for running?"
NOWHERE = "how do I dye my hair at home"


async def kept(coach: BotHarness) -> list[Question]:
    return await coach.running.db.run(lambda session: list(session.exec(select(Question)).all()))


async def waiting(coach: BotHarness) -> list[WaitingAsker]:
    return await coach.running.db.run(lambda session: list(session.exec(select(WaitingAsker)).all()))


def data(ann: Person) -> dict[str, Any]:
    return {button["text"]: button for button in ann.user.last.buttons}


async def test_an_answer_shows_how_sure_its_sources_and_where_to_go(coach: BotHarness, content: Content) -> None:
    ann = coach.person()
    seen = await ann.says(ANKLES)
    entry = content.language(None).entries["ankle-weights"]
    assert seen.startswith(entry.question)
    assert "How sure am I? Fairly sure." in seen
    assert "Claremont" in seen
    quotes = [found for found in ann.user.last.entities if found["type"] == "expandable_blockquote"]
    assert len(quotes) == 1
    links = [found["url"] for found in ann.user.last.entities if found["type"] == "text_link"]
    assert links == [f"https://t.me/local_bot?start=faq-{slug}" for slug in entry.related]
    assert all(ann.offers(button) for button in ("moves", "share", "helpful", "not_it"))
    assert len(ann.user.last["reply_markup"]["inline_keyboard"]) <= 3
    assert data(ann)["Share"]["switch_inline_query"] == entry.question


async def test_helpful_thanks_and_does_not_ask_again(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says(ANKLES)
    answer = ann.user.last
    await ann.presses("helpful")
    assert ann.toast.template == "faq/thanks"
    assert ann.sees == answer.text, "the answer stays"
    assert not {"Helpful", "Not what I asked"} & set(ann.buttons)
    assert "Share" in ann.buttons
    assert [question.verdict for question in await kept(coach)] == ["helpful"]
    await ann.user.press("Helpful", answer)
    await coach.settle()
    assert len(ann.user.toasts) == 2, "an old keyboard is no mistake"


async def test_not_what_i_asked_leads_to_others_then_to_the_curators(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says(ANKLES)
    answer = ann.user.last
    assert (await ann.presses("not_it")).template == "ask/instead"
    shown = ann.user.private.messages[answer.message_id]
    assert shown.text == answer.text, "the answer stays readable"
    assert "Not what I asked" not in shown.labels
    assert answer.text.split("\n")[0] not in ann.buttons
    assert len(ann.buttons) == 4
    assert (await ann.presses("none_of_these")).template == "ask/passed_on"
    assert "without your name" in ann.sees
    assert (await ann.presses("tell_me")).template == "ask/will_tell"
    [question] = await kept(coach)
    assert (question.verdict, question.text) == ("curators", ANKLES)
    assert [link.user_id for link in await waiting(coach)] == [1]


async def test_a_picked_suggestion_is_judged_like_an_answer(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says(ANKLES)
    await ann.presses("not_it")
    offered = ann.buttons
    seen = await ann.presses(offered[0])
    assert seen.startswith(offered[0])
    await ann.presses("not_it")
    assert offered[0] not in ann.buttons
    assert offered[1] in ann.buttons
    await ann.presses(offered[1])
    await ann.presses("helpful")
    assert [question.verdict for question in await kept(coach)] == ["helpful"]


async def test_an_unclear_question_gets_three_suggestions(coach: BotHarness, content: Content) -> None:
    coach.running.services.content = finding(
        content, "suggest", "ankle-weights", "weighted-vest", "creatine", "sore-calves"
    )
    ann = coach.person()
    assert "Is it one of these?" in await ann.says("weights?")
    offered = ann.buttons
    assert len(offered) == 4
    assert (await ann.presses(offered[1])).startswith(offered[1])
    await ann.presses("helpful")
    assert [(question.outcome, question.verdict) for question in await kept(coach)] == [("suggest", "helpful")]


async def test_no_answer_is_said_and_passed_on_once(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says(NOWHERE)).template == "ask/none"
    assert (await ann.presses("curators")).template == "ask/passed_on"
    old = ann.user.last
    await ann.presses("tell_me")
    await ann.user.press("Yes, tell me", old)
    await coach.settle()
    assert len(await waiting(coach)) == 1
    assert [question.outcome for question in await kept(coach)] == ["none"]


async def test_where_nothing_is_found_it_is_said_whom_to_call_when_it_is_urgent(coach: BotHarness) -> None:
    ann = coach.person()
    assert "call your emergency number" in await understood_as(ann, NoAnswer(), "my elbow clicks when I pour the tea")
    assert "call your emergency number" not in await ann.says(NOWHERE)


async def test_no_need_keeps_nobody(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says(NOWHERE)
    await ann.presses("curators")
    assert "I've passed it on" in await ann.presses("no_news")
    assert ann.buttons == []
    assert await waiting(coach) == []


async def test_delete_takes_the_link_and_leaves_the_question(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says(NOWHERE)
    await ann.presses("curators")
    await ann.presses("tell_me")
    await ann.says("/delete")
    await ann.presses("erase")
    assert await waiting(coach) == []
    assert len(await kept(coach)) == 1


async def test_a_question_names_nobody(coach: BotHarness) -> None:
    ann = coach.person(7_123_456_789)
    await ann.says(NOWHERE)
    [question] = await kept(coach)
    assert "7123456789" not in repr(question.model_dump())
    assert set(Question.model_fields) == {"id", "text", "language", "outcome", "entry", "verdict", "state", "asked_at"}


async def test_questions_go_after_ninety_days(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says(NOWHERE)
    await ann.presses("curators")
    await ann.presses("tell_me")
    choices = ann.user.last
    coach.clock.forward(days=60)
    await ann.says("why do llamas spit at people")
    coach.clock.forward(days=29)
    await coach.running.ticker.purge()
    assert len(await kept(coach)) == 2
    coach.clock.forward(days=2)
    await coach.running.ticker.purge()
    assert [question.text for question in await kept(coach)] == ["why do llamas spit at people"]
    assert await waiting(coach) == []
    ann.user.press_data("tell-me:1", choices)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button"


async def test_a_red_flag_comes_before_any_answer_and_is_not_kept(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/ask my calf is swollen and hot since the flight, should I run?")
    assert "Helpful" not in ann.buttons
    assert "stop" in ann.sees.lower()
    assert await kept(coach) == []


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("can I run with asthma?", "asthma"),
        ("is running ok with high blood pressure?", "blood-pressure"),
        ("can I run when I'm pregnant?", "running-in-pregnancy"),
        ("when can I run again after giving birth?", "running-after-birth"),
    ],
)
async def test_the_answer_stands_under_the_word_of_care(
    coach: BotHarness, content: Content, asked: str, entry: str
) -> None:
    answer = content.language(None).entries[entry]
    ann = coach.person()
    await ann.says(f"/ask {asked}")
    assert "doctor" in ann.sees
    assert answer.question in ann.buttons
    await ann.presses(answer.question)
    assert ann.sees.startswith(answer.question)


async def test_an_emergency_offers_nothing_to_read(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/ask I have asthma and I can't breathe, the inhaler does nothing")
    assert "emergency number" in ann.sees
    assert not [label for label in ann.buttons if label.endswith("?")]


@pytest.mark.parametrize("action", sorted(ENTRY_ACTIONS))
async def test_an_offer_is_carried_out_and_the_answer_stays(coach: BotHarness, content: Content, action: str) -> None:
    entry = next(entry for entry in content.language(None).entries.values() if entry.action == action)
    ann = coach.person()
    await ann.says(f"/start faq-{entry.slug}")
    answer = ann.user.last
    await ann.presses(answer.labels[0])
    assert ann.user.last.message_id > answer.message_id
    assert ann.user.private.messages[answer.message_id].text == answer.text


async def test_an_action_that_nothing_carries_out_shows_no_button(coach: BotHarness, content: Content) -> None:
    without = [entry for entry in content.language(None).entries.values() if entry.action not in ENTRY_ACTIONS]
    ann = coach.person()
    await ann.says(f"/start faq-{without[0].slug}")
    ann.user.press_data(f"offer:{without[0].slug}", ann.user.last)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button"


async def test_exercises_of_an_answer(coach: BotHarness, content: Content) -> None:
    english = content.language(None)
    one = next(entry for entry in english.entries.values() if len(entry.exercises) == 1)
    many = next(entry for entry in english.entries.values() if len(entry.exercises) > 1)
    ann = coach.person()
    await ann.says(f"/start faq-{one.slug}")
    assert (await ann.presses("moves")).startswith(english.exercises[one.exercises[0]].name)
    await ann.says(f"/start faq-{many.slug}")
    await ann.presses("moves")
    assert ann.buttons == [english.exercises[slug].name for slug in many.exercises]
    assert (await ann.presses(ann.buttons[-1])).startswith(english.exercises[many.exercises[-1]].name)


async def test_a_deep_link_shows_its_answer_and_any_other_the_greeting(coach: BotHarness, content: Content) -> None:
    ann = coach.person()
    assert (await ann.says("/start faq-ankle-weights")).startswith(
        content.language(None).entries["ankle-weights"].question
    )
    assert "Sorry about that" in await ann.presses("not_it"), "browsed: there was no question"
    for payload in ("faq-", "faq-nothing-of-the-kind", "inline", "group", "<b>", "💥"):
        assert "Hello Ann" in await ann.says(f"/start {payload}"), payload


async def test_faq_is_browsed_by_subject_and_page(coach: BotHarness, content: Content) -> None:
    english = content.language(None)
    ann = coach.person()
    assert f"{len(english.entries)} answers" in await ann.says("/faq")
    seen = set()
    for subject in english.categories.values():
        await ann.says("/faq")
        await ann.presses(subject)
        seen |= set(ann.buttons)
        while "More →" in ann.buttons:
            await ann.presses("next")
            seen |= set(ann.buttons)
        await ann.presses("subjects")
    assert {entry.question for entry in english.entries.values()} <= seen


async def test_every_answer_fits_a_message_and_its_buttons(coach: BotHarness, content: Content) -> None:
    ann = coach.person()
    for slug, entry in content.language(None).entries.items():
        assert (await ann.says(f"/start faq-{slug}")).startswith(entry.question)
    assert [call.error for call in coach.telegram.calls if call.error] == []


async def test_sharing_without_inline_mode_is_a_link(coach: BotHarness) -> None:
    bot = coach.running.application.bot
    bot._bot_user = bot.bot.de_json(bot.bot.to_dict() | {"supports_inline_queries": False}, bot)
    ann = coach.person()
    await ann.says("/start faq-ankle-weights")
    url = data(ann)["Share"]["url"]
    assert url.startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Flocal_bot%3Fstart%3Dfaq-ankle-weights&text=")


async def test_ask_alone_says_how_and_a_long_question_is_cut(coach: BotHarness) -> None:
    ann = coach.person()
    assert "For example" in await ann.says("/ask")
    await ann.says("/ask " + "quantum llamas " * 200)
    assert max(len(question.text) for question in await kept(coach)) <= 500


async def test_an_inline_result_chosen_in_our_own_chat_is_no_question(coach: BotHarness) -> None:
    ann = coach.person()
    asked = ann.user.inline("ankle weights")
    await coach.settle()
    results = ann.user.inline_results(asked)
    assert results
    ann.user.choose(asked, results[0]["id"])
    await coach.settle()
    assert ann.user.received == []


async def test_forged_buttons_about_questions_change_nothing(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says(ANKLES)
    for forged in (
        *("not-it:nowhere:1", "helped:nowhere:1", "pick:nowhere:1", "curators:12", "tell-me:12", "moves:x"),
        *("offer:nowhere", "open:0", "write:1", "by:ankle-weights:1", "drop:1", "asked:1", "choose:1"),
    ):
        ann.user.press_data(forged, ann.user.last)
        await coach.settle()
        assert ann.toast.template == "mistakes/old_button", forged
    assert [question.verdict for question in await kept(coach)] == [None]


async def test_closing_twice_tells_nobody_twice(coach: BotHarness) -> None:
    now = coach.clock()

    def ask(session: Any) -> int:
        session.add(User(id=1, created_at=now))
        number = questions.store(session, "llamas?", "en", "none", None, now)
        questions.tell_when_answered(session, number, 1)
        return number

    number = await coach.running.db.run(ask)
    close = lambda session: questions.close(session, [number], "answered")  # noqa: E731
    assert await coach.running.db.run(close) == {1: number}
    assert await coach.running.db.run(close) == {}


async def test_who_asks_how_an_exercise_is_done_is_shown_it(coach: BotHarness, content: Content) -> None:
    ann = coach.person()
    exercise = content.language("en").exercises["standing-calf-raise"]
    assert (await ann.says("how do i do a calf raise?")).startswith(exercise.name)
    assert (await ann.says("/ask calf raises")).startswith(exercise.name)
    assert await kept(coach) == [], "there is nothing for curators in it"


async def test_an_answer_is_not_sent_again_word_for_word(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start faq-food-around-runs")
    assert (await ann.says("before iftar or after?")).shows("ask/no_more", "before and after a run")
    assert "Pass it on" in ann.buttons
    assert (await ann.says("what should I eat before and after a run?")).template == "faq/entry"


@pytest.mark.parametrize(
    ("page", "asked", "told"),
    [
        ("strength-and-running-same-day", "so lifting first, or the run?", "run first, lift later"),
        ("food-around-runs", "and what do I eat afterwards?", "next"),
        ("running-shoes", "which brand?", "recommend brands"),
        ("night-cramps", "magnesium tablets?", "magnesium helps"),
    ],
)
async def test_what_the_answer_above_has_on_it_is_quoted(coach: BotHarness, page: str, asked: str, told: str) -> None:
    ann = coach.person()
    await ann.says(f"/start faq-{page}")
    assert (await ann.says(asked)).shows("ask/no_more", told)
