"""`bot.py` as a process of its own: started, signalled, killed, and read line by line as it speaks."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from telegram_local.server import LocalTelegram
from tests.support.process_reaper import die_with_parent
from tests.support.source_text import ROOT

OURS: Final = frozenset(
    {
        "BOT_TOKEN", "BOT_API_URL", "DATABASE_URL", "ADMIN_IDS", "WEBHOOK_URL", "WEBHOOK_SECRET", "LISTEN",
        "MESSAGE_RATE", "PAID_BROADCAST", "LOG_LEVEL", "LOG_FORMAT",
    }
)  # fmt: skip
"""The settings: what the machine that runs the tests has set is not meant for them."""


_DROP: Final = 24  # a capability from what any process to come may have
_READ_AND_WRITE_ALL: Final = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_LIBC: Final = ctypes.CDLL(None)  # opened before any fork


def as_anybody(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """Run `bot.py` in `folder` to its end, bound by the modes of files even where root runs the tests.

    Return its exit code and all it said.
    """
    environment = {name: value for name, value in os.environ.items() if name.upper() not in OURS}

    def bound() -> None:
        for capability in _READ_AND_WRITE_ALL:
            _LIBC.prctl(_DROP, capability, 0, 0, 0)

    ran = subprocess.run(
        [sys.executable, ROOT / "bot.py", *words],
        cwd=folder,
        env=environment | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=bound if sys.platform == "linux" else None,
    )
    return ran.returncode, ran.stdout


class BotProcess:
    """A running `bot.py`. What it writes is kept line by line, both streams together."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
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
    """Start `bot.py` in `folder` with exactly these settings; whatever happens, it does not outlive the block."""
    environment = {name: value for name, value in os.environ.items() if name.upper() not in OURS}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "bot.py"),
        *words,
        cwd=folder,
        env=environment | settings,
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
