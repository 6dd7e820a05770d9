"""Long polling: nothing is confirmed before it took effect, and every way Telegram can fail is lived with or named."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken

from gateway.errors import AnotherCopy, NotSent, ServerFault, TokenRefused, TooMany
from gateway.inbound.polling import Polling
from gateway.outbound.transport import AiohttpRequest, BotApi
from gateway.token_refusals import TokenRefusals
from telegram_local.server import LocalTelegram
from tests.support.fake_api import NOON, FakeClock, until

Json = dict[str, Any]


class Queue:
    """Telegram's queue of updates: the oldest hundred not confirmed; an empty one makes the caller wait."""

    def __init__(self, *update_ids: int) -> None:
        self.waiting = [{"update_id": update_id} for update_id in update_ids]
        self.errors: list[Exception] = []
        self.confirmed: list[int] = []
        self.calls = 0
        self.filled = asyncio.Event()

    async def __call__(self, method: str, params: Json) -> list[Json]:
        assert method == "getUpdates"
        self.calls += 1
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.pop(0)
        offset = params.get("offset", 0)
        if offset:
            before = [update for update in self.waiting if update["update_id"] < offset]
            self.confirmed += [update["update_id"] for update in before]
            self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if not self.waiting and params["timeout"]:
            self.filled.clear()
            await self.filled.wait()
        return self.waiting[: params["limit"]]

    def add(self, *update_ids: int) -> None:
        self.waiting += [{"update_id": update_id} for update_id in update_ids]
        self.filled.set()


class Taker:
    """An intake: takes at once, but what is in `held` waits for its event."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.done: list[int] = []
        self.held: dict[int, asyncio.Event] = {}
        self.failures: list[Exception] = []
        self.waited: list[int] = []

    async def __call__(self, update: Json, *, waited: bool) -> None:
        update_id = update["update_id"]
        if waited:
            self.waited.append(update_id)
        self.taken.append(update_id)
        if self.failures:
            raise self.failures.pop()
        if update_id in self.held:
            await self.held[update_id].wait()
        self.done.append(update_id)


def polling_of(queue: Queue, taker: Taker) -> tuple[Polling, list[float]]:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    return Polling(queue, taker, clock=FakeClock(), pause=pause), pauses


async def run_until(polling: Polling, true: Callable[[], bool]) -> None:
    task = asyncio.create_task(polling.run())
    await until(lambda: true() or task.done())
    polling.stop()
    async with asyncio.timeout(1):
        await task
    await polling.finish()


async def test_updates_are_taken_in_order_and_confirmed() -> None:
    queue, taker = Queue(*range(10, 260)), Taker()
    polling, _ = polling_of(queue, taker)
    await run_until(polling, lambda: len(queue.confirmed) == 250)
    assert taker.done == queue.confirmed == list(range(10, 260))


async def test_nothing_is_confirmed_past_one_that_is_at_work() -> None:
    queue, taker = Queue(1, 2, 3, 4), Taker()
    taker.held[2] = asyncio.Event()
    polling, _ = polling_of(queue, taker)
    task = asyncio.create_task(polling.run())
    await until(lambda: taker.done == [1, 3, 4])
    queue.add(5)
    await until(lambda: 5 in taker.done)
    assert queue.confirmed == [1]
    assert taker.taken == [1, 2, 3, 4, 5]  # fetched again and again, taken once
    assert queue.calls < 20
    taker.held[2].set()
    await until(lambda: queue.confirmed == [1, 2, 3, 4, 5])
    polling.stop()
    await task
    await polling.finish()


async def test_ids_that_begin_anew_after_a_quiet_week_are_taken() -> None:
    queue, taker = Queue(900), Taker()
    polling, _ = polling_of(queue, taker)
    task = asyncio.create_task(polling.run())
    await until(lambda: queue.confirmed == [900])
    queue.waiting.append({"update_id": 77_000_000})
    queue.filled.set()
    await until(lambda: queue.confirmed == [900, 77_000_000])
    polling.stop()
    await task


async def test_leaving_confirms_what_is_done() -> None:
    queue, taker = Queue(1, 2), Taker()
    polling, _ = polling_of(queue, taker)
    await run_until(polling, lambda: taker.done == [1, 2])
    assert queue.confirmed == [1, 2]


async def test_leaving_does_not_wait_for_what_hangs() -> None:
    queue, taker = Queue(1, 2), Taker()
    taker.held[1] = asyncio.Event()
    polling, _ = polling_of(queue, taker)
    task = asyncio.create_task(polling.run())
    await until(lambda: taker.done == [2])
    polling.stop()
    async with asyncio.timeout(1):
        await task
    await polling.finish(within=0.01)
    assert queue.confirmed == []


async def test_an_unreachable_server_is_waited_for_and_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    queue, taker = Queue(1), Taker()
    queue.errors = [NotSent("no connection") for _ in range(8)]
    polling, pauses = polling_of(queue, taker)
    await run_until(polling, lambda: taker.done == [1])
    assert pauses == [0.5, 1, 2, 5, 10, 30, 30, 30]
    assert [record.message for record in caplog.records] == [
        "cannot reach Telegram; trying again",
        "Telegram answers again",
    ]


async def test_a_wait_that_is_asked_for_is_kept() -> None:
    queue, taker = Queue(1), Taker()
    queue.errors = [TooMany(17)]
    polling, pauses = polling_of(queue, taker)
    await run_until(polling, lambda: taker.done == [1])
    assert pauses == [17]


class Seconds:
    """A monotonic clock that every pause moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def refusable(queue: Queue, taker: Taker) -> tuple[Polling, Seconds]:
    seconds = Seconds()
    refusals = TokenRefusals(seconds)
    return Polling(queue, taker, clock=FakeClock(), pause=seconds.pause, refusals=refusals), seconds


