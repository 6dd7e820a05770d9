"""The chat page in a real browser: first against frames by hand, then against the server it belongs to."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import pytest_asyncio

from telegram_local import LocalTelegram
from tests.support.browser import open_browser
from tests.support.scripted_chat import BOT, NOON, Frame, ScriptedChat

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as browser:
        yield browser


async def person(browser: Browser) -> BrowserContext:
    """A person's browser: English, in Berlin, without motion to wait for."""
    context = await browser.new_context(
        locale="en-GB",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
        permissions=["clipboard-write"],
        viewport={"width": 800, "height": 600},
    )
    context.set_default_timeout(8000)
    return context


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await person(browser)
    yield context
    await context.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def kept(browser: Browser) -> AsyncIterator[ScriptedChat]:
    """One page for the many tests that need no other, loaded anew for each."""
    context = await person(browser)
    yield await ScriptedChat.open(context)
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def chat(kept: ScriptedChat) -> AsyncIterator[ScriptedChat]:
    """A chat with one message in it, whose console must stay empty."""
    await kept.renew({"text": "Welcome back."})
    yield kept
    assert kept.console == []


def marked(text: str, *marks: tuple[str, str] | tuple[str, str, Frame]) -> Frame:
    """Text with entities over parts of it: (kind, part, more fields). Offsets count UTF-16 units."""

    def units(part: str) -> int:
        return len(part.encode("utf-16-le")) // 2

    entities = []
    for kind, part, *more in marks:
        start = units(text[: text.index(part)])
        entities.append({"type": kind, "offset": start, "length": units(part)} | (more[0] if more else {}))
    return {"text": text, "entities": entities}


def keys(*rows: list[Frame]) -> Frame:
    return {"reply_markup": {"inline_keyboard": list(rows)}}


def button(chat: ScriptedChat, name: str) -> Locator:
    return chat.page.get_by_role("button", name=name, exact=True)


def composer(chat: ScriptedChat) -> Locator:
    return chat.page.get_by_role("textbox", name="Message")


async def expect_text(locator: Locator, text: str | re.Pattern[str]) -> None:
    from playwright.async_api import expect

    await expect(locator).to_have_text(text)


async def expect_count(locator: Locator, count: int) -> None:
    from playwright.async_api import expect

    await expect(locator).to_have_count(count)


async def expect_visible(locator: Locator, visible: bool = True) -> None:
    from playwright.async_api import expect

    await (expect(locator).to_be_visible() if visible else expect(locator).to_be_hidden())


# Text


KINDS: list[tuple[str, str, Frame]] = [
    ("bold", "strong", {}),
    ("italic", "em", {}),
    ("underline", "u", {}),
    ("strikethrough", "s", {}),
    ("spoiler", ".spoiler", {}),
    ("code", "code", {}),
    ("pre", "pre code", {"language": "python"}),
    ("blockquote", "blockquote", {}),
    ("expandable_blockquote", "blockquote.expandable .fold", {}),
    ("text_link", 'a[href="https://example.org/a"]', {"url": "https://example.org/a"}),
    ("text_mention", ".tag", {"user": {"id": 1, "is_bot": False, "first_name": "Ann"}}),
    ("hashtag", ".tag", {}),
    ("cashtag", ".tag", {}),
    ("phone_number", "button.linklike", {}),
    ("bot_command", "button.linklike", {}),
    ("custom_emoji", ".custom-emoji", {"custom_emoji_id": "1"}),
]


async def test_every_kind_of_entity_marks_its_own_text_and_no_more(chat: ScriptedChat) -> None:
    # an emoji before it takes two UTF-16 units
    shown = {kind: await chat.say(**marked("🏃 one two three", (kind, "two", more))) for kind, _, more in KINDS}
    for kind, selector, _ in KINDS:
        assert await shown[kind].locator(selector).all_text_contents() == ["two"], kind
    await expect_text(shown["pre"].locator(".pre-language"), "python")


async def test_addresses_in_text_become_links(chat: ScriptedChat) -> None:
    for kind, text, href in (
        ("url", "example.org/x?a=1", "https://example.org/x?a=1"),
        ("url", "http://example.org", "http://example.org/"),
        ("email", "ann@example.org", "mailto:ann@example.org"),
        ("mention", "@someone", "https://t.me/someone"),
    ):
        link = (await chat.say(**marked(f"see {text} now", (kind, text)))).get_by_role("link")
        assert await link.get_attribute("href") == href
        assert await link.get_attribute("rel") == "noopener noreferrer"
        assert await link.inner_text() == text


