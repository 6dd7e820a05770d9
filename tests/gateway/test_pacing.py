"""Telegram's limits, checked on a clock that only moves when told."""

from __future__ import annotations

from bisect import bisect_left

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.outbound.rate_limit import RateLimiter


class Monotonic:
    """A clock of seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def bulk_moments(rate: float, seconds: float, replies_at: list[float]) -> list[float]:
    """Return the moments of bulk that is sent as fast as it may, with replies at these moments."""
    clock = Monotonic()
    pacing = RateLimiter(rate, clock)
    end, sent, chat = clock.now + seconds, [], 0
    replies = sorted(clock.now + at for at in replies_at)
    while clock.now < end:
        wait = pacing.bulk_wait()
        if replies and replies[0] <= clock.now + wait:
            clock.now = max(clock.now, replies.pop(0))
            pacing.sent(-1, bulk=False)
            pacing.answered()
        elif wait > 0:
            clock.now += wait
        else:
            pacing.sent(chat, bulk=True)
            pacing.answered()
            sent.append(clock.now)
            chat += 1
    return sent


def most_in_a_second(moments: list[float]) -> int:
    return max((bisect_left(moments, start + 1) - first for first, start in enumerate(moments)), default=0)


@given(st.floats(1, 1000), st.lists(st.floats(0, 2), max_size=40))
@settings(max_examples=30, deadline=None)
def test_no_second_holds_more_than_the_rate(rate: float, replies: list[float]) -> None:
    sent = bulk_moments(rate, 2, replies)
    assert most_in_a_second(sent) <= max(rate, 2)


def test_bulk_goes_at_97_percent() -> None:
    assert len(bulk_moments(1000, 10, [])) in range(9680, 9710)
    assert len(bulk_moments(30, 60, [])) in range(1735, 1750)


def test_a_busy_moment_is_made_up_for_without_too_full_a_second() -> None:
    clock = Monotonic()
    pacing = RateLimiter(1000, clock)
    sent: list[float] = []
    while clock.now < 110:
        clock.now += max(0.07, pacing.bulk_wait())  # the loop comes by now and then only
        while pacing.bulk_wait() == 0:
            pacing.sent(len(sent), bulk=True)
            pacing.answered()
            sent.append(clock.now)
    assert len(sent) in range(9400, 9720)
    assert most_in_a_second(sent) <= 990, "replies fit beside it"


def test_what_is_under_way_counts_until_it_is_answered() -> None:
    clock = Monotonic()
    pacing = RateLimiter(10, clock)
    for chat in range(10):
        clock.now += 1
        assert pacing.bulk_wait() == 0
        pacing.sent(chat, bulk=True)
    clock.now += 60
    assert pacing.bulk_wait() > 0  # all ten may arrive in the next second
    pacing.answered()
    clock.now += 0.5
    assert pacing.bulk_wait() > 0
    clock.now += 0.6
    assert pacing.bulk_wait() == 0


def test_what_replies_use_is_taken_from_bulk() -> None:
    replies = [second / 20 for second in range(200)]  # 20 a second
    assert len(bulk_moments(30, 10, replies)) in range(95, 112)


def test_a_chat_gets_one_bulk_message_a_second() -> None:
    clock = Monotonic()
    pacing = RateLimiter(None, clock)
    pacing.sent(1, bulk=True)
    assert pacing.chat_wait(1) == 1
    assert pacing.chat_wait(2) == 0
    clock.now += 0.6
    assert round(pacing.chat_wait(1), 6) == 0.4
    clock.now += 0.4
    assert pacing.chat_wait(1) == 0


def test_chats_spoken_to_long_ago_are_forgotten() -> None:
    clock = Monotonic()
    pacing = RateLimiter(None, clock)
    for chat in range(10_000):
        clock.now += 0.01
        pacing.sent(chat, bulk=True)
    assert len(pacing._chat_free_at) <= 101
