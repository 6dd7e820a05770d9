"""Plans that a press makes of a week: one for a change, none for what only shows, or in memory without storing it."""

from collections.abc import Callable
from typing import Any

import pytest

from coach.planning.special_weeks.first_days import plan_week_as_begun
from services import plans
from tests.handlers.test_remind import until_a_hard_day
from tests.handlers.test_twelve_weeks import planned
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up


class Counter:
    """Counts weeks that are planned, and those that are stored."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.planned = self.stored = 0
        monkeypatch.setattr(plans, "plan_week_as_begun", self._count(plan_week_as_begun, planned=1))
        monkeypatch.setattr(plans, "renew_many", self._count(plans.renew_many, stored=1))

    def _count(self, work: Callable[..., Any], planned: int = 0, stored: int = 0) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            self.planned += planned
            self.stored += stored
            return work(*args)

        return counted

    def since(self) -> tuple[int, int]:
        """Return the weeks planned, and the weeks stored, since the last call."""
        seen, self.planned, self.stored = (self.planned, self.stored), 0, 0
        return seen


async def test_a_change_plans_the_week_once_and_a_reader_not_at_all(
    coach: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await set_up(coach)
    await coach.jump()
    count = Counter(monkeypatch)
    await ann.presses("later")
    assert count.since() == (1, 1), "the first look of a new date"
    await ann.presses("back")
    await ann.presses("later")
    assert count.since() == (0, 0)
    await ann.says("/today")
    assert count.since() == (0, 0)
    await ann.says("/progress")
    assert count.since() == (0, 0)
    await ann.says("/today")
    for change in ("Done", "4", "Undo", "Skip", "Something hurts", "Undo"):
        count.since()
        await ann.presses(change)
        assert count.since() == (1, 1), change
    await ann.says("/plan")
    assert count.since() == (1, 0), "its notes are not stored: planned in memory"
    coach.clock.forward(days=1)
    await ann.says("/today")
    assert count.since() == (1, 1), "the date moved on"
    await ann.says("/today")
    assert count.since() == (0, 0)


async def test_pain_plans_the_week_once(coach: BotHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = await set_up(coach, experience="experienced", goals="sprints")
    await until_a_hard_day(coach, ann)
    await ann.presses("start")
    await ann.presses("back")
    count = Counter(monkeypatch)
    await ann.presses("start")
    assert count.since() == (0, 0)
    await ann.presses("pain_5")
    assert count.since() == (1, 1)
    await ann.presses("Undo")
    assert count.since() == (1, 1)


async def test_a_move_and_a_swap_store_the_week_once(coach: BotHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = await set_up(coach, experience="regular")
    await coach.jump()
    day = next(iter(planned(await ann.says("/plan"))))
    count = Counter(monkeypatch)
    await ann.presses(day)
    await ann.presses("move")
    assert count.since()[1] == 0
    await ann.presses(next(label for label in ann.buttons if ", now " in label))
    assert count.since()[1] == 1
    await ann.presses("Sat")
    await ann.presses("swap")
    assert count.since()[1] == 0
    await ann.presses("Easy walk, ride or swim")
    assert count.since()[1] == 1


async def test_an_answer_that_is_only_ticked_is_seen_by_the_next_reader(
    coach: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await set_up(coach)
    await coach.jump()
    await ann.says("/today")
    await ann.says("/goals")
    count = Counter(monkeypatch)
    await ann.presses(next(button for button in ann.buttons if "Longer runs" in button))
    assert count.since() == (0, 0)
    await ann.says("/today")
    assert count.since() == (1, 1)
    await ann.says("/today")
    assert count.since() == (0, 0)


async def test_the_week_in_words_is_planned_as_often_as_by_command(
    coach: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await set_up(coach, experience="regular")
    await coach.jump()
    await ann.says("/plan")
    count = Counter(monkeypatch)
    await ann.says("/plan")
    by_command = count.since()
    assert (await ann.says("my week")).template == "plan/week"
    assert count.since() == by_command
