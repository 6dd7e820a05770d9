"""People on their first two minutes: the questions answered as a test needs them."""

from collections.abc import Sequence
from typing import Any, Final

from tests.support import kept_conversations
from tests.support.bot_harness import BotHarness, Person, Said
from tests.support.kept_conversations import Kept

_KEPT: Final[dict[tuple[Any, ...], Kept]] = {}  # by the content and the answers

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
    answers = (time, goals, experience, days, tuple(equipment))
    if person is not None or not kept_conversations.is_new(coach):
        return await _answer(person or coach.person(), *answers)
    key = (id(coach.running.services.content), *answers)
    if key in _KEPT:
        await kept_conversations.put_back(coach, _KEPT[key])
        return coach.person()
    calls = len(coach.telegram.calls)
    ann = await _answer(coach.person(), *answers)
    _KEPT[key] = await kept_conversations.keep(coach, calls)
    return ann


async def _answer(ann: Person, time: str, goals: str, experience: str, days: str, equipment: Sequence[str]) -> Person:
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


async def in_the_second_week(coach: BotHarness) -> Person:
    """Set up somebody, and wait for the Monday of the second week: the other days are Wednesday and Saturday."""
    ann = await set_up(coach, goals="calves sprints", experience="experienced", days="mon wed sat", equipment=("step",))
    await coach.jump()
    while coach.clock.now.isoweekday() != 1:
        await coach.jump()
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
