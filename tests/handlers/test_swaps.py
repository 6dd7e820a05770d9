"""Exercises swapped for others of the same job: shown from then on, put back, undone, with what there is."""

import pytest

from coach.planning.exercises.catalog import EXERCISES
from coach.requests import BACK, Intent
from content.library import Content
from tests.handlers.test_noted_sets import next_strength
from tests.support.bot_harness import BotHarness, Person, Said
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of


def exercises(page: Said) -> list[str]:
    """The slugs of a session's page."""
    return [exercise.slug for _, exercise in page.values["exercises"]]


async def with_a(coach: BotHarness, exercise: str, equipment: list[str] | None = None) -> tuple[Person, Said]:
    """A person on a day whose session has this exercise."""
    ann = await set_up(coach, equipment=equipment or [])
    for _ in range(8):
        page = await next_strength(coach, ann)
        if exercise in exercises(page):
            return ann, page
    raise AssertionError(f"no session with {exercise}")


async def test_not_this_one_under_an_exercise_swaps_it(coach: BotHarness) -> None:
    ann, page = await with_a(coach, "bodyweight-squat")
    before = await rows_of(coach, 1)
    await ann.presses("Bodyweight squat")
    said = await ann.presses("not_this_one")
    assert said.shows("requests/swapped", "forward lunge instead of bodyweight squat")
    assert "Forward lunge (instead of bodyweight squat)" in await ann.says("/today") or page.values["workout"].slug in {
        "calf-strength-b",
        "leg-strength",
    }
    shown = exercises(await ann.says("/today"))
    assert "bodyweight-squat" not in shown
    assert "forward-lunge" in shown
    assert len(shown) == len(exercises(page))
    assert (await requests(ann, asked(Intent.UNDO))).shows("requests/undone", "the swap")
    assert await rows_of(coach, 1) == before
    assert exercises(await ann.says("/today")) == exercises(page)


async def test_under_the_session_it_is_asked_which(coach: BotHarness) -> None:
    ann, page = await with_a(coach, "bodyweight-squat")
    assert (await ann.presses("swap_exercise")).template == "requests/swap_which"
    assert set(exercises(page)) <= set(EXERCISES)
    assert (await ann.presses("Glute bridge")).shows("requests/swapped", "romanian deadlift")
    assert (await ann.presses("undo")).template == "requests/undone"
    assert (await coach.stored()).stand_ins is None


async def test_a_swap_is_remembered_until_it_is_put_back(coach: BotHarness) -> None:
    ann, _ = await with_a(coach, "bodyweight-squat")
    await requests(ann, asked(Intent.SWAP, exercise="bodyweight-squat"))
    for _ in range(4):
        assert "bodyweight-squat" not in exercises(await next_strength(coach, ann))
    said = await requests(ann, asked(Intent.SWAP, exercise="bodyweight-squat"))
    assert said.template == "requests/swap_already"
    assert (await ann.presses("Put back: Bodyweight squat")).shows("requests/swapped_back", "Bodyweight squat is back")
    found = [slug for _ in range(4) for slug in exercises(await next_strength(coach, ann))]
    assert "bodyweight-squat" in found


async def test_put_back_by_either_name_or_alone(coach: BotHarness) -> None:
    ann, _ = await with_a(coach, "bodyweight-squat")
    for named in ({"exercise": "bodyweight-squat"}, {"exercise": "forward-lunge"}, {}):
        await requests(ann, asked(Intent.SWAP, exercise="bodyweight-squat"))
        said = await requests(ann, asked(Intent.SWAP, what=BACK, **named))
        assert said.template == "requests/swapped_back", named
        assert (await coach.stored()).stand_ins is None
    assert (await requests(ann, asked(Intent.SWAP, what=BACK))).template == "requests/swap_not_swapped"