async def test_a_token_refused_for_five_minutes_ends_it() -> None:
    queue = Queue()
    queue.errors = [InvalidToken("Unauthorized")] * 100
    polling, seconds = refusable(queue, Taker())
    with pytest.raises(TokenRefused):
        await polling.run()
    assert queue.calls >= 5
    assert 300 <= seconds.now - 1000 < 400


async def test_four_refusals_over_an_hour_are_lived_with() -> None:
    queue, taker = Queue(1), Taker()
    queue.errors = [InvalidToken("Unauthorized"), TooMany(1000), *[InvalidToken("Unauthorized")] * 4]
    polling, _ = refusable(queue, taker)
    await run_until(polling, lambda: taker.done == [1])


async def test_pages_between_refusals_neither_count_nor_make_up_for_them() -> None:
    queue = Queue()
    queue.errors = [InvalidToken("Unauthorized"), ServerFault("a page")] * 100
    polling, seconds = refusable(queue, Taker())
    with pytest.raises(TokenRefused):
        await polling.run()
    assert seconds.now - 1000 >= 300


async def test_an_answer_makes_up_for_all_refusals() -> None:
    queue, taker = Queue(1), Taker()
    queue.errors = [InvalidToken("Unauthorized")] * 9
    polling, seconds = refusable(queue, taker)
    task = asyncio.create_task(polling.run())
    await until(lambda: taker.done == [1])
    seconds.now += 3600
    queue.errors = [InvalidToken("Unauthorized")] * 9
    queue.add(2)
    await until(lambda: taker.done == [1, 2] or task.done())
    assert taker.done == [1, 2]
    polling.stop()
    await task


async def test_three_conflicts_running_mean_another_copy() -> None:
    queue = Queue()
    queue.errors = [Conflict("terminated by other getUpdates request")] * 3
    polling, _ = polling_of(queue, Taker())
    with pytest.raises(AnotherCopy):
        await polling.run()


async def test_of_two_copies_one_stays() -> None:
    """The one that leaves asks no more: that would end the other, too."""
    clock, takers = FakeClock(), (Taker(), Taker())
    telegram = LocalTelegram(token="1:local", now=clock)
    address = await telegram.start()
    ann = telegram.user(1)
    async with AiohttpRequest() as request:
        first, second = (
            Polling(BotApi(request, "1:local", address), taker, clock=clock, pause=lambda _: asyncio.sleep(0))
            for taker in takers
        )
        leaving = asyncio.create_task(first.run())
        await ann.send("/help")
        await until(lambda: bool(takers[0].done))
        await telegram.until(lambda: telegram.polled)
        staying = asyncio.create_task(second.run())
        with pytest.raises(AnotherCopy):
            await leaving
        await telegram.until(lambda: telegram.polled)
        await first.finish()
        await ann.send("/today")
        await until(lambda: bool(takers[1].done) or staying.done())
        second.stop()
        await staying
        await second.finish()
    await telegram.stop()


async def test_two_conflicts_are_lived_with() -> None:
    queue, taker = Queue(1), Taker()
    queue.errors = [Conflict("terminated by other getUpdates request")] * 2
    polling, _ = polling_of(queue, taker)
    await run_until(polling, lambda: taker.done == [1])


async def test_an_update_that_cannot_even_be_set_aside_is_not_lost(caplog: pytest.LogCaptureFixture) -> None:
    queue, taker = Queue(1), Taker()
    taker.failures = [OSError("the database is away")] * 3
    polling, _ = polling_of(queue, taker)
    await run_until(polling, lambda: taker.done == [1])
    assert queue.confirmed == [1]
    assert len(caplog.records) == 3


def sent(update_id: int, at: float) -> Json:
    return {"update_id": update_id, "message": {"date": int(at), "chat": {"id": 1}}}


async def test_what_came_while_we_were_away_is_told_from_what_comes_now() -> None:
    queue, taker = Queue(), Taker()
    polling, _ = polling_of(queue, taker)
    now = NOON.timestamp()
    queue.waiting = [sent(number, now - 300) for number in range(1, 151)]  # more than a page
    queue.waiting += [sent(number, now + 1) for number in range(151, 251)]  # and somebody who floods at this moment
    await run_until(polling, lambda: len(taker.done) == 250)
    assert taker.waited == list(range(1, 151))


async def test_what_came_while_telegram_could_not_be_reached_waited_too() -> None:
    queue, taker = Queue(), Taker()
    polling, _ = polling_of(queue, taker)
    before = NOON.timestamp() - 1
    queue.add(1)
    polling_task = asyncio.create_task(polling.run())
    await until(lambda: taker.done == [1] and not queue.filled.is_set())  # a poll waits
    queue.errors = [NotSent("no way")]
    queue.add(2)
    await until(lambda: taker.done == [1, 2] and not queue.errors)
    queue.waiting += [sent(number, before) for number in range(3, 40)]
    queue.filled.set()
    await until(lambda: len(taker.done) == 39)
    queue.add(100)
    await until(lambda: 100 in taker.done)
    polling.stop()
    await polling_task
    assert taker.waited == [1, *range(3, 40)]


async def test_an_update_without_an_id_does_not_end_polling() -> None:
    answers: list[Any] = [["new", {"message": {}}, {"update_id": "7"}, {"update_id": 7}]]
    taker = Taker()

    async def call(_method: str, params: Json) -> list[Any]:
        await asyncio.sleep(0)
        return answers.pop() if answers and params["timeout"] else []

    polling = Polling(call, taker, clock=FakeClock(), pause=lambda _: asyncio.sleep(0))
    await run_until(polling, lambda: taker.done == [7])
