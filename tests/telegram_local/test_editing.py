"""Edits, deletions and answers to presses, as Telegram carries them out and refuses them."""

from __future__ import annotations

from typing import Any

import pytest

from telegram_local import LocalTelegram
from telegram_local.api.media import photo_json, store
from telegram_local.api.schema import Upload
from telegram_local.people import LocalUser
from tests.support.images import png
from tests.telegram_local.conftest import Client, Clock

MARKUP = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}, {"text": "Stop", "callback_data": "stop"}]]}


@pytest.fixture
def ann(server: LocalTelegram) -> LocalUser:
    return server.user(1)


async def test_edits_text_and_takes_buttons_away_unless_they_are_sent_again(ann: LocalUser, api: Client) -> None:
    await api.result("sendMessage", chat_id=1, text="one", reply_markup=MARKUP)
    edited = await api.result(
        "editMessageText", chat_id=1, message_id=1, text="<b>two</b>", parse_mode="HTML", reply_markup=MARKUP
    )
    assert (edited["text"], edited["reply_markup"], "edit_date" in edited) == ("two", MARKUP, True)
    await api.result("editMessageText", chat_id=1, message_id=1, text="three")
    assert (ann.last.text, ann.last.labels, len(ann.messages)) == ("three", [], 1)


async def test_refuses_an_edit_that_changes_nothing(ann: LocalUser, api: Client) -> None:
    await api.result("sendMessage", chat_id=1, text="<b>one</b>", parse_mode="HTML", reply_markup=MARKUP)
    same: dict[str, Any] = {"chat_id": 1, "message_id": 1, "text": "<strong>one</strong> ", "parse_mode": "HTML"}
    assert await api.refusal("editMessageText", **same, reply_markup=MARKUP) == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message"
    )
    assert "is not modified" in await api.refusal(
        "editMessageReplyMarkup", chat_id=1, message_id=1, reply_markup=MARKUP
    )
    await api.result("editMessageText", **same)
    assert ann.last.labels == []


async def test_edits_buttons_alone(ann: LocalUser, api: Client) -> None:
    await api.result("sendMessage", chat_id=1, text="one", reply_markup=MARKUP)
    await api.result("editMessageReplyMarkup", chat_id=1, message_id=1)
    assert (ann.last.text, ann.last.labels) == ("one", [])


async def test_refuses_to_edit_what_is_not_there_or_not_the_bots(ann: LocalUser, api: Client) -> None:
    await ann.send("hello")
    assert (
        await api.refusal("editMessageText", chat_id=1, message_id=9, text="x")
        == "Bad Request: message to edit not found"
    )
    assert (
        await api.refusal("editMessageText", chat_id=1, message_id=1, text="x")
        == "Bad Request: message can't be edited"
    )
    assert "message identifier is not specified" in await api.refusal("editMessageText", chat_id=1, text="x")
    assert "message to edit not found" in await api.refusal("editMessageReplyMarkup", chat_id=1, message_id=9)


async def test_edits_pictures_and_captions(server: LocalTelegram, ann: LocalUser, api: Client) -> None:
    one, two = (store(server.core.state, Upload("a.png", "image/png", png(side, side)), "photo") for side in (10, 20))
    await api.result("sendPhoto", chat_id=1, photo=one.id, caption="ten")
    await api.result("editMessageCaption", chat_id=1, message_id=1, caption="ten pixels")
    assert (ann.last.text, ann.last["photo"]) == ("ten pixels", photo_json(one))
    media = {"type": "photo", "media": two.id, "caption": "<u>twenty</u>", "parse_mode": "HTML"}
    await api.result("editMessageMedia", chat_id=1, message_id=1, media=media)
    assert (ann.last.text, ann.last["photo"], ann.last.entities[0]["type"]) == ("twenty", photo_json(two), "underline")
    assert "there is no text in the message to edit" in await api.refusal(
        "editMessageText", chat_id=1, message_id=1, text="x"
    )
    await api.result("sendMessage", chat_id=1, text="text")
    assert "there is no caption in the message to edit" in await api.refusal(
        "editMessageCaption", chat_id=1, message_id=2, caption="x"
    )
    await api.result("editMessageMedia", chat_id=1, message_id=2, media=media)
    assert "photo" in ann.last
    assert server.schema_faults == []


