"""Updates: in order within a chat, side by side across chats, acknowledged once they took effect, never lost."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.inbound.intake import MAX_QUEUED_PER_CHAT, Intake, queue_key
from tests.support.fake_api import FakeClock, spin

Json = dict[str, Any]


def message(update_id: int, chat: int) -> Json:
    return {"update_id": update_id, "message": {"chat": {"id": chat}, "from": {"id": chat}, "text": "hi"}}


class Effects:
    """Effects of the bot behind the intake; `gate` holds it up, `poison` updates fail."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.tries: list[int] = []
        self.set_aside: list[tuple[int, str]] = []
        self.dropped: list[tuple[int, bool]] = []
        self.poison: dict[int, int] = {}  # update → how often it fails
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_work = 0
        self.most_at_work = 0
        self.away = False  # nothing can even be set aside

    async def dispatch(self, update: Json) -> None:
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            await self.gate.wait()
            self.tries.append(update["update_id"])
            if self.poison.get(update["update_id"], 0) > 0:
                self.poison[update["update_id"]] -= 1
                raise RuntimeError("poison")
            self.done.append(update["update_id"])
        finally:
            self.at_work -= 1

    async def drop(self, update: Json, *, tell: bool) -> None:
        self.dropped.append((update["update_id"], tell))

    async def put_aside(self, update: Json, error: BaseException) -> None:
        if self.away:
            raise OSError("the database is away")
        self.set_aside.append((update["update_id"], str(error)))


def intake_of(effects: Effects, clock: FakeClock, **options: Any) -> Intake:
    async def no_pause(_seconds: float) -> None:
        await asyncio.sleep(0)

    return Intake(
        dispatch=effects.dispatch,
        dropped=effects.drop,
        set_aside=effects.put_aside,
        clock=clock,
        pause=no_pause,
        **options,
    )


async def test_order_within_a_chat_and_chats_side_by_side() -> None:
    effects, clock = Effects(), FakeClock()
    intake = intake_of(effects, clock)
    effects.gate.clear()
    tasks = [asyncio.create_task(intake.submit(message(number, number % 5))) for number in range(50)]
    await spin()
    assert effects.most_at_work == 5
    assert not intake.idle
    effects.gate.set()
    await asyncio.gather(*tasks)
    assert intake.idle
    for chat in range(5):
        of_chat = [number for number in effects.done if number % 5 == chat]
        assert of_chat == sorted(of_chat)
    assert sorted(effects.done) == list(range(50))


async def test_no_more_chats_at_once_than_there_are_places() -> None:
    effects = Effects()
    intake = intake_of(effects, FakeClock(), at_once=3)
    effects.gate.clear()
    tasks = [asyncio.create_task(intake.submit(message(number, number))) for number in range(20)]
    await spin()
    assert effects.at_work == 3
    effects.gate.set()
    await asyncio.gather(*tasks)
    assert effects.most_at_work == 3


async def test_a_flood_is_dropped_and_told_once_a_minute() -> None:
    effects, clock = Effects(), FakeClock()
    intake = intake_of(effects, clock)
    effects.gate.clear()
    tasks = [asyncio.create_task(intake.submit(message(number, 1))) for number in range(MAX_QUEUED_PER_CHAT + 3)]
    other = asyncio.create_task(intake.submit(message(1000, 2)))
    await spin()
    assert effects.dropped == [
        (MAX_QUEUED_PER_CHAT, True),
        (MAX_QUEUED_PER_CHAT + 1, False),
        (MAX_QUEUED_PER_CHAT + 2, False),
    ]
    clock.move(seconds=60)
    await intake.submit(message(MAX_QUEUED_PER_CHAT + 3, 1))
    assert effects.dropped[-1] == (MAX_QUEUED_PER_CHAT + 3, True)
    effects.gate.set()
    await asyncio.gather(*tasks, other)
    assert sorted(effects.done) == [*range(MAX_QUEUED_PER_CHAT), 1000]
    assert intake.metrics.outcomes == {"done": MAX_QUEUED_PER_CHAT + 1, "dropped": 4}