async def test_entities_nest_and_crossing_ones_show_every_character_once(chat: ScriptedChat) -> None:
    nested = await chat.say(
        **marked(
            "quote bold both\nafter",
            ("blockquote", "quote bold both"),
            ("bold", "bold both"),
            ("italic", "both"),
        )
    )
    await expect_text(nested.locator("blockquote strong em"), "both")
    crossing = await chat.say(**marked("abcdef", ("bold", "abcd"), ("italic", "cdef")))
    assert (await crossing.locator(".text").inner_text()).startswith("abcdef")
    assert await crossing.locator("em").all_text_contents() == ["cd", "ef"]


async def test_a_moment_is_shown_in_the_readers_zone(chat: ScriptedChat) -> None:
    async def said(form: str | None) -> str | None:
        more = {"unix_time": NOON + 3600} | ({"date_time_format": form} if form is not None else {})
        shown = await chat.say(**marked("at 13:00 UTC", ("date_time", "13:00 UTC", more)))
        return await shown.locator(".text > time").text_content()

    assert await said(None) == "13:00 UTC"
    assert await said("t") == "14:00"
    assert await said("T") == "14:00:00"
    assert await said("r") == "in 1 hour"
    assert await said("D") == "4 March 2026"
    assert str(await said("wDt")).startswith("Wednesday")


async def test_a_spoiler_hides_its_link_until_it_is_asked_for(chat: ScriptedChat) -> None:
    more = {"url": "https://example.org/"}
    shown = await chat.say(**marked("so: secret", ("spoiler", "secret"), ("text_link", "secret", more)))
    focusable = "node => { node.focus(); return node === document.activeElement }"
    assert not await shown.locator("a").evaluate(focusable)
    await shown.get_by_role("button", name="Hidden text, show it").press("Enter")
    assert await shown.locator("a").evaluate(focusable)


async def test_a_long_expandable_quote_opens_and_a_short_one_has_nothing_to_open(chat: ScriptedChat) -> None:
    long, short = "\n".join(f"line {number}" for number in range(9)), "short"
    shown = await chat.say(**marked(long, ("expandable_blockquote", long)))
    few = await chat.say(**marked(short, ("expandable_blockquote", short)))
    fold = shown.locator(".fold")
    more = shown.get_by_role("button", name="Show the whole quote")
    await expect_visible(more)
    folded = await fold.evaluate("node => node.clientHeight")
    await more.click()
    assert await fold.evaluate("node => node.clientHeight") > 2 * folded
    await expect_visible(few.locator(".more"), False)


ATTACK = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>'


async def test_text_never_becomes_markup(context: BrowserContext) -> None:
    chat = await ScriptedChat.open(context, {"text": ATTACK})
    title = await chat.page.title()
    await chat.say(text=ATTACK, mine=True)
    await chat.say(
        document={"file_id": '"><img src=x>', "file_name": ATTACK},
        caption=ATTACK,
        **keys([{"text": ATTACK, "callback_data": ATTACK}]),
    )
    await chat.say(**marked(ATTACK, ("pre", ATTACK, {"language": ATTACK})))
    await chat.say(text="k", reply_markup={"keyboard": [[ATTACK]], "input_field_placeholder": ATTACK})
    chat.tell(type="callback_answer", callback_query_id="1", text=ATTACK, show_alert=True, url="javascript:alert(1)")
    chat.tell(type="commands", commands=[{"command": "x", "description": ATTACK}])
    await expect_text(chat.page.get_by_role("dialog").locator("p"), ATTACK)
    await button(chat, "OK").click()
    await composer(chat).fill("/")
    await expect_count(chat.page.get_by_role("option"), 1)
    await expect_count(chat.page.locator("img:not(#viewer-image), body script"), 0)
    assert await chat.page.title() == title
    assert chat.console == []


