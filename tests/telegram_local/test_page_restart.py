"""An open page and a server that is started anew: with its key it goes on, without it it says how to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from telegram_local import LocalTelegram
from tests.support.browser import open_browser
from tests.telegram_local.test_page import expect_text, expect_visible, person

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEY = "a-key-that-is-kept-over-the-restarts-of-the-chat"


@pytest_asyncio.fixture(loop_scope="module")
async def context() -> AsyncIterator[BrowserContext]:
    async with open_browser() as browser:
        context = await person(browser)
        yield context
        await context.close()


async def served(key: str, port: int = 0) -> LocalTelegram:
    server = LocalTelegram(now=lambda: datetime(2026, 3, 4, 12, tzinfo=UTC), page_key=key)
    await server.start(port=port)
    return server


async def opened(context: BrowserContext, address: str) -> Page:
    page = await context.new_page()
    await page.goto(address)
    await expect_visible(page.get_by_role("button", name="Start"))
    return page


async def restarted(server: LocalTelegram, key: str) -> LocalTelegram:
    await server.stop()
    return await served(key, port=int(server.address.rpartition(":")[2]))


async def test_the_key_leaves_the_address_and_the_page_can_be_reloaded(context: BrowserContext) -> None:
    server = await served(KEY)
    page = await opened(context, f"{server.page_address}&user=2")
    assert page.url == f"{server.address}/?user=2"
    await page.reload()
    await expect_visible(page.get_by_role("button", name="You are Ben"))
    assert await page.evaluate("document.cookie") == "", "no script can read the key"
    await server.stop()


async def test_an_open_page_goes_on_after_a_restart(context: BrowserContext) -> None:
    server = await served(KEY)
    page = await opened(context, server.page_address)
    await server.stop()
    await page.locator("body.offline").wait_for()  # what is pressed before the page notices would be lost
    again = await served(KEY, port=int(server.address.rpartition(":")[2]))
    await page.locator("body:not(.offline)").wait_for()
    await page.get_by_role("button", name="Start").click()
    await expect_text(page.locator(".msg.out .linklike"), "/start")
    await expect_visible(page.get_by_role("alert"), False)
    await again.stop()


async def test_a_page_whose_key_is_gone_says_how_to_go_on_and_then_does(context: BrowserContext) -> None:
    server = await served(KEY)
    page = await opened(context, server.page_address)
    again = await restarted(server, KEY[::-1])
    notice = page.get_by_role("alert")
    await expect_visible(notice)
    assert "Open the address that it printed" in await notice.inner_text()
    await expect_text(page.locator("#status"), "not let in")
    await opened(context, again.page_address)
    await expect_visible(notice, False)
    await expect_text(page.locator("#status"), "bot")
    await again.stop()


async def test_an_address_without_its_key_says_what_is_missing(context: BrowserContext) -> None:
    server = await served(KEY)
    page = await context.new_page()
    response = await page.goto(server.address)
    assert response is not None
    assert response.status == 403
    await expect_visible(page.get_by_text("the whole address that was printed"))
    await server.stop()
