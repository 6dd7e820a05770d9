"""Updates from another version of the Bot API: never set aside for a part that nobody uses."""

import inspect
from typing import Any

import pytest
from sqlmodel import select
from telegram import Message

from db.models import HandledUpdate, SetAsideUpdate, User
from handlers.framework.update_reader import read_update
from tests.support.bot_harness import BotHarness

ANN = {"id": 1, "is_bot": False, "first_name": "Ann"}
CHAT = {"id": 1, "type": "private", "first_name": "Ann"}
ODD: list[Any] = [{}, {"id": "1"}, [{}], [], "new", 7, True, [[{}]], {"type": "of tomorrow"}]
OPTIONAL = sorted(
    set(inspect.signature(Message).parameters)
    - {"message_id", "date", "chat", "text", "from_user", "api_kwargs", "entities"}
)


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 9, "date": 1, "chat": CHAT, "from": ANN, "text": "/weight 72 kg"} | more


COMMAND = [{"type": "bot_command", "offset": 0, "length": 7}]


async def take(coach: BotHarness, **parts: Any) -> None:
    await coach.running.intake.submit({"update_id": 4711} | parts)
    await coach.settle()
    handled = await coach.running.db.run(lambda session: session.get(HandledUpdate, 4711))
    assert handled is not None
    assert handled.outcome == "done"
    assert await coach.running.db.run(lambda session: session.exec(select(SetAsideUpdate)).all()) == []


@pytest.mark.parametrize("part", OPTIONAL)
def test_no_part_of_a_message_costs_its_words(part: str) -> None:
    for odd in ODD:
        payload = {"update_id": 1, "message": message(entities=COMMAND, **{part: odd})}
        read = read_update(payload, None).message  # type: ignore[arg-type]
        assert read is not None
        assert (read.text, read.from_user.id) == ("/weight 72 kg", 1)  # type: ignore[union-attr]
        assert [entity.type for entity in read.entities] == ["bot_command"]


@pytest.mark.parametrize(
    "parts",
    [
        {"poll": {"id": "1", "question": "?"}},
        {"external_reply": {}},
        {"reply_to_message": {"message_id": 3, "date": 1, "chat": CHAT, "poll": {}}},
        {"from": {"id": 1}},
        {"chat": {"id": 1}},
        {"chat": CHAT | {"photo": {}}},
        {"entities": [*COMMAND, {"kind": "of tomorrow"}]},
    ],
    ids=str,
)
async def test_what_is_said_beside_something_new_is_taken(coach: BotHarness, parts: dict[str, Any]) -> None:
    ann = coach.person()
    await ann.says("/start")
    await take(coach, message=message(entities=COMMAND) | parts)
    assert "72" in ann.sees


@pytest.mark.parametrize("kind", ["paid", "of tomorrow"])
async def test_a_reaction_of_any_kind_is_taken(coach: BotHarness, kind: str) -> None:
    ann = coach.person()
    await ann.says("/start")
    change = {"chat": CHAT, "message_id": 9, "date": 1, "user": ANN, "old_reaction": [{"type": "emoji", "emoji": "👍"}]}
    await take(coach, message_reaction=change | {"new_reaction": [{"type": kind, "emoji": "👎"}]})


async def test_a_poll_without_its_new_fields_is_answered(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    shown = len(ann.user.messages)
    body = message(poll={"id": "1", "question": "?"})
    del body["text"]
    await take(coach, message=body)
    assert len(ann.user.messages) == shown + 1


@pytest.mark.parametrize("broken", [{"message": {"message_id": 5, "date": 1, "chat": CHAT, "poll": {}}}, {}])
async def test_a_press_without_what_nobody_uses_is_carried_out(coach: BotHarness, broken: dict[str, Any]) -> None:
    ann = coach.person()
    await ann.says("/start")
    message_id = ann.user.last.message_id
    data = next(button["callback_data"] for button in ann.user.last.buttons)
    pressed = {"message_id": message_id, "date": 1, "chat": CHAT, "text": "x", "gift": {}}
    shown = ann.sees
    await take(coach, callback_query={"id": "5", "from": {"id": 1}, "data": data, "message": pressed} | broken)
    assert ann.sees != shown


@pytest.mark.parametrize("kind", ["poll", "edited_channel_post", "of_tomorrow", "chat_boost", "business_message"])
@pytest.mark.parametrize("part", [{}, {"id": "1"}, [], "new", None])
async def test_unknown_kinds_are_done_with(coach: BotHarness, kind: str, part: Any) -> None:
    await take(coach, **{kind: part})


async def test_who_blocks_the_bot_is_noted_without_the_new_fields(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    bot = {"id": 99, "is_bot": True, "first_name": "Local bot"}
    change = {
        "old_chat_member": {"user": bot, "status": "administrator"},
        "new_chat_member": {"user": bot, "status": "kicked"},
    }
    await take(coach, my_chat_member={"chat": CHAT, "from": ANN, "date": 1, "invite_link": {}} | change)
    user = await coach.running.db.run(lambda session: session.get(User, 1))
    assert user is not None
    assert user.unreachable == "blocked"