async def test_only_harmless_addresses_become_links(chat: ScriptedChat) -> None:
    for address in (
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "\x01javascript:x",
    ):
        shown = await chat.say(
            **marked(f"a {address} !", ("text_link", "!", {"url": address}), ("url", address)),
            **keys([{"text": "Go", "url": address}]),
        )
        await expect_text(shown.get_by_role("button", name="Go"), "Go")
        links = [str(await link.get_attribute("href")) for link in await shown.locator("a").all()]
        assert all(link.startswith("https://") for link in links), links


# Messages


async def test_media_are_shown_and_a_photo_can_be_enlarged(chat: ScriptedChat) -> None:
    sizes = [{"file_id": "small", "width": 90, "height": 58}, {"file_id": "large", "width": 800, "height": 520}]
    photo = await chat.say(photo=sizes, caption="Your week")
    assert await photo.locator("img").get_attribute("src") == "/files/large"
    await photo.get_by_role("button", name="Enlarge the photo").click()
    await expect_visible(chat.page.get_by_role("dialog", name="Photo"))
    await chat.page.keyboard.press("Escape")
    await expect_visible(chat.page.get_by_role("dialog", name="Photo"), False)
    file = await chat.say(document={"file_id": "f", "file_name": "export.zip", "file_size": 48_213})
    link = file.get_by_role("link", name="export.zip 47 KB · Download")
    assert await link.get_attribute("download") == "export.zip"
    await expect_text(link.locator("small"), "47 KB · Download")
    place = await chat.say(location={"latitude": 52.52, "longitude": 13.405}, mine=True)
    await expect_visible(place.get_by_role("link", name="Location 52.5200, 13.4050, open a map"))
    sticker = await chat.say(sticker={"file_id": "s", "emoji": "🎉"})
    await expect_visible(sticker.get_by_role("img", name="Sticker 🎉"))


async def test_days_are_told_apart_by_the_bots_clock(context: BrowserContext) -> None:
    history: list[Frame] = [
        {"text": "old", "date": NOON - 40 * 86_400},
        {"text": "y", "date": NOON - 86_400},
        {"text": "t"},
    ]
    chat = await ScriptedChat.open(context, *history)
    assert await chat.page.locator(".date").all_inner_texts() == ["Friday 23 January", "Yesterday", "Today"]
    chat.tell(type="clock", now="2026-03-05T07:00:00+00:00", next=None, enabled=True)
    await expect_text(chat.page.locator(".date").last, "Yesterday")


async def test_an_edit_replaces_in_place_and_a_deletion_removes(chat: ScriptedChat) -> None:
    message = chat.message(text="before")
    chat.tell(type="message", message=message)
    after = await chat.say(text="the next one")
    chat.tell(type="edit", message=message | {"text": "after", "edit_date": NOON})
    await expect_text(chat.shown(message).locator(".text"), re.compile(r"^afteredited \d\d:\d\d$"))
    assert await chat.shown(message).evaluate("node => node.nextElementSibling.innerText.includes('the next one')")
    chat.tell(type="delete", message_id=message["message_id"])
    await expect_count(chat.shown(message), 0)
    await expect_visible(after)
    for other in (1, message["message_id"] + 1):
        chat.tell(type="delete", message_id=other)
    await expect_visible(button(chat, "Start"))  # an emptied chat is a fresh one
    await expect_count(chat.page.locator(".date"), 0)


async def test_reading_above_is_not_disturbed_by_a_new_message(context: BrowserContext) -> None:
    chat = await ScriptedChat.open(context, *({"text": f"line {number}"} for number in range(60)))
    log = chat.page.locator("#log")
    from_end = "node => node.scrollHeight - node.scrollTop - node.clientHeight"
    assert await log.evaluate(from_end) < 2
    await chat.say(text="seen at once")
    assert await log.evaluate(from_end) < 2
    await log.evaluate("node => { node.scrollTop = 100 }")
    await expect_visible(button(chat, "Go to the end"))
    await chat.say(text="unseen")
    assert await log.evaluate("node => node.scrollTop") == 100
    await button(chat, "1 new message, go to the end").click()
    assert await log.evaluate(from_end) < 2


async def test_a_message_longer_than_the_screen_is_read_from_its_first_line(chat: ScriptedChat) -> None:
    shown = await chat.say(text="First.\n" + "more\n" * 80 + "Last.")
    await expect_visible(button(chat, "Go to the end"))
    offset = "node => node.getBoundingClientRect().top - document.querySelector('#log').getBoundingClientRect().top"
    assert 0 <= await shown.evaluate(offset) < 20
    await composer(chat).fill("seen")
    await composer(chat).press("Enter")
    await chat.say(mine=True, text="seen")
    await expect_visible(button(chat, "Go to the end"), False)


