"""Requests in people's own words, from the message to what is stored and said."""

import pytest

from handlers.framework.dispatcher import Dispatcher
from tests.handlers.test_groups import Group
from tests.handlers.test_requests_sessions import trains_today
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up
from tests.support.requests import rows_of


@pytest.mark.parametrize(
    ("words", "template"),
    [
        ("ran 5k, felt like an 8", "requests/done"),
        ("done", "requests/done"),
        ("can't run today, it's snowing", "requests/skipped"),
        ("what's on friday?", "plan/day"),
        ("what's my next session?", "today/session"),
        ("show me my week", "plan/week"),
        ("why this today?", "requests/why"),
        ("I weigh 73 kg now", "requests/weight"),
        ("use pounds please", "requests/units"),
        ("from now on only mon wed fri", "requests/lasting"),
        ("I only have 20 minutes a session", "requests/lasting"),
        ("bought dumbbells", "requests/lasting"),
        ("remind me at 6:45", "requests/reminders"),
        ("no more reminders", "requests/reminders"),
        ("away until next monday, on holiday", "pause/paused"),
        ("I moved to Tokyo", "zone/keep_or_move"),
        ("left calf 37.5, right 38", "measure/logged"),
        ("did 22 left and 25 right heel raises", "measure/raises_age"),
        ("what do you know about me", "requests/my_data"),
        ("delete everything", "privacy/delete"),
        ("this is too much for me", "requests/dial"),
        ("undo", "requests/nothing_to_undo"),
    ],
)
async def test_what_is_said_is_carried_out(coach: BotHarness, words: str, template: str) -> None:
    ann = await trains_today(coach)
    assert (await ann.says(words)).template == template


async def test_the_line_says_what_was_understood_and_undo_takes_it_back(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("just finished, felt like a 7")).shows("requests/done", "Logged: today's", "effort 7")
    assert (await ann.says("undo that")).shows("requests/undone", "what you logged")
    assert await rows_of(coach, 1) == before


async def test_nothing_is_erased_by_words_alone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("delete all my data")
    assert ann.buttons == ["Erase everything", "Keep everything"]
    assert "Next reminder" in await ann.says("/remind")


async def test_a_group_is_led_to_the_private_chat(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    before = await rows_of(coach, 1)
    [led] = await Group(coach).says(ann, "@local_bot I'm done, felt like an 8")
    assert coach.rendered.said(led.text).template == "groups/in_private"
    assert await rows_of(coach, 1) == before


async def test_misses_of_another_day_do_not_count(coach: BotHarness) -> None:
    ann = await set_up(coach)
    for text in ("how do I dye my hair at home", "what is the capital of peru", "how do I dye my hair at home"):
        coach.clock.forward(days=1)
        first = await ann.says(text)
        assert first.template == "ask/none"
        assert "another one" not in first


async def test_misses_are_said_in_other_words_and_end_in_a_hand(coach: BotHarness) -> None:
    ann = await set_up(coach)
    first = await ann.says("how do I dye my hair at home")
    second = await ann.says("what is the capital of peru")
    assert (first.template, second.template) == ("ask/none", "ask/none")
    assert first.partition(".")[0] != second.partition(".")[0]
    assert (await ann.says("how do I dye my hair at home")).template == "ask/hand"
    assert ann.buttons == [coach.labels[key] for key in ("today", "my_week", "subjects", "tell_human")]
    assert (await ann.says("what is the capital of peru")).template == "ask/none", "counted anew"


async def test_an_answer_begins_with_what_is_stored_of_the_person(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "g a day for you" not in await ann.says("/start faq-protein-amount")
    await ann.says("I weigh 73 kg now")
    said = await ann.says("/start faq-protein-amount")
    assert said.splitlines()[2] == "At 73 kg, that's 115–160 g a day for you."
    coach.clock.forward(days=1)
    assert "This week you have calf work" in await ann.says("/start faq-calf-training-frequency")
    assert "week 1" in await ann.says("/start faq-time-to-results")
    assert "oday" in (await ann.says("/start faq-sore-calves")).splitlines()[2]
    [answer] = await Group(coach).says(ann, "/ask how much protein do i need")
    assert "73" not in answer.text.partition("\n\n")[0]


async def test_a_message_that_comes_twice_changes_once(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    dispatch = Dispatcher(coach.running.application)
    person = {"id": 1, "is_bot": False, "first_name": "Ann"}
    chat = {"id": 1, "type": "private", "first_name": "Ann"}
    sent = {"message_id": 5000, "date": 1_772_442_000, "chat": chat, "from": person, "text": "done, felt like an 8"}
    await dispatch({"update_id": 999_001, "message": sent})
    await coach.settle()
    after, received = await rows_of(coach, 1), len(ann.user.received)
    assert ann.sees.template == "requests/done"
    await dispatch({"update_id": 999_001, "message": sent})
    await coach.settle()
    assert (await rows_of(coach, 1), len(ann.user.received)) == (after, received)


async def test_an_edit_of_a_request_undoes_it_and_is_carried_out_itself(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await ann.says("done, felt like an 8")
    assert ann.sees.template == "requests/done"
    first = await rows_of(coach, 1)
    await ann.edits("done, felt like a 6")
    assert ann.sees.shows("requests/done", effort=6)
    await ann.edits("done, felt like an 8")
    again = await rows_of(coach, 1)
    assert again.keys() == first.keys()
    await ann.says("undo")
    assert ann.sees.template == "requests/undone"
