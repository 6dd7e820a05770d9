"""The chat page: reactions under messages, the thumb by mouse and by keyboard, effects, texts to copy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.support.browser import open_browser
from tests.support.scripted_chat import ScriptedChat
from tests.telegram_local.test_page import expect_count, expect_text, expect_visible, person
from tests.telegram_local.test_page_accessibility import judged

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator

pytestmark = pytest.mark.asyncio(loop_scope="module")

THUMB = "React with 👎"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def chat(browser: Browser) -> AsyncIterator[ScriptedChat]:
    context = await person(browser)
    chat = await ScriptedChat.open(context)
    yield chat
    await context.close()
    assert chat.console == []


def thumb(shown: Locator) -> Locator:
    return shown.get_by_role("button", name=THUMB)


async def test_reactions_come_and_go(chat: ScriptedChat) -> None:
    shown = await chat.say(mine=True, text="Did it.")
    chat.tell(type="reactions", message_id=1, reactions={"bot": "🔥"})
    await expect_text(shown.get_by_role("img", name="Calf Coach reacted with 🔥"), "🔥")
    await expect_count(thumb(shown), 0)  # one does not react to oneself
    chat.tell(type="reactions", message_id=1, reactions={})
    await expect_count(shown.get_by_role("img"), 0)


async def test_a_thumb_is_set_and_taken_back_by_mouse(chat: ScriptedChat) -> None:
    shown = await chat.say(text="An answer.")
    await shown.hover()
    await thumb(shown).click()
    assert await chat.hear("react") == {"type": "react", "message_id": 1, "emoji": "👎"}
    chat.tell(type="reactions", message_id=1, reactions={"person": "👎"})
    await expect_visible(shown.get_by_role("img", name="You reacted with 👎"))
    assert await thumb(shown).get_attribute("aria-pressed") == "true"
    await thumb(shown).click()
    await chat.until(lambda: chat.heard[-1].get("emoji", "") is None)


async def test_a_thumb_is_set_by_keyboard_and_keeps_the_focus(chat: ScriptedChat) -> None:
    first, second = await chat.say(text="One."), await chat.say(text="Two.")
    assert await thumb(first).get_attribute("tabindex") == "-1"
    await thumb(second).focus()
    await chat.page.keyboard.press("ArrowUp")
    await chat.page.keyboard.press("Enter")
    assert (await chat.hear("react"))["message_id"] == 1
    chat.tell(type="edit", message={**chat.message(text="One, changed."), "message_id": 1})
    await expect_visible(first.get_by_text("One, changed."))
    assert await thumb(first).evaluate("node => node === document.activeElement")


async def test_an_effect_is_a_mark_beside_the_time(chat: ScriptedChat) -> None:
    shown = await chat.say(text="Your first session.", effect_id="5046509860389126442")
    await expect_visible(shown.get_by_role("img", name="Came with the effect 🎉"))


async def test_reactions_are_there_when_the_page_opens(chat: ScriptedChat) -> None:
    chat.reactions = {"1": {"person": "👎"}}
    await chat.renew({"text": "An answer."})
    await expect_visible(chat.page.get_by_role("img", name="You reacted with 👎"))


async def test_all_of_it_is_accessible(chat: ScriptedChat) -> None:
    await chat.say(mine=True, text="Did it.")
    await chat.say(text="Your first session.", effect_id="5046509860389126442")
    chat.tell(type="reactions", message_id=1, reactions={"bot": "🔥"})
    chat.tell(type="reactions", message_id=2, reactions={"person": "👎"})
    await expect_visible(chat.page.get_by_role("img", name="You reacted with 👎"))
    await judged(chat, "reactions")