# Buttons


async def test_a_pressed_button_waits_for_its_answer(chat: ScriptedChat) -> None:
    message = chat.message(
        text="Ready?", **keys([{"text": "Go", "callback_data": "go"}, {"text": "No", "callback_data": "n"}])
    )
    chat.tell(type="message", message=message)
    await button(chat, "Go").click()
    await button(chat, "Go").click()  # a second press while waiting is none
    assert await chat.hear("press") == {"type": "press", "message_id": message["message_id"], "data": "go"}
    busy = chat.shown(message).locator("[aria-busy]")
    await expect_text(busy, "Go")
    chat.tell(type="pressed", callback_query_id="q7", message_id=message["message_id"], data="go")
    chat.tell(type="edit", message=message | {"text": "Still ready?"})
    await expect_text(busy, "Go")  # an edit before the answer keeps it waiting
    chat.tell(type="callback_answer", callback_query_id="q7", text="Off you go.", show_alert=False, url=None)
    await expect_count(busy, 0)
    await expect_text(chat.page.locator(".toast"), "Off you go.")
    assert sum(frame["type"] == "press" for frame in chat.heard) == 1


async def test_an_alert_is_a_dialog_that_escape_closes(chat: ScriptedChat) -> None:
    chat.tell(type="callback_answer", callback_query_id="q", text="Read this.", show_alert=True, url=None)
    dialog = chat.page.get_by_role("dialog", name="Read this.")
    await expect_visible(dialog)
    await chat.page.keyboard.press("Escape")
    await expect_visible(dialog, False)
    chat.tell(type="callback_answer", callback_query_id="q", text="Again.", show_alert=True, url=None)
    await button(chat, "OK").press("Enter")
    await expect_visible(chat.page.get_by_role("dialog"), False)


async def test_the_focus_survives_the_edit_of_a_pressed_message(chat: ScriptedChat) -> None:
    message = chat.message(text="1", **keys([{"text": "Next", "callback_data": "a"}]))
    chat.tell(type="message", message=message)
    await button(chat, "Next").press("Enter")
    chat.tell(type="edit", message=message | {"text": "2"} | keys([{"text": "Then", "callback_data": "b"}]))
    await button(chat, "Then").wait_for()
    assert await button(chat, "Then").evaluate("node => node === document.activeElement")


async def test_buttons_that_do_not_call_back(chat: ScriptedChat) -> None:
    shown = await chat.say(
        text="More",
        **keys(
            [{"text": "Copy", "copy_text": {"text": "3 x 12"}}, {"text": "Web", "url": "https://example.org/"}],
            [{"text": "Ask", "switch_inline_query_current_chat": "calf"}, {"text": "Pay", "pay": True}],
            [{"text": "Deep", "url": f"https://t.me/{BOT['username']}?start=faq-1"}],
            [{"text": style, "callback_data": style, "style": style} for style in ("primary", "success", "danger")],
        ),
    )
    await button(chat, "Copy").click()
    await expect_text(chat.page.locator(".toast").last, "Copied: 3 x 12")
    await button(chat, "Pay").click()
    await expect_text(chat.page.locator(".toast").last, "This button works in Telegram only.")
    await button(chat, "Ask").click()
    assert await composer(chat).input_value() == f"@{BOT['username']} calf"
    web = shown.get_by_role("link", name="Web")
    assert (await web.get_attribute("href"), await web.get_attribute("target")) == ("https://example.org/", "_blank")
    await shown.get_by_role("link", name="Deep").click()
    assert (await chat.hear("start"))["payload"] == "faq-1"
    colours = {
        await button(chat, name).evaluate("node => getComputedStyle(node).backgroundColor")
        for name in ("primary", "success", "danger", "Pay")
    }
    assert len(colours) == 4


