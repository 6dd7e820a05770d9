"""Weights at the set-up are echoed with their unit and can be taken back; examples are in the person's unit."""

import pytest

from coach.buttons.setup import PickUnits
from coach.parsing.weight import KG_PER_LB, parse_weight
from coach.profile import Units
from coach.user_errors import UserError
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.vocabularies import ENGLISH

KG, LB, ST = Units.KILOGRAMS, Units.POUNDS, Units.STONE


async def at_the_units(coach: BotHarness) -> Person:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    while not ann.sees.shows("setup/units"):
        await ann.presses("check_none" if ann.sees.shows("setup/check") else "skip_step")
    return ann


@pytest.mark.parametrize(
    ("text", "units", "kilograms"),
    [
        ("11.10", ST, 164 * KG_PER_LB), ("11.13", ST, 167 * KG_PER_LB), ("11.04", ST, 158 * KG_PER_LB),
        ("11,10", ST, 164 * KG_PER_LB), ("11.10 st", None, 164 * KG_PER_LB), ("11.5", ST, 161 * KG_PER_LB),
        ("11.75", ST, 164.5 * KG_PER_LB), ("72 kg 500 g", None, 72.5), ("72kg, 500g", LB, 72.5),
        ("72 kilos 500 grams", None, 72.5), ("160 lb 8 oz", None, 160.5 * KG_PER_LB),
        ("160lbs 8oz", KG, 160.5 * KG_PER_LB), ("72.5 this morning", KG, 72.5), ("72.5 kg today", None, 72.5),
        ("72.5kg (this morning)", None, 72.5), ("💪 72.5", KG, 72.5), ("72.5 💪", KG, 72.5), ("⚖️ 72.5 kg", None, 72.5),
        ("I weigh 72.5 today", KG, 72.5),
    ],
)  # fmt: skip
def test_a_weight_is_read_as_people_say_it(text: str, units: Units | None, kilograms: float) -> None:
    assert parse_weight(text, units, ENGLISH) == pytest.approx(kilograms)


@pytest.mark.parametrize("text", ["160 lb 16 oz", "72 kg 5000 g", "💪", "today", "72 kg yesterday"])
def test_what_is_no_weight_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_weight(text, KG, ENGLISH)


@pytest.mark.parametrize(("unit", "typed", "echo"), [("kg", "72,5", "72.5 kg"), ("st", "11.10", "11 st 10 lb")])
async def test_the_set_up_echoes_a_weight_with_undo(coach: BotHarness, unit: str, typed: str, echo: str) -> None:
    ann = await at_the_units(coach)
    await ann.presses(f"units_{unit}")
    assert (await ann.says(typed)).shows("setup/zone")
    noted = [message for message in ann.user.received if coach.rendered.said(message.text).shows("weight/noted", echo)]
    assert [message.labels for message in noted] == [[coach.labels["undo"]]]
    assert (await ann.presses("undo")).shows("setup/zone")
    assert (await coach.stored()).weight_kg is None
    assert coach.rendered.said(ann.user.private.messages[noted[0].message_id].text).shows("weight/taken_back")


async def test_a_weight_whose_unit_was_pressed_is_echoed_too(coach: BotHarness) -> None:
    ann = await at_the_units(coach)
    await ann.says("158")
    await ann.presses("units_lb")
    assert ann.sees.shows("setup/zone")
    shown = [message for message in ann.user.received if coach.rendered.said(message.text).shows("weight/noted")]
    assert [(message.text, message.labels) for message in shown] == [("Saved: 158 lb.", [coach.labels["undo"]])]


@pytest.mark.parametrize(("unit", "kilograms", "echo"), [("kg", 72.4, "72.4 kg"), ("pounds", 32.84, None)])
async def test_a_weight_whose_unit_is_typed_behind_it_is_kept(
    coach: BotHarness, unit: str, kilograms: float, echo: str | None
) -> None:
    ann = await at_the_units(coach)
    assert (await ann.says("72.4")).template == "mistakes/weight_unit_missing"
    said = await ann.says(unit)
    if echo is None:  # so little weighs nobody: the weight is asked for in that unit
        assert said.shows("setup/weight", part="question", units="lb")
        assert (await coach.stored()).weight_kg is None
        return
    assert said.shows("setup/zone")
    assert (await coach.stored()).weight_kg == kilograms
    noted = [message for message in ann.user.received if coach.rendered.said(message.text).shows("weight/noted", echo)]
    assert [message.labels for message in noted] == [[coach.labels["undo"]]]


async def test_a_weight_whose_unit_was_picked_on_the_first_question_is_kept(coach: BotHarness) -> None:
    ann = await at_the_units(coach)
    question = ann.user.last
    await ann.says("72.4")
    ann.user.press_data(PickUnits(KG).pack(), question)
    await coach.settle()
    assert ann.sees.shows("setup/zone")
    assert (await coach.stored()).weight_kg == 72.4


async def test_a_weight_of_a_question_that_was_left_is_not_taken_later(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/settings")
    await ann.presses("change_units")
    await ann.says("72.4")
    await ann.says("/cancel")
    await ann.says("/settings")
    await ann.presses("change_units")
    assert (await ann.says("kg")).shows("setup/weight", part="question")
    assert (await coach.stored()).weight_kg is None


@pytest.mark.parametrize(("units", "example"), [("72.5 kg", "72.5"), ("158 lb", "158"), ("11 st 4", "11 st 4")])
async def test_examples_follow_the_unit(coach: BotHarness, units: str, example: str) -> None:
    ann = await set_up(coach)
    await ann.says(f"/weight {units}")
    assert f"/weight {example}" in await ann.says("/weight")
    said = await ann.says("/weight purple")
    assert said.shows("mistakes/weight_not_understood", example)
