"""A Bot API server that answers at once, in a process of its own: what a sender reaches against it is its own speed."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from time import monotonic
from typing import Final, cast

import uvloop

_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_CHAT: Final = re.compile(rb'(?:"chat_id": ?|chat_id=|name="chat_id"\r\n\r\n)(\d+)')
_BODY: Final = b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"x"}}'
_ANSWER: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
    len(_BODY),
    _BODY,
)


@dataclass(frozen=True)
class Received:
    """Messages in the order of arrival: when (monotonic, the machine's) each came, and for which chat."""

    at: array[float]
    chats: array[int]

    def of(self, first: int, last: int) -> list[tuple[float, int]]:
        """The messages to chats from `first` up to, not including, `last`."""
        return [(at, chat) for at, chat in zip(self.at, self.chats, strict=True) if first <= chat < last]


class _Protocol(asyncio.Protocol):
    """One connection: requests one after the other, as HTTP clients without pipelining make them."""

    def __init__(self, received: Received) -> None:
        self._received = received
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
            if chat := _CHAT.search(rest[:wanted]):
                self._received.at.append(monotonic())
                self._received.chats.append(int(chat[1]))
            self._transport.write(_ANSWER)


class Server:
    """The parent's side: where the server is, and what it received."""

    def __init__(self, url: str, pipe: Connection) -> None:
        self.url = url
        self._pipe = pipe

    def received(self) -> Received:
        """Return the messages that came since the last time this was asked."""
        self._pipe.send("received")
        answer: Received = self._pipe.recv()
        return answer

    def count(self) -> int:
        """Return the number of messages since `received` was asked."""
        self._pipe.send("count")
        answer: int = self._pipe.recv()
        return answer


@contextmanager
def server() -> Iterator[Server]:
    """Run a server while the block runs."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_main, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Server(f"http://127.0.0.1:{ours.recv()}", ours)
    finally:
        process.kill()
        process.join()


def _main(pipe: Connection) -> None:
    uvloop.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    received = Received(array("d"), array("q"))
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: _Protocol(received), "127.0.0.1", 0, backlog=1024)

    def asked() -> None:
        os.set_blocking(pipe.fileno(), True)  # the loop undid that, and an answer may not fit the pipe
        try:
            wanted = pipe.recv()
        except EOFError:  # the parent is gone
            loop.stop()
            return
        if wanted == "count":
            pipe.send(len(received.at))
            return
        pipe.send(received)
        del received.at[:], received.chats[:]

    loop.add_reader(pipe.fileno(), asked)
    pipe.send(listening.sockets[0].getsockname()[1])
    await listening.serve_forever()
