"""A restart shows the earlier conversation and repeats no number."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp

from telegram_local import LocalTelegram
from telegram_local.api.media import store
from telegram_local.api.schema import Upload
from tests.support.images import png
from tests.telegram_local.conftest import Client, Clock


async def test_a_restart_goes_on_where_it_was(tmp_path: Path, clock: Clock) -> None:
    kept = tmp_path / "data" / "chat.json"
    server = LocalTelegram(now=clock, state_file=kept)
    async with aiohttp.ClientSession() as session:
        await server.start()
        api = Client(session, server)
        await server.user(1).send("/start")
        markup = {"keyboard": [[{"text": "Yes"}]]}
        await api.result("sendMessage", chat_id=1, text="<b>Hi</b>", parse_mode="HTML", reply_markup=markup)
        file = store(server.core.state, Upload("a.png", "image/png", png(3, 3)), "photo")
        await api.result("sendPhoto", chat_id=1, photo=file.id)
        await api.result("setMyCommands", commands=[{"command": "today", "description": "Today"}])
        before = await api.result("getUpdates")
        await server.stop()

        again = LocalTelegram(now=clock, state_file=kept)
        await again.start()
        api = Client(session, again)
        ann = again.user(1)
        assert [message.text for message in ann.messages] == ["/start", "Hi", ""]
        assert ann.keyboard == ["Yes"]
        assert await api.result("getUpdates") == before
        assert (await ann.send("again")).message_id == 4
        after = await api.result("getUpdates", offset=before[0]["update_id"] + 1)
        assert [update["update_id"] for update in after] == [before[0]["update_id"] + 1]
        assert (await api.result("getFile", file_id=file.id))["file_size"] == len(png(3, 3))
        assert await api.result("getMyCommands") == [{"command": "today", "description": "Today"}]
        await again.stop()


async def test_a_file_that_is_something_else_is_left_behind(tmp_path: Path, clock: Clock) -> None:
    kept = tmp_path / "chat.json"
    for content in ("", "[]", '{"bot": {}}', "no json"):
        kept.write_text(content)
        server = LocalTelegram(now=clock, state_file=kept)
        assert server.user(1).messages == []
        assert (tmp_path / "chat.unreadable").read_text() == content


class Saving(LocalTelegram):
    """Says when it has saved."""

    saved = asyncio.Event()

    def snapshot(self) -> None:
        super().snapshot()
        self.saved.set()


async def test_a_kill_loses_at_most_a_moment(tmp_path: Path, clock: Clock) -> None:
    kept = tmp_path / "chat.json"
    server = Saving(now=clock, state_file=kept, save_seconds=0.0)
    await server.start()
    await asyncio.sleep(0)
    await server.user(1).send("remember me")
    await asyncio.wait_for(server.saved.wait(), 5)
    assert [message.text for message in LocalTelegram(now=clock, state_file=kept).user(1).messages] == ["remember me"]
    await server.stop()


async def test_update_ids_rise_even_without_a_file(clock: Clock) -> None:
    first = LocalTelegram(now=clock)
    clock.pass_hours(1)
    second = LocalTelegram(now=clock)
    assert second.core.state.next_update_id > first.core.state.next_update_id + 1000
