"""Methods that change or take away what a chat shows, and those that answer a press or an inline query."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram_local.api.errors import ApiError, bad_request
from telegram_local.api.markup import parse_markup
from telegram_local.api.media import document_json, photo_json
from telegram_local.api.sending import audio_of, the_file
from telegram_local.core import Core
from telegram_local.state import Chat, Message, StoredFile
from telegram_local.text.formatting import message_caption, message_text

Json = dict[str, Any]

TOAST_CHARACTERS = 200
INLINE_RESULTS = 50
ANSWER_SECONDS = 150
"""Seconds for which a press waits for its answer; real time, whatever the bot's clock shows."""
DELETABLE_SECONDS = 48 * 3600
"""A message older than this cannot be deleted (Bot API, deleteMessage)."""
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_MEDIA = ("photo", "document", "audio", "voice")
_CONTENT = [
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "audio",
    "voice",
    "show_caption_above_media",
    "has_media_spoiler",
    "link_preview_options",
]


def edit_message_text(core: Core, params: Json) -> Json:
    """editMessageText"""
    content = message_text(params)
    chat, message = _to_edit(core, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    if params.get("link_preview_options"):
        content["link_preview_options"] = params["link_preview_options"]
    return _change(core, chat, message, content, params)


def edit_message_caption(core: Core, params: Json) -> Json:
    """editMessageCaption"""
    content = message_caption(params)
    chat, message = _to_edit(core, params)
    if not any(kind in message for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    media = {name: message[name] for name in (*_MEDIA, "has_media_spoiler") if name in message}
    return _change(core, chat, message, media | content, params)


def edit_message_media(core: Core, params: Json) -> Json:
    """editMessageMedia, for photos, documents and audio."""
    media = params.get("media")
    if not isinstance(media, dict):
        raise bad_request("can't parse input media JSON object")
    chat, message = _to_edit(core, params)
    kind = media.get("type")
    if kind not in {"photo", "document", "audio"}:
        raise bad_request(f"type {kind} is not served by the local server")
    file = the_file(core, params, media.get("media"), kind)
    content: Json = {kind: _shown(core, file, kind, params | media)}
    if media.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return _change(core, chat, message, content | message_caption(media), params)


def _shown(core: Core, file: StoredFile, kind: str, given: Json) -> Any:
    if kind == "audio":
        return audio_of(core, file, given)
    return photo_json(file) if kind == "photo" else document_json(file)


def edit_message_reply_markup(core: Core, params: Json) -> Json:
    """editMessageReplyMarkup"""
    chat, message = _to_edit(core, params)
    content = {name: message[name] for name in _CONTENT if name in message}
    return _change(core, chat, message, content, params)


def delete_message(core: Core, params: Json) -> bool:
    """deleteMessage"""
    if params.get("chat_id") in (None, ""):
        raise bad_request("chat identifier is not specified")
    if not params.get("message_id"):
        raise bad_request("message identifier is not specified")
    chat = core.writable(params["chat_id"])
    message = chat.messages.get(_number(params["message_id"]))
    if message is None:
        raise bad_request("message to delete not found")
    if core.unix() - int(message["date"]) > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    core.delete(chat, message.message_id)
    return True


def answer_callback_query(core: Core, params: Json) -> bool:
    """answerCallbackQuery. A press is answered once."""
    press = core.presses.get(str(params.get("callback_query_id")))
    if press is None or press["answer"] is not None or _is_old(press):
        raise bad_request(_TOO_OLD)
    text = str(params.get("text") or "")
    if len(text) > TOAST_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.get("url")
    if url and not str(url).startswith((f"https://t.me/{core.state.bot['username']}?start=", "tg://")):
        raise bad_request("URL_INVALID")
    answer = {
        "text": text or None,
        "show_alert": params.get("show_alert") in (True, "true", "True", "1"),
        "url": url or None,
    }
    press["answer"] = answer
    core.tell(press["user_id"], {"type": "callback_answer", "callback_query_id": press["id"]} | answer)
    return True


def answer_inline_query(core: Core, params: Json) -> bool:
    """answerInlineQuery"""
    query = core.inline_queries.get(str(params.get("inline_query_id")))
    if query is None or query["results"] is not None:
        raise bad_request(_TOO_OLD)
    results = params.get("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results JSON object")
    if len(results) > INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    identities = [str(result.get("id", "")) for result in results]
    if len(set(identities)) != len(identities):
        raise bad_request("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(identity.encode()) <= 64 for identity in identities):
        raise bad_request("RESULT_ID_INVALID")
    for result in results:
        result["_message"] = inline_message(core, result)
    query["results"] = results
    shown = [{name: value for name, value in result.items() if name != "_message"} for result in results]
    core.tell(query["user_id"], {"type": "inline_results", "query": query["query"], "results": shown})
    return True


def inline_message(core: Core, result: Json) -> Json:
    """Return the message that choosing an inline result would post. Raises ApiError for what Telegram would refuse."""
    content: Json = {}
    if isinstance(result.get("input_message_content"), dict):
        given = dict(result["input_message_content"])
        content = message_text({"text": given.get("message_text")} | given)
    elif result.get("type") == "photo" and result.get("photo_file_id"):
        file = the_file(core, {}, result["photo_file_id"], "photo")
        content = {"photo": photo_json(file)} | message_caption(result)
    else:
        raise bad_request("MESSAGE_EMPTY")
    markup = parse_markup(result.get("reply_markup"))
    return content | ({"reply_markup": markup} if markup else {})


def _is_old(press: Json) -> bool:
    return asyncio.get_running_loop().time() - float(press["asked"]) > ANSWER_SECONDS


def _number(value: Any) -> int:
    return int(value) if str(value).removeprefix("-").isdecimal() else 0


def _to_edit(core: Core, params: Json) -> tuple[Chat, Message]:
    if params.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = core.writable(params.get("chat_id"))
    if not params.get("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(_number(params["message_id"]))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != core.state.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def _change(core: Core, chat: Chat, message: Message, content: Json, params: Json) -> Json:
    """Put new content and markup in place; leaving out the markup takes the buttons away, as at Telegram."""
    markup = parse_markup(params.get("reply_markup"))
    if markup is not None and "inline_keyboard" not in markup:
        raise ApiError(400, "Bad Request: inline keyboard expected")
    fresh = content | ({"reply_markup": markup} if markup else {})
    current = {name: message[name] for name in [*_CONTENT, "reply_markup"] if name in message}
    if fresh == current:
        raise bad_request(_NOT_MODIFIED)
    return core.replace(chat, message, fresh)
