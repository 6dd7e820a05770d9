"""`bot.py` in a process that begins where everything is imported and the content read: in milliseconds, not seconds.

It has words, folder, environment, streams and an end of its own, as a process that Python starts anew has them. Tests
of that start, or of how an interpreter takes itself apart, need one that Python starts.
"""

from __future__ import annotations

import ctypes
import os
import sys
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

import bot
from cli.ending import end
from tests.support.bot_process import content
from tests.support.fork_server import fork_server
from tests.support.process_reaper import die_with_parent

_READING: Final = ("check", "faq", "serve", "talk")
"""The modules of `cli` that read the content."""

_CAPABILITIES: Final = 0x2008_0522  # the version of what Linux is told
_READ_AND_WRITE_ALL: Final = (1 << 1) | (1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_LIBC: Final = ctypes.CDLL(None)  # opened before any fork


@dataclass(frozen=True)
class Streams:
    """File descriptors of a child's standard streams; they are its own once it is started."""

    input: int
    output: int
    errors: int


def forked(
    folder: Path, environment: Mapping[str, str], words: tuple[str, ...], streams: Streams, *, bound: bool = False
) -> BaseProcess:
    """Start `bot.py` in `folder`. `bound`: by the modes of files even where root runs the tests."""
    handed = [Connection(descriptor) for descriptor in (streams.input, streams.output, streams.errors)]
    process = fork_server().Process(target=_main, args=(str(folder), dict(environment), words, handed, bound))
    process.start()
    for connection in handed:
        connection.close()
    return process


def _main(
    folder: str, environment: dict[str, str], words: tuple[str, ...], streams: list[Connection], bound: bool
) -> None:
    die_with_parent()  # the fork server, which ends with the tests
    for number, connection in enumerate(streams):
        os.dup2(connection.fileno(), number)
        connection.close()
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - they end with the process
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    zoneinfo.reset_tzpath()  # which was read when Python started
    if bound:
        _drop(_READ_AND_WRITE_ALL)
    for name in _READING:
        import_module(f"cli.{name}").load_content = lambda *_: content()  # type: ignore[attr-defined]
    end(bot.main(words))


def _drop(capabilities: int) -> None:
    """Give up what root may; elsewhere than on Linux, and for anybody else, there is nothing to give up."""
    if sys.platform != "linux":
        return
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice, for more than 32 of them
    assert _LIBC.capget(header, sets) == 0
    for place in range(3):
        sets[place] &= ~capabilities
    assert _LIBC.capset(header, sets) == 0
