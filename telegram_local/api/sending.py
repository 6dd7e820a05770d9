"""Methods that put something new into a chat."""

from __future__ import annotations

from typing import Any

from telegram_local.api.errors import bad_request
from telegram_local.api.markup import parse_markup
from telegram_local.api.media import audio_json, document_json, find, photo_json, store, voice_json
from telegram_local.api.schema import Upload
from telegram_local.core import Core
from telegram_local.state import Chat, Message, StoredFile
from telegram_local.text.formatting import message_caption, message_text

Json = dict[str, Any]

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)

EFFECTS = {
    "5104841245755180586": "🔥",
    "5107584321108051014": "👍",
    "5104858069142078462": "👎",
    "5159385139981059251": "❤",
    "5046509860389126442": "🎉",
    "5046589136895476101": "💩",
}
"""The effects that every account may use, by their ids as Telegram's apps send them, and their emoji."""


def send_message(core: Core, params: Json) -> Json:
    """sendMessage"""
    content = message_text(params)
    return _send(core, params, content)


def send_photo(core: Core, params: Json) -> Json:
    """sendPhoto"""
    chat = core.writable(params.get("chat_id"))
    file = the_file(core, params, params.get("photo"), "photo")
    return _send(core, params, {"photo": photo_json(file)} | message_caption(params), chat)


def send_document(core: Core, params: Json) -> Json:
    """sendDocument"""
    chat = core.writable(params.get("chat_id"))
    file = the_file(core, params, params.get("document"), "document")
    return _send(core, params, {"document": document_json(file)} | message_caption(params), chat)


def send_audio(core: Core, params: Json) -> Json:
    """sendAudio"""
    chat = core.writable(params.get("chat_id"))
    file = the_file(core, params, params.get("audio"), "audio")
    return _send(core, params, {"audio": audio_of(core, file, params)} | message_caption(params), chat)


def send_voice(core: Core, params: Json) -> Json:
    """sendVoice"""
    chat = core.writable(params.get("chat_id"))
    file = the_file(core, params, params.get("voice"), "voice")
    return _send(core, params, {"voice": voice_json(file, params)} | message_caption(params), chat)


def audio_of(core: Core, file: StoredFile, given: Json) -> Json:
    """A track with its cover, where one came with it or with an earlier sending. Raises ApiError."""
    if isinstance(given.get("thumbnail"), Upload) or str(given.get("thumbnail", "")).startswith("attach://"):
        file.thumbnail = the_file(core, given, given["thumbnail"], "thumbnail").id
    return audio_json(core.state, file, given)


def send_chat_action(core: Core, params: Json) -> bool:
    """sendChatAction"""
    if params.get("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = core.writable(params.get("chat_id"))
    core.tell(chat.id, {"type": "typing", "action": params["action"]})
    return True


def the_file(core: Core, params: Json, given: Any, kind: str) -> StoredFile:
    """The file that a parameter gives: an upload, a reference to one, or the id of an earlier one. Raises ApiError."""
    if isinstance(given, str) and given.startswith("attach://"):
        given = params.get(given.removeprefix("attach://"))
    if isinstance(given, Upload):
        return store(core.state, given, kind)
    if given in (None, ""):
        raise bad_request(f"there is no {kind} in the request")
    if str(given).startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # nothing is loaded from elsewhere
    file = find(core.state, str(given))
    if file is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def _send(core: Core, params: Json, content: Json, chat: Chat | None = None) -> Json:
    keyboard = parse_markup(params.get("reply_markup"))
    chat = chat or core.writable(params.get("chat_id"))
    if params.get("message_effect_id") and (chat.kind != "private" or str(params["message_effect_id"]) not in EFFECTS):
        raise bad_request("EFFECT_ID_INVALID")
    content |= _extras(params) | _reply(chat, params)
    return core.post(chat, core.state.bot, content, keyboard)


def _extras(params: Json) -> Json:
    """Return the parameters of a call that its message repeats."""
    extras: Json = {}
    if params.get("protect_content"):
        extras["has_protected_content"] = True
    if params.get("show_caption_above_media"):
        extras["show_caption_above_media"] = True
    if params.get("has_spoiler"):
        extras["has_media_spoiler"] = True
    if params.get("link_preview_options"):
        extras["link_preview_options"] = params["link_preview_options"]
    if params.get("message_effect_id"):
        extras["effect_id"] = str(params["message_effect_id"])
    return extras


def _reply(chat: Chat, params: Json) -> Json:
    reply = params.get("reply_parameters")
    if not isinstance(reply, dict):
        return {}
    original = chat.messages.get(int(reply.get("message_id", 0)))
    if original is None:
        if reply.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    shown = Message({name: value for name, value in original.items() if name != "reply_to_message"})
    return {"reply_to_message": shown}
