"""Equipment of a person shows in the session of their day."""

from tests.support.bot_harness import BotHarness, Person


async def calves_of(coach: BotHarness, *things: str, experience: str = "experience_new") -> str:
    """Return the answer to /today on the first calf day of somebody who has these things."""
    ann = coach.person()
    await ann.says("/check")
    await ann.presses("check_none")
    await ann.says("/settings")
    await ann.presses("change_experience")
    await ann.presses(experience)
    await ann.says("/settings")
    await ann.presses("change_equipment")
    for thing in things:
        await ann.presses(thing)
    await ann.presses("Done →" if things else "None of these →")
    return await on_the_day_of(coach, ann, "Calves")


async def on_the_day_of(coach: BotHarness, ann: Person, workout: str) -> str:
    """Return the answer to /today on the first day with this workout; the sessions before it are done."""
    for _ in range(14):
        said = await ann.says("/today")
        if f"Today: {workout}" in said:
            return said
        if "Start" in ann.buttons:
            await ann.presses("start")
            await ann.presses("0–2")
        if "Done" in ann.buttons:
            await ann.presses("Done")
        coach.clock.forward(days=1)
    raise AssertionError(f"no {workout} in two weeks")


async def test_a_step_makes_the_raise_one_off_the_step_for_who_runs(coach: BotHarness) -> None:
    said = await calves_of(coach, "A step", experience="experience_regular")
    assert "Calf raise off a step: " in said
    assert "heels sink below the step" in said
    assert "Standing calf raise:" not in said
    assert "Calf raise off a step" in coach.person().buttons


async def test_everybody_else_begins_on_the_floor(coach: BotHarness) -> None:
    said = await calves_of(coach, "A step", "Dumbbells")
    assert "Standing calf raise: " in said
    assert "Once 15 reps feel easy, do the last set on one leg" in said
    assert all(word not in said for word in ("step:", "step for", "barbell"))


async def test_dumbbells_are_held(coach: BotHarness) -> None:
    assert "hold a dumbbell in each hand" in await calves_of(coach, "Dumbbells")


async def test_a_treadmill_is_hill_enough(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/check")
    await ann.presses("check_none")
    await ann.says("/settings")
    await ann.presses("change_experience")
    await ann.presses("experience_experienced")
    await ann.says("/settings")
    await ann.presses("change_equipment")
    await ann.presses("equipment_treadmill_off")
    await ann.presses("Done →")
    said = await on_the_day_of(coach, ann, "Hill sprints")
    assert "set a gentle slope first" in said
    assert "Walk down" not in said
    assert "on the treadmill" in await on_the_day_of(coach, ann, "Easy run")