async def test_several_swaps_are_asked_which_to_put_back(coach: BotHarness) -> None:
    ann, _ = await with_a(coach, "bodyweight-squat")
    await requests(ann, asked(Intent.SWAP, exercise="bodyweight-squat"))
    await requests(ann, asked(Intent.SWAP, exercise="glute-bridge"))
    assert (await requests(ann, asked(Intent.SWAP, what=BACK))).template == "requests/swap_back_which"
    await ann.presses("Put back: Glute bridge")
    assert (await coach.stored()).stand_ins == {"bodyweight-squat": "forward-lunge"}


async def test_both_of_a_job_in_one_session_are_one_with_the_sets_of_both(coach: BotHarness) -> None:
    ann, page = await with_a(coach, "bodyweight-squat")
    sets = sum(each.sets for each, _ in page.values["exercises"])
    await requests(ann, asked(Intent.SWAP, exercise="glute-bridge"))
    page = await ann.says("/today")
    assert sum(each.sets for each, _ in page.values["exercises"]) == sets
    assert len(exercises(page)) == len(set(exercises(page)))


async def test_only_what_there_is_equipment_for(coach: BotHarness) -> None:
    ann, page = await with_a(coach, "bodyweight-squat")
    raises = next(slug for slug in exercises(page) if slug.endswith("calf-raise"))
    assert raises == "standing-calf-raise"
    assert (await requests(ann, asked(Intent.SWAP, exercise=raises))).template == "requests/swap_nothing"
    assert (await coach.stored()).stand_ins is None


async def test_without_its_equipment_a_stand_in_rests(coach: BotHarness) -> None:
    ann, page = await with_a(coach, "bodyweight-squat", ["step"])
    raises = next(slug for slug in exercises(page) if slug.endswith("calf-raise"))
    await requests(ann, asked(Intent.SWAP, exercise="standing-calf-raise"))
    if raises == "standing-calf-raise":
        assert "step-calf-raise" in exercises(await ann.says("/today"))
    await requests(ann, asked(Intent.EQUIPMENT, remove=frozenset({"step"})))
    await ann.presses("yes_change")
    assert "step-calf-raise" not in exercises(await ann.says("/today"))


async def test_what_is_not_in_the_plan_is_not_swapped(coach: BotHarness) -> None:
    ann, _ = await with_a(coach, "bodyweight-squat")
    assert (await ann.says("no more jump squats")).shows("requests/swap_not_planned", "Jump squat")
    assert (await coach.stored()).stand_ins is None


async def test_what_is_forged_swaps_nothing(coach: BotHarness) -> None:
    ann, _ = await with_a(coach, "bodyweight-squat")
    assert (await requests(ann, asked(Intent.SWAP, exercise="no-such-thing"))).template == "requests/swap_which"
    assert (
        await requests(ann, asked(Intent.SWAP, exercise="no-such", what=BACK))
    ).template == "requests/swap_not_swapped"


def test_every_exercise_of_a_strength_session_has_its_record(content: Content) -> None:
    language = content.language("en")
    assert EXERCISES.keys() <= language.exercises.keys()
    named = {
        slug
        for workout in language.workouts.values()
        for each in workout.exercises
        for slug in (each.exercise, *(variant.instead.get("exercise", each.exercise) for variant in each.variants))
    }
    assert named <= EXERCISES.keys()


async def test_in_words(coach: BotHarness) -> None:
    ann, _ = await with_a(coach, "bodyweight-squat")
    assert (await ann.says("swap the squats for something else")).template == "requests/swapped"
    assert (await ann.says("put squats back")).template == "requests/swapped_back"
    await ann.presses("today")
    await ann.presses("Bodyweight squat")
    assert (await ann.says("not this one")).shows("requests/swapped", "bodyweight squat")


@pytest.mark.parametrize("said", ["the seated", "seated one", "hm the lunge"])
async def test_a_few_words_behind_an_exercise_show_another(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    await ann.says("show me the bent-knee calf raise")
    assert (await ann.says(said)).template == "exercises/page"
