"""Reminders on Telegram's bad days: one chat hangs or refuses, and nobody else notices."""

import asyncio

from telegram_local.api.faults import Blocked, Hang
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up


async def test_a_chat_that_hangs_holds_up_nobody_else(coach: BotHarness) -> None:
    ann = await set_up(coach)
    bob = await set_up(coach, person=coach.person(2, "Bob"))
    over = asyncio.Event()
    coach.telegram.faults.next("sendMessage", Hang(over), chat_id=1)
    before = len(ann.user.received)
    coach.clock.forward(days=1)
    await coach.running.ticker.tick_now()
    coach.running.sender.wake()
    await coach.telegram.until(lambda: "Later" in bob.buttons, timeout=10)
    assert len(ann.user.received) == before
    over.set()
    await coach.settle()
    assert len(ann.user.received) == before + 1
    assert "Later" in ann.buttons


async def test_a_chat_that_refuses_ends_its_reminders_until_the_person_writes(coach: BotHarness) -> None:
    ann = await set_up(coach)
    bob = await set_up(coach, person=coach.person(2, "Bob"))
    lift = coach.telegram.faults.always("sendMessage", Blocked(), chat_id=1)
    before = len(ann.user.received)
    await coach.jump()
    assert "Later" in bob.buttons
    lift()
    await coach.jump()
    assert len(ann.user.received) == before, "nothing is tried any more"
    assert "Next reminder: Thursday at 07:00" in await ann.says("/remind")
    await coach.jump()
    assert {"Done", "I rested"} & set(ann.buttons)
