"""The week as a picture with its text, and the bars of an interval session, as somebody gets them."""

from typing import Any

import pytest

from content.rendering import file_renderers
from content.rendering.pictures import plan_pictures
from telegram_local.state import Message
from tests.handlers.test_twelve_weeks import planned
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up

# What differs between the databases is tested elsewhere, in fewer steps.
pytestmark = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The figures of every week and session that is drawn, in their order."""
    found: list[dict[str, Any]] = []
    for name in ("week", "phases"):
        draw = getattr(plan_pictures, name)

        def noted(figures: dict[str, Any], draw: Any = draw) -> bytes:
            found.append(figures)
            png: bytes = draw(figures)
            return png

        monkeypatch.setitem(file_renderers._PURE, name, noted)
    return found


def pictures(ann: Person) -> list[Message]:
    return [message for message in ann.user.received if "photo" in message]


async def test_the_week_comes_as_a_picture_with_its_text(coach: BotHarness, drawn: list[dict[str, Any]]) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)

    week = await ann.says("/plan")
    assert week.shows("plan/week")
    assert len(pictures(ann)) == 1
    (figures,) = drawn
    assert figures["title"] == "Your week · week 1"
    assert [day["name"] for day in figures["days"]] == ["Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    said = {day: (name, minutes) for day, (name, minutes) in planned(week).items()}
    assert {day["name"]: (day["title"], day["minutes"]) for day in figures["days"] if day["minutes"]} == said
    assert [day["name"] for day in figures["days"] if day["today"]] == ["Tue"]


async def test_what_became_of_a_day_is_drawn(coach: BotHarness, drawn: list[dict[str, Any]]) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    await ann.says("done")
    coach.clock.forward(days=2)
    await ann.says("/today")
    await ann.presses("skip")
    coach.clock.forward(days=3)

    await ann.says("/plan")
    marks = {day["name"]: day["mark"] for day in drawn[-1]["days"]}
    assert marks["Tue"] == "done"
    assert marks["Thu"] == "skipped"
    assert "missed" in marks.values() or "moved" in marks.values()


async def test_a_day_and_its_changes_stand_under_the_same_picture(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/plan")
    count = len(ann.user.received)

    await ann.presses(next(label for label in ann.buttons if label.startswith("Thu")))
    assert ann.sees.template == "plan/day"
    await ann.presses("move")
    assert ann.sees.template == "plan/move"
    await ann.presses("back")
    await ann.presses("back_to_week")
    assert ann.sees.template == "plan/week"
    assert (await ann.presses("next_week")).shows("plan/week", ahead=True)
    assert len(ann.user.received) == count, "one message all along"


async def test_a_text_that_is_pressed_stays_a_text(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    await ann.says("/today")
    await ann.presses("done")
    await ann.presses("1")
    count = len(ann.user.received)

    assert (await ann.presses("my_week")).template == "plan/week"
    assert len(ann.user.received) == count


async def test_a_week_that_is_too_long_for_a_caption_is_a_text(
    coach: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await set_up(coach)
    monkeypatch.setattr("handlers.framework.turn.CAPTION", 100)

    assert (await ann.says("/plan")).template == "plan/week"
    assert pictures(ann) == []


async def test_intervals_are_followed_by_their_bars(coach: BotHarness, drawn: list[dict[str, Any]]) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)

    session = await ann.says("/today")
    assert "Walk–jog intervals" in session
    assert len(pictures(ann)) == 1
    assert "photo" not in next(message for message in ann.user.received if message.text == session)
    (figures,) = drawn
    assert [bar["round"] for bar in figures["phases"]] == [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0]
    assert sum(bar["seconds"] for bar in figures["phases"]) == 5 * 150 + 600
    assert figures["legend"][1] == {"rounds": "1–5", "label": "Jog, 1 min: 4 of 10"}
    assert figures["total"] == "23 min"
    await ann.presses("done")
    before = len(pictures(ann))
    await ann.says("/today")
    assert len(pictures(ann)) == before, "what is done has no bars"