async def test_a_reply_keyboard_sends_its_text_and_asks_for_a_place(chat: ScriptedChat) -> None:
    rows = [["Yes", {"text": "Send my location", "request_location": True}]]
    await chat.say(text="?", reply_markup={"keyboard": rows, "input_field_placeholder": "Type your city"})
    assert await composer(chat).get_attribute("placeholder") == "Type your city"
    await button(chat, "Yes").click()
    assert (await chat.hear("send"))["text"] == "Yes"
    await button(chat, "Send my location").click()
    await button(chat, "Lisbon").click()
    assert await chat.hear("location") == {"type": "location", "latitude": 38.7223, "longitude": -9.1393}
    await button(chat, "Send my location").click()
    await chat.page.get_by_label("Latitude").fill("91")
    await chat.page.get_by_label("Longitude").fill("13.4")
    place = chat.page.get_by_role("dialog", name="Send a location")
    await place.get_by_role("button", name="Send", exact=True).click()
    await expect_visible(place)  # there is no such latitude
    await chat.page.get_by_label("Latitude").fill("52.5")
    await place.get_by_role("button", name="Send", exact=True).click()
    assert (await chat.hear("location"))["latitude"] == 52.5
    await chat.say(text="Thanks.", reply_markup={"remove_keyboard": True})
    await expect_visible(chat.page.locator("#replies"), False)


async def test_a_forced_reply_names_what_is_wanted(chat: ScriptedChat) -> None:
    await chat.say(text="How heavy?", reply_markup={"force_reply": True, "input_field_placeholder": "72.5"})
    await expect_visible(chat.page.get_by_placeholder("72.5"))
    assert await composer(chat).evaluate("node => node === document.activeElement")


# Writing


async def test_enter_sends_and_shift_enter_makes_a_line(chat: ScriptedChat) -> None:
    field = composer(chat)
    one_line = await field.evaluate("node => node.clientHeight")
    await field.fill("first 🏃")
    await field.press("Shift+Enter")
    await field.press_sequentially("second")
    assert await field.evaluate("node => node.clientHeight") > one_line
    await field.press("Enter")
    assert (await chat.hear("send"))["text"] == "first 🏃\nsecond"
    assert await field.input_value() == ""
    assert await field.evaluate("node => node.clientHeight") == one_line
    await field.fill("x" * 5000)
    await button(chat, "Send").click()
    await chat.until(lambda: len(chat.heard[-1]["text"]) == 5000)
    await field.fill("  \n ")
    await field.press("Enter")
    assert len(chat.heard) == 2


async def test_the_command_menu_by_keyboard(chat: ScriptedChat) -> None:
    field, options = composer(chat), chat.page.get_by_role("option")
    await field.fill("/")
    await expect_count(options, 5)
    await field.press("ArrowUp")
    await expect_text(chat.page.get_by_role("option", selected=True).locator("b"), "/privacy")
    await field.press("ArrowDown")
    await field.press("ArrowDown")
    await field.press("Enter")
    assert (await chat.hear("send"))["text"] == "/today"
    await field.press_sequentially("/we")
    await field.press("Tab")
    assert await field.input_value() == "/weight "
    await expect_count(options, 0)
    await field.fill("/p")
    await expect_count(options, 2)
    await field.press("Escape")
    await expect_count(options, 0)
    await field.fill("")
    await field.blur()
    await chat.page.keyboard.type("/p")  # typing needs no click into the field
    await expect_count(options, 2)
    await field.fill("")
    await button(chat, "Commands").click()
    await expect_count(options, 5)
    await chat.page.get_by_role("option", name="/plan").click()
    await chat.until(lambda: chat.heard[-1]["text"] == "/plan")


async def test_a_command_the_menu_does_not_list_is_sent_as_typed(chat: ScriptedChat) -> None:
    await composer(chat).fill("/export")  # found in a description only
    await expect_count(chat.page.get_by_role("option"), 1)
    await composer(chat).press("Enter")
    assert (await chat.hear("send"))["text"] == "/export"


async def test_inline_mode_asks_while_writing_and_sends_the_chosen_result(chat: ScriptedChat) -> None:
    await composer(chat).fill(f"@{BOT['username']} calf")
    assert (await chat.hear("inline"))["query"] == "calf"
    results = [{"type": "article", "id": "r1", "title": "Calf raises", "description": "Three sets"}]
    chat.tell(type="inline_results", query="stale", results=[])
    chat.tell(type="inline_results", query="calf", results=results)
    await expect_text(chat.page.get_by_role("option"), "Calf raisesThree sets")
    await composer(chat).press("Enter")
    assert await chat.hear("inline_choose") == {"type": "inline_choose", "result_id": "r1"}
    assert await composer(chat).input_value() == ""


