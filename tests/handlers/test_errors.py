"""Failures: a poison update is set aside and apologised for, a flood is slowed down, and life goes on."""

from typing import Any

from sqlmodel import select
from telegram import Update
from telegram.ext import CommandHandler

from db.models import HandledUpdate, SetAsideUpdate
from tests.support.bot_harness import BotHarness


async def explode(_update: Update, _context: Any) -> None:
    raise RuntimeError("a fault of ours")


async def handled(coach: BotHarness, update_id: int) -> HandledUpdate | None:
    return await coach.running.db.run(lambda session: session.get(HandledUpdate, update_id))


async def test_a_poison_update_is_set_aside_and_the_person_told(coach: BotHarness) -> None:
    coach.running.application.handlers[0].insert(0, CommandHandler("explode", explode))
    ann = coach.person()
    assert (await ann.says("/explode")).template == "errors/sorry"
    kept = await coach.running.db.run(lambda session: session.exec(select(SetAsideUpdate)).one())
    assert "a fault of ours" in kept.error
    assert kept.payload["message"]["text"] == "/explode"
    assert "Hello Ann" in await ann.says("/start"), "the next update is carried out"


async def test_an_update_that_makes_no_sense_is_set_aside_too(coach: BotHarness) -> None:
    nonsense = {"update_id": 77, "message": {"message_id": "x", "chat": {"id": 5, "type": "private"}}}
    await coach.running.intake.submit(nonsense)
    noted = await handled(coach, 77)
    assert noted is not None
    assert noted.outcome == "set-aside"


async def test_kinds_of_updates_that_nobody_handles_are_recorded_all_the_same(coach: BotHarness) -> None:
    await coach.running.intake.submit({"update_id": 78, "poll": {"id": "1"}})
    await coach.running.intake.submit({"update_id": 79})
    for update_id in (78, 79):
        assert await handled(coach, update_id) is not None


async def test_a_redelivered_update_does_nothing(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.says("/weight 72 kg")
    shown = len(ann.user.messages)
    again = {
        "update_id": 4242,
        "message": {
            "message_id": 900,
            "date": 1,
            "chat": {"id": 1, "type": "private", "first_name": "Ann"},
            "from": {"id": 1, "is_bot": False, "first_name": "Ann"},
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }
    for _ in range(3):
        await coach.running.intake.submit(again)
    await coach.settle()
    assert len(ann.user.messages) == shown + 1


async def test_a_flood_is_answered_slow_down_once(coach: BotHarness) -> None:
    ann = coach.person()
    for number in range(60):
        await ann.user.send(f"/weight {50 + number}kg")
    await coach.settle()
    texts = [str(message["text"]) for message in ann.user.messages]
    assert sum("That was a lot at once" in text for text in texts) == 1
    outcomes = await coach.running.db.run(lambda session: session.exec(select(HandledUpdate.outcome)).all())
    assert outcomes.count("dropped") + outcomes.count("done") == 60
