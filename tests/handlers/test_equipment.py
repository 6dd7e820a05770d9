"""What a person has to train with shows in the session of their day."""

from tests.support.bot_harness import BotHarness, Person


async def calves_of(coach: BotHarness, *things: str) -> str:
    """What /today says on the first calf day of somebody who has these things."""
    ann = coach.person()
    await ann.says("/check")
    await ann.presses("check_none")
    await ann.says("/settings")
    await ann.presses("change_equipment")
    for thing in things:
        await ann.presses(thing)
    await ann.presses("That's it →" if things else "None of these →")
    return await on_the_day_of(coach, ann, "Calves")


async def on_the_day_of(coach: BotHarness, ann: Person, workout: str) -> str:
    """What /today says on the first day with this workout; the sessions before it are done."""
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


async def test_a_step_makes_the_raise_one_off_the_step(coach: BotHarness) -> None:
    said = await calves_of(coach, "A step")
    assert "Calf raise off a step: " in said
    assert "heel sink below the step" in said
    assert "Standing calf raise:" not in said
    assert "Calf raise off a step" in coach.person().buttons


async def test_nothing_to_train_with_asks_for_nothing(coach: BotHarness) -> None:
    said = await calves_of(coach)
    assert "Standing calf raise: " in said
    assert "When 15 get easy, do one leg at a time" in said
    assert all(word not in said for word in ("step:", "step for", "dumbbell", "barbell"))


async def test_dumbbells_are_held(coach: BotHarness) -> None:
    said = await calves_of(coach, "Dumbbells")
    assert "hold a dumbbell in one hand and a wall with the other; add 2–10% at a time" in said
    assert "hold a dumbbell in each hand" in said


async def test_a_step_and_dumbbells_go_together(coach: BotHarness) -> None:
    said = await calves_of(coach, "A step", "Dumbbells")
    assert "Calf raise off a step: " in said
    assert "hold a dumbbell in one hand and a rail in the other" in said


async def test_a_barbell_lends_its_plates(coach: BotHarness) -> None:
    assert "hold a plate of your barbell" in await calves_of(coach, "Barbell")


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
    await ann.presses("That's it →")
    said = await on_the_day_of(coach, ann, "Hill sprints")
    assert "a gentle slope first, then speed" in said
    assert "Walk down" not in said
    assert "on the treadmill" in await on_the_day_of(coach, ann, "Easy run")