async def test_a_command_in_text_and_a_test_input_are_sent(chat: ScriptedChat) -> None:
    shown = await chat.say(**marked("say /today", ("bot_command", "/today")))
    await shown.get_by_role("button", name="/today").click()
    assert (await chat.hear("send"))["text"] == "/today"
    await button(chat, "Attach").click()
    await button(chat, "Sticker").click()
    assert await chat.hear("sticker") == {"type": "sticker"}


# Around the messages


async def test_a_fresh_chat_describes_the_bot_and_starts_it(context: BrowserContext) -> None:
    chat = await ScriptedChat.open(context)
    await expect_visible(chat.page.get_by_text("one sensible week at a time"))
    await expect_visible(composer(chat), False)
    await button(chat, "Start").click()
    assert await chat.hear("start") == {"type": "start", "payload": ""}
    await chat.say(mine=True, text="/start")
    await expect_visible(composer(chat))
    await expect_visible(chat.page.locator("#empty"), False)
    await chat.page.keyboard.type("hi")  # the field has the focus: who starts wants to write
    assert await composer(chat).input_value() == "hi"
    assert chat.console == []


async def test_a_start_link_is_followed_once(context: BrowserContext) -> None:
    chat = await ScriptedChat.open(context, path="/?user=2&start=faq-ankle-weights", user_id=2)
    assert (await chat.hear("start"))["payload"] == "faq-ankle-weights"
    assert chat.page.url.endswith("/?user=2")
    await chat.cut()
    await chat.until(lambda: chat.connections == 2)
    assert sum(frame["type"] == "start" for frame in chat.heard) == 1


async def test_a_lost_connection_is_said_and_comes_back_with_what_was_missed(chat: ScriptedChat) -> None:
    status = chat.page.locator("#status")
    await expect_text(status, "bot")
    chat.history.append(chat.message(text="said meanwhile"))
    await chat.cut()
    await expect_text(status, "connecting…")
    await composer(chat).fill("kept")
    await composer(chat).press("Enter")
    assert await composer(chat).input_value() == "kept"
    await chat.until(lambda: chat.connections == 2)
    await expect_text(status, "bot")
    await expect_visible(chat.page.get_by_text("said meanwhile"))
    await expect_count(chat.page.locator(".msg"), 2)


async def test_typing_shows_until_the_message(chat: ScriptedChat) -> None:
    chat.tell(type="typing", action="upload_photo")
    await expect_text(chat.page.locator("#status"), "sending a photo…")
    await expect_visible(chat.page.locator("#typing"))
    await chat.say(text="Here.")
    await expect_text(chat.page.locator("#status"), "bot")
    await expect_visible(chat.page.locator("#typing"), False)


async def test_the_clock_strip_jumps_only_where_there_is_something_to_jump_to(chat: ScriptedChat) -> None:
    strip, jump = chat.page.get_by_role("region", name="The bot's clock"), button(chat, "Jump to it")
    await expect_text(strip.locator("time"), "Wed 4 Mar, 13:00")
    await expect_text(strip.locator("#clock-next"), "Next reminder: Thu 5 Mar, 08:00")
    await jump.click()
    assert await chat.hear("jump") == {"type": "jump"}
    chat.tell(type="clock", now="2026-03-05T07:00:00+00:00", next=None, enabled=True)
    await expect_text(strip.locator("#clock-next"), "No reminder set yet")
    assert await jump.is_disabled()
    chat.tell(type="clock", now="2026-03-05T07:00:00+00:00", next=None, enabled=False)
    await expect_visible(strip, False)


async def test_the_theme_follows_the_system_until_it_is_chosen(context: BrowserContext) -> None:
    chat = await ScriptedChat.open(context, {"text": "hi"})
    ground = "getComputedStyle(document.documentElement).colorScheme"
    await button(chat, "Use the dark theme").click()
    assert await chat.page.evaluate(ground) == "dark"
    await chat.page.reload()
    await expect_visible(button(chat, "Use the light theme"))
    assert await chat.page.evaluate(ground) == "dark"
    await context.clear_cookies()
    await chat.page.evaluate("localStorage.clear()")
    await chat.page.emulate_media(color_scheme="dark")
    await chat.page.reload()
    await expect_visible(button(chat, "Use the light theme"))


