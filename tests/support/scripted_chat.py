"""The chat page against a server that says exactly what a test tells it to: frames by hand, no Bot API behind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Locator, Page, Route, WebSocketRoute

Frame = dict[str, Any]

ORIGIN = "http://chat.localhost"  # loopback: a secure context, as the real page is
FILES = Path(__file__).parents[2] / "telegram_local" / "page"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}
NOON = 1_772_625_600  # Wednesday 4 March 2026, 12:00 UTC
BOT = {"id": 900, "is_bot": True, "first_name": "Calf Coach", "username": "calf_coach_bot"}
COMMANDS = [
    {"command": "start", "description": "Begin, or begin again"},
    {"command": "today", "description": "Today's session"},
    {"command": "plan", "description": "The week ahead"},
    {"command": "weight", "description": "See or change your weight"},
    {"command": "privacy", "description": "What is kept, and how to export it"},
]
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="520"><rect width="800" height="520" fill="#d9ece2"/>'
    b'<path d="M60 430 230 330l150 40 170-170 190-80" fill="none" stroke="#0a6c5a" stroke-width="18"/></svg>'
)


class ScriptedChat:
    """One page, one WebSocket: `tell` sends a frame to the page, `heard` holds what the page sent."""

    def __init__(self, page: Page, user_id: int = 1) -> None:
        self.page = page
        self.user = {"id": user_id, "is_bot": False, "first_name": {1: "Ann", 2: "Ben"}.get(user_id, f"User {user_id}")}
        self.heard: list[Frame] = []
        self.console: list[str] = []
        self.history: list[Frame] = []
        self.reactions: Frame = {}
        self.clock: Frame = {"now": "2026-03-04T12:00:00+00:00", "next": "2026-03-05T07:00:00+00:00", "enabled": True}
        self.connections = 0
        self._socket: WebSocketRoute | None = None
        self._changed = asyncio.Condition()
        self._ids = 0

    @classmethod
    async def open(
        cls, context: BrowserContext, *history: Frame, path: str = "/", user_id: int = 1, clock: Frame | None = None
    ) -> Self:
        """Load the page, which greets and receives `history`."""
        page = await context.new_page()
        chat = cls(page, user_id)
        chat.history = [chat.message(**message) for message in history]
        chat.clock |= clock or {}
        page.on("console", lambda message: chat.console.append(message.text))
        page.on("pageerror", lambda error: chat.console.append(str(error)))
        await page.route("**/*", chat._serve)
        await page.route_web_socket("**/ws?*", chat._accept)
        await page.goto(ORIGIN + path)
        await chat.until(lambda: chat.connections > 0)
        return chat

    async def renew(self, *history: Frame) -> None:
        """Load the page again, as if for the first time, with another history."""
        self._ids = 0
        self.history = [self.message(**message) for message in history]
        self.heard.clear()
        self.console.clear()
        connections = self.connections
        await self.page.goto(ORIGIN)
        await self.until(lambda: self.connections > connections)
        self.connections = 1

    def message(self, *, mine: bool = False, **fields: Any) -> Frame:
        """A Bot API message with the next id, from the bot unless `mine`."""
        self._ids += 1
        return {
            "message_id": self._ids,
            "date": NOON - 60,
            "from": self.user if mine else BOT,
            "chat": {"id": self.user["id"], "type": "private"},
        } | fields

    async def say(self, **fields: Any) -> Locator:
        """Show a new message; returns it as the page shows it."""
        message = self.message(**fields)
        self.tell(type="message", message=message)
        return self.shown(message)

    def shown(self, message: Frame) -> Locator:
        """The page's element of a message."""
        return self.page.locator(f'[data-id="{message["message_id"]}"]')

    def tell(self, **frame: Any) -> None:
        """Send one frame to the page."""
        assert self._socket is not None
        self._socket.send(json.dumps(frame))

    async def cut(self) -> None:
        """Close the connection, as a restarting server does."""
        assert self._socket is not None
        await self._socket.close(code=1012)

    async def until(self, predicate: Callable[[], bool]) -> None:
        """Wait until what the page sent makes `predicate` true. Raises TimeoutError."""
        async with asyncio.timeout(8), self._changed:
            await self._changed.wait_for(predicate)

    async def hear(self, kind: str) -> Frame:
        """The newest frame of a kind that the page sent, waiting for the first."""
        await self.until(lambda: any(frame["type"] == kind for frame in self.heard))
        return next(frame for frame in reversed(self.heard) if frame["type"] == kind)

    async def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("?")[0]
        file = FILES / ("index.html" if path == "/" else path.lstrip("/"))
        if path.startswith("/files/"):
            await route.fulfill(body=PICTURE, content_type="image/svg+xml")
        elif route.request.url.startswith(ORIGIN) and file.suffix in TYPES and file.is_file():
            await route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            await route.fulfill(status=404, body=b"")

    async def _accept(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.on_message(lambda text: asyncio.ensure_future(self._note(json.loads(text))))
        self.tell(
            type="hello",
            me=BOT,
            user=self.user,
            chat={"id": self.user["id"], "type": "private"},
            messages=self.history,
            reactions=self.reactions,
            commands=COMMANDS,
            description="Stronger, bigger calves, one sensible week at a time.\nQuestions welcome.",
            clock=self.clock,
        )
        async with self._changed:
            self.connections += 1
            self._changed.notify_all()

    async def _note(self, frame: str | Frame) -> None:
        assert isinstance(frame, dict)
        async with self._changed:
            self.heard.append(frame)
            self._changed.notify_all()
