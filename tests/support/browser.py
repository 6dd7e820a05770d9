"""A headless Chromium of the system for tests that look at pages as a person does."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")

# A browser that only speaks to loopback: everything it would do on its own, out to the network, is off.
LAUNCH_ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """The first Chromium on PATH, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def require_chromium() -> str:
    """Path of Chromium; skips the test where there is none, or fails it where `REQUIRE_ALL=1` promises one."""
    path = chromium_path()
    if path is not None:
        return path
    reason = f"no Chromium on PATH (looked for {', '.join(NAMES)})"
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """A headless Chromium, closed at the end; skips or fails without one as `require_chromium` says."""
    path = require_chromium()
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(LAUNCH_ARGS), chromium_sandbox=False)
        try:
            yield browser
        finally:
            await browser.close()
