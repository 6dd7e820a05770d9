"""Groups: only what is addressed to the bot is answered, and nothing personal is said, read or written."""

from typing import Any

import pytest
from sqlmodel import select

from content.library import Content
from db.engine import Database
from db.models import OutboxMessage, Question, User
from handlers.account import help_menu
from telegram_local.api.faults import Migrated, Refuse
from telegram_local.state import Message
from tests.support.bot_harness import BotHarness, Person, running_bot
from tests.support.fake_search import finding
from tests.support.images import png

GROUP = -100_200_300
ANKLES = "are ankle weights a good idea for running?"


class Group:
    """A group with the bot in it."""

    def __init__(self, coach: BotHarness) -> None:
        self.coach = coach
        self.chat = coach.telegram.group(GROUP, "Calf club")

    @property
    def heard(self) -> list[Message]:
        return [message for message in self.chat.messages.values() if message.from_bot]

    async def says(self, ann: Person, text: str, **more: Any) -> list[Message]:
        before = len(self.heard)
        await ann.user.send(text, GROUP, **more)
        await self.coach.settle()
        return self.heard[before:]

    async def stored(self, model: Any) -> list[Any]:
        return await self.coach.running.db.run(lambda session: list(session.exec(select(model)).all()))


@pytest.fixture
def group(coach: BotHarness) -> Group:
    return Group(coach)


@pytest.mark.parametrize(
    "text",
    [
        f"/ask {ANKLES}",
        f"/ask@local_bot {ANKLES}",
        f"/ASK@Local_Bot {ANKLES}",
        f"@local_bot {ANKLES}",
        f"{ANKLES} @local_bot",
    ],
)
async def test_a_question_to_the_bot_is_answered_as_a_reply(coach: BotHarness, group: Group, text: str) -> None:
    [answer] = await group.says(coach.person(), text)
    assert answer.text.startswith("Should I run with ankle weights?")
    assert answer["reply_to_message"]["text"] == text
    assert answer.labels == ["Open private chat"]
    assert answer.buttons[0]["url"] == "https://t.me/local_bot?start=faq-ankle-weights"
    assert await group.stored(User) == [], "nobody is stored for speaking in a group"
    assert coach.person().user.received == []


async def test_a_reply_to_the_bot_is_a_question(coach: BotHarness, group: Group) -> None:
    ann = coach.person()
    [answer] = await group.says(ann, f"/ask {ANKLES}")
    [then] = await group.says(ann, "how often should I train calves?", reply_to=answer)
    assert "calves" in then.text
    assert await group.says(ann, "haha nice one", reply_to=answer) == [], "talk among people"
    [none] = await group.says(ann, "and how do I dye my hair at home?", reply_to=answer)
    assert coach.rendered.said(none.text).template == "groups/none"


async def test_asking_for_an_answer_to_what_somebody_else_said(coach: BotHarness, group: Group) -> None:
    ann, ben = coach.person(), coach.person(2, "Ben")
    said = await ben.user.send(ANKLES, GROUP)
    [answer] = await group.says(ann, "/ask@local_bot", reply_to=said)
    assert answer.text.startswith("Should I run with ankle weights?")
    [again] = await group.says(ann, "@local_bot", reply_to=said)
    assert again.text == answer.text


@pytest.mark.parametrize(
    "text",
    [
        ANKLES,
        "/ask@other_bot how often should I train calves?",
        "/unheard_of",
        "/today@other_bot",
        "@other_bot what about calves?",
        "mail me at someone@local_bot.example",
        "/unanswered",
        "🦵",
    ],
)
async def test_silence_for_what_is_not_addressed(coach: BotHarness, group: Group, text: str) -> None:
    assert await group.says(coach.person(), text) == []
    assert await group.stored(Question) == []


@pytest.mark.parametrize("command", [name for name in help_menu.COMMANDS if name != "ask"])
async def test_every_other_command_points_to_the_private_chat(coach: BotHarness, group: Group, command: str) -> None:
    ann = coach.person()
    await ann.says("/weight 72 kg")
    own = len(ann.user.received)
    [answer] = await group.says(ann, f"/{command}@local_bot 80 kg")
    assert "between you and me" in answer.text
    assert answer.buttons[0]["url"] == "https://t.me/local_bot?start=group"
    assert "72" not in answer.text
    assert len(ann.user.received) == own
    assert [user.weight_kg for user in await group.stored(User)] == [72.0]


async def test_a_red_flag_is_met_in_a_group_too_and_pauses_nobody(coach: BotHarness, group: Group) -> None:
    ann = coach.person()
    await ann.says("/start")
    [answer] = await group.says(ann, "@local_bot my calf is swollen and hot since the flight")
    assert "reply_to_message" in answer
    assert answer.buttons == []
    assert "paused" not in answer.text
    assert [user.pause_reason for user in await group.stored(User)] == [None]


