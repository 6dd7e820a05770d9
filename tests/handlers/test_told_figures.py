"""Figures are stored as what they are: a time of day is no girth, an age no weight, a soreness no effort."""

import pytest

from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up
from tests.support.requests import rows_of


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ("My left calf is more small than the right. It is 38 and right 39.5", ("38 cm", "39.5 cm")),
        ("the tape says 37.5, right 38", ("left calf 37.5 cm", "right calf 38 cm")),
        ("the left is smaller: 37.5 and the right 38.2", ("left calf 37.5 cm", "right calf 38.2 cm")),
        ("38 left and 39.5 right", ("left calf 38 cm", "right calf 39.5 cm")),
    ],
)
async def test_both_legs_of_a_girth_are_kept(coach: BotHarness, told: str, values: tuple[str, ...]) -> None:
    ann = await set_up(coach)
    await ann.says(told)
    assert any(all(value in each.text for value in values) for each in ann.user.received)


@pytest.mark.parametrize("told", ["I did 19 in left and 24 in right", "managed 19 in the left and 24 in the right"])
async def test_raises_in_each_leg_are_no_inches(coach: BotHarness, told: str) -> None:
    ann = await set_up(coach)
    await ann.says(told)
    assert any("19 heel raises on the left, 24 on the right" in each.text for each in ann.user.received)


@pytest.mark.parametrize(
    "told",
    ["Please put the reminder at 8.30 in the evening then", "reminder at 8.30 in the evening please, not before"],
)
async def test_a_time_of_day_is_no_girth(coach: BotHarness, told: str) -> None:
    ann = await set_up(coach)
    said = await ann.says(told)
    assert said.template.startswith("requests/remind")
    assert "20:30" in said


@pytest.mark.parametrize("told", ["Is that good at 71?", "not bad at 66, is it?", "is 24 each side alright at 58?"])
async def test_a_question_about_an_age_changes_no_weight(coach: BotHarness, told: str) -> None:
    ann = await set_up(coach)
    await ann.says("I weigh 60 kg")
    await ann.says(told)
    assert [row["weight_kg"] for row in (await rows_of(coach, 1)).values() if "weight_kg" in row] == [60]


async def test_a_bare_figure_far_from_the_known_weight_is_asked_about(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("I weigh 60 kg")
    before = await rows_of(coach, 1)
    assert (await ann.says("i'm 71 by the way")).shows("weight/sure", "71 kg")
    assert await rows_of(coach, 1) == before
    assert (await ann.presses("weight_yes")).shows("weight/saved", "71 kg")


async def test_a_weight_that_is_called_one_is_kept_however_far(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("I weigh 60 kg")
    assert (await ann.says("weighed myself, 71 now")).shows("requests/weight", "71 kg")