async def test_what_waited_while_we_were_away_is_no_flood() -> None:
    effects, clock = Effects(), FakeClock()
    intake = intake_of(effects, clock)
    effects.gate.clear()
    tasks = [asyncio.create_task(intake.submit(message(number, 1), waited=True)) for number in range(100)]
    await spin()
    tasks.append(asyncio.create_task(intake.submit(message(100, 1))))
    await spin()
    assert effects.dropped == [(100, True)], "what comes on top of it, now, is"
    effects.gate.set()
    await asyncio.gather(*tasks)
    assert effects.done == list(range(100))


async def test_who_flooded_is_taken_again_after_a_pause() -> None:
    effects, clock = Effects(), FakeClock()
    intake = intake_of(effects, clock)
    effects.gate.clear()
    tasks = [asyncio.create_task(intake.submit(message(number, 1))) for number in range(MAX_QUEUED_PER_CHAT + 1)]
    await spin()
    effects.gate.set()
    await asyncio.gather(*tasks)
    assert len(effects.done) == MAX_QUEUED_PER_CHAT
    for number in range(100, 105):  # the queue is empty again, but the flood goes on
        clock.move(seconds=0.9)
        await intake.submit(message(number, 1))
    await intake.submit(message(200, 2))
    assert effects.done[MAX_QUEUED_PER_CHAT:] == [200]
    clock.move(seconds=1)
    await intake.submit(message(201, 1))
    assert effects.done[MAX_QUEUED_PER_CHAT:] == [200, 201]


async def test_what_fails_is_tried_again_and_the_chat_goes_on() -> None:
    effects = Effects()
    effects.poison = {1: 2, 2: 99}
    intake = intake_of(effects, FakeClock())
    await asyncio.gather(*(intake.submit(message(number, 7)) for number in (1, 2, 3)))
    assert effects.tries == [1, 1, 1, 2, 2, 2, 3]
    assert effects.done == [1, 3]
    assert effects.set_aside == [(2, "poison")]


async def test_what_cannot_be_set_aside_is_not_counted_as_such() -> None:
    """The database is away: the update comes again, and may yet be done."""
    effects = Effects()
    effects.poison = {1: 4}
    intake = intake_of(effects, FakeClock())
    effects.away = True
    with pytest.raises(OSError, match="away"):
        await intake.submit(message(1, 7))
    effects.away = False
    await intake.submit(message(1, 7))
    assert effects.done == [1]
    assert intake.metrics.outcomes == {"done": 1}


async def test_memory_of_quiet_chats_is_given_back() -> None:
    intake = intake_of(Effects(), FakeClock())
    for number in range(100):
        await intake.submit(message(number, number))
    assert intake._queues == {}


def test_what_keeps_its_order_with_what() -> None:
    assert queue_key({"update_id": 1, "message": {"chat": {"id": 5}, "from": {"id": 6}}}) == ("chat", 5)
    assert queue_key({"update_id": 1, "callback_query": {"from": {"id": 6}, "message": {"chat": {"id": 5}}}}) == (
        "chat",
        5,
    )
    assert queue_key({"update_id": 1, "inline_query": {"from": {"id": 6}}}) == ("chat", 6)
    assert queue_key({"update_id": 1, "my_chat_member": {"chat": {"id": 5}, "from": {"id": 6}}}) == ("chat", 5)
    assert queue_key({"update_id": 9, "poll": {"id": "123"}}) == ("update", 9)


_KEYS = st.sampled_from(["chat", "from", "message", "id"])
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["update_id", "message", "callback_query", "poll"]), _json))
@settings(max_examples=50, deadline=None)
def test_any_update_has_a_queue(update: Json) -> None:
    kind, number = queue_key(update)
    assert kind in {"chat", "update"}
    assert isinstance(number, int)
