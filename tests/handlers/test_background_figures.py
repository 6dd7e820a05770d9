"""Figures that are told before a general question are its background: the question is answered, nothing is noted."""

import pytest

from tests.support.bot_harness import BotHarness
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import rows_of


async def kept(coach: BotHarness) -> list[object]:
    """Sessions and measurements of the person."""
    rows = (await rows_of(coach, 1)).items()
    return [row for (table, _), row in rows if table in {"training_session", "measurement"}]


@pytest.mark.parametrize(
    "said",
    [
        "i'm 59, is it too late to get bigger calves?",
        "I'm 64 kg and I'd like bigger legs but I hate overeating. Is it possible without a caloric surplus?",
        "I usually go at 6am on an empty stomach and fade halfway. Should I eat a banana before my run?",
        "38.5 right and 37 left since my teens, why is one calf bigger than the other",
        "calves went from 36 to 36.5 in half a year of running. does running build calves?",
        "in the gym i run 25 min at 10, outside i am dead after 10 min, why is running outdoors harder?",
        "the furthest i've ever run is 8, how do you train for a long run of 20?",
        "week 5 of the plan, evening run 30 mins and my arches ache. are my running shoes too old",
        "lunch at 1, ran at 3, stitch by 3:20. how do i get rid of a side stitch",
    ],
)
async def test_figures_before_a_question_are_its_background(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("/weight 76 kg")
    before = await kept(coach)
    answered = await ann.says(said)
    assert answered.template in {"faq/entry", "faq/suggestions", "safety/care"}
    assert await kept(coach) == before


@pytest.mark.parametrize("said", ["scales say 61.2 this morning. why do i weigh more after sport", "69.4 now"])
async def test_a_weight_of_today_is_kept_beside_what_is_asked(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 76 kg")
    began = len(ann.user.received)
    await ann.says(said)
    assert "requests/weight" in ann.templates(began) or "profile/weight_kept" in ann.templates(began)


@pytest.mark.parametrize(
    "said",
    [
        "did the laundry yesterday, felt like an 8",
        "an hour of hoovering done here, a solid 6",
        "spent 50 minutes on the phone with my landlord",
        "it snowed again, 25 cm by now, the dog is delighted",
        "mum's scales say 70 for everybody who steps on",
        "got to 44 on the motorway and then nothing, 2 hours",
    ],
)
async def test_figures_of_other_things_are_not_noted(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("/weight 76 kg")
    before = await kept(coach)
    await ann.says(said)
    assert await kept(coach) == before


@pytest.mark.parametrize(
    "said", ["did 25 minutes between two meetings, a 6, log it please", "done after the ironing, 25 min, 6"]
)
async def test_a_session_beside_chores_is_logged(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).shows("requests/done", minutes=25, effort=6)


@pytest.mark.parametrize(
    "said", ["i'm 238 lb right now, was 250", "37 left, 37.5 right", "calf 37, both sides the same"]
)
async def test_sides_are_those_of_the_legs(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    await ann.says("/weight 106 kg")
    await ann.says(said)
    rows = [row for (table, _), row in (await rows_of(coach, 1)).items() if table == "measurement"]
    girths = [row for row in rows if isinstance(row, dict) and row["kind"] == "girth"]
    assert len(girths) == (0 if "lb" in said else 2)


@pytest.mark.parametrize(
    "said",
    [
        "which is better for size, the seated calf raise or the standing one",
        "do squats do anything for the calves",
        "175 steps a minute, does the cadence matter for my calves",
    ],
)
async def test_what_exercises_are_good_for_is_answered(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).template == "faq/entry"