CONTRASTS = """() => {
  const ink = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (below, colour) => { // the colour as painted over what is below it
    ink.fillStyle = `rgb(${below})`; ink.fillRect(0, 0, 1, 1); ink.fillStyle = colour; ink.fillRect(0, 0, 1, 1);
    return [...ink.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => !node ? [0, 0, 0] : over(ground(node.parentElement), getComputedStyle(node).backgroundColor);
  const worst = [];
  for (const node of document.querySelectorAll("body *")) {
    const text = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    const shown = node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!text || !shown || node.closest(".sr-only, .bare .text, .avatar, [inert], :disabled")) continue;
    const below = ground(node), ink = over(below, getComputedStyle(node).color);
    const [high, low] = [light(below), light(ink)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 7) worst.push(`${node.tagName}.${node.className} ${node.textContent.slice(0, 20)} ${ratio}`);
  }
  return worst;
}"""


def everything() -> list[Frame]:
    """A history with a little of everything."""
    rich = marked(
        "A bold link to example.org, code, #tag\nquoted\nprint(1)",
        ("bold", "bold"),
        ("url", "example.org"),
        ("code", "code"),
        ("hashtag", "#tag"),
        ("blockquote", "quoted"),
        ("pre", "print(1)"),
    )
    styles = ("plain", "primary", "success", "danger")
    markup = keys(
        [{"text": f"A rather long label, {style}", "callback_data": style, "style": style} for style in styles]
    )
    return [
        {"text": "yesterday", "date": NOON - 86_400},
        rich | {"mine": True},
        rich | markup | {"edit_date": NOON},
        {"photo": [{"file_id": "p", "width": 800, "height": 520}]},
        {"document": {"file_id": "d", "file_name": "a-very-long-file-name-" * 4 + ".zip", "file_size": 10}},
        {"location": {"latitude": 1.0, "longitude": 2.0}, "mine": True},
        {"text": "unbroken" * 60},
        marked("wide = " + "1" * 200, ("pre", "wide = " + "1" * 200)),
        {"text": "?", "reply_markup": {"keyboard": [["Yes", "No", "A rather long answer to choose"]]}},
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_all_text_has_contrast_enough(context: BrowserContext, theme: Any) -> None:
    chat = await ScriptedChat.open(context, *everything())
    await chat.page.emulate_media(color_scheme=theme)
    chat.tell(type="callback_answer", callback_query_id="q", text="A toast", show_alert=False, url=None)
    await composer(chat).fill("/")
    for ground in ("--paper", "--paper-far"):
        await chat.page.evaluate("name => { document.body.style.backgroundColor = `var(${name})` }", ground)
        assert await chat.page.evaluate(CONTRASTS) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_nothing_scrolls_sideways(context: BrowserContext, width: int) -> None:
    chat = await ScriptedChat.open(context, *everything())
    await chat.page.set_viewport_size({"width": width, "height": 740})
    await composer(chat).fill("/")
    sideways = """() => ["html", "body", "#log", ".dock", ".bar"].filter((name) => {
        const node = document.querySelector(name); return node.scrollWidth > node.clientWidth })"""
    assert await chat.page.evaluate(sideways) == []
    assert await chat.page.evaluate("document.scrollingElement.scrollHeight") == 740  # only the log scrolls
    for name in (".bubble", ".key", ".composer", ".jump", ".person", ".option"):
        for node in await chat.page.locator(name).all():
            box = await node.bounding_box()
            assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= width), (name, box)
    assert chat.console == []


async def test_everything_is_reached_by_keyboard(chat: ScriptedChat) -> None:
    await chat.say(text="Ready?", **keys([{"text": "Go", "callback_data": "go"}]))
    await button(chat, "Go").wait_for()
    seen: list[str] = []
    await chat.page.locator("body").focus()
    for _ in range(14):
        await chat.page.keyboard.press("Tab")
        focus = "() => { const node = document.activeElement; return node.ariaLabel || node.innerText || node.id }"
        seen.append(await chat.page.evaluate(focus))
    wanted = [
        "Use the dark theme",
        "You are Ann. Switch person",
        "Jump to it",
        "Conversation",
        "Go",
        "Attach",
        "Commands",
        "Message",
    ]
    assert [name for name in seen if name in wanted][: len(wanted)] == wanted


