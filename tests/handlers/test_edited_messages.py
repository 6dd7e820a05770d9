"""The newest message that is edited is taken as said anew; what it did before is undone."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from db.models import Absence, LastChange, Measurement, Reminder, SaidMessage, TrainingSession, User
from db.queries.messages import said_messages
from tests.support.bot_harness import BotHarness, Person
from tests.support.images import png
from tests.support.onboarding import set_up

RED_FLAG = "my calf is swollen, hot and red"


async def rows(coach: BotHarness, table: type[Any]) -> list[Any]:
    return await coach.running.db.run(lambda session: list(session.exec(select(table)).all()))


async def shape(coach: BotHarness) -> dict[str, list[dict[str, Any]]]:
    """Return every row that a message can change, without what only follows the conversation."""
    ignored = {
        "prompt_message_id",
        "awaiting",
        "planned_on",
        "shown_kind",
        "shown_slug",
        "shown_day",
        "shown_at",
        "shown_question",
        "shown_message_id",
        "misses",
    }
    return {
        table.__name__: sorted((row.model_dump(exclude=ignored) for row in await rows(coach, table)), key=str)
        for table in (User, Reminder, Absence, Measurement, TrainingSession)
    }


async def test_a_weight_that_is_edited_is_the_weight(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 82.5 kg")
    said = await ann.edits("/weight 72.5 kg")
    assert said.shows("weight/saved", "72.5")
    assert (await coach.stored()).weight_kg == 72.5


async def test_an_edit_is_undone_by_the_next_edit(coach: BotHarness) -> None:
    ann = await set_up(coach)
    before = await shape(coach)
    await ann.says("/weight 82.5 kg")
    await ann.edits("/weight 72.5 kg")
    await ann.edits("thanks")
    assert await shape(coach) == before


@pytest.mark.parametrize(
    "text",
    [
        "/remind off",
        "stop reminders",
        "/remind 06:15",
        "/pause two weeks",
        "pause for 3 days",
        "/weight 82.5 kg",
        "/calf 38 cm, 38.5 cm",
        "/raises 20 22",
        "/today",
        "/settings",
        "why do my calves cramp?",
    ],
)
async def test_whatever_a_message_did_is_undone(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    await ann.says("/today")  # the week is planned
    before = await shape(coach)
    await ann.says(text)
    changed = await shape(coach) != before
    count = len(ann.user.received)
    assert (await ann.edits("thanks")).shows("smalltalk/thanks")
    assert await shape(coach) == before
    told = ann.templates(count)
    assert told == (["edits/undone"] if changed else []) + ["smalltalk/thanks"]


async def test_an_answer_of_the_set_up_that_is_edited_is_the_answer(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert (await ann.says("calves")).shows("setup/experience")
    assert (await ann.edits("run faster")).shows("setup/experience")
    assert (await coach.stored()).goals == ["sprints"]
    await ann.says("new")
    await ann.says("Monday")
    assert (await coach.stored()).free_days == "1"
    await ann.edits("Tuesday and Friday")
    assert (await coach.stored()).free_days == "25"
    assert len([message for message in ann.user.received if message.buttons]) == 1


async def test_what_a_button_completed_is_undone_with_it(coach: BotHarness) -> None:
    ann = await set_up(coach)
    before = await shape(coach)
    await ann.says("/calf 38 cm")
    await ann.presses("legs_both")
    assert {row.value for row in await rows(coach, Measurement)} == {38}
    await ann.edits("thanks")
    assert await shape(coach) == before


async def test_a_city_that_was_chosen_is_undone_with_its_name(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    while not ann.sees.shows("setup/zone"):
        await ann.presses("check_none" if ann.sees.shows("setup/check") else "skip_step")
    await ann.says("Springfield")
    await ann.presses(ann.buttons[0])
    assert ann.sees.shows("setup/time")
    assert (await ann.edits("Tokyo")).shows("setup/time")
    assert (await coach.stored()).zone == "Asia/Tokyo"


async def test_what_was_pressed_since_stays(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 82.5 kg")
    await ann.presses("forget_weight")
    await ann.edits("thanks")
    assert (await coach.stored()).weight_kg is None
    assert [row.changes for row in await rows(coach, SaidMessage)] == [[]]


async def test_what_was_erased_is_not_kept_for_an_undo(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 82.5 kg")
    await ann.says("/weight 81 kg")
    await ann.presses("forget_weight")
    assert [row.changes for row in await rows(coach, SaidMessage)] == [[]]


@pytest.mark.parametrize("newest", [True, False])
async def test_a_red_flag_is_seen_in_every_edit(coach: BotHarness, *, newest: bool) -> None:
    ann = await set_up(coach)
    asked = await ann.user.send("how do I train calves?")
    await coach.settle()
    if not newest:
        await ann.says("thanks")
    assert (await ann.edits(RED_FLAG, asked)).shows("ask/safety")
    assert (await coach.stored()).pause_reason == "safety"


async def test_no_edit_lifts_the_hold_of_a_red_flag(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says(RED_FLAG)
    await ann.edits("thanks")
    assert (await coach.stored()).pause_reason == "safety"


async def test_an_older_edit_gets_one_line_and_changes_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach)
    older = await ann.user.send("/weight 82.5 kg")
    await coach.settle()
    await ann.says("thanks")
    count = len(ann.user.received)
    assert (await ann.edits("/weight 72.5 kg", older)).shows("edits/older")
    assert len(ann.user.received) == count + 1
    assert (await coach.stored()).weight_kg == 82.5


async def test_nobody_is_stored_for_an_edit_of_what_is_forgotten(coach: BotHarness) -> None:
    ann = coach.person()
    asked = await ann.user.send("hello")
    await coach.settle()
    await ann.says("/delete")
    await ann.presses("Erase everything")
    assert (await ann.edits("good evening", asked)).shows("edits/older")
    assert await rows(coach, User) == []


async def test_where_somebody_goes_is_no_edit(coach: BotHarness) -> None:
    ann = await set_up(coach)
    place = await ann.user.live_location(35.68, 139.69)
    await coach.settle()
    zone, count = (await coach.stored()).zone, len(ann.user.received)
    await ann.user.move(place, 48.85, 2.35)
    await coach.settle()
    assert (await coach.stored()).zone == zone
    assert len(ann.user.received) == count


@pytest.mark.parametrize("newest", [True, False])
async def test_what_telegram_edits_by_itself_is_nothing(coach: BotHarness, *, newest: bool) -> None:
    ann = await set_up(coach)
    asked = await ann.user.send("/weight 82.5 kg")
    await coach.settle()
    if not newest:
        await ann.says("thanks")
    count = len(ann.user.received)
    ann.user.preview(asked)
    await coach.settle()
    assert len(ann.user.received) == count
    if newest:
        await ann.edits("/weight 82.5 kg")
        assert len(ann.user.received) == count


async def test_a_caption_that_is_edited_is_taken_anew(coach: BotHarness) -> None:
    ann = await set_up(coach)
    photo = await ann.user.photo(png(100, 100), "weight 82.5 kg")
    await coach.settle()
    await ann.edits("thanks", photo)
    assert ann.sees.shows("smalltalk/thanks")


async def test_what_is_kept_for_an_undo_goes_after_three_days(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 82.5 kg")
    after = coach.clock.now + timedelta(hours=47)
    assert await coach.running.db.run(lambda session: said_messages.purge(session, after - timedelta(days=3))) == 0
    coach.clock.forward(days=3, minutes=1)
    await coach.running.ticker.purge()
    assert await rows(coach, SaidMessage) == []
    assert (await ann.edits("/weight 72.5 kg")).shows("edits/older")


async def test_a_change_that_can_no_longer_be_undone_is_forgotten(coach: BotHarness) -> None:
    ann = await set_up(coach)
    at = coach.clock.now

    def change(session: Session) -> None:
        session.add(LastChange(user_id=ann.user.id, at=at, intents=["pause"], rows=[]))

    await coach.running.db.run(change)
    coach.clock.forward(hours=23)
    await coach.running.ticker.purge()
    assert len(await rows(coach, LastChange)) == 1
    coach.clock.forward(hours=1, minutes=1)
    await coach.running.ticker.purge()
    assert await rows(coach, LastChange) == []


async def test_an_edit_in_a_group_is_read_for_red_flags_only(coach: BotHarness) -> None:
    ann: Person = coach.person()
    coach.telegram.group(-100_200_300, "Calf club")
    name = coach.telegram.core.state.bot["username"]
    asked = await ann.user.send(f"@{name} how do I train calves?", -100_200_300)
    await coach.settle()
    group = coach.telegram.core.state.chats[-100_200_300]
    count = len(group.messages)
    asked = await ann.user.edit(asked, f"@{name} how do I train my calves?")
    await coach.settle()
    assert len(group.messages) == count
    await ann.user.edit(asked, f"@{name} {RED_FLAG}")
    await coach.settle()
    last = group.messages[max(group.messages)]
    assert coach.rendered.said(last.text).shows("ask/safety")