async def test_what_stands_under_a_picture_is_read_where_it_is_addressed(coach: BotHarness, group: Group) -> None:
    ann = coach.person()
    for caption in ("@local_bot my calf is swollen and hot since the flight", "my calf is swollen and hot"):
        await ann.user.photo(png(4, 4), caption, GROUP)
        await coach.settle()
    [answer] = group.heard
    assert "today" in answer.text
    asked = next(message for message in group.chat.messages.values() if not message.from_bot)
    [again] = await group.says(coach.person(2, "Ben"), "/ask", reply_to=asked)
    assert again.text == answer.text


async def test_a_suggestion_is_picked_by_anybody_and_becomes_the_answer(
    coach: BotHarness, content: Content, group: Group
) -> None:
    coach.running.services.content = finding(content, "suggest", "ankle-weights", "weighted-vest", "creatine")
    ann, ben = coach.person(), coach.person(2, "Ben")
    [message] = await group.says(ann, "/ask weights?")
    assert coach.rendered.said(message.text).template == "ask/suggest"
    assert len(message.labels) == 3
    assert "None of these" not in message.labels
    await ben.user.press(message.labels[0], message, GROUP)
    await coach.settle()
    shown = group.chat.messages[message.message_id]
    assert shown.text.startswith(message.labels[0])
    assert shown.labels == ["Open private chat"]
    assert await group.stored(User) == []
    assert ben.user.received == []


async def test_no_answer_is_said_and_kept_without_anybody(coach: BotHarness, group: Group) -> None:
    [answer] = await group.says(coach.person(), "/ask how do I dye my hair at home")
    assert coach.rendered.said(answer.text).template == "groups/none"
    assert answer.labels == ["Ask me in private"]
    assert [question.outcome for question in await group.stored(Question)] == ["none"]
    [how] = await group.says(coach.person(), "/ask")
    assert "/ask@local_bot" in how.text


async def test_personal_buttons_pressed_in_a_group_do_nothing(coach: BotHarness, group: Group) -> None:
    ann = coach.person()
    await ann.says("/start")
    [answer] = await group.says(ann, f"/ask {ANKLES}")
    for forged in ("today", "settings", "erase", "ask:ankle-weights", "not-it:ankle-weights:1", "done:2026-03-02", "?"):
        ann.user.press_data(forged, answer, GROUP)
        await coach.settle()
        assert ann.toast.template == "mistakes/old_button", forged
    assert group.heard == [answer]
    assert len(await group.stored(User)) == 1
    assert await group.stored(OutboxMessage) == []


async def test_the_menu_of_a_group_holds_what_is_answered_there(database: Database, content: Content) -> None:
    async with running_bot(database, content, menus=True) as coach:
        shown = coach.telegram.core.state.bot_commands(Group(coach).chat)
        assert [each["command"] for each in shown] == ["ask"]


async def test_an_inline_answer_posted_in_a_group_is_not_answered(coach: BotHarness, group: Group) -> None:
    ann = coach.person()
    asked = ann.user.inline("ankle weights")
    await coach.settle()
    ann.user.choose(asked, "ankle-weights", GROUP)
    await coach.settle()
    assert group.heard == []


async def test_an_edited_question_is_not_answered_again(coach: BotHarness, group: Group) -> None:
    ann = coach.person()
    [_] = await group.says(ann, f"/ask {ANKLES}")
    asked = next(message for message in group.chat.messages.values() if not message.from_bot)
    await ann.user.edit(asked, "/ask how often should I train calves?")
    await coach.settle()
    assert len(group.heard) == 1


async def test_the_answer_follows_a_group_that_became_a_supergroup(coach: BotHarness, group: Group) -> None:
    became = coach.telegram.group(GROUP - 1, "Calf club")
    coach.telegram.faults.always("sendMessage", Migrated(GROUP - 1), chat_id=GROUP)
    for _ in range(2):
        assert await group.says(coach.person(), f"/ask {ANKLES}") == []
    assert [message.text.splitlines()[0] for message in became.messages.values()] == [
        "Should I run with ankle weights?"
    ] * 2
    assert await group.stored(OutboxMessage) == []


@pytest.mark.parametrize(
    "refusal",
    [
        Refuse(400, "Bad Request: not enough rights to send text messages to the chat"),
        Refuse(400, "Bad Request: have no rights to send a message"),
        Refuse(400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
        Refuse(400, "Bad Request: TOPIC_CLOSED"),
        Refuse(400, "Bad Request: message thread not found"),
        Refuse(403, "Forbidden: bot is not a member of the supergroup chat"),
        Refuse(403, "Forbidden: bot was kicked from the supergroup chat"),
    ],
    ids=lambda refusal: refusal.description,
)
async def test_a_group_that_lets_nobody_write_costs_no_line_of_error(
    coach: BotHarness, group: Group, caplog: pytest.LogCaptureFixture, refusal: Refuse
) -> None:
    ann = coach.person()
    await ann.says("/start")
    coach.telegram.faults.always("sendMessage", refusal, chat_id=GROUP)
    for _ in range(3):
        assert await group.says(ann, f"/ask {ANKLES}") == []
    assert [user.unreachable for user in await group.stored(User)] == [None], "the person is not the group"
    assert await group.stored(OutboxMessage) == []
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
    assert "ankle weights" in await ann.says(ANKLES)
