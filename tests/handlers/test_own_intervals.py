"""Intervals of a person's own: said, kept by name, guided, held back, and nonsense answered kindly."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from db.models import OwnIntervals
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import begins_way_back, set_up


def tracks(coach: BotHarness) -> list[dict[str, Any]]:
    return [call.params for call in coach.telegram.calls if call.method == "sendAudio"]


async def kept(coach: BotHarness) -> list[OwnIntervals]:
    return await coach.running.db.run(lambda session: list(session.exec(select(OwnIntervals)).all()))


async def ready(coach: BotHarness, experience: str = "new") -> Person:
    ann = await set_up(coach, experience=experience)
    await coach.jump()
    return ann


async def test_they_are_shown_with_their_guide_and_kept_by_name(coach: BotHarness) -> None:
    ann = await ready(coach)
    shown = await ann.says("/timer Track night: 6 x 20 s hard, 40 s easy, 5 min warm-up")
    assert shown.shows(
        "guide/intervals", "Track night", "6 rounds of 20 s hard and 40 s easy", "5 min to warm up", "15 minutes"
    )
    (call,) = tracks(coach)
    assert (call["title"], call["duration"] > 900) == ("Track night", True)
    await ann.says("/timer")
    assert ann.sees.shows("guide/own", kept=True)
    assert (await ann.presses("Track night")).shows("guide/intervals", "Track night")
    assert (await ann.says("/timer track NIGHT")).shows("guide/intervals", "Track night")
    await ann.says("/timer Track night: 5x20/40")
    assert [(row.name, row.rounds, row.warm_up_s) for row in await kept(coach)] == [("Track night", 5, 600)]
    assert (await ann.presses("own_forget")).shows("guide/forgotten", "Track night")
    assert await kept(coach) == []


async def test_words_without_a_command_mean_the_same(coach: BotHarness) -> None:
    ann = await ready(coach)
    assert (await ann.says("8 x 20 s hard, 40 s easy, 12 min warm-up")).shows("guide/intervals", "12 min to warm up")
    (row,) = await kept(coach)
    assert (row.name, row.rounds, row.work_s, row.rest_s, row.warm_up_s) == ("8 × 20/40 s", 8, 20, 40, 720)


async def test_rounds_that_were_not_said_are_asked_for(coach: BotHarness) -> None:
    ann = await ready(coach)
    assert (await ann.says("/timer 20 on 40 off")).shows("guide/own", missing_rounds=True)
    assert (await ann.presses("6")).shows("guide/intervals", "6 rounds of 20 s hard and 40 s easy")


async def test_much_to_begin_with_is_offered_with_fewer_rounds(coach: BotHarness) -> None:
    ann = await ready(coach)
    assert (await ann.says("/timer 10x60/60")).shows("guide/intervals", "begin with 3 rounds")
    assert tracks(coach) == []
    assert (await ann.presses("3 rounds")).shows("guide/intervals", "3 rounds of 1 min hard and 1 min easy")
    assert len(tracks(coach)) == 1


async def test_somebody_experienced_is_asked_nothing(coach: BotHarness) -> None:
    ann = await ready(coach, "experienced")
    assert (await ann.says("/timer 10x60/60")).shows("guide/intervals", "10 rounds", fewer=None)
    assert len(tracks(coach)) == 1


@pytest.mark.parametrize("nonsense", ["0x0", "999999x1/1", "-8x20/40", "three hours of sprints", "180x30/30"])
async def test_nonsense_gets_a_kind_answer(coach: BotHarness, nonsense: str) -> None:
    ann = await ready(coach)
    assert (await ann.says(f"/timer {nonsense}")).template == "mistakes/intervals_out_of_range"
    assert await kept(coach) == []


@pytest.mark.parametrize("nonsense", ["5x", "x", "8x20/40 " * 500, "🙂" * 2000])
async def test_what_says_nothing_is_answered_with_an_example(coach: BotHarness, nonsense: str) -> None:
    ann = await ready(coach)
    assert (await ann.says(f"/timer {nonsense}"[:4096])).template == "mistakes/intervals_not_understood"


async def test_a_name_with_marks_is_shown_as_it_is(coach: BotHarness) -> None:
    ann = await ready(coach)
    assert "<b>&" in await ann.says("/timer <b>&: 4x20/40")


async def test_none_before_the_health_check_nor_after_a_red_flag(coach: BotHarness) -> None:
    bob = coach.person(2, "Bob")
    await bob.says("/start")
    assert (await bob.says("/timer 4x20/40")).template == "setup/check"
    ann = await ready(coach)
    await ann.says("/timer 4x20/40")
    page, row = ann.user.last, next(each for each in await kept(coach) if each.user_id == 1)
    await ann.says("I have chest pain when I run")
    sent, received = len(tracks(coach)), len(ann.user.received)
    for data in (f"own-live:{row.id}", f"own-guide:{row.id}", f"own-rounds:{row.id}:3"):
        ann.user.press_data(data, page)
        await coach.settle()
    assert len(tracks(coach)) == sent
    held = ann.templates(received)
    assert "guide/live" not in held
    assert (await ann.says("/timer 4x20/40")).template == "pause/not_yet"
    assert len(tracks(coach)) == sent


async def test_none_while_something_hurts(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says("my calf hurts 4 out of 10")
    assert (await ann.says("/timer 4x20/40")).template == "guide/held"
    assert tracks(coach) == []


async def test_intervals_of_somebody_else_are_an_old_button(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says("/timer 4x20/40")
    bob = coach.person(2, "Bob")
    await bob.says("/start")
    (row,) = await kept(coach)
    bob.user.press_data(f"own-guide:{row.id}", bob.user.last)
    await coach.settle()
    assert bob.toast.template == "mistakes/old_button"


async def test_they_wait_on_the_way_back_but_for_nobody_who_left_it(coach: BotHarness) -> None:
    ann = await ready(coach, "regular")
    await ann.says("/timer 4x20/40")
    page, (row,), sent = ann.user.last, await kept(coach), len(tracks(coach))
    await begins_way_back(ann)
    assert (await ann.says("/timer 4x20/40")).shows("guide/held", "one step at a time", why="way-back")
    assert {coach.labels["today"], coach.labels["way_back"]} <= set(ann.buttons)
    received = len(ann.user.received)
    for data in (f"own-live:{row.id}", f"own-guide:{row.id}"):
        ann.user.press_data(data, page)
        await coach.settle()
    shown = ann.templates(received)
    assert shown == ["guide/held", "guide/held"]
    assert len(tracks(coach)) == sent


async def test_other_rounds_change_a_name_that_is_their_figures_and_no_other(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says("/timer 10x60/60")
    await ann.presses("3 rounds")
    await ann.says("/timer Hill: 10x60/60")
    await ann.presses("3 rounds")
    assert sorted((row.name, row.rounds) for row in await kept(coach)) == [("3 × 60/60 s", 3), ("Hill", 3)]
    await ann.says("/timer 10x60/60")
    assert (await ann.presses("3 rounds")).shows("guide/intervals", "3 × 60/60 s")
    assert len(await kept(coach)) == 2, "those of the same figures are one"
