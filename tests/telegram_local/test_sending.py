"""Messages as Telegram returns them, and refuses them."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
import pytest

from telegram_local import LocalTelegram
from telegram_local.api.media import picture_size
from tests.support.images import jpeg_header, png
from tests.telegram_local.conftest import Client, Clock

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _ann(server: LocalTelegram) -> None:
    server.user(1)


async def test_returns_what_telegram_returns(server: LocalTelegram, api: Client, clock: Clock) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    text = " <b>Hi</b> &amp; run /today "
    message = await api.result("sendMessage", chat_id=1, text=text, parse_mode="HTML", reply_markup=markup)
    assert message == {
        "message_id": 1,
        "from": {"id": 7_000_000_001, "is_bot": True, "first_name": "Local bot", "username": "local_bot"},
        "chat": {"id": 1, "type": "private", "first_name": "Ann"},
        "date": int(clock().timestamp()),
        "text": "Hi & run /today",
        "entities": [
            {"type": "bold", "offset": 0, "length": 2},
            {"type": "bot_command", "offset": 9, "length": 6},
        ],
        "reply_markup": markup,
    }
    assert server.user(1).last == message


async def test_numbers_messages_in_each_chat(server: LocalTelegram, api: Client) -> None:
    server.user(2)
    sent = [await api.result("sendMessage", chat_id=chat, text="x") for chat in (1, 1, 2, 1)]
    assert [(message["chat"]["id"], message["message_id"]) for message in sent] == [(1, 1), (1, 2), (2, 1), (1, 3)]


REFUSALS = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "\u200b"}, "text must be non-empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "👟" * 4097}, "message is too long"),
    ({"text": "x" * 32769}, "text is too long"),
    (
        {"text": "a <h1>b</h1>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "h1" at byte offset 2',
    ),
    (
        {"text": "é<b>b", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "x", "chat_id": 99}, "chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
    (
        {"text": "x", "entities": [{"type": "bold", "offset": 5, "length": 1}]},
        "entity begins after the end of the text",
    ),
    ({"text": "👟", "entities": [{"type": "bold", "offset": 1, "length": 1}]}, "entity begins or ends in a middle"),
]


@pytest.mark.parametrize(("params", "words"), REFUSALS)
async def test_refuses_texts_as_telegram_does(api: Client, params: Json, words: str) -> None:
    answer = await api("sendMessage", **({"chat_id": 1} | params))
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {words}")


@pytest.mark.parametrize("text", ["x" * 4096, "👟" * 4096, "<b>" + "x" * 4096 + "</b>"])
async def test_counts_characters_after_reading_the_markup(api: Client, text: str) -> None:
    message = await api.result("sendMessage", chat_id=1, text=text, parse_mode="HTML")
    assert len(message["text"]) == 4096


BUTTONS = [
    ({"text": "x", "callback_data": "é" * 32}, None),
    ({"text": "x", "callback_data": "é" * 32 + "a"}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "callback_data": ""}, "can't parse inline keyboard button: Text buttons are unallowed"),
    ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
    ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
    ({"text": "x", "url": "https://example.org"}, None),
    ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    ({"text": "x", "copy_text": {"text": "y" * 256}}, None),
    ({"text": "x", "copy_text": {"text": "y" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "switch_inline_query": ""}, None),
    ({"text": "x", "callback_data": "x", "style": "success"}, None),
    ({"text": "x", "callback_data": "x", "style": "loud"}, "can't parse inline keyboard button: invalid button style"),
    ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
]


@pytest.mark.parametrize(("button", "words"), BUTTONS)
async def test_reads_buttons_as_telegram_does(api: Client, button: Any, words: str | None) -> None:
    answer = await api("sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": [[button]]})
    if words is None:
        assert answer["result"]["reply_markup"] == {"inline_keyboard": [[button]]}
    else:
        assert answer["description"].startswith(f"Bad Request: {words}")


async def test_takes_a_hundred_buttons_and_no_more(api: Client) -> None:
    button = {"text": "x", "callback_data": "x"}
    rows = [[button] * 8] * 12 + [[button] * 4]
    await api.result("sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": rows})
    more = await api.refusal("sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": [*rows, [button]]})
    assert "REPLY_MARKUP_TOO_LONG" in more


async def test_keeps_a_reply_keyboard_with_the_chat_and_out_of_the_message(server: LocalTelegram, api: Client) -> None:
    keyboard = {"keyboard": [[{"text": "Here", "request_location": True}, {"text": "Skip"}]]}
    assert "reply_markup" not in await api.result("sendMessage", chat_id=1, text="Where?", reply_markup=keyboard)
    ann = server.user(1)
    assert ann.keyboard == ["Here", "Skip"]
    assert (await ann.tap("Here", latitude=52.5))["location"]["latitude"] == 52.5
    assert (await ann.tap("Skip")).text == "Skip"
    await api.result("sendMessage", chat_id=1, text="Thanks", reply_markup={"remove_keyboard": True})
    assert ann.keyboard == []


async def test_takes_parameters_as_query_form_json_and_multipart(server: LocalTelegram, api: Client) -> None:
    address = f"{api.base}/bot{api.token}/sendMessage"
    markup = '{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}'
    values = {"chat_id": "1", "text": "x", "reply_markup": markup}
    multipart = aiohttp.FormData(values)
    multipart.add_field("unused", b"x", filename="x")
    for request in (
        api.session.get(address, params=values),
        api.session.post(address, data=values),
        api.session.post(address, json=values),
        api.session.post(address, data=multipart),
    ):
        async with request as response:
            assert (await response.json())["result"]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Go"
    assert {call.params["chat_id"] for call in server.called("sendMessage")} == {1}
    assert server.schema_faults == []


async def test_tells_wrong_tokens_unknown_methods_and_other_paths_apart(api: Client) -> None:
    for path, code, words in [
        ("/bot1:wrong/getMe", 401, "Unauthorized"),
        (f"/bot{api.token}/danceMe", 404, "Not Found"),
        ("/botnonsense/getMe", 404, "Not Found"),
        (f"/bot{api.token}", 404, "Not Found"),
    ]:
        async with api.session.get(api.base + path) as response:
            assert response.status == code
            assert await response.json() == {"ok": False, "error_code": code, "description": words}


async def test_method_names_are_read_without_regard_to_case(api: Client) -> None:
    assert (await api.result("GETME"))["username"] == "local_bot"


async def upload(api: Client, method: str, **fields: Any) -> Json:
    form = aiohttp.FormData()
    for name, value in fields.items():
        if isinstance(value, bytes):
            form.add_field(name, io.BytesIO(value), filename=f"{name}.png", content_type="image/png")
        else:
            form.add_field(name, str(value))
    async with api.session.post(f"{api.base}/bot{api.token}/{method}", data=form) as response:
        answer: Json = await response.json()
        return answer


async def test_keeps_and_serves_a_photo(server: LocalTelegram, api: Client) -> None:
    data = png(1000, 500)
    answer = await upload(api, "sendPhoto", chat_id=1, photo=data, caption="<i>week</i>", parse_mode="HTML")
    message = answer["result"]
    assert message["caption"] == "week"
    assert message["caption_entities"] == [{"type": "italic", "offset": 0, "length": 4}]
    assert [(size["width"], size["height"]) for size in message["photo"]] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1000, 500),
    ]
    for size in message["photo"]:
        async with api.session.get(f"{api.base}/files/{size['file_id']}") as response:
            assert await response.read() == data
    file = await api.result("getFile", file_id=message["photo"][0]["file_id"])
    async with api.session.get(f"{api.base}/file/bot{api.token}/{file['file_path']}") as response:
        assert (await response.read(), response.content_type) == (data, "image/png")
    again = await api.result("sendPhoto", chat_id=1, photo=message["photo"][-1]["file_id"])
    assert again["photo"] == message["photo"]
    assert server.schema_faults == []


async def test_keeps_a_document_under_its_name(api: Client) -> None:
    answer = await upload(api, "sendDocument", chat_id=1, document=b"a,b\n")
    document = answer["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("document.png", 4)
    async with api.session.get(f"{api.base}/files/{document['file_id']}") as response:
        assert await response.read() == b"a,b\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(1, 1) + b"\0" * (10 * 1024 * 1024), "too big photo size"),
    ],
)
async def test_refuses_pictures_as_telegram_does(api: Client, data: bytes, words: str) -> None:
    answer = await upload(api, "sendPhoto", chat_id=1, photo=data)
    assert answer["description"].startswith(f"Bad Request: {words}")


async def test_refuses_files_it_does_not_have(api: Client) -> None:
    assert "wrong remote file identifier" in await api.refusal("sendPhoto", chat_id=1, photo="nothing")
    assert "failed to get HTTP URL content" in await api.refusal(
        "sendPhoto", chat_id=1, photo="https://example.org/a.png"
    )
    assert "there is no photo in the request" in await api.refusal("sendPhoto", chat_id=1)
    assert "invalid file_id" in await api.refusal("getFile", file_id="nothing")
    document = (await upload(api, "sendDocument", chat_id=1, document=b"x"))["result"]["document"]
    assert "can't use file of type Document as Photo" in await api.refusal(
        "sendPhoto", chat_id=1, photo=document["file_id"]
    )


async def test_limits_captions_to_1024_characters(api: Client) -> None:
    photo = (await upload(api, "sendPhoto", chat_id=1, photo=png(9, 9)))["result"]["photo"][0]["file_id"]
    assert len((await api.result("sendPhoto", chat_id=1, photo=photo, caption="👟" * 1024))["caption"]) == 1024
    assert "message caption is too long" in await api.refusal("sendPhoto", chat_id=1, photo=photo, caption="👟" * 1025)


async def test_refuses_an_oversized_request(clock: Clock, api: Client) -> None:
    small = LocalTelegram(now=clock, upload_bytes=1000)
    await small.start()
    answer = await upload(Client(api.session, small), "sendDocument", chat_id=1, document=b"x" * 2000)
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")
    await small.stop()


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(3, 7), (3, 7)),
        (jpeg_header(640, 480), (640, 480)),
        (jpeg_header(640, 480)[:20], None),
        (b"\xff\xd8", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_reads_the_size_of_a_picture_from_its_header(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size


async def test_shows_actions_and_refuses_unknown_ones(api: Client) -> None:
    assert await api.result("sendChatAction", chat_id=1, action="upload_photo") is True
    assert "wrong parameter action in request" in await api.refusal("sendChatAction", chat_id=1, action="dance")


async def test_repeats_how_a_message_was_sent(api: Client) -> None:
    first = await api.result("sendMessage", chat_id=1, text="one")
    second = await api.result(
        "sendMessage", chat_id=1, text="two", protect_content=True, reply_parameters={"message_id": first["message_id"]}
    )
    assert second["has_protected_content"] is True
    assert second["reply_to_message"] == first
    gone = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api.result("sendMessage", chat_id=1, text="three", reply_parameters=gone)
