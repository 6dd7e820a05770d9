"""Files that many ask for: made once, uploaded once, sent again by their id, and never in anybody else's way."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import BadRequest

from db.engine import Database
from db.outbox import Outgoing
from db.queries.messages import sent_files
from gateway.errors import MAX_DRAW_ATTEMPTS
from gateway.outbound.shared_files import MOST_KEPT
from gateway.outbound.transport import Upload
from tests.gateway.test_sender import left, reply, sending, store
from tests.support.fake_api import FakeApi, FakeClock, spin, until


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


class TrackApi(FakeApi):
    """Gives each upload an id of its own, as Telegram does."""

    async def __call__(self, method: str, params: dict[str, Any]) -> Any:
        answer = await super().__call__(method, params)
        if method != "sendAudio":
            return answer
        given = params["audio"]
        return answer | {"audio": {"file_id": f"id-{given.data[:80].decode()}" if isinstance(given, Upload) else given}}

    @property
    def uploads(self) -> list[str]:
        """The names of the files that were uploaded, in their order."""
        return [call["audio"].name for _, call in self.calls if isinstance(call.get("audio"), Upload)]


class Maker:
    """Makes files when a test lets it; counts how often each is made."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.tried = 0
        self.at_once, self.most_at_once = 0, 0
        self.open = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, wish: Mapping[str, Any]) -> bytes:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.open.wait()
        self.at_once -= 1
        self.tried += 1
        if self.error is not None:
            raise self.error
        self.made[wish["file"]] += 1
        return str(wish["file"]).encode()


def track(chat: int, name: str = "sprints") -> Outgoing:
    wish = {"draw": "guide", "file": name, "once": name}
    return reply(chat, "", method="sendAudio", payload={"chat_id": chat, "audio": wish, "thumbnail": {"draw": "cover"}})


class Cover(Maker):
    """Draws covers at once, whatever is being made."""

    async def __call__(self, wish: Mapping[str, Any]) -> bytes:
        return b"cover" if wish["draw"] == "cover" else await super().__call__(wish)


async def test_a_thousand_ask_at_once_and_each_file_is_made_and_uploaded_once(
    database: Database, clock: FakeClock
) -> None:
    api, maker = TrackApi(), Cover()
    names = ("sprints", "hills", "walk-jog")
    rows = [track(chat, names[chat % 3]) for chat in range(1, 1001)]
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, *rows))
        await spin()
        assert not sender.idle
        maker.open.set()
        await sender.until_idle()
    assert maker.made == dict.fromkeys(names, 1)
    assert maker.most_at_once == 1
    assert sorted(api.uploads) == sorted(names)
    sent = [call for method, call in api.calls if method == "sendAudio"]
    assert len(sent) == 1000
    assert all("thumbnail" not in call for call in sent if isinstance(call["audio"], str))
    assert left(database) == []


async def test_nobody_else_waits_while_a_file_is_made(database: Database, clock: FakeClock) -> None:
    api, maker = TrackApi(), Cover()
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, *(track(chat, f"track {chat}") for chat in range(1, 201))))
        sender.enqueue(store(database, *(reply(chat, "hello") for chat in range(1000, 1300))))
        await until(lambda: len(api.texts) == 300)
        assert maker.made == {}
        maker.open.set()
        await sender.until_idle()


async def test_a_chat_keeps_its_order_behind_a_file(database: Database, clock: FakeClock) -> None:
    api, maker = TrackApi(), Cover()
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, track(1), reply(1, "after it")))
        await spin()
        assert api.calls == []
        maker.open.set()
        await sender.until_idle()
    assert [method for method, _ in api.calls] == ["sendAudio", "sendMessage"]


async def test_the_id_is_known_after_a_restart(database: Database, clock: FakeClock) -> None:
    api, maker = TrackApi(), Cover()
    maker.open.set()
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, track(1)))
        await sender.until_idle()
    assert database.run_now(lambda session: sent_files.file_id(session, "sprints")) == "id-sprints"
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, track(2)))
        await sender.until_idle()
    assert maker.made == {"sprints": 1}
    assert api.calls[-1][1]["audio"] == "id-sprints"


async def test_an_id_that_is_refused_is_forgotten_and_the_file_made_anew(database: Database, clock: FakeClock) -> None:
    api, maker = TrackApi(), Cover()
    maker.open.set()
    database.run_now(lambda session: sent_files.note(session, {"sprints": "long gone"}, clock()))
    api.fault = lambda _, call: BadRequest("Wrong file identifier") if call.get("audio") == "long gone" else None
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, track(1)))
        await until(lambda: api.tried == 1)
        clock.move(minutes=1)
        sender.wake()
        await until(lambda: bool(api.uploads))
        await sender.until_idle()
    assert database.run_now(lambda session: sent_files.file_id(session, "sprints")) == "id-sprints"


async def test_a_file_that_cannot_be_made_ends_its_messages_and_no_others(database: Database, clock: FakeClock) -> None:
    api, maker = TrackApi(), Cover()
    maker.error = ValueError("no such voice")
    maker.open.set()
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, track(1), reply(1, "still here"), track(2)))
        await sender.until_idle()
        assert sender.metrics.failed == {"drawing": 2}
    assert api.texts == ["still here"]


