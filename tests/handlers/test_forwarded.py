"""A forwarded message is somebody else's word: no command, no request, no answer, but a red flag and a question."""

import pytest
from sqlmodel import select

from db.models import Reminder
from tests.support.bot_harness import BotHarness, Person, Said
from tests.support.images import png
from tests.support.onboarding import set_up

RED_FLAG = "my calf is swollen, hot and red"


async def forwards(coach: BotHarness, ann: Person, text: str, *, data: bytes | None = None) -> Said:
    await ann.user.forward(text, data=data)
    await coach.settle()
    coach.clock.forward(seconds=2)
    await coach.tick()
    return ann.sees


@pytest.mark.parametrize(
    "text",
    ["/remind off", "stop reminders", "/pause", "pause for two weeks", "/weight 82 kg", "/delete", "/start", "done",
     "/stats", "/unknown", "thanks!", "Tokyo", "see you at the club on Friday", "/calf 38 cm"],
)  # fmt: skip
async def test_it_changes_nothing(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    before = (await coach.stored()).model_dump()
    assert (await forwards(coach, ann, text)).shows("forwarded/not_yours")
    assert (await coach.stored()).model_dump() == before
    rows = await coach.running.db.run(lambda session: list(session.exec(select(Reminder)).all()))
    assert all(row.on for row in rows)


async def test_it_answers_no_prompt(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert (await forwards(coach, ann, "calves")).shows("forwarded/not_yours")
    assert (await coach.stored()).goals == []
    assert (await ann.says("calves")).shows("setup/experience")


async def test_a_location_that_was_forwarded_moves_nobody(coach: BotHarness) -> None:
    ann = await set_up(coach)
    origin = {"type": "hidden_user", "sender_user_name": "Bob", "date": 1_700_000_000}
    tokyo = {"latitude": 35.68, "longitude": 139.69}
    message = coach.telegram.core.post(ann.user.private, ann.user.private.person(), {"location": tokyo})
    coach.telegram.core.update("message", message | {"forward_origin": origin})
    await coach.settle()
    assert (await coach.stored()).zone == "Europe/Berlin"


async def test_a_question_is_answered(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await forwards(coach, ann, "how often should I train calves?")).shows("faq/entry")


@pytest.mark.parametrize("picture", [None, png(10, 10)])
async def test_a_red_flag_is_answered_and_the_hold_is_asked_for(coach: BotHarness, picture: bytes | None) -> None:
    ann = await set_up(coach)
    said = await forwards(coach, ann, RED_FLAG, data=picture)
    assert said.shows("ask/safety", asks=True, pauses=False)
    assert (await coach.stored()).pause_reason is None
    said = await ann.presses("hold_mine")
    assert said.shows("ask/safety", asks=False, pauses=True)
    assert (await coach.stored()).pause_reason == "safety"
    assert coach.labels["resume_cleared"] in ann.buttons


async def test_a_red_flag_of_somebody_else_holds_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await forwards(coach, ann, RED_FLAG)
    assert (await ann.presses("hold_not_mine")).shows("ask/safety")
    assert (await coach.stored()).pause_reason is None
    assert ann.buttons == []


async def test_who_is_held_already_is_not_asked(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says(RED_FLAG)
    assert (await forwards(coach, ann, RED_FLAG)).shows("ask/safety", asks=False)
    assert (await coach.stored()).pause_reason == "safety"


async def test_several_in_a_row_get_one_line(coach: BotHarness) -> None:
    ann = await set_up(coach)
    count = len(ann.user.received)
    for text in ("one thing", "/remind off", "another thing"):
        await ann.user.forward(text)
    await coach.settle()
    coach.clock.forward(seconds=2)
    await coach.tick()
    assert len(ann.user.received) == count + 1
    coach.clock.forward(minutes=2)
    assert (await forwards(coach, ann, "a fourth thing")).shows("forwarded/not_yours")
    assert len(ann.user.received) == count + 2


async def test_in_a_group_it_is_nothing_but_a_red_flag(coach: BotHarness) -> None:
    ann, group = coach.person(), coach.telegram.group(-100_200_300, "Calf club")
    name = coach.telegram.core.state.bot["username"]
    await ann.user.forward(f"/today@{name}", chat=group)
    await ann.user.forward(f"@{name} how often should I train calves?", chat=group)
    await coach.settle()
    assert [message for message in group.messages.values() if message.from_bot] == []
    await ann.user.forward(f"@{name} {RED_FLAG}", chat=group)
    await coach.settle()
    [warning] = [message for message in group.messages.values() if message.from_bot]
    assert coach.rendered.said(warning.text).shows("ask/safety", asks=False)
