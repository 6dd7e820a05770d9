"""Gestures in the private chat: reactions and effects, and what stands in their place where Telegram refuses."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.training.measurements.milestones import PARTY
from telegram_local import Message, Refuse, RetryAfter
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up

NO_REACTION = Refuse(400, "Bad Request: REACTION_INVALID")
FIRE = [{"type": "emoji", "emoji": "🔥"}]
THUMB = [{"type": "emoji", "emoji": "👍"}]


def reactions(coach: BotHarness) -> list[Any]:
    return [call.params["reaction"] for call in coach.telegram.called("setMessageReaction")]


async def with_a_session(coach: BotHarness) -> Person:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    await ann.says("/today")
    return ann


async def test_a_session_that_is_told_gets_a_line_and_a_flame_on_the_message(coach: BotHarness) -> None:
    ann = await with_a_session(coach)
    assert (await ann.says("did it")).shows("requests/done")
    own = [message for message in ann.user.messages if not message.from_bot][-1]
    assert ann.user.private.reactions == {own.message_id: {"bot": "🔥"}}
    methods = [call.method for call in coach.telegram.calls if call.method.startswith(("send", "set"))]
    assert methods[-2:] == ["sendMessage", "setMessageReaction"]  # the line does not wait for the flame


async def test_what_hurt_is_not_cheered(coach: BotHarness) -> None:
    ann = await with_a_session(coach)
    await ann.says("did it, my calf hurts 3 out of 10")
    assert reactions(coach) == []


async def test_thanks_get_a_thumb_in_place_of_words(coach: BotHarness) -> None:
    ann = await set_up(coach)
    count = len(ann.user.received)
    await ann.says("thanks!")
    assert reactions(coach) == [THUMB]
    assert len(ann.user.received) == count


@pytest.mark.parametrize("refusal", [NO_REACTION, Refuse(404, "Not Found"), Refuse(400, "Bad Request: new words")])
async def test_thanks_get_words_where_the_thumb_is_refused(coach: BotHarness, refusal: Refuse) -> None:
    ann = await set_up(coach)
    coach.telegram.faults.always("setMessageReaction", refusal)
    assert (await ann.says("thanks!")).shows("smalltalk/thanks")
    assert len(reactions(coach)) == 1  # a refusal is an answer: it is not asked again


async def test_a_refused_flame_costs_nothing_and_is_no_alarm(
    coach: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    ann = await with_a_session(coach)
    coach.telegram.faults.next("setMessageReaction", NO_REACTION)
    assert (await ann.says("did it")).shows("requests/done")
    assert len(reactions(coach)) == 1
    assert [record.levelname for record in caplog.records if record.levelno >= 30] == []


async def test_a_reaction_waits_as_long_as_telegram_asks(coach: BotHarness) -> None:
    ann = await with_a_session(coach)
    coach.telegram.faults.next("setMessageReaction", RetryAfter(5))
    await ann.user.send("did it")
    await coach.telegram.until(lambda: len(reactions(coach)) == 1)
    coach.clock.forward(seconds=6)
    await coach.tick()
    assert reactions(coach) == [FIRE, FIRE]


async def test_nothing_is_reacted_to_in_groups(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.telegram.group(-5, "Runners")
    await ann.user.send(f"@{coach.telegram.core.state.bot['username']} thanks", -5)
    await coach.settle()
    assert reactions(coach) == []


async def test_nothing_is_reacted_to_that_was_forwarded_or_edited(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.user.forward("thanks!")
    await coach.settle()
    await ann.says("hello")
    assert (await ann.edits("thanks!")).shows("smalltalk/thanks")
    assert reactions(coach) == []


# A thumb down


async def turned_down(coach: BotHarness, ann: Person, answer: Message, emoji: str | None = "👎") -> list[str]:
    """React; return the templates of what the bot says to it."""
    count = len(ann.user.received)
    ann.user.react(answer, emoji)
    await coach.settle()
    return [coach.rendered.said(message.text).template for message in ann.user.received[count:]]


async def test_a_thumb_down_is_not_what_i_asked(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("how often should I train calves?")
    answer = ann.user.last
    assert "Not what I asked" in answer.labels
    by_thumb = await turned_down(coach, ann, answer)
    assert by_thumb == ["ask/instead"]
    offered = ann.buttons
    assert "Not what I asked" not in ann.user.private.messages[answer.message_id].labels
    await ann.says("how often should I train calves?")
    await ann.presses("not_it")
    assert (ann.sees.template, ann.buttons[:-1]) == ("ask/instead", offered[:-1])


async def test_a_thumb_down_is_heard_once(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("how often should I train calves?")
    answer = ann.user.last
    await turned_down(coach, ann, answer)
    await turned_down(coach, ann, answer, None)
    assert await turned_down(coach, ann, answer) == []


async def test_other_reactions_and_other_messages_mean_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/settings")
    session = ann.user.last
    asked = await ann.user.send("how often should I train calves?")
    await coach.settle()
    answer = ann.user.last
    for message, emoji in ((session, "👎"), (asked, "👎"), (answer, "👍"), (answer, None)):
        assert await turned_down(coach, ann, message, emoji) == []


async def test_a_thumb_down_after_something_else_was_shown_means_nothing(coach: BotHarness) -> None:
    ann = await with_a_session(coach)
    await ann.says("how often should I train calves?")
    answer = ann.user.last
    await ann.says("/today")
    assert await turned_down(coach, ann, answer) == []


async def test_who_is_not_known_is_not_met_by_a_reaction(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("how often should I train calves?")
    answer = ann.user.last
    await ann.says("/delete")
    await ann.presses("erase")
    assert await turned_down(coach, ann, answer) == []


# Effects


async def test_the_first_session_comes_with_an_effect_and_no_other(coach: BotHarness) -> None:
    ann = await with_a_session(coach)
    await ann.says("did it")
    assert ann.user.last["effect_id"] == PARTY
    coach.clock.forward(minutes=5)
    await ann.says("effort was 7")
    assert "effect_id" not in ann.user.last


@pytest.mark.parametrize("refusal", [Refuse(400, "Bad Request: EFFECT_ID_INVALID"), Refuse(400, "Bad Request: new")])
async def test_a_refused_effect_costs_nothing(coach: BotHarness, refusal: Refuse) -> None:
    ann = await with_a_session(coach)
    coach.telegram.faults.rule(lambda _method, params: refusal if "message_effect_id" in params else None)
    assert (await ann.says("did it")).shows("requests/done")
    sent = [call.params for call in coach.telegram.called("sendMessage")][-2:]
    assert "effect_id" not in ann.user.last
    assert [("message_effect_id" in params) for params in sent] == [True, False]
    assert sent[0]["text"] == sent[1]["text"]


@pytest.mark.parametrize("say", ["/raises {} {}", "raise test: {} left, {} right"])
async def test_a_record_of_heel_raises_is_celebrated(coach: BotHarness, say: str) -> None:
    ann = await set_up(coach)
    effects = []
    for count in (20, 22, 21):
        shown = len(ann.user.received)
        await ann.says(say.format(count, count))
        logged = next(
            message for message in ann.user.received[shown:] if f"{count} heel raises on the left" in message.text
        )
        effects.append(logged.get("effect_id"))
        coach.clock.forward(days=1)
    assert effects == [None, PARTY, None]


async def test_a_girth_is_never_celebrated(coach: BotHarness) -> None:
    ann = await set_up(coach)
    for girth in ("38", "39"):
        await ann.says(f"/calf {girth} cm, {girth} cm")
        coach.clock.forward(days=1)
    assert "effect_id" not in ann.user.last


# Texts to copy


async def test_an_interval_set_is_copied_as_its_phases(coach: BotHarness) -> None:
    ann = await set_up(coach, goals="sprints", experience="experienced", equipment=("hill",))
    for _ in range(7):
        await ann.says("/today")
        copied = [button for message in ann.user.received for button in message.buttons if "copy_text" in button]
        if copied:
            break
        coach.clock.forward(days=1)
    lines = copied[-1]["copy_text"]["text"].splitlines()
    assert len(lines) == 4
    assert " × (" in lines[2]
    assert "<" not in "".join(lines)
    assert "" not in lines
