"""A Bot API server on loopback with a chat page: try the bot, and test it, without Telegram."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import compare_digest
from typing import Any

from aiohttp import web

from telegram_local.access import Access, add_headers, new_token
from telegram_local.api import editing, profile, reactions, sending
from telegram_local.api.delivery import Delivery
from telegram_local.api.errors import ApiError
from telegram_local.api.faults import Answer, Cut, CutAfter, Faults, Hang, Refuse, ServerError
from telegram_local.api.http_params import as_json, cut, in_parts, parameters, refusal
from telegram_local.api.media import find
from telegram_local.api.schema import decode
from telegram_local.api.webhook import Backoff, telegram_backoff
from telegram_local.core import Core
from telegram_local.page import PageHub
from telegram_local.people import LocalUser
from telegram_local.state import Chat, stored

Json = dict[str, Any]
PAGE = Path(__file__).with_name("page")
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
PAGE_TYPES = {file.name: f"{KINDS[file.suffix]}; charset=utf-8" for file in PAGE.iterdir() if file.suffix in KINDS}
UPLOAD_BYTES = 50 * 1024 * 1024
METHODS: dict[str, Callable[[Core, Json], Any]] = {
    "getMe": profile.get_me,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getFile": profile.get_file,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendAudio": sending.send_audio,
    "sendVoice": sending.send_voice,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "setMessageReaction": reactions.set_message_reaction,
    "answerCallbackQuery": editing.answer_callback_query,
    "answerInlineQuery": editing.answer_inline_query,
}


@dataclass
class Call:
    """A call that reached the server. `ok` is None while it has no answer; `error` is Telegram's description."""

    method: str
    params: Json
    at: datetime
    ok: bool | None = None
    result: Any = None
    error: str | None = None


