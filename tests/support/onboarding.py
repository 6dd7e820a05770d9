"""People on their first two minutes: the questions answered as a test needs them."""

from collections.abc import Sequence

from tests.support.bot_harness import BotHarness, Person

EXPERIENCE = {"new": "0–2", "regular": "3–6", "experienced": "7–8"}


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
    await ann.presses("Set me up")
    await ann.says(goals)
    await ann.presses(EXPERIENCE[experience])
    await ann.says(days)
    await ann.says(" ".join(equipment) or "nothing")
    await ann.presses("None apply")
    await ann.presses("Skip")
    await ann.says("Berlin")
    await ann.presses(time)
    return ann
