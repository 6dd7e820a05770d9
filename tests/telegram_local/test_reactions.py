"""Reactions, effects and texts to copy: the local server as Telegram does them, and its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from telegram_local import LocalTelegram
from telegram_local.core import Core
from telegram_local.state import State
from tests.telegram_local.conftest import Client, Clock

PARTY = "5046509860389126442"


def fire(emoji: str = "🔥") -> list[dict[str, str]]:
    return [{"type": "emoji", "emoji": emoji}]


async def test_a_bot_reacts_once_to_a_message_and_takes_it_back(server: LocalTelegram, api: Client) -> None:
    ann = server.user()
    said = await ann.send("did it")
    target = {"chat_id": 1, "message_id": said.message_id}
    assert (await api("setMessageReaction", **target, reaction=fire()))["result"] is True
    assert (await api("setMessageReaction", **target, reaction=fire("👍")))["ok"]
    assert ann.private.reactions == {said.message_id: {"bot": "👍"}}
    assert (await api("setMessageReaction", **target, reaction=[]))["ok"]
    assert ann.private.reactions == {}
    assert server.schema_faults == []


@pytest.mark.parametrize(
    ("message_id", "reaction", "words"),
    [
        (1, fire("🍕"), "REACTION_INVALID"),
        (1, fire() * 2, "REACTIONS_TOO_MANY"),
        (77, fire(), "message to react not found"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    server: LocalTelegram, api: Client, message_id: int, reaction: list[dict[str, str]], words: str
) -> None:
    await server.user().send("did it")
    answer = await api("setMessageReaction", chat_id=1, message_id=message_id, reaction=reaction)
    assert words in answer["description"]


async def test_a_persons_reaction_comes_to_a_bot_that_asked_for_it_alone(server: LocalTelegram, api: Client) -> None:
    ann = server.user()
    sent = await api("sendMessage", chat_id=1, text="An answer.")
    ann.react(ann.last, "👎")
    assert (await api("getUpdates"))["result"] == []
    await api("getUpdates", allowed_updates=["message", "message_reaction"])
    ann.react(ann.last, "👍")
    ann.react(ann.last, None)
    changes = [one["message_reaction"] for one in (await api("getUpdates"))["result"]]
    assert [(one["old_reaction"], one["new_reaction"]) for one in changes] == [
        (fire("👎"), fire("👍")),
        (fire("👍"), []),
    ]
    assert {one["message_id"] for one in changes} == {sent["result"]["message_id"]}
    assert changes[0]["user"]["id"] == 1


async def test_nobody_reacts_with_what_is_no_reaction(server: LocalTelegram) -> None:
    ann = server.user()
    with pytest.raises(ValueError, match="no reaction"):
        ann.react(await ann.send("hello"), "🍕")


async def test_an_effect_is_shown_in_a_private_chat_and_refused_elsewhere(server: LocalTelegram, api: Client) -> None:
    server.user()
    server.group(-5, "Runners")
    shown = await api("sendMessage", chat_id=1, text="Hooray.", message_effect_id=PARTY)
    assert shown["result"]["effect_id"] == PARTY
    for chat_id, effect in ((-5, PARTY), (1, "7")):
        refused = await api("sendMessage", chat_id=chat_id, text="Hooray.", message_effect_id=effect)
        assert "EFFECT_ID_INVALID" in refused["description"]


def test_reactions_are_kept_with_the_conversation(tmp_path: Path, clock: Clock) -> None:
    core = Core(State({"id": 9, "is_bot": True}, 1), clock)
    core.person(1).reactions[5] = {"bot": "🔥"}
    core.state.save(tmp_path / "telegram.json")
    assert State.load(tmp_path / "telegram.json").chats[1].reactions == {5: {"bot": "🔥"}}
