"""A session that people tell of is logged, corrected by a figure alone, and not logged where they only ask."""

import pytest

from coach.requests import Intent
from content.understanding.meanings import Requests
from tests.handlers.test_noted_sets import next_strength, noted
from tests.handlers.test_requests_sessions import trains_today
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, understood_as


@pytest.mark.parametrize(
    ("told", "noted"),
    [
        ("2 miles on the treadmill, felt like death, 9", ("effort 9",)),
        ("I don do am! 15 minutes, e hard small, 7", ("15 min", "effort 7")),
        ("3 miles round the park, about a 7", ("effort 7",)),
        ("jogged round the lake for 30 min, 4", ("30 min", "effort 4")),
        ("ok did it. people were staring", ()),
        ("did it! my neighbour was watching from the balcony", ()),
        ("I did it. With grandson. He is 6", ()),
    ],
)
async def test_a_plain_report_is_logged(coach: BotHarness, told: str, noted: tuple[str, ...]) -> None:
    ann = await trains_today(coach)
    said = await ann.says(told)
    assert said.shows("requests/done", *noted)
    assert bool(said.values["effort"]) == any("effort" in each for each in noted), "an age is no effort"


async def test_an_effort_and_a_pain_are_both_logged(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    said = await ann.says("I make it, effort 5, but my shin in front was hurting little, 2 from 10")
    assert said.shows("requests/several", "effort 5 out of 10", "pain 2 out of 10")


@pytest.mark.parametrize("told", ["7 I'd say, no wait, 8", "7. hang on, 8", "a 7, hmm, no, oh no wait, 8"])
async def test_the_effort_that_is_meant_in_the_end_is_logged(coach: BotHarness, told: str) -> None:
    ann = await trains_today(coach)
    await requests(ann, asked(Intent.DONE))
    assert (await ann.says(told)).shows("requests/done", "effort 8")


@pytest.mark.parametrize("told", ["8", "8 then", "hmm 8"])
async def test_a_figure_behind_an_effort_is_the_effort_anew(coach: BotHarness, told: str) -> None:
    ann = await trains_today(coach)
    assert (await ann.says("session rpe 7.5")).shows("requests/done", "effort 7")
    assert (await ann.says(told)).shows("requests/done", "effort 8")


@pytest.mark.parametrize(
    "told",
    ["practice was 5 hours today my legs are dead. do i still have to", "had a 3 hour match. do i really have to?"],
)
async def test_who_asks_whether_it_must_be_done_has_not_done_it(coach: BotHarness, told: str) -> None:
    ann = await trains_today(coach)
    await ann.says(told)
    assert not any("Logged" in each.text for each in ann.user.received)


async def test_who_did_part_of_it_swaps_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.says("Finished the raises but not the squats, other drivers were laughing")
    assert not any("Swapped" in each.text for each in ann.user.received)


@pytest.mark.parametrize(("chosen", "load"), [("10", 10.0), ("8 kg", 8.0), ("the 10 please", 10.0)])
async def test_of_several_loads_it_is_asked_which_to_keep(coach: BotHarness, chosen: str, load: float) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    said = await ann.says("I did 12 x 8 kg, 12 x 8 kg and 10 x 10 kg on the standing raises")
    assert said.shows("requests/sets_loads", "12/12/10")
    assert await noted(coach) == []
    assert (await ann.says(chosen)).shows("requests/sets", f"{load:g} kg")
    assert await noted(coach) == [("standing-calf-raise", [12, 12, 10], load, None)]


@pytest.mark.parametrize("told", ["i did 27 and 24", "mine was 27 and 24", "managed 27 then 24"])
async def test_two_figures_behind_what_is_typical_are_those_of_the_test(coach: BotHarness, told: str) -> None:
    ann = await set_up(coach)
    await ann.says("how many calf raises should i manage?")
    await ann.says(told)
    assert any("27 heel raises on the left, 24 on the right" in each.text for each in ann.user.received)


@pytest.mark.parametrize("told", ["is 20 and 25 bad", "2 or 3 times a week?", "my mate does 40 and 41"])
async def test_other_figures_there_are_not_stored(coach: BotHarness, told: str) -> None:
    ann = await set_up(coach)
    await ann.says("how many calf raises should i manage?")
    await ann.says(told)
    assert not any("Logged" in each.text for each in ann.user.received)


async def test_a_session_is_not_of_the_day_with_which_it_is_compared(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    assert (await ann.says("Finished. It was easier than Monday.")).shows("requests/done", "today's")


async def test_an_effort_behind_sets_is_no_load(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await ann.says("standing calf raises 15, 15, 13, 12 at 20 kg")
    assert (await ann.says("session rpe 7.5")).shows("guide/extra", "strength", "effort 7")


@pytest.mark.parametrize("told", ["Count it. Number 5", "let it count, it was a 5"])
async def test_what_was_done_beside_the_plan_counts_where_that_is_said(coach: BotHarness, told: str) -> None:
    ann = await trains_today(coach)
    for _ in range(8):
        if (await ann.says("/today")).shows("today/session", "intervals") and ann.offers("done"):
            break
        coach.clock.forward(days=1)
    told_first = await understood_as(ann, Requests((asked(Intent.DONE),)), "finished the raises but not the squats")
    assert told_first.shows("guide/extra", effort=None)
    assert (await ann.says(told)).shows("guide/extra", "effort 5", "It counts as")


@pytest.mark.parametrize("told", ["Did 3 sets. 20 20 18", "sets: 20 20 18"])
async def test_figures_that_are_called_sets_are_noted_on_any_day(coach: BotHarness, told: str) -> None:
    ann = await trains_today(coach)
    assert (await ann.says(told)).shows("requests/sets_which", "20/20/18")


@pytest.mark.parametrize("told", ["is 3 sets of 12 enough", "how about 3 sets 10 10 10"])
async def test_sets_that_are_asked_about_are_not_noted(coach: BotHarness, told: str) -> None:
    ann = await trains_today(coach)
    assert not (await ann.says(told)).template.startswith("requests/sets")