class LocalTelegram:
    """The server. `now` is the bot's clock; `next_event` and `jump` feed the page's clock strip, where given.

    Token and page key are random unless given.
    """

    def __init__(
        self,
        *,
        token: str | None = None,
        page_key: str | None = None,
        bot_name: str = "Local bot",
        now: Callable[[], datetime],
        next_event: Callable[[], Awaitable[datetime | None]] | None = None,
        jump: Callable[[], Awaitable[None]] | None = None,
        state_file: Path | None = None,
        webhook_backoff: Backoff = telegram_backoff,
        keep_calls: int = 10_000,
        save_seconds: float = 0.5,
        upload_bytes: int = UPLOAD_BYTES,
        unserved: frozenset[str] = frozenset(),
    ) -> None:
        self.token = token or new_token()
        self.state_file = state_file
        self.unserved = unserved
        self.upload_bytes = upload_bytes
        self.save_seconds = save_seconds
        self.address = ""
        self.core = Core(stored(state_file, self.token, now), now)
        self.core.state.bot["first_name"] = bot_name
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=keep_calls)
        self.schema_faults: list[str] = []
        self._delivery = Delivery(self.core, webhook_backoff, self._execute)
        self._access = Access(page_key)
        self._page = PageHub(self.core, next_event, jump)
        self._runner: web.AppRunner | None = None
        self._saving: asyncio.Task[None] | None = None
        self._methods: dict[str, str] = {name.lower(): name for name in METHODS}
        self._methods |= {name.lower(): name for name in self._delivering()}

    # Life

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Serve, and return the base address. Port 0 takes a free one. Raises OSError for a port in use."""
        application = web.Application(client_max_size=self.upload_bytes, middlewares=[self._access.guard])
        application.on_response_prepare.append(add_headers)
        application.router.add_get("/", self._page_file)
        application.router.add_get("/ws", self._page.serve)
        application.router.add_get("/files/{file_id}", self._file_by_id)
        application.router.add_get("/file/bot{token}/{path:.+}", self._file_by_path)
        # The very names and nothing like them: no path reaches the disk.
        names = "|".join(re.escape(name) for name in PAGE_TYPES if name != "index.html")
        application.router.add_get(f"/{{name:{names}}}", self._page_file)
        application.router.add_route("*", "/{rest:bot.*}", self._answer)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.address = f"http://{host}:{self._runner.addresses[0][1]}"
        await self._delivery.start()
        if self.state_file is not None:
            self._saving = asyncio.create_task(self._save_changes())
        return self.address

    async def _save_changes(self) -> None:
        """Keep the state file fresh, so that after a kill message numbers go on where they were."""
        while True:
            await self.core.next_change()
            await asyncio.sleep(self.save_seconds)
            self.snapshot()

    async def stop(self) -> None:
        """Stop serving; save the conversation where a state file was given."""
        if self._saving is not None:
            self._saving.cancel()
            with suppress(asyncio.CancelledError):
                await self._saving
        await self._page.close()
        await self._delivery.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.snapshot()

    def snapshot(self) -> None:
        """Write the state file, if there is one."""
        if self.state_file is not None:
            self.core.state.save(self.state_file)

    @property
    def page_address(self) -> str:
        """The address that opens the page, key and all."""
        return f"{self.address}/?key={self._access.page_key}"

    # For tests

    def user(self, user_id: int = 1, first_name: str | None = None, language_code: str = "en") -> LocalUser:
        """A person, known to the bot from now on."""
        chat = self.core.person(user_id)
        chat.title = first_name or chat.title
        chat.language_code = language_code
        return LocalUser(self.core, user_id)

    def group(self, chat_id: int, title: str) -> Chat:
        """A group with the bot in it; `chat_id` is negative. People write to it with `user.send(text, chat_id)`."""
        return self.core.state.chats.setdefault(chat_id, Chat(chat_id, "group", title))

    async def until(self, predicate: Callable[[], Any], timeout: float = 5) -> None:  # noqa: ASYNC109
        """Wait until something that happened here makes the predicate true. Raises TimeoutError, saying what was."""
        if not await self.core.until(predicate, timeout):
            last = [f"{call.method} {'ok' if call.ok else call.error}" for call in list(self.calls)[-5:]]
            raise TimeoutError(f"after {timeout} s not true; {self.pending_updates} updates wait; last calls: {last}")

    def called(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    @property
    def pending_updates(self) -> int:
        """Updates that the bot has not confirmed."""
        return len(self.core.state.updates)

    @property
    def polled(self) -> bool:
        """True while a bot waits for updates."""
        return self._delivery.polling

    # HTTP

    async def _page_file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("name", "index.html")
        headers = {"Cache-Control": "no-cache", "Content-Type": PAGE_TYPES[name]}
        return web.FileResponse(PAGE / name, headers=headers)

    async def _file_by_id(self, request: web.Request) -> web.Response:
        file = find(self.core.state, request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        inline = file.content_type in {"image/png", "image/jpeg"}
        headers = {} if inline else {"Content-Disposition": "attachment"}
        return in_parts(request, file, headers)

    async def _file_by_path(self, request: web.Request) -> web.Response:
        if not self._is_token(request.match_info["token"]):
            return refusal(ApiError(401, "Unauthorized"))
        path = request.match_info["path"]
        file = next((file for file in self.core.state.files.values() if file.path == path), None)
        if file is None:
            return refusal(ApiError(404, "Not Found"))
        return web.Response(body=file.data, content_type=file.content_type)

    def _is_token(self, given: str) -> bool:
        return compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    async def _answer(self, request: web.Request) -> web.Response:
        token, slash, method = request.match_info["rest"].removeprefix("bot").partition("/")
        if not slash or ":" not in token:
            return refusal(ApiError(404, "Not Found"))
        if not self._is_token(token):
            return refusal(ApiError(401, "Unauthorized"))
        name = self._methods.get(method.lower())
        try:
            raw = await parameters(request)
        except web.HTTPRequestEntityTooLarge:
            return refusal(ApiError(413, "Request Entity Too Large"))
        params, faults = decode(name, raw) if name else (raw, [])
        self.schema_faults += faults
        call = Call(name or method, params, self.core.now())
        self.calls.append(call)
        self.core.changed()
        response = await self._with_faults(request, call)
        self.core.changed()
        return response

    async def _with_faults(self, request: web.Request, call: Call) -> web.Response:
        match self.faults.take(call.method, call.params):
            case Refuse(code, description, more) as fault:
                call.ok, call.error = False, description
                if isinstance(fault, ServerError) and fault.html:
                    return web.Response(status=code, text="<html></html>", content_type="text/html")
                return refusal(ApiError(code, description, more))
            case Answer(status, page, content_type):
                call.ok, call.error = False, f"{status} {content_type}"
                body = page.encode() if isinstance(page, str) else page
                return web.Response(status=status, body=body, content_type=content_type)
            case Cut():
                call.ok, call.error = False, "cut"
                return cut(request)
            case CutAfter():
                await self._perform(call)
                return cut(request)
            case Hang(until):
                await until.wait()
        return await self._perform(call)

    async def _perform(self, call: Call) -> web.Response:
        try:
            call.result = await self._execute(call.method, call.params)
        except ApiError as error:
            call.ok, call.error = False, error.description
            return refusal(error)
        call.ok = True
        return as_json({"ok": True, "result": call.result})

    async def _execute(self, method: str, params: Json) -> Any:
        """Carry out a method. Raises ApiError."""
        if method in self.unserved:
            raise ApiError(404, "Not Found")
        if method in METHODS:
            return METHODS[method](self.core, params)
        if method in self._delivering():
            return await self._delivering()[method](params)
        raise ApiError(404, "Not Found")

    def _delivering(self) -> dict[str, Callable[[Json], Awaitable[Any]]]:
        return {
            "getUpdates": self._delivery.get_updates,
            "setWebhook": self._delivery.set_webhook,
            "deleteWebhook": self._delivery.delete_webhook,
            "getWebhookInfo": self._delivery.webhook_info,
        }
