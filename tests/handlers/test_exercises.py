"""Exercises and their drawings: one with its page, all of a session behind its text."""

from content.library import Content
from content.schema.training_pages import GROUPS
from tests.handlers.test_equipment import on_the_day_of
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up


async def test_an_exercise_comes_with_its_drawing(coach: BotHarness, content: Content) -> None:
    ann = coach.person()
    for slug, exercise in content.language("en").exercises.items():
        await ann.says("/exercises")
        before = len(ann.user.received)
        said = await ann.presses(exercise.name)
        assert said.shows("exercises/page", exercise.name), slug
        assert len(ann.user.received) == before + 1, f"{slug}: the page stands under its picture"
        assert ann.user.last["photo"][-1]["width"] == 1080
        assert ann.offers("exercises")


async def test_the_list_shows_stretches_first_and_jumps_last(coach: BotHarness, content: Content) -> None:
    ann = coach.person()
    await ann.says("/exercises")
    exercises = content.language("en").exercises
    groups = [next(each.group for each in exercises.values() if each.name == label) for label in ann.buttons]
    assert len(groups) == len(exercises)
    assert groups == sorted(groups, key=GROUPS.index)


async def test_the_list_is_shown_again_from_below_a_drawing(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("how do i do a lunge?")
    assert "photo" in ann.user.last
    assert (await ann.presses("exercises")).template == "exercises/list"
    assert "photo" not in ann.user.last


async def test_a_session_of_exercises_is_followed_by_one_picture(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await on_the_day_of(coach, ann, "Calves")
    before = len(ann.user.received)
    await ann.says("/today")
    assert ann.templates(before) == ["today/session", "exercises/poses"], "the text does not wait"
    assert "standing calf raise, bodyweight squat, glute bridge" in ann.user.last.text
    assert "reply_markup" not in ann.user.last


async def test_a_session_without_exercises_is_followed_by_its_intervals_alone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await on_the_day_of(coach, ann, "Walk–jog")
    assert ann.templates(-2) == ["today/session", "today/bars"]


async def test_a_session_that_is_done_gets_no_picture(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await on_the_day_of(coach, ann, "Calves")
    await ann.presses("done")
    before = len(ann.user.received)
    await ann.says("/today")
    assert ann.templates(before) == ["today/session"]
