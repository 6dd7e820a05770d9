"""Tracks and voice messages: as Telegram shows them, and as the page plays them, by keyboard alone."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import aiohttp
from PIL import Image
from playwright.async_api import Page, expect

from coach.guide.steps import interval_steps
from coach.guide.timeline import timeline
from content.guide.tags import tags
from content.guide.track import encode
from telegram_local import LocalTelegram
from tests.support.browser import open_browser
from tests.telegram_local.conftest import Client

Json = dict[str, Any]


def cover(side: int = 320, form: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (side, side), "#12302a").save(written, form)
    return written.getvalue()


def track() -> bytes:
    found = timeline(interval_steps(1, 20, 0, 20, 20), {})
    return tags("Sprints", "Calf Coach", "Guides", 60, cover()) + encode(found, {})


async def upload(api: Client, method: str, **params: Any) -> Json:
    """Call a method as a form; bytes go as files."""
    form = aiohttp.FormData()
    for name, value in params.items():
        if isinstance(value, bytes):
            form.add_field(name, io.BytesIO(value), filename={"thumbnail": "cover.jpg"}.get(name, "sprints.mp3"))
        else:
            form.add_field(name, str(value))
    async with api.session.post(f"{api.base}/bot{api.token}/{method}", data=form) as response:
        answer: Json = await response.json()
        return answer


async def send(api: Client) -> Json:
    given = {"title": "Sprints", "performer": "Calf Coach", "duration": 67, "caption": "Press play"}
    answer = await upload(api, "sendAudio", chat_id=1, audio=track(), thumbnail=cover(), **given)
    message: Json = answer["result"]
    return message


async def test_a_track_keeps_what_it_came_with(server: LocalTelegram, api: Client) -> None:
    server.user(1)
    audio = (await send(api))["audio"]
    shown = {name: audio[name] for name in ("title", "performer", "duration", "mime_type", "file_name")}
    assert shown == {
        "title": "Sprints",
        "performer": "Calf Coach",
        "duration": 67,
        "mime_type": "audio/mpeg",
        "file_name": "sprints.mp3",
    }
    assert audio["thumbnail"]["width"] == 320
    again = await api.result("sendAudio", chat_id=1, audio=audio["file_id"])
    assert again["audio"] == audio
    file = await api.result("getFile", file_id=audio["file_id"])
    async with api.session.get(f"{api.base}/file/bot{api.token}/{file['file_path']}") as response:
        assert await response.read() == track()
    assert server.schema_faults == []


async def test_what_telegram_would_not_take_is_refused(server: LocalTelegram, api: Client) -> None:
    server.user(1)
    large = await upload(api, "sendAudio", chat_id=1, audio=track(), thumbnail=cover(640))
    assert "PHOTO_THUMB_INVALID" in large["description"]
    assert "no audio" in await api.refusal("sendAudio", chat_id=1, audio="")
    voice = (await upload(api, "sendVoice", chat_id=1, voice=track()))["result"]["voice"]
    assert "file_name" not in voice
    assert "as Audio" in await api.refusal("sendAudio", chat_id=1, audio=voice["file_id"])


async def test_caption_buttons_and_track_can_be_changed(server: LocalTelegram, api: Client) -> None:
    server.user(1)
    message = await send(api)
    where = {"chat_id": 1, "message_id": message["message_id"]}
    markup = {"inline_keyboard": [[{"text": "Done", "callback_data": "done"}]]}
    changed = await api.result("editMessageCaption", **where, caption="Well run", reply_markup=markup)
    assert (changed["caption"], changed["audio"]) == ("Well run", message["audio"])
    bare = await api.result("editMessageReplyMarkup", **where)
    assert "reply_markup" not in bare
    assert bare["audio"] == message["audio"]
    media = {"type": "audio", "media": "attach://other", "title": "Hills"}
    form = aiohttp.FormData({name: str(value) for name, value in where.items()})
    form.add_field("media", json.dumps(media))
    form.add_field("other", io.BytesIO(track()), filename="hills.mp3")
    async with api.session.post(f"{api.base}/bot{api.token}/editMessageMedia", data=form) as response:
        other = (await response.json())["result"]["audio"]
    assert (other["title"], other["file_name"]) == ("Hills", "hills.mp3")


async def test_a_part_of_a_track_is_served(server: LocalTelegram, api: Client) -> None:
    server.user(1)
    audio, whole = (await send(api))["audio"], track()
    url = f"{api.base}/files/{audio['file_id']}"
    for wanted, part in (("bytes=100-199", whole[100:200]), ("bytes=-50", whole[-50:]), ("bytes=500-", whole[500:])):
        async with api.session.get(url, headers={"Range": wanted}) as response:
            assert (response.status, await response.read()) == (206, part)
    async with api.session.get(url, headers={"Range": "bytes=999999999-"}) as response:
        assert response.status == 200


async def test_a_track_is_played_by_keyboard(server: LocalTelegram, api: Client) -> None:
    server.user(1)
    await send(api)
    async with open_browser() as browser:
        page = await browser.new_page()
        noise: list[str] = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        await page.goto(f"{server.page_address}")
        button = page.get_by_role("button", name="Play Sprints")
        await expect(page.get_by_role("group", name="Sprints, Calf Coach")).to_be_visible()
        assert await page.evaluate("document.querySelector('.player-cover').naturalWidth") == 320
        await button.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Pause Sprints")).to_be_focused()
        await expect(page.locator(".player-time")).to_have_text(re.compile("^0:0[1-9]"))
        assert abs(await _seconds(page, "duration") - 67) < 1.5
        await page.keyboard.press("Tab")
        slider = page.get_by_role("slider", name="Moment in Sprints")
        await expect(slider).to_be_focused()
        await page.keyboard.press("End")
        await page.keyboard.press("PageDown")
        await expect(page.locator(".player-time")).to_have_text(re.compile("^(0:5|1:0)"))
        assert "of 1 minute" in str(await slider.get_attribute("aria-valuetext"))
        await page.keyboard.press("Shift+Tab")
        await page.keyboard.press("Space")
        await expect(button).to_be_focused()
        assert await page.evaluate("document.querySelector('.player audio').paused")
        assert noise == []


async def _seconds(page: Page, name: str) -> float:
    return float(await page.evaluate(f"document.querySelector('.player audio').{name}"))
