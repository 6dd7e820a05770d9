"""The whole way as a newcomer goes it: `bot.py chat` in a process of its own, talked to in a real browser."""

import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import ConsoleMessage, Page, expect

from tests.support.browser import open_browser, require_chromium
from tests.support.command_line import bot_process

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S+")


@asynccontextmanager
async def chatting(folder: Path) -> AsyncIterator[str]:
    """Run `bot.py chat` with its data in `folder`; yield the address of its page."""
    async with bot_process(folder, "chat", "--port", "0", "--no-browser") as running:
        found = ADDRESS.search(await running.says("http://127.0.0.1", 30))
        assert found
        yield found[0]
        assert await running.stopped_by(signal.SIGTERM) == 0


class Chat:
    """The chat page, used by mouse and keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def says(self, text: str) -> None:
        await self.page.fill("#text", text)
        await self.page.press("#text", "Enter")

    async def presses(self, label: str) -> None:
        await self.page.locator(".key", has_text=label).last.click()

    async def sees(self, text: str) -> None:
        await expect(self.page.locator(".msg.in .text").last).to_contain_text(text, timeout=10_000)

    async def jumps_to(self, label: str) -> None:
        """Jump the clock on until a button of that label is there: an evening or a Sunday has messages of its own."""
        for _ in range(3):
            shown = await self.page.locator(".msg.in").count()
            await self.page.click("#jump")
            await expect(self.page.locator(".msg.in")).not_to_have_count(shown, timeout=10_000)
            if await self.page.locator(".key", has_text=label).count():
                return


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 860)])
async def test_a_newcomer_sees_an_interval_day_and_a_recovery_day(tmp_path: Path, width: int, height: int) -> None:
    require_chromium()
    async with chatting(tmp_path) as address, open_browser() as browser:
        page = await browser.new_page(viewport={"width": width, "height": height})
        noise: list[str] = []
        page.on("console", lambda message: noise.append(_said(message)))
        page.on("pageerror", lambda error: noise.append(str(error)))
        chat = Chat(page)
        await page.goto(address)
        await page.click("#start")
        await chat.sees("I'm Calf Coach")
        await chat.presses("Set me up")
        await chat.sees("What would you like to work on?")
        await chat.presses("Bigger calves")
        await chat.presses("Done")
        await chat.sees("how many of the last six weeks did you run")
        await chat.presses("0–3")
        await chat.sees("Which days can you train")
        await chat.presses("Done")
        await chat.sees("What equipment do you have?")
        await chat.presses("None of these")
        await chat.sees("A quick health check")
        await chat.presses("None apply")
        await chat.sees("Are you 50 or older?")
        await chat.presses("18–49")
        await chat.sees("kilos, pounds or stone?")
        await chat.presses("kg")
        await chat.sees("How much do you weigh?")
        await chat.says("72.5")
        await chat.sees("Which city")
        await chat.says("Berlin")
        await chat.sees("When should I remind you?")
        await chat.presses("07:00")
        await chat.sees("Your first week is ready")

        await chat.says("are ankle weights a good idea?")
        await chat.sees("No, not while running.")

        await page.click("#jump")
        await chat.sees("nterval")
        await chat.presses("Done")
        await chat.sees("Logged: walk–jog intervals")
        await chat.jumps_to("I rested")
        await chat.sees("protein with e")  # each meal, every meal: the words change by day
        await chat.presses("I rested")
        await chat.sees("Rest day logged")
        assert noise == []


def _said(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"