async def test_who_leaves_while_a_file_is_made_gets_none(database: Database, clock: FakeClock) -> None:
    api, maker = TrackApi(), Cover()
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, track(1), track(2)))
        await spin()
        sender.drop_chat(1)
        maker.open.set()
        await sender.until_idle()
    assert [call["chat_id"] for _, call in api.calls] == [2]


async def test_a_file_that_is_offered_is_made_before_it_is_asked_for(database: Database, clock: FakeClock) -> None:
    api, maker = TrackApi(), Cover()
    maker.open.set()
    offer = reply(1, "Sprints today", payload={"chat_id": 1, "text": "…", "makes": track(1).payload["audio"]})
    async with sending(database, api, clock, draw=maker, makes_ahead=True) as sender:
        sender.enqueue(store(database, offer))
        await until(lambda: maker.made == {"sprints": 1})
        sender.enqueue(store(database, track(1)))
        await sender.until_idle()
    assert maker.made == {"sprints": 1}
    assert "makes" not in api.calls[0][1]


async def test_what_is_made_ahead_takes_so_much_memory_and_no_more(database: Database, clock: FakeClock) -> None:
    class Large(Cover):
        async def __call__(self, wish: Mapping[str, Any]) -> bytes:
            await super().__call__(wish)
            return b"x" * (MOST_KEPT // 3)

    api, maker = TrackApi(), Large()
    maker.open.set()
    offers = [
        reply(chat, "", payload={"chat_id": chat, "text": "…", "makes": track(1, f"track {chat}").payload["audio"]})
        for chat in range(1, 9)
    ]
    async with sending(database, api, clock, draw=maker, makes_ahead=True) as sender:
        sender.enqueue(store(database, *offers))
        await until(lambda: len(maker.made) == 8)
        sender.enqueue(store(database, track(1, "track 8"), track(1, "track 1")))
        await sender.until_idle()
    assert maker.made["track 8"] == 1
    assert maker.made["track 1"] == 2


async def test_what_somebody_waits_for_is_made_before_what_is_only_offered(
    database: Database, clock: FakeClock
) -> None:
    api, maker = TrackApi(), Cover()
    offers = [
        reply(chat, "", payload={"chat_id": chat, "text": "…", "makes": track(1, f"offer {chat}").payload["audio"]})
        for chat in range(1, 6)
    ]
    async with sending(database, api, clock, draw=maker, makes_ahead=True) as sender:
        sender.enqueue(store(database, *offers))
        await until(lambda: len(api.calls) == len(offers))
        sender.enqueue(store(database, track(9, "waited for")))
        await spin()
        maker.open.set()
        await sender.until_idle()
        await until(lambda: len(maker.made) == len(offers) + 1)
    assert list(maker.made)[:2] == ["offer 1", "waited for"], "one was begun before"


async def test_a_file_that_failed_ahead_of_time_is_tried_anew_for_who_asks(
    database: Database, clock: FakeClock
) -> None:
    api, maker = TrackApi(), Cover()
    maker.error = ValueError("no memory just now")
    maker.open.set()
    offer = reply(1, "", payload={"chat_id": 1, "text": "…", "makes": track(1).payload["audio"]})
    async with sending(database, api, clock, draw=maker, makes_ahead=True) as sender:
        sender.enqueue(store(database, offer))
        await until(lambda: maker.tried == 1)
        await spin()
        maker.error = None
        sender.enqueue(store(database, track(1)))
        await sender.until_idle()
    assert api.uploads == ["sprints"]


async def test_a_file_out_of_reach_is_tried_again_and_given_up_in_the_end(database: Database, clock: FakeClock) -> None:
    api, maker = TrackApi(), Cover()
    maker.error = OSError("the disk is away")
    maker.open.set()
    async with sending(database, api, clock, draw=maker) as sender:
        sender.enqueue(store(database, track(1), track(2)))
        await until(lambda: sender.metrics.retried == 2)
        clock.move(minutes=1)
        maker.error = None
        sender.wake()
        await sender.until_idle()
        assert len([method for method, _ in api.calls if method == "sendAudio"]) == 2
        maker.error = OSError("the disk is away")
        sender.enqueue(store(database, track(3, "hills")))
        for _ in range(MAX_DRAW_ATTEMPTS + 1):
            before = sender.metrics.retried
            await until(lambda: sender.metrics.retried > before or sender.idle)  # noqa: B023 - awaited here
            clock.move(minutes=1)
            sender.wake()
        await sender.until_idle()
        assert sender.metrics.failed == {"drawing": 1}


async def test_ids_of_long_ago_are_forgotten(database: Database, clock: FakeClock) -> None:
    database.run_now(lambda session: sent_files.note(session, {"old": "id-old"}, clock()))
    clock.move(days=2)
    database.run_now(lambda session: sent_files.note(session, {"new": "id-new"}, clock()))
    database.run_now(lambda session: sent_files.purge(session, clock() - timedelta(days=1)))
    known = database.run_now(lambda session: [sent_files.file_id(session, key) for key in ("old", "new")])
    assert known == [None, "id-new"]
