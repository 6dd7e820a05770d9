"""Presses under messages that Telegram does not edit any more: what they changed is seen in a new message."""

import asyncio

import pytest

from db.models import User
from gateway.refused_edits import as_new_message
from telegram_local.api.faults import Answer, Cut, Fault, Refuse
from telegram_local.state import Message
from tests.support.bot_harness import BotHarness, Person
from tests.support.fake_api import spin
from tests.support.onboarding import set_up

REFUSALS = [
    "Bad Request: message can't be edited",
    "Bad Request: message to edit not found",
    "Bad Request: MESSAGE_ID_INVALID",
    "Bad Request: there is no text in the message to edit",
]


def texts(ann: Person) -> list[Message]:
    """The messages of the chat but for the pictures that follow a session."""
    return [message for message in ann.user.messages if "photo" not in message]


@pytest.mark.parametrize("words", REFUSALS)
async def test_what_a_press_changed_is_shown_anew(coach: BotHarness, words: str) -> None:
    ann = await set_up(coach)
    await ann.says("/today")
    shown = len(texts(ann))
    coach.telegram.faults.always("editMessageText", Refuse(400, words))
    assert "Today: Walk–jog intervals" in await ann.presses("Start today")
    assert len(texts(ann)) == shown + 1
    assert ann.buttons, "and its buttons are there"
    await ann.presses("Done")
    assert len(texts(ann)) > shown + 1, "and work"


@pytest.mark.parametrize("fault", [Cut(), Answer(404), Answer(200, "{}", "application/json")])
async def test_a_new_message_that_fails_is_tried_again(coach: BotHarness, fault: Fault) -> None:
    ann = await set_up(coach)
    await ann.says("/today")
    shown = len(texts(ann))
    coach.telegram.faults.always("editMessageText", Refuse(400, REFUSALS[1]))
    coach.telegram.faults.next("sendMessage", fault)
    await ann.user.press("Start today")
    await coach.telegram.until(lambda: not coach.telegram.faults.waiting)
    async with asyncio.timeout(30):
        while len(texts(ann)) == shown:  # how it failed may be noted only after the clock went on
            coach.clock.forward(seconds=5)
            coach.running.sender.wake()
            await spin()
            await asyncio.sleep(0.01)
    await coach.settle()
    assert len(texts(ann)) == shown + 1
    assert "Today: Walk–jog intervals" in ann.sees


async def test_an_unchanged_message_is_not_sent_again(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/today")
    shown = len(texts(ann))
    coach.telegram.faults.next("editMessageText", Refuse(400, "Bad Request: message is not modified: the same"))
    await ann.presses("Start today")
    assert len(texts(ann)) == shown


async def test_a_question_that_was_asked_anew_is_the_one_that_loses_its_buttons(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    coach.telegram.faults.always("editMessageText", Refuse(400, REFUSALS[1]))
    await ann.presses("Set me up")
    question = ann.user.last
    user = await coach.running.db.run(lambda session: session.get(User, 1))
    assert user is not None
    assert user.prompt_message_id == question.message_id


def test_a_picture_becomes_a_new_picture() -> None:
    edit = {
        "chat_id": 1,
        "message_id": 7,
        "media": {"type": "photo", "media": "attach://picture", "caption": "<b>12</b>", "parse_mode": "HTML"},
        "picture": b"drawn",
        "reply_markup": {"inline_keyboard": []},
    }
    assert as_new_message("editMessageMedia", edit) == (
        "sendPhoto",
        {"chat_id": 1, "photo": b"drawn", "caption": "<b>12</b>", "parse_mode": "HTML"},
    )


@pytest.mark.parametrize("method", ["editMessageReplyMarkup", "deleteMessage", "sendMessage"])
def test_what_shows_nothing_of_its_own_is_not_sent_anew(method: str) -> None:
    assert as_new_message(method, {"chat_id": 1, "message_id": 7}) is None


async def test_a_caption_that_cannot_be_edited_becomes_a_text(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/plan")
    coach.telegram.faults.always("editMessageCaption", Refuse(400, REFUSALS[0]))
    day = next(label for label in ann.buttons if label.startswith("Thu"))

    assert (await ann.presses(day)).template == "plan/day"
    assert "photo" not in ann.user.received[-1]
    assert ann.buttons