async def test_deletes_messages_of_both_sides(ann: LocalUser, api: Client) -> None:
    await ann.send("hello")
    await api.result("sendMessage", chat_id=1, text="hi")
    for number in (1, 2):
        assert await api.result("deleteMessage", chat_id=1, message_id=number) is True
    assert ann.messages == []
    assert await api.refusal("deleteMessage", chat_id=1, message_id=1) == "Bad Request: message to delete not found"


async def test_deletes_nothing_older_than_two_days(ann: LocalUser, api: Client, clock: Clock) -> None:
    await api.result("sendMessage", chat_id=1, text="hi")
    clock.pass_hours(48.5)
    assert await api.refusal("deleteMessage", chat_id=1, message_id=1) == (
        "Bad Request: message can't be deleted for everyone"
    )
    assert ann.last.text == "hi"


async def test_answers_a_press_once(ann: LocalUser, api: Client) -> None:
    await api.result("sendMessage", chat_id=1, text="one", reply_markup=MARKUP)
    press = await ann.press("Go")
    update = (await api.result("getUpdates"))[-1]["callback_query"]
    assert (update["data"], update["from"]["id"], update["message"]["text"]) == ("go", 1, "one")
    assert press.answer is None
    assert await api.result("answerCallbackQuery", callback_query_id=update["id"], text="Well run", show_alert=True)
    assert await press.answered() == {"text": "Well run", "show_alert": True, "url": None}
    assert ann.toasts == ["Well run"]
    for query_id in (update["id"], "12345"):
        assert await api.refusal("answerCallbackQuery", callback_query_id=query_id) == (
            "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )


async def test_limits_the_answer_to_a_press(ann: LocalUser, api: Client) -> None:
    await api.result("sendMessage", chat_id=1, text="one", reply_markup=MARKUP)
    press = await ann.press("go")
    assert "MESSAGE_TOO_LONG" in await api.refusal("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
    assert "URL_INVALID" in await api.refusal(
        "answerCallbackQuery", callback_query_id=press.id, url="https://example.org"
    )
    await api.result("answerCallbackQuery", callback_query_id=press.id, text="x" * 200)


async def test_presses_old_and_forged_buttons(ann: LocalUser, api: Client) -> None:
    await api.result("sendMessage", chat_id=1, text="one", reply_markup=MARKUP)
    old = ann.last
    await api.result("editMessageText", chat_id=1, message_id=1, text="two")
    with pytest.raises(LookupError, match="no button 'Go'"):
        await ann.press("Go")
    await ann.press("Go", old)
    await api.result("deleteMessage", chat_id=1, message_id=1)
    await ann.press("Stop", old)
    ann.press_data("forged", old)
    queries = [update["callback_query"] for update in await api.result("getUpdates")]
    assert [query["data"] for query in queries] == ["go", "stop", "forged"]
    assert queries[0]["message"]["text"] == "two"
    assert queries[1]["message"] == {"chat": old["chat"], "message_id": 1, "date": 0}


async def test_inline_results_are_offered_and_one_is_posted(server: LocalTelegram, ann: LocalUser, api: Client) -> None:
    query_id = ann.inline("calves")
    update = (await api.result("getUpdates"))[-1]["inline_query"]
    assert (update["id"], update["query"], update["from"]["id"]) == (query_id, "calves", 1)
    content = {"message_text": "<b>Rise</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "a", "title": "Rise", "input_message_content": content, "reply_markup": MARKUP}
    assert "RESULT_ID_DUPLICATE" in await api.refusal(
        "answerInlineQuery", inline_query_id=query_id, results=[result, result]
    )
    await api.result("answerInlineQuery", inline_query_id=query_id, results=[result], cache_time=0)
    assert [item["title"] for item in ann.inline_results(query_id) or []] == ["Rise"]
    message = ann.choose(query_id, "a")
    assert (message.text, message["via_bot"]["is_bot"], message.labels) == ("Rise", True, ["Go", "Stop"])
    assert [kind for update in await api.result("getUpdates") for kind in update if kind != "update_id"] == [
        "inline_query",
        "message",
        "chosen_inline_result",
    ]
    assert "query is too old" in await api.refusal("answerInlineQuery", inline_query_id=query_id, results=[])
    assert server.schema_faults == []
