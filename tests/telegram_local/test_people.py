"""People: several side by side, groups, blocking, and the commands they see."""

from __future__ import annotations

import pytest

from telegram_local import LocalTelegram
from tests.support.images import png
from tests.telegram_local.conftest import Client


async def test_people_write_and_the_bot_sees_who(server: LocalTelegram, api: Client) -> None:
    await server.user(1).send("/start faq-ankle-weights")
    await server.user(2, "Béa", "fr").send("salut @local_bot")
    first, second = (update["message"] for update in await api.result("getUpdates"))
    assert first["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert second["from"] == {"id": 2, "is_bot": False, "first_name": "Béa", "language_code": "fr"}
    assert second["entities"] == [{"type": "mention", "offset": 6, "length": 10}]


async def test_people_send_other_things_than_text(server: LocalTelegram, api: Client) -> None:
    ann = server.user(1)
    await ann.sticker()
    await ann.location(1.5, 2.5)
    await ann.photo(png(4, 4), caption="my calves")
    sticker, place, photo = (update["message"] for update in await api.result("getUpdates"))
    assert sticker["sticker"]["emoji"] == "👍"
    assert place["location"] == {"latitude": 1.5, "longitude": 2.5}
    assert (photo["photo"][0]["width"], photo["caption"]) == (4, "my calves")


async def test_who_blocked_the_bot_gets_nothing_until_they_come_back(server: LocalTelegram, api: Client) -> None:
    ann = server.user(1)
    await ann.block()
    assert (await api("sendMessage", chat_id=1, text="x"))["error_code"] == 403
    assert await api.refusal("sendChatAction", chat_id=1, action="typing") == "Forbidden: bot was blocked by the user"
    with pytest.raises(RuntimeError):
        await ann.send("hello?")
    await ann.unblock()
    await api.result("sendMessage", chat_id=1, text="welcome back")
    changes = [update["my_chat_member"] for update in await api.result("getUpdates")]
    assert [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_who_left_telegram_is_deactivated(server: LocalTelegram, api: Client) -> None:
    server.user(1).deactivate()
    assert await api.refusal("sendMessage", chat_id=1, text="x") == "Forbidden: user is deactivated"


async def test_a_group_has_one_conversation(server: LocalTelegram, api: Client) -> None:
    group = server.group(-100, "Runners")
    ann, ben = server.user(1), server.user(2)
    await ann.send("/today@local_bot", group)
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await api.result("sendMessage", chat_id=-100, text="Who runs?", reply_markup=markup)
    await ben.press("Go", chat=group)
    message, query = await api.result("getUpdates")
    assert message["message"]["chat"] == {"id": -100, "type": "group", "title": "Runners"}
    assert (query["callback_query"]["from"]["id"], query["callback_query"]["message"]["chat"]["id"]) == (2, -100)
    assert ann.messages == []


async def test_waiting_for_an_answer_says_what_is_missing(server: LocalTelegram) -> None:
    ann = server.user(1)
    with pytest.raises(TimeoutError, match="no answer to 'anyone"):
        await ann.ask("anyone?", seconds=0.01)
    with pytest.raises(TimeoutError, match="1 updates wait"):
        await server.until(lambda: server.pending_updates == 0, timeout=0.01)
    with pytest.raises(LookupError, match="nothing to Ann"):
        _ = ann.last


async def test_the_closest_commands_win(server: LocalTelegram, api: Client) -> None:
    server.user(1)
    server.user(2, language_code="fr")
    commands = [{"command": "today", "description": "Today"}]
    await api.result("setMyCommands", commands=commands)
    assert await api.result("getMyCommands") == commands
    french = [{"command": "today", "description": "Aujourd'hui"}]
    await api.result("setMyCommands", commands=french, language_code="fr")
    curator = [{"command": "reload", "description": "Reload"}]
    await api.result("setMyCommands", commands=curator, scope={"type": "chat", "chat_id": 1})
    state = server.core.state
    assert [state.bot_commands(state.chats[number]) for number in (1, 2)] == [curator, french]
    await api.result("deleteMyCommands", scope={"type": "chat", "chat_id": 1})
    assert state.bot_commands(state.chats[1]) == commands
    assert server.schema_faults == []


@pytest.mark.parametrize(
    ("name", "description", "words"),
    [
        ("to-day", "x", "BOT_COMMAND_INVALID"),
        ("", "x", "command must be non-empty"),
        ("x" * 33, "x", "command length must not exceed 32"),
        ("today", "", "command description must be non-empty"),
        ("today", "x" * 257, "command description length must not exceed 256"),
    ],
)
async def test_refuses_commands_as_telegram_does(api: Client, name: str, description: str, words: str) -> None:
    commands = [{"command": name, "description": description}]
    assert await api.refusal("setMyCommands", commands=commands) == f"Bad Request: {words}"


async def test_the_bot_can_be_named_and_described(server: LocalTelegram, api: Client) -> None:
    await api.result("setMyName", name="Calf Coach")
    await api.result("setMyDescription", description="Asks and answers.")
    await api.result("setMyShortDescription", short_description="A coach.")
    assert (await api.result("getMe"))["first_name"] == "Calf Coach"
    assert server.core.state.descriptions == {"": "Asks and answers."}
    assert (await api("setMyDescription", description="x" * 513))["ok"] is False
