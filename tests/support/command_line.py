"""`bot.py` as a process of its own: started, signalled, killed, and read line by line as it speaks.

It is forked where everything is imported and read (`forked_command`), unless its start or its end are the point.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final, Self

from telegram_local.server import LocalTelegram
from tests.support.forked_command import Streams, forked
from tests.support.process_reaper import die_with_parent
from tests.support.source_text import ROOT

OURS: Final = frozenset(
    {
        "BOT_TOKEN", "BOT_API_URL", "DATABASE_URL", "ADMIN_IDS", "WEBHOOK_URL", "WEBHOOK_SECRET", "LISTEN",
        "MESSAGE_RATE", "PAID_BROADCAST", "LOG_LEVEL", "LOG_FORMAT",
    }
)  # fmt: skip
"""The settings: what the machine that runs the tests has set is not meant for them."""

ENDS_WITHIN: Final = 60.0  # seconds


def as_anybody(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """Run `bot.py` in `folder` to its end, bound by the modes of files even where root runs the tests.

    Return its exit code and all it said.
    """
    code, said, complained = ran(folder, *words, bound=True, **settings)
    return code, said + complained


def ran(folder: Path, *words: str, lines: str = "", bound: bool = False, **settings: str) -> tuple[int, str, str]:
    """Run `bot.py` in `folder` to its end, with `lines` to read; return its exit code and both its streams."""
    reading, writing = os.pipe()
    os.write(writing, lines.encode())  # a pipe holds more than tests say
    os.close(writing)
    with TemporaryFile() as said, TemporaryFile() as complained:
        streams = Streams(reading, os.dup(said.fileno()), os.dup(complained.fileno()))
        process = forked(folder, _environment(settings), words, streams, bound=bound)
        process.join(ENDS_WITHIN)
        assert process.exitcode is not None, "it hangs"
        code = process.exitcode
        process.close()
        said.seek(0)
        complained.seek(0)
        return code, said.read().decode(), complained.read().decode()


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.upper() not in OURS} | dict(settings)


class ForkedProcess:
    """A forked `bot.py` with what is used of an `asyncio.subprocess.Process`."""

    def __init__(self, process: BaseProcess, stdout: asyncio.StreamReader) -> None:
        self._process, self.stdout = process, stdout
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(process.sentinel, self._note_end)

    def _note_end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._ended.set()

    @classmethod
    async def start(cls, folder: Path, environment: Mapping[str, str], words: tuple[str, ...]) -> Self:
        """Start it, with nothing to read."""
        reading, writing = os.pipe()
        nothing = os.open(os.devnull, os.O_RDONLY)
        process = forked(folder, environment, words, Streams(nothing, writing, os.dup(writing)))
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(reading, "rb"))
        return cls(process, reader)

    @property
    def returncode(self) -> int | None:
        """The exit code, once it ended."""
        return self._process.exitcode

    async def wait(self) -> int:
        """Return the exit code, waited for."""
        await self._ended.wait()
        code = self._process.exitcode
        assert code is not None
        return code

    def send_signal(self, name: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, name)

    def kill(self) -> None:
        """Kill it."""
        self._process.kill()


class BotProcess:
    """A running `bot.py`. What it writes is kept line by line, both streams together."""

    def __init__(self, process: asyncio.subprocess.Process | ForkedProcess) -> None:
        self._process = process
        self.lines: list[str] = []
        self._grown = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.lines.append(line.decode().rstrip())
            self._grown.set()
        self._grown.set()

    @property
    def said(self) -> str:
        """Everything written so far."""
        return "\n".join(self.lines)

    async def says(self, words: str, within: float = 20) -> str:
        """Return the first line with `words`, waited for. Raises TimeoutError, showing what was said instead."""
        try:
            async with asyncio.timeout(within):
                while True:
                    for line in self.lines:
                        if words in line:
                            return line
                    if self._reading.done():
                        raise AssertionError(f"ended without saying {words!r}:\n{self.said}")
                    self._grown.clear()
                    await self._grown.wait()
        except TimeoutError:
            raise TimeoutError(f"did not say {words!r} within {within} s:\n{self.said}") from None

    async def sees(self, telegram: LocalTelegram, predicate: Callable[[], object], within: float = 30) -> None:
        """Wait until something that happened at Telegram makes the predicate true, or fail with what was said."""
        waiting = asyncio.create_task(telegram.until(predicate, within))
        await asyncio.wait({waiting, self._reading}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            waiting.cancel()
            raise AssertionError(f"ended too soon:\n{self.said}")
        try:
            await waiting
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n{self.said}") from None

    async def ends(self, within: float = 20) -> int:
        """Return the exit code, waited for. Raises TimeoutError."""
        try:
            async with asyncio.timeout(within):
                code = await self._process.wait()
        except TimeoutError:
            raise TimeoutError(f"still running after {within} s:\n{self.said}") from None
        await self._reading
        return code

    async def stopped_by(self, name: signal.Signals, within: float = 5) -> int:
        """Send a signal and return the exit code. Raises TimeoutError where it takes longer than promised."""
        self._process.send_signal(name)
        return await self.ends(within)

    async def killed(self) -> None:
        """Kill it as `kill -9` does."""
        self._process.kill()
        await self.ends()

    async def close(self) -> None:
        """End it, however it stands."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reading


@asynccontextmanager
async def bot_process(folder: Path, *words: str, **settings: str) -> AsyncIterator[BotProcess]:
    """Fork `bot.py` in `folder` with exactly these settings; whatever happens, it does not outlive the block."""
    running = BotProcess(await ForkedProcess.start(folder, _environment(settings), words))
    try:
        yield running
    finally:
        await running.close()


@asynccontextmanager
async def started_process(folder: Path, *words: str, **settings: str) -> AsyncIterator[BotProcess]:
    """Start `bot.py` likewise by a Python of its own, as a person does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "bot.py"),
        *words,
        cwd=folder,
        env=_environment(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        preexec_fn=die_with_parent,
    )
    running = BotProcess(process)
    try:
        yield running
    finally:
        await running.close()
