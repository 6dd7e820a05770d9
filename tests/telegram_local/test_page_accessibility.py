"""The chat page for people who use a keyboard, a screen reader, much zoom, or a theme of their choice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tests.support.browser import open_browser
from tests.support.scripted_chat import Frame, ScriptedChat
from tests.telegram_local.test_page import button, composer, everything, expect_visible, keys, marked, person

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Every rule that axe-core has: best practices, the experimental ones, and level AAA (contrast of 7 to 1) with the rest.
AXE = """async () => {
  const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
  const { violations, incomplete } = await axe.run(document, { rules, resultTypes: ["violations", "incomplete"] });
  return [violations, incomplete].map((found) =>
    found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`)));
}"""
# Text over a gradient, which test_all_text_has_contrast_enough measures; and hidden parts, which each state shows.
LEFT_TO_PEOPLE = ("color-contrast", "hidden-content")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await person(browser)
    yield context
    await context.close()


def more() -> list[Frame]:
    """The other fields of a chat."""
    long = "\n".join(f"line {number}" for number in range(9))
    return [
        marked("a secret", ("spoiler", "secret")),
        marked(long, ("expandable_blockquote", long)),
        marked("call +49 30 1234567 or /today", ("phone_number", "+49 30 1234567"), ("bot_command", "/today")),
        {"sticker": {"file_id": "s", "emoji": "🎉"}},
        {"text": "A reply", "reply_to_message": {"message_id": 1, "text": "yesterday"}},
        {
            "text": "Links",
            **keys([{"text": "Web", "url": "https://example.org/"}, {"text": "Copy", "copy_text": {"text": "3"}}]),
        },
    ]


async def states(chat: ScriptedChat) -> AsyncIterator[str]:
    """Bring the page into each state that a person can bring it into; Escape ends every one that has an end."""
    page = chat.page
    yield "conversation"
    chat.tell(type="typing", action="typing")
    chat.tell(type="callback_answer", callback_query_id="q", text="A toast", show_alert=False, url=None)
    await expect_visible(page.locator(".toast"))
    yield "toast and typing"
    await composer(chat).fill("/")
    await expect_visible(page.get_by_role("option").first)
    yield "commands"
    await page.keyboard.press("Escape")
    await expect_visible(page.locator("#suggest"), False)
    await composer(chat).fill("")
    for opener, opened in (("#attach", "#attachments"), ("#person", "#people")):
        await page.locator(opener).press("Enter")
        await expect_visible(page.locator(opened))
        yield opened
        await page.keyboard.press("Escape")
        await expect_visible(page.locator(opened), False)
        assert await page.locator(opener).evaluate("node => node === document.activeElement")
    await page.locator("#attach").press("Enter")
    await page.locator("#send-location").press("Enter")
    chat.tell(type="callback_answer", callback_query_id="q", text="Now read this. " * 9, show_alert=True, url=None)
    for opened in ("#alert", "#place"):
        await expect_visible(page.locator(opened))
        yield opened
        await page.keyboard.press("Escape")
        await expect_visible(page.locator(opened), False)
    photo = page.get_by_role("button", name="Enlarge the photo")
    await photo.press("Enter")
    await expect_visible(page.locator("#viewer"))
    yield "#viewer"
    await page.keyboard.press("Escape")
    await expect_visible(page.locator("#viewer"), False)
    assert await photo.evaluate("node => node === document.activeElement")
    await page.evaluate("import('/status.js').then(({ showRefused }) => showRefused())")
    await expect_visible(page.get_by_role("alert"))
    yield "refused"


async def judged(chat: ScriptedChat, state: str) -> None:
    await chat.page.evaluate(AXE_SOURCE)
    violations, incomplete = await chat.page.evaluate(AXE)
    assert violations == [], state
    assert [found for found in incomplete if not found.startswith(LEFT_TO_PEOPLE)] == [], state


AXE_SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desktop"])
async def test_axe_finds_nothing(context: BrowserContext, theme: Any, size: tuple[int, int]) -> None:
    chat = await ScriptedChat.open(context)
    await chat.page.set_viewport_size({"width": size[0], "height": size[1]})
    await chat.page.emulate_media(color_scheme=theme)
    await judged(chat, "fresh")
    await chat.renew(*everything(), *more())
    async for state in states(chat):
        await judged(chat, state)
    assert chat.console == []


# What is shown of buttons, links and fields, and what holds them: all within the window, and nothing cut off inside.
CUT_OFF = """() => {
  const wrong = [];
  for (const node of document.querySelectorAll("body *")) {
    if (!node.checkVisibility() || node.closest(".sr-only, .symbols")) continue;
    const name = `${node.tagName}#${node.id}.${node.className}`;
    const { left, right, width, height } = node.getBoundingClientRect();
    const read = width <= 1 && height <= 1; // a name for screen readers only
    const more = node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "visible";
    if (more && !read && node.tagName !== "PRE") wrong.push(`${name} is cut off`);
    const whole = node.matches("button, a, input, textarea, dialog, .popover, .bubble, .toast, .option");
    if (whole && (left < -0.5 || right > innerWidth + 0.5)) wrong.push(`${name} sticks out`);
  }
  if (document.scrollingElement.scrollHeight > innerHeight) wrong.push("the page scrolls besides the log");
  return wrong;
}"""


@pytest.mark.parametrize("size", [(195, 422), (640, 400)], ids=["phone", "desktop"])
async def test_at_twice_the_size_nothing_is_lost_and_nothing_scrolls_sideways(
    context: BrowserContext, size: tuple[int, int]
) -> None:
    """A browser that zooms to 200% gives the page half its width and height."""
    chat = await ScriptedChat.open(context)
    await chat.page.set_viewport_size({"width": size[0], "height": size[1]})
    assert await chat.page.evaluate(CUT_OFF) == []
    await expect_visible(button(chat, "Start"))
    await chat.renew(*everything(), *more())
    async for state in states(chat):
        assert await chat.page.evaluate(CUT_OFF) == [], state
        if state == "conversation":
            names = (
                "Jump to it",
                "You are Ann. Switch person",
                "Attach",
                "Commands",
                "Hide the keyboard",
                "Send",
                "Yes",
            )
            for name in names:
                await expect_visible(button(chat, name))
            room = await chat.page.locator("#log").evaluate("node => node.clientHeight")
            assert room >= 120, "a message of a few lines can be read"
    await composer(chat).fill("A message of several words, longer than the field is wide")
    assert await composer(chat).evaluate("node => node.clientWidth") > 120
    assert await chat.page.evaluate(CUT_OFF) == []


# The ring around what has the focus, its own or that of the row it is typed into, and whether it is in sight.
FOCUS = """() => {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const row = node.id === "text" && / 2px(?!.* 0px 0px 0px 2px)/.test(getComputedStyle(node.form).boxShadow);
  const box = node.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { name: node.ariaLabel || node.innerText || node.id, tag: node.tagName, visible: ring || row, inside };
}"""


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_focus_is_always_seen(context: BrowserContext, width: int) -> None:
    chat = await ScriptedChat.open(context, *everything(), *more())
    await chat.page.set_viewport_size({"width": width, "height": 800})
    await chat.page.locator("#theme").focus()
    stops: list[Frame] = []
    while not stops or stops[-1]["tag"] != "BODY":
        await chat.page.keyboard.press("Tab")
        stops.append(await chat.page.evaluate(FOCUS))
        assert len(stops) < 60
    names = [stop["name"] for stop in stops]
    for name in (
        "Conversation",
        "Hidden text, show it",
        "Show the whole quote",
        "Enlarge the photo",
        "Web",
        "Message",
        "Yes",
    ):
        assert name in names
    assert [stop for stop in stops[:-1] if not (stop["visible"] and stop["inside"])] == []


async def test_a_conversation_by_keyboard_alone(context: BrowserContext) -> None:
    chat = await ScriptedChat.open(context)
    keyboard = chat.page.keyboard

    async def tab_to(name: str) -> None:
        for _ in range(30):
            await keyboard.press("Tab")
            if (await chat.page.evaluate(FOCUS))["name"] == name:
                return
        raise AssertionError(f"Tab does not come to {name}")

    await tab_to("Start")
    await keyboard.press("Enter")
    assert await chat.hear("start") == {"type": "start", "payload": ""}
    await chat.say(mine=True, text="/start")
    await expect_visible(composer(chat))
    await keyboard.type("Hello")
    await keyboard.press("Enter")
    assert (await chat.hear("send"))["text"] == "Hello"
    await chat.say(text="Ready?", **keys([{"text": "Go", "callback_data": "go"}]))
    await button(chat, "Go").wait_for()
    await keyboard.press("Shift+Tab")
    await keyboard.press("Shift+Tab")
    await keyboard.press("Shift+Tab")
    assert (await chat.page.evaluate(FOCUS))["name"] == "Go"
    await keyboard.press("Space")
    assert (await chat.hear("press"))["data"] == "go"
    chat.tell(type="callback_answer", callback_query_id="q", text="Off you go.", show_alert=True, url=None)
    await expect_visible(chat.page.get_by_role("dialog"))
    await keyboard.press("Escape")
    await expect_visible(chat.page.get_by_role("dialog"), False)
    assert (await chat.page.evaluate(FOCUS))["name"] == "Go"
    await chat.say(text="Which?", reply_markup={"keyboard": [["Left", "Right"]]})
    await button(chat, "Right").wait_for()
    await tab_to("Right")
    await keyboard.press("Enter")
    await chat.until(lambda: chat.heard[-1] == {"type": "send", "text": "Right"})
    assert chat.console == []
