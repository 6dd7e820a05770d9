"""Fixtures and settings of every test."""

import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path
from typing import Final

IN_MEMORY: Final = Path("/dev/shm")
ROOM: Final = 2 * 2**30  # bytes

# Before numpy is imported: threads of two workers on two cores wait for one another longer than they compute.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Also where Python is told to write nothing: what pytest makes of the tests' asserts takes each worker five seconds.
sys.dont_write_bytecode = False
# No test pulls the machine's plug: databases that wait for no disk say the same, sooner.
if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

# Thousands of tests are no garbage: looking through them again and again takes a tenth of finding them.
gc.disable()

# ruff: noqa: E402 - what is imported here reads those settings
import pytest
from hypothesis import settings

from app.runtime import CACHE, COLLECT_AFTER, freeze_gc, load_content
from content.library import Content
from db.engine import Database
from tests.support import on_both
from tests.support.bot_harness import BotHarness, running_bot
from tests.support.databases import (
    database,
    database_url,
    migrated_url,
    postgres_server,
    postgres_template,
    sqlite_template,
)

__all__ = [
    "database",
    "database_url",
    "migrated_url",
    "postgres_server",
    "postgres_template",
    "sqlite_template",
]  # fixtures for every test

REQUIRE_ALL: Final = os.environ.get("REQUIRE_ALL") == "1"
"""Set where everything is promised to be there (`.ci/run`): a skip is a failure."""


@cache
def _ready_content() -> Content:
    content = load_content()
    with _one_at_a_time():  # on a fresh clone the first fits the finder: each worker would, all at once
        content.language(None).finder.warm()
    return content


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait while another process of these tests is within this."""
    CACHE.mkdir(mode=0o700, exist_ok=True)
    with (CACHE / "tests.lock").open("w") as file:
        flock(file, LOCK_EX)
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Collect garbage again where workers run the tests: this process finds none."""
    _collect_garbage_again()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Fit it before the first test, which has two minutes."""
    asked = any("content" in getattr(item, "fixturenames", ()) for item in session.items)
    if asked and not session.config.option.collectonly:
        _ready_content()


@pytest.fixture(scope="session")
def content() -> Content:
    """The content that stands beside the code, read once, ready to find."""
    content = _ready_content()
    freeze_gc()
    return content


@pytest.fixture
async def coach(database: Database, content: Content) -> AsyncIterator[BotHarness]:
    """The whole bot against local Telegram, once on each database."""
    async with running_bot(database, content) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> None:
    """Let processes that tests start read what an earlier one compiled, also where Python is told to write nothing."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


settings.register_profile("same", derandomize=True)


def pytest_configure(config: pytest.Config) -> None:
    """Draw the same examples in each short run, so that what passed once passes; the long run looks further."""
    if config.option.markexpr != "soak":
        settings.load_profile("same")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to the long run what would say the same thing twice in the short one."""
    for item in items:
        if on_both.waits(item):
            item.add_marker(pytest.mark.soak)


def pytest_collection_finish() -> None:
    """Collect garbage again, of what the tests leave."""
    _collect_garbage_again()


def _collect_garbage_again() -> None:
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that skips where nothing may be missing; let every report be told from one process to another."""
    report = yield
    _no_skip(report)
    report.sections = [(name, _printable(text)) for name, text in report.sections]
    if report.failed and report.longreprtext != _printable(report.longreprtext):
        report.longrepr = _printable(report.longreprtext)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a module that skips itself where nothing may be missing."""
    report = yield
    _no_skip(report)
    return report


def _printable(text: str) -> str:
    """Half a pair of surrogates, as a test that sends one shows it, cannot be sent on."""
    return text.encode("utf-8", "backslashreplace").decode()


def _no_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        report.outcome = "failed"
        report.longrepr = f"{reason}\nNothing may be skipped under REQUIRE_ALL=1."
