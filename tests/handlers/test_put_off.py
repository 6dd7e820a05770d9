"""A reminder that was put off, or waits its turn in a crowd, and then is no longer wanted: it does not come."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from coach.requests import Intent
from telegram_local.api.faults import RetryAfter
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests

TOKYO = (35.68, 139.69)
LISBON = (38.72, -9.14)


async def put_off(coach: BotHarness) -> Person:
    """A person whose reminder of Tuesday, 07:00 shall come again in an hour."""
    ann = await set_up(coach)
    await coach.jump()
    await ann.presses("later")
    assert "at 08:00" in await ann.presses("snooze_60")
    return ann


async def hears_again(coach: BotHarness, ann: Person, **stretch: float) -> bool:
    """Let so much time pass, and say whether the reminder came again."""
    shown = len(ann.user.received)
    coach.clock.forward(**stretch)
    await coach.tick()
    assert len(ann.user.received) in {shown, shown + 1}
    return "Here it is again" in ann.user.received[-1].text


async def pauses(ann: Person) -> None:
    assert (await ann.says("/pause sick")).template == "pause/paused"


async def pauses_by_buttons(ann: Person) -> None:
    await ann.says("/pause")
    assert "Paused until" in await ann.presses("pause_3")


async def has_a_red_flag(ann: Person) -> None:
    assert "paused your reminders" in await ann.says("I have chest pain when I run")


async def hurts(ann: Person) -> None:
    await ann.says("/today")
    await ann.presses("Something hurts")
    assert "No walk–jog intervals" in await ann.presses("pain_5")


async def moves_it(ann: Person) -> None:
    await ann.says("/plan")
    await ann.presses("Tue")
    await ann.presses("move")
    await ann.presses(next(label for label in ann.buttons if ", now " in label))


async def swaps_it(ann: Person) -> None:
    await ann.says("/plan")
    await ann.presses("Tue")
    await ann.presses("swap")
    await ann.presses("Easy walk, ride or swim")


async def fails_the_check(ann: Person) -> None:
    await ann.says("/check")
    await ann.presses("check_some")


async def switches_off(ann: Person) -> None:
    assert "Reminders are off" in await ann.says("/remind off")


NO_LONGER = [pauses, pauses_by_buttons, has_a_red_flag, hurts, moves_it, swaps_it, fails_the_check, switches_off]


@pytest.mark.parametrize("does", NO_LONGER, ids=lambda does: does.__name__)
async def test_what_was_put_off_does_not_come_where_it_is_no_longer_wanted(
    coach: BotHarness, does: Callable[[Person], Awaitable[None]]
) -> None:
    ann = await put_off(coach)
    await does(ann)
    assert not await hears_again(coach, ann, hours=1)


async def test_what_changes_nothing_of_the_day_leaves_it(coach: BotHarness) -> None:
    ann = await put_off(coach)
    await ann.says("/plan")
    await ann.says("/weight 72 kg")
    assert await hears_again(coach, ann, hours=1)


async def test_it_does_not_come_in_the_night_of_a_new_clock(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await coach.jump()
    await ann.presses("later")
    await ann.presses("Tonight 18:30")
    await ann.user.location(*TOKYO)
    await coach.settle()
    await ann.presses("Move to 07:00 in Tokyo")
    assert not await hears_again(coach, ann, hours=11, minutes=30)


async def test_it_comes_where_a_move_was_only_tried(coach: BotHarness) -> None:
    """Yesterday's session taken back would plan today anew; without a day to move it to all stays as it is."""
    ann = await set_up(coach, experience="regular", time="07:00")
    await coach.jump()
    await requests(ann, asked(Intent.SKIP, reason="time"))
    await coach.jump()
    await ann.presses("later")
    await ann.presses("snooze_60")
    yesterday = coach.clock.now.date() - timedelta(days=1)
    assert (await requests(ann, asked(Intent.MOVE, from_day=yesterday))).template == "requests/move_skipped"
    assert await hears_again(coach, ann, hours=1)


async def test_it_comes_by_a_new_clock_where_that_is_day(coach: BotHarness) -> None:
    ann = await put_off(coach)
    await ann.user.location(*LISBON)
    await coach.settle()
    await ann.presses("Move to 07:00 in Lisbon")
    assert await hears_again(coach, ann, hours=1)


@pytest.mark.parametrize(("does", "answers"), [("/pause sick", 1), ("/remind off", 1), ("Done", 0)])
async def test_what_waits_in_memory_is_taken_back_too(coach: BotHarness, does: str, answers: int) -> None:
    """Telegram asks to wait just as the reminder goes out, and before it may the person has no use for it."""
    ann = await set_up(coach)
    await ann.says("/today")
    await ann.presses("start_today")
    await coach.jump()
    coach.telegram.faults.next("sendMessage", RetryAfter(30), chat_id=1)
    coach.clock.forward(days=1)
    await coach.running.ticker.tick_now()
    coach.running.sender.wake()
    await coach.telegram.until(lambda: not coach.telegram.faults.waiting)
    if does == "Done":
        ann.user.press_data("done:2026-03-04", ann.user.last)
    else:
        await ann.user.send(does)
    await coach.telegram.until(lambda: coach.telegram.pending_updates == 0)
    await coach.running.intake.until_idle()
    shown = len(ann.user.received)
    coach.clock.forward(minutes=1)
    coach.running.sender.wake()
    await coach.settle()
    assert len(ann.user.received) - shown == answers, "no reminder"
