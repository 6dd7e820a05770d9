"""People on their first two minutes: the questions answered as a test needs them."""

from collections.abc import Sequence

from tests.support.bot_harness import BotHarness, Person, Said

EXPERIENCE = {"new": "experience_new", "regular": "experience_regular", "experienced": "experience_experienced"}


async def set_up(
    coach: BotHarness,
    time: str = "07:00",
    *,
    goals: str = "calves",
    experience: str = "new",
    days: str = "any",
    equipment: Sequence[str] = (),
    person: Person | None = None,
) -> Person:
    """Answer every question as a healthy adult in Berlin, without a weight."""
    ann = person or coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says(goals)
    await ann.presses(EXPERIENCE[experience])
    await ann.says(days)
    await ann.says(" ".join(equipment) or "nothing")
    await ann.presses("check_none")
    await ann.presses("age_adult")
    await ann.presses("skip_step")
    await ann.says("Berlin")
    await ann.presses("at_time", time=time)
    return ann


async def on_a_sprint_day(coach: BotHarness, person: Person | None = None) -> Person:
    """Set up somebody experienced, and wait for the morning of their first sprint intervals; today is shown."""
    ann = await set_up(coach, goals="sprints", experience="experienced", person=person)
    for _ in range(14):
        await coach.jump()
        await ann.says("/today")
        if "Sprint intervals" in ann.sees:
            return ann
    raise AssertionError("no sprints in two weeks")


async def begins_way_back(person: Person) -> Said:
    """Begin the way back after a strain; return the newest message's text."""
    await person.says("/return")
    await person.presses("back_after_strain")
    return await person.presses("begin_way_back")