# With the real server


class Bot:
    """The bot's side, by bare calls."""

    def __init__(self, session: aiohttp.ClientSession, server: LocalTelegram) -> None:
        self.session = session
        self.base = f"{server.address}/bot{server.token}"

    async def __call__(self, method: str, **params: Any) -> Any:
        async with self.session.post(f"{self.base}/{method}", json=params) as response:
            answer = await response.json()
            assert answer["ok"], answer
            return answer["result"]


@pytest_asyncio.fixture(loop_scope="module")
async def server() -> AsyncIterator[LocalTelegram]:
    clock = [datetime(2026, 3, 4, 12, tzinfo=UTC)]

    async def next_event() -> datetime:
        return datetime(2026, 3, 5, 7, tzinfo=UTC)

    async def jump() -> None:
        clock[0] += timedelta(hours=19)

    server = LocalTelegram(now=lambda: clock[0], next_event=next_event, jump=jump)
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def bot(server: LocalTelegram) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        yield Bot(session, server)


async def opened(context: BrowserContext, address: str, console: list[str]) -> Page:
    page = await context.new_page()
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("response", lambda response: console.append(response.url) if response.status >= 400 else None)
    await page.goto(address)
    return page


async def test_a_conversation_with_the_server(context: BrowserContext, server: LocalTelegram, bot: Bot) -> None:
    console: list[str] = []
    await bot("setMyDescription", description="What I do.")
    page = await opened(context, server.page_address, console)
    await expect_visible(page.get_by_text("What I do."))
    await page.get_by_role("button", name="Start").click()
    await expect_text(page.locator(".msg.out .linklike"), "/start")
    html = '<b>Hello</b> <tg-spoiler>you</tg-spoiler> <a href="https://example.org/">there</a>'
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go", "style": "primary"}]]}
    sent = await bot("sendMessage", chat_id=1, text=html, parse_mode="HTML", reply_markup=markup)
    await expect_text(page.locator(".msg.in strong"), "Hello")
    await page.get_by_role("button", name="Go").click()
    query = (await bot("getUpdates", timeout=3, offset=-1))[-1]["callback_query"]
    assert query["data"] == "go"
    await bot("editMessageText", chat_id=1, message_id=sent["message_id"], text="Gone.")
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Done", show_alert=True)
    await expect_visible(page.get_by_role("dialog", name="Done"))
    await page.get_by_role("button", name="OK").click()
    await expect_text(page.locator(".msg.in .text"), re.compile("^Gone."))
    await bot("sendMessage", chat_id=1, text="?", reply_markup={"keyboard": [[{"text": "Yes"}]]})
    await page.get_by_role("button", name="Yes").click()
    await expect_text(page.locator(".msg.out .text").last, re.compile("^Yes"))
    await page.reload()
    await expect_visible(page.get_by_role("button", name="Yes"))  # the keyboard outlives the page
    await page.get_by_role("button", name="Jump to it").click()
    await expect_text(page.locator("#clock-now"), "Thu 5 Mar, 08:00")
    await bot("setMyCommands", commands=[{"command": "today", "description": "Today's session"}])
    await page.locator("#text").fill("/")
    await expect_text(page.get_by_role("option"), "/todayToday's session")
    await bot("deleteMessage", chat_id=1, message_id=sent["message_id"])
    await expect_count(page.locator(f'[data-id="{sent["message_id"]}"]'), 0)
    assert console == []


async def test_two_people_side_by_side(context: BrowserContext, server: LocalTelegram, bot: Bot) -> None:
    console: list[str] = []
    ann = await opened(context, server.page_address, console)
    ben = await opened(context, f"{server.page_address}&user=2", console)
    await ann.get_by_role("button", name="Start").click()
    await bot("sendMessage", chat_id=1, text="For Ann")
    await expect_visible(ann.get_by_text("For Ann"))
    await expect_visible(ben.get_by_role("button", name="Start"))  # nothing of it reaches Ben
    await expect_count(ben.locator(".msg"), 0)
    await ben.get_by_role("button", name="You are Ben").click()
    await ben.get_by_role("link", name="Ann", exact=True).click()
    await expect_visible(ben.get_by_text("For Ann"))
    await expect_visible(ben.get_by_role("button", name="You are Ann"))
    assert console == []
