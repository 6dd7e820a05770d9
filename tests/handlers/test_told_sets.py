"""Sets that people tell are noted whatever the day, corrected by what is said right behind them, and never lost."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from coach.requests import Intent
from content.understanding.meanings import NoAnswer
from db.models import NotedSets, TrainingSession
from tests.handlers.test_noted_sets import next_strength
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of, understood_as


async def on_a_run_day(coach: BotHarness) -> Person:
    """Return somebody with dumbbells and a weight of 76 kg; no strength session stands today or yesterday."""
    ann = await set_up(coach, equipment=["dumbbells", "step"])
    await ann.says("/weight 76 kg")
    before = ""
    for _ in range(14):
        coach.clock.forward(days=1)
        said = await ann.says("/today")
        kind = said.values["workout"].kind
        if kind == "interval" and before != "strength":
            return ann
        before = kind
    raise AssertionError("no run without strength before it")


async def noted(coach: BotHarness) -> list[tuple[str, list[int], float | None]]:
    def read(session: Session) -> list[tuple[str, list[int], float | None]]:
        rows = session.exec(select(NotedSets).order_by(NotedSets.exercise))
        return [(row.exercise, row.reps, row.load_kg) for row in rows]

    return await coach.running.db.run(read)


async def statuses(coach: BotHarness) -> set[str]:
    return await coach.running.db.run(
        lambda session: {str(row.status) for row in session.exec(select(TrainingSession)).all()}
    )


async def test_sets_behind_the_page_of_an_exercise_go_beside_the_plan(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    before, marked = await rows_of(coach, 1), await statuses(coach)
    await ann.says("how do bent knee raises go")
    said = await ann.says("14, 12, 12 at 10 kg")
    assert said.shows("requests/sets", "bent-knee calf raise, 14/12/12 at 10 kg", "on top of your plan")
    assert await noted(coach) == [("bent-knee-calf-raise", [14, 12, 12], 10.0)]
    assert await statuses(coach) == marked, "no session is marked"
    assert (await ann.presses("undo")).shows("requests/undone", "the sets")
    assert await rows_of(coach, 1) == before


async def test_a_named_exercise_needs_no_session(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    said = await ann.says("3 sets of 12 split squats with 20 kilos")
    assert said.shows("requests/sets", "forward lunge, 12/12/12 at 20 kg")
    assert (await ann.says("15 13 11 @ 60kg standing")).shows("requests/sets", "standing calf raise, 15/13/11 at 60 kg")
    assert len(await noted(coach)) == 2


async def test_an_unknown_exercise_is_asked_for_and_the_sets_are_kept(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    assert (await ann.says("12 12 10 at 16 kg")).shows("requests/sets_which", "12/12/10 at 16 kg")
    assert await noted(coach) == []
    assert (await ann.presses("Romanian deadlift")).shows("requests/sets", "romanian deadlift, 12/12/10 at 16 kg")
    assert await noted(coach) == [("romanian-deadlift", [12, 12, 10], 16.0)]


async def test_the_exercise_can_be_typed_and_the_load_corrected_before(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("12 12 10 at 16 kg")
    assert (await ann.says("sorry, 18 kg")).shows("requests/sets_which", "12/12/10 at 18 kg")
    assert (await ann.says("seated ones")).shows("requests/sets", "seated calf raise, 12/12/10 at 18 kg")
    assert (await coach.stored()).weight_kg == 76.0


async def test_an_aside_does_not_lose_the_sets(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("12 12 10 at 16 kg")
    await ann.says("how many reps for calves?")
    await ann.presses("Glute bridge")
    assert await noted(coach) == [("glute-bridge", [12, 12, 10], 16.0)]


@pytest.mark.parametrize(
    ("correction", "reps", "load"),
    [
        ("Correction, 12 kg not 10", [14, 12, 12], 12.0),
        ("sorry 62.5", [14, 12, 12], 62.5),
        ("62.5 kg", [14, 12, 12], 62.5),
        ("no, 13 on the last one", [14, 12, 13], 10.0),
        ("the second set was 11", [14, 11, 12], 10.0),
        ("oops, first one was 15", [15, 12, 12], 10.0),
        ("sorry, 9.", [14, 12, 12], 9.0),
        ("no, 15", [14, 12, 15], 10.0),
        ("It was fourteen on the second one.", [14, 14, 12], 10.0),
        ("only 10 in 3rd set", [14, 12, 10], 10.0),
        ("that was with a 15 kilo rucksack", [14, 12, 12], 15.0),
        ("forgot one more, 8", [14, 12, 12, 8], 10.0),
        ("i meant 14 13 12", [14, 13, 12], 10.0),
        ("no weight actually", [14, 12, 12], 0.0),
    ],
)
async def test_what_is_said_behind_sets_corrects_them(
    coach: BotHarness, correction: str, reps: list[int], load: float
) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("bent knee raises 14 12 12 at 10 kg")
    assert (await ann.says(correction)).template == "requests/sets"
    assert await noted(coach) == [("bent-knee-calf-raise", reps, load)]
    assert (await coach.stored()).weight_kg == 76.0
    await ann.presses("undo")
    assert await noted(coach) == [], "the correction is one change"


@pytest.mark.parametrize("text", ["I weigh 75.5 kg", "scale says 75.5 this morning"])
async def test_a_weight_that_is_called_one_is_one_behind_sets_too(coach: BotHarness, text: str) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("bent knee raises 14 12 12 at 10 kg")
    await ann.says(text)
    assert await noted(coach) == [("bent-knee-calf-raise", [14, 12, 12], 10.0)]
    assert (await coach.stored()).weight_kg == 75.5


async def test_a_load_much_later_is_no_correction(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("bent knee raises 14 12 12 at 10 kg")
    coach.clock.now += timedelta(hours=1)
    await ann.says("75.5 kg")
    assert (await coach.stored()).weight_kg == 75.5


@pytest.mark.parametrize("text", ["16 each hand", "16 kg in each hand", "each hand", "16 per side"])
async def test_a_load_of_each_hand_counts_twice(coach: BotHarness, text: str) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("lunges 12 12 10, 16 kg")
    said = await ann.says(text)
    assert said.shows("requests/sets", "12/12/10 at 32 kg", "Two of 16 kg make 32 kg in all")
    assert await noted(coach) == [("forward-lunge", [12, 12, 10], 32.0)]


async def test_repetitions_of_each_side_stay_as_they_are(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("lunges 12 12 12, 16 kg")
    await ann.says("12 per side")
    assert await noted(coach) == [("forward-lunge", [12, 12, 12], 16.0)]


async def test_a_load_of_each_hand_in_the_same_message(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    assert (await ann.says("lunges 12 12 10 with 16 kg in each hand")).shows(
        "requests/sets", "at 32 kg", "Two of 16 kg"
    )
    assert (await ann.says("lunges 12 12 10 with 2 x 10 kg")).shows("requests/sets", "12/12/10 at 20 kg")


async def test_sets_on_one_leg_are_those_of_the_raise_on_one_leg(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    assert (await ann.says("single leg 15 15 12")).shows("requests/sets", "single-leg calf raise, 15/15/12")
    assert (await ann.says("left 12 right 14 reps")).shows("requests/sets", "single-leg calf raise, 12/14")


async def test_on_one_leg_is_said_behind_the_sets(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.says("standing calf raises 15 15 12 no weight")
    assert (await ann.says("single leg, on the step")).shows("requests/sets", "single-leg calf raise, 15/15/12")
    assert [exercise for exercise, *_ in await noted(coach)] == ["single-leg-calf-raise"], "they are noted once"


async def test_another_exercise_than_the_session_has_is_noted_as_itself(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.says("how do pogo hops go")
    assert (await ann.says("20, 20, 20")).shows("requests/sets", "pogo hops, 20/20/20", beside=True)


async def test_sets_beside_the_plan_are_aimed_from_even_if_the_run_was_skipped(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    await requests(ann, asked(Intent.SETS, reps=(12, 12), kg=10.0, exercise="bodyweight-squat"))
    await requests(ann, asked(Intent.SKIP))
    for _ in range(4):
        page = await next_strength(coach, ann)
        if "Bodyweight squat" in page:
            break
    assert "Last time 12/12 at 10 kg." in page


async def test_nothing_behind_sets_is_taken_from_a_question(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("bent knee raises 14 12 12 at 10 kg")
    await understood_as(ann, NoAnswer(), "is 12.5 kg too much?")
    assert await noted(coach) == [("bent-knee-calf-raise", [14, 12, 12], 10.0)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Good morning. I managed ten, nine and eight of the seated heel raises with the 5 kg weights.",
            "10/9/8 at 5 kg",
        ),
        ("sir i have done 3 set of 20 calf raise without weight", "20/20/20"),
        ("bb squat 5x5 100kg", "5/5/5/5/5 at 100 kg"),
        ("yesterday i did pogo hops 20 20 20", "pogo hops, 20/20/20, yesterday"),
        ("just did some calf raises at work, 3x20", "standing calf raise, 20/20/20"),
    ],
)
async def test_sets_that_are_told_in_a_sentence_are_noted(coach: BotHarness, text: str, shown: str) -> None:
    ann = await on_a_run_day(coach)
    assert (await ann.says(text)).shows("requests/sets", shown)


async def test_sets_whose_exercise_is_asked_can_be_of_yesterday(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("12 10 8")
    assert (await ann.says("not today, yesterday")).template == "requests/sets_which"
    assert (await ann.says("glute bridges")).shows("requests/sets", "glute bridge, 12/10/8, yesterday")


async def test_the_last_of_several_exercises_is_corrected(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    assert (await ann.says("squats 12/12, lunges 8/8 with 10 kg")).template == "requests/several"
    await ann.says("no, 12 kg")
    assert await noted(coach) == [("bodyweight-squat", [12, 12], None), ("forward-lunge", [8, 8], 12.0)]


async def test_what_is_to_come_corrects_nothing(coach: BotHarness) -> None:
    ann = await on_a_run_day(coach)
    await ann.says("squats 10 10 10 with 20 kg")
    await ann.says("next time i will try 22.5")
    assert await noted(coach) == [("bodyweight-squat", [10, 10, 10], 20.0)]
    assert (await coach.stored()).weight_kg == 76.0
