"""Twelve weeks of somebody who strains a calf and comes back: every morning's session is looked at and done."""

import re

import pytest

from tests.handlers.test_twelve_weeks import Life
from tests.support.bot_harness import BotHarness, Said
from tests.support.onboarding import set_up

# What differs between the databases is tested elsewhere, in fewer steps.
pytestmark = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)

FAST = ("Sprint intervals", "Hill sprints")
NAME = re.compile(r"^(?:Today|\w+day): ([^\n✓·]+)")


class Diary(Life):
    """A life that is written down: the workouts that were done, in their order."""

    done: list[str]

    async def spends_the_day(self, answer: str = "step_good") -> Said:
        """Do what today asks for and answer what is asked about it; sleep; return what was said last."""
        said = await self.person.says("/today")
        found = NAME.match(said)
        assert found, said
        name = found[1].strip()
        if name != "Recovery":
            self.done.append(name)
        said = await self.trains()
        if self.person.offers("step_good"):
            said = await self.person.presses(answer)
        elif self.person.offers("step_good_checklist"):  # the step to sprints asks for several things at once
            said = await self.person.presses("step_good_checklist")
        self.sleeps()
        return said

    async def trains(self, effort: int | None = None) -> Said:
        """Do what today asks for."""
        if self.person.offers("start"):
            await self.person.presses("start")
            await self.person.presses("pain_0")
        return await self.person.presses("done" if self.person.offers("done") else "rested")


async def test_a_strained_calf_comes_back_step_by_step(coach: BotHarness) -> None:
    ben = Diary(coach, await set_up(coach, goals="sprints", experience="regular", equipment=["hill"]))
    ben.done = []
    ben.sleeps()
    for _ in range(13):  # two weeks as ever, with something fast
        await ben.spends_the_day()
    assert set(FAST) & set(ben.done)

    # A sharp pain in the third week: the session is skipped, and the way back is offered.
    await ben.says("/today")
    while not ben.person.offers("skip"):
        ben.sleeps()
        await ben.says("/today")
    await ben.person.presses("skip")
    assert (await ben.person.presses("because_hurts")).template == "today/skipped_hurts"
    await ben.person.presses("way_back")
    await ben.person.presses("back_after_strain")
    await ben.person.presses("rest_first")
    ben.sleeps(5)
    await ben.says("/resume")
    await ben.person.presses("way_back")
    await ben.person.presses("back_after_strain")
    assert (await ben.person.presses("begin_way_back")).template == "way_back/begun"

    # Up to walk–jogs, and one that hurts: a step back, after a walk without pain.
    ben.done = []
    while ben.done.count("Walk–jog intervals") < 3:
        await ben.spends_the_day()
    assert ben.done[0] == "Half-hour walk"
    assert ben.done.index("Raises and small hops") < ben.done.index("Walk–jog intervals")
    while "Walk–jog" not in await ben.says("/today"):
        await ben.spends_the_day()
    assert (await ben.spends_the_day("step_some_pain")).shows("way_back/answered", "one step back")
    week = await ben.says("/plan")
    assert "Walk–jog" not in week.split(ben.weekday)[-1]
    hurt = len(ben.done)

    # All the way, and no day has anything that its step does not allow.
    said = Said("")
    days = 0
    while not said.shows("way_back/answered", after=None):
        said = await ben.spends_the_day()
        days += 1
        assert days < 70, ben.done
    back = ben.done[hurt:]
    assert back[0] == "Half-hour walk", "first a walk without pain"
    assert back[1:].index("Raises and small hops") < back.index("Walk–jog intervals")
    order = ["Walk–jog intervals", "Run without a walk", "Hill sprints", "Sprint intervals"]
    assert sorted(order, key=back.index) == order
    assert [back.count(each) for each in ("Walk–jog intervals", "Hill sprints", "Sprint intervals")] == [8, 2, 2]
    assert not {"Long run", "Easy run", "Leg strength"} & set(ben.done)

    # The ordinary plan takes over where that has led, and the ladder is gone.
    assert not ben.person.offers("way_back")
    assert "coming back step by step" not in await ben.says("/plan")
    ben.until("Mon")
    assert re.search("Sprint|Hill", await ben.says("/plan"))
    assert (await ben.person.says("/return")).shows("way_back/shown", now=-1)
    assert coach.clock.now.isocalendar().week >= 10 + 12, "twelve weeks have gone by"
