"""A Bot API server that hands out updates and takes the replies, in a process of its own.

It does as little as will satisfy a client: what a bot reaches against it is the bot's own speed.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import re
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from time import monotonic, sleep
from typing import Any, Final, cast

import uvloop

_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_METHOD: Final = re.compile(rb"/bot[^/ ]+/(\w+)")
_CHAT: Final = re.compile(rb'(?:"chat_id": ?"?|chat_id=|name="chat_id"\r\n\r\n)(-?\d+)')
_OFFSET: Final = re.compile(rb'(?:"offset": ?|offset=|name="offset"\r\n\r\n)(-?\d+)')
_REPLIES: Final = frozenset(  # thanks are answered with a reaction, an exercise with its drawing
    {b"sendmessage", b"sendphoto", b"setmessagereaction"}
)
_PAGE: Final = 100
_BOT: Final = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_SENT: Final = b'{"message_id":%d,"date":1,"chat":{"id":1,"type":"private","first_name":"A"},%s}'
_AUDIO: Final = b'"audio":{"file_id":"a%d","file_unique_id":"u%d","duration":1}'


def _ok(result: bytes) -> bytes:
    body = b'{"ok":true,"result":%s}' % result
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


_ME: Final = _ok(json.dumps(_BOT).encode())
_TRUE: Final = _ok(b"true")
_NO_UPDATES: Final = _ok(b"[]")


@dataclass(frozen=True)
class Said:
    """A line that a person writes in their private chat, `after` so many seconds; with `data` a button is pressed."""

    chat: int
    text: str
    after: float = 0.0
    data: str | None = None


@dataclass(frozen=True)
class ApiCall:
    """A call of the bot: when (monotonic, the machine's) it arrived, for which chat, its method and its bytes."""

    at: float
    chat: int
    method: str
    size: int


@dataclass
class Talk:
    """Lines and replies: when (monotonic, the machine's) each arrived, and in which chat."""

    asked_at: array[float] = field(default_factory=lambda: array("d"))
    asked_by: array[int] = field(default_factory=lambda: array("q"))
    replied_at: array[float] = field(default_factory=lambda: array("d"))
    replied_to: array[int] = field(default_factory=lambda: array("q"))
    calls: list[ApiCall] = field(default_factory=list)  # whatever names a chat, the replies included

    def waits(self) -> dict[int, float]:
        """Seconds from a chat's first line to the first reply to it."""
        asked = dict(zip(reversed(self.asked_by), reversed(self.asked_at), strict=True))
        replied = dict(zip(reversed(self.replied_to), reversed(self.replied_at), strict=True))
        return {chat: at - asked[chat] for chat, at in replied.items() if chat in asked}


class _State:
    """The queue of updates, and who waits for one."""

    def __init__(self) -> None:
        self.talk = Talk()
        self.confirmed = 0
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._polls: list[asyncio.Transport] = []
        self._next_id = 1000
        self.sent = 0

    def say(self, lines: Iterable[Said]) -> None:
        """Put lines into the queue, now."""
        for line in lines:
            self._waiting.append((self._next_id, _update(self._next_id, line)))
            self._next_id += 1
            self.talk.asked_at.append(monotonic())
            self.talk.asked_by.append(line.chat)
        polls, self._polls = self._polls, []
        for transport in polls:
            if not transport.is_closing():
                self.poll(transport, 0)

    def poll(self, transport: asyncio.Transport, offset: int) -> None:
        """Answer getUpdates, at once or when something comes."""
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()
            self.confirmed += 1
        if not self._waiting:
            if offset >= 0:
                self._polls.append(transport)
            else:
                transport.write(_NO_UPDATES)
            return
        page = [self._waiting[at][1] for at in range(min(_PAGE, len(self._waiting)))]
        transport.write(_ok(b"[%s]" % b",".join(page)))


def _update(number: int, line: Said) -> bytes:
    command = len(line.text.split()[0]) if line.text.startswith("/") else 0
    entities = {"entities": [{"type": "bot_command", "offset": 0, "length": command}]} if command else {}
    person = {"id": line.chat, "first_name": "Ann"}
    if line.data is not None:
        page = {"message_id": 1, "date": 1_780_000_000, "chat": person | {"type": "private"}, "text": line.text}
        pressed = {"id": str(number), "chat_instance": "1", "data": line.data, "message": page}
        by = {"from": person | {"is_bot": False, "language_code": "en"}}
        return json.dumps({"update_id": number, "callback_query": pressed | by}).encode()
    message = {
        "message_id": number,
        "date": 1_780_000_000,
        "chat": person | {"type": "private"},
        "from": person | {"is_bot": False, "language_code": "en"},
        "text": line.text,
    }
    return json.dumps({"update_id": number, "message": message | entities}).encode()


class _Protocol(asyncio.Protocol):
    """One connection: requests one after the other."""

    def __init__(self, state: _State) -> None:
        self._state = state
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            head, gap, rest = self._buffer.partition(b"\r\n\r\n")
            length = _LENGTH.search(head)
            wanted = int(length[1]) if length else 0
            if not gap or len(rest) < wanted:
                return
            self._buffer = rest[wanted:]
            first, _, _ = head.partition(b"\r\n")
            self._answer(first, rest[:wanted])

    def _answer(self, first: bytes, body: bytes) -> None:
        found = _METHOD.search(first)
        method = found[1].lower() if found else b""
        if method == b"getupdates":
            offset = _OFFSET.search(body) or _OFFSET.search(first)
            self._state.poll(self._transport, int(offset[1]) if offset else 0)
            return
        chat = _CHAT.search(body) or _CHAT.search(first)
        if chat is not None:
            self._state.talk.calls.append(ApiCall(monotonic(), int(chat[1]), method.decode(), len(body)))
        if chat is not None and method in _REPLIES:
            self._state.talk.replied_at.append(monotonic())
            self._state.talk.replied_to.append(int(chat[1]))
        if method.startswith(b"send"):
            self._state.sent += 1
            number = self._state.sent
            what = _AUDIO % (number, number) if method == b"sendaudio" else b'"text":"x"'
            self._transport.write(_ok(_SENT % (number, what)))
            return
        self._transport.write(_ME if method == b"getme" else _TRUE)


class Chats:
    """The parent's side: say lines, wait for replies, see what came."""

    def __init__(self, url: str, pipe: Connection) -> None:
        self.url = url
        self._pipe = pipe

    def say(self, lines: list[Said]) -> None:
        """Let people write these lines, each after its time."""
        self._ask("say", lines)

    def talk(self) -> Talk:
        """Everything since the last time this was asked."""
        found: Talk = self._ask("talk", None)
        return found

    @property
    def replies(self) -> int:
        """Number of replies since `talk` was asked."""
        found: int = self._ask("replies", None)
        return found

    @property
    def answered(self) -> int:
        """Number of people who got a reply since `talk` was asked: some get two messages, and others wait meanwhile."""
        found: int = self._ask("answered", None)
        return found

    @property
    def sent_audio(self) -> int:
        """Number of audio files since `talk` was asked."""
        found: int = self._ask("audio", None)
        return found

    @property
    def confirmed(self) -> int:
        """Number of updates that were ever confirmed."""
        found: int = self._ask("confirmed", None)
        return found

    def _ask(self, what: str, given: object) -> Any:
        self._pipe.send((what, given))
        return self._pipe.recv()


def wait_for(reached: Callable[[], object], within: float) -> None:
    """Look every twentieth of a second. Raises TimeoutError."""
    end = monotonic() + within
    while not reached():
        if monotonic() > end:
            raise TimeoutError(f"not within {within} s")
        sleep(0.05)


@contextmanager
def chats() -> Iterator[Chats]:
    """Run a server while the block runs."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_main, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Chats(f"http://127.0.0.1:{ours.recv()}", ours)
    finally:
        process.kill()
        process.join()
        ours.close()
        theirs.close()


def _main(pipe: Connection) -> None:
    uvloop.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    state = _State()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: _Protocol(state), "127.0.0.1", 0, backlog=1024)

    def say(lines: list[Said]) -> None:
        state.say(line for line in lines if not line.after)
        for line in lines:
            if line.after:
                loop.call_later(line.after, state.say, (line,))

    def asked() -> None:
        os.set_blocking(pipe.fileno(), True)  # the loop undid that, and an answer may not fit the pipe
        what, given = pipe.recv()
        answer: object = None
        match what:
            case "say":
                say(given)
            case "talk":
                answer, state.talk = state.talk, Talk()
            case "replies":
                answer = len(state.talk.replied_at)
            case "answered":
                answer = len(set(state.talk.replied_to))
            case "audio":
                answer = sum(call.method == "sendaudio" for call in state.talk.calls)
            case "confirmed":
                answer = state.confirmed
        pipe.send(answer)

    loop.add_reader(pipe.fileno(), asked)
    pipe.send(listening.sockets[0].getsockname()[1])
    await listening.serve_forever()
