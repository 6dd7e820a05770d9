"""Girths that are told within talk are noted, beside the answer to what is asked; a figure alone is asked its leg."""

import pytest

from coach.parsing.measurements import Side
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import rows_of


async def measured(coach: BotHarness) -> dict[str, float]:
    rows = (await rows_of(coach, 1)).items()
    return {str(row["side"]): float(str(row["value"])) for (table, _), row in rows if table == "measurement"}


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("left 32,5 right 33", 32.5, 33.0),
        ("just taped them, 36.5 on the left, 37 right", 36.5, 37.0),
        ("36.5 both", 36.5, 36.5),
    ],
)
@pytest.mark.parametrize("before", ["how do i measure my calves", "why is one of my calves bigger than the other?"])
async def test_girths_behind_an_answer_are_noted(
    coach: BotHarness, before: str, text: str, left: float, right: float
) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 76 kg")
    await ann.says(before)
    assert (await ann.says(text)).template == "measure/logged"
    assert await measured(coach) == {Side.LEFT: left, Side.RIGHT: right}
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await measured(coach) == {}


@pytest.mark.parametrize(
    "text",
    [
        "just taped them, 36.5 on the left, 37 right. is that uneven?",
        "my left calf is 38 cm and the right one 37.5, is that uneven?",
    ],
)
async def test_a_question_beside_girths_is_answered_and_they_are_noted(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 76 kg")
    began = len(ann.user.received)
    await ann.says(text)
    assert ann.templates(began) == ["measure/logged", "faq/entry"]
    assert set(await measured(coach)) == {Side.LEFT, Side.RIGHT}


async def test_a_wish_and_a_run_are_no_girths(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 76 kg")
    await ann.says("i want 38.5 left and 39 right by june")
    await ann.says("ran 27.5 km, left calf 5.5, right calf fine")
    assert await measured(coach) == {}


async def answers_which_leg(ann: Person, answer: str, *, pressed: bool) -> None:
    await ann.says("how do i measure my calves")
    assert (await ann.says("36.5")).shows("measure/which_leg", "36.5 cm")
    await (ann.presses(answer) if pressed else ann.says(answer))
    assert ann.sees.template == "measure/logged"


@pytest.mark.parametrize(
    ("answer", "sides"),
    [("both", {Side.LEFT, Side.RIGHT}), ("the left one", {Side.LEFT}), ("right", {Side.RIGHT})],
)
async def test_a_figure_alone_is_asked_its_leg_which_can_be_typed(
    coach: BotHarness, answer: str, sides: set[Side]
) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 76 kg")
    await answers_which_leg(ann, answer, pressed=False)
    assert await measured(coach) == dict.fromkeys(sides, 36.5)


async def test_the_leg_of_a_figure_alone_can_be_pressed(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 76 kg")
    await answers_which_leg(ann, "legs_left", pressed=True)
    assert await measured(coach) == {Side.LEFT: 36.5}
