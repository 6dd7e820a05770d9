"""The chat page's live connection: what happened goes out, what a person does comes in."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from aiohttp import WSMsgType, web

from telegram_local.api.reactions import EMOJI
from telegram_local.core import Core
from telegram_local.people import LocalUser, split

Json = dict[str, Any]

log = logging.getLogger(__name__)

CLOCK_SECONDS = 1.0
# one dot: the smallest PNG a browser and picture_size accept, for the page's test input
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class PageHub:
    """Every open page, by the person it speaks for."""

    def __init__(
        self,
        core: Core,
        next_event: Callable[[], Awaitable[datetime | None]] | None,
        jump: Callable[[], Awaitable[None]] | None,
    ) -> None:
        self.core = core
        self.next_event = next_event
        self.jump = jump
        self.sockets: dict[web.WebSocketResponse, int] = {}
        self._clock: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[None]] = set()
        core.watchers.append(self._show)

    async def close(self) -> None:
        """Say goodbye to every page."""
        if self._clock is not None:
            self._clock.cancel()
            with suppress(asyncio.CancelledError):
                await self._clock
        for socket in list(self.sockets):
            await socket.close(code=1001)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One page's connection, until it closes."""
        number = request.query.get("user", "1")
        if not number.isdecimal() or not 0 < int(number) < 1 << 40:
            raise web.HTTPBadRequest(text="user")
        user = LocalUser(self.core, int(number))
        # without compression, frames leave in the order in which they were handed over
        socket = web.WebSocketResponse(heartbeat=20, compress=False)
        await socket.prepare(request)
        time = await self._time()
        self.sockets[socket] = user.id
        await socket.send_json(self._hello(user) | {"clock": time})
        if self._clock is None and self.jump is not None:
            self._clock = asyncio.create_task(self._tick())
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._try(user, frame.data)
        finally:
            self.sockets.pop(socket, None)
        return socket

    def _hello(self, user: LocalUser) -> Json:
        chat = user.private
        messages = [dict(message) for message in chat.messages.values()]
        if messages and chat.keyboard is not None:
            # the keyboard in force belongs to the chat; the page expects it on a message
            last = next((message for message in reversed(messages) if "reply_markup" not in message), messages[-1])
            last.setdefault("reply_markup", chat.keyboard)
        return {
            "type": "hello",
            "me": self.core.state.bot,
            "user": chat.person(),
            "chat": chat.json(),
            "messages": messages,
            "reactions": chat.reactions,
            "commands": self.core.state.bot_commands(chat),
            "description": self.core.state.descriptions.get("", ""),
        }

    async def _time(self) -> Json:
        upcoming = await self.next_event() if self.next_event is not None else None
        return {
            "now": self.core.now().isoformat(),
            "next": upcoming.isoformat() if upcoming else None,
            "enabled": self.jump is not None,
        }

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_SECONDS)
            if self.sockets:
                try:
                    await self._tell_time()
                except Exception:  # the strip must outlive a moment in which the bot cannot say what is next
                    log.exception("The clock strip could not be told the time")

    async def _tell_time(self) -> None:
        frame = json.dumps({"type": "clock"} | await self._time())
        await asyncio.gather(*(self._send(socket, frame) for socket in list(self.sockets)))

    def _show(self, chat_id: int, frame: Json) -> None:
        watching = [socket for socket, user_id in self.sockets.items() if user_id == chat_id]
        if not watching:
            return
        text = json.dumps(frame)
        for socket in watching:
            task = asyncio.create_task(self._send(socket, text))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _send(self, socket: web.WebSocketResponse, text: str) -> None:
        with suppress(ConnectionError, RuntimeError):  # a page that just closed needs no frame
            await socket.send_str(text)

    async def _try(self, user: LocalUser, data: str) -> None:
        """Carry out a frame; whatever goes wrong with it is logged, and the page goes on."""
        try:
            await self._do(user, json.loads(data))
        except Exception:
            log.exception("A frame of the chat page could not be carried out")

    async def _do(self, user: LocalUser, frame: Json) -> None:
        """Carry out what the page asks. What a page cannot ask is ignored."""
        if user.private.blocked:
            await user.unblock()
        match frame:
            case {"type": "send", "text": str(text)} if text.strip():
                for part in split(text):
                    await user.send(part)
            case {"type": "start", **rest}:
                await user.send(f"/start {rest.get('payload') or ''}".strip())
            case {"type": "press", "message_id": int(number), "data": str(data)}:
                if message := user.private.messages.get(number):
                    user.press_data(data, message)
            case {"type": "inline", "query": str(query)}:
                user.inline(query)
            case {"type": "inline_choose", "result_id": str(result_id)}:
                self._choose(user, result_id)
            case {"type": "jump"} if self.jump is not None:
                await self.jump()
                await self._tell_time()
            case _:
                await self._send_more(user, frame)

    async def _send_more(self, user: LocalUser, frame: Json) -> None:
        """Carry out what a person does beside writing and pressing."""
        match frame:
            case {"type": "react", "message_id": int(number), "emoji": str() | None as emoji}:
                if (message := user.private.messages.get(number)) and (emoji is None or emoji in EMOJI):
                    user.react(message, emoji)
            case {"type": "sticker"}:
                await user.sticker()
            case {
                "type": "location",
                "latitude": int() | float() as latitude,
                "longitude": int() | float() as longitude,
            }:
                await user.location(float(latitude), float(longitude))
            case {"type": "photo"}:
                await user.photo(DOT)

    def _choose(self, user: LocalUser, result_id: str) -> None:
        """Post a result of the person's newest answered inline query."""
        queries = [name for name, query in self.core.inline_queries.items() if query["user_id"] == user.id]
        answered = [name for name in queries if self.core.inline_queries[name]["results"] is not None]
        if answered:
            with suppress(LookupError):
                user.choose(answered[-1], result_id)
