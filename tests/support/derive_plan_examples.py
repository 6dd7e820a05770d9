"""Derive `docs/plan-examples.md`: the first twelve weeks of ten made-up people, as the planner plans them.

That the page is up to date is a test of its own. Run by hand after the planner has changed:

    python -m tests.support.derive_plan_examples
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from coach.planning.inputs import (
    AgeGroup,
    Equipment,
    Experience,
    History,
    PastSession,
    Pause,
    PauseReason,
    Profile,
    Screening,
)
from coach.planning.rules import JOG_LADDER
from coach.planning.special_weeks.first_days import plan_week_as_begun
from coach.planning.way_back.ladder import ASKED, BackAnswer, WayBack
from coach.planning.week import PlannedDay, PlannedWeek, WeekNote
from coach.profile import Goal, SessionStatus
from tests.support.plan_checks import DAY
from tests.support.simulated_athletes import as_session

FILE: Final = Path(__file__).parents[2] / "docs/plan-examples.md"
MONDAY: Final = date(2026, 11, 30)
WEEKS: Final = 12
STAGES: Final = ("floor", "step", "one leg", "load", "hops")
ABOUT: Final = """\
# Twelve weeks of ten people

Made by `python -m tests.support.derive_plan_examples` from the planner: do not edit it here. Everybody does what is
planned unless it says otherwise. Minutes of the whole session stand in brackets. *Calves A 4+4, step* has four sets of
calf raises and four for the rest of the leg, at the stage "step" of the raises (floor, step, one leg, load, hops;
without a step the same raise, slower; hops belong to Calves A alone). Sprints are 30 seconds fast and 90 walking, after
ten minutes of warm-up; percent is effort: at 80% you could go faster. Jogs of a walk–jog have walks of 60 to 120
seconds between them.
"""


@dataclass(frozen=True)
class Example:
    """Somebody whose weeks are printed; `pains` by day of the plan, reported with that day's session."""

    name: str
    told: str
    profile: Profile
    pains: tuple[tuple[int, int], ...] = ()
    pauses: tuple[tuple[int, int], ...] = ()  # first and last day of the plan
    way_back: int | None = None  # the day of the plan on which it begins


def _person(experience: Experience, days: str, minutes: int, *goals: Goal, **more: object) -> Profile:
    profile = Profile(
        MONDAY, experience, Screening.CLEAR, MONDAY, AgeGroup.ADULT, frozenset(map(int, days)), minutes,
        frozenset(goals),
    )  # fmt: skip
    return replace(profile, **more)  # type: ignore[arg-type]


NEW, REGULAR, EXPERIENCED = Experience
FIFTY: Final = AgeGroup.FIFTY_PLUS
EXAMPLES: Final = (
    Example("New, 24", "has not run for years; any day, 30 minutes; bigger calves; a step",
            _person(NEW, "1234567", 30, Goal.CALVES, equipment=frozenset({Equipment.STEP}))),
    Example("Regular, 58, with a hill", "five days, 45 minutes; calves and sprints; a hill and dumbbells",
            _person(REGULAR, "12467", 45, Goal.CALVES, Goal.SPRINTS, age=FIFTY,
                    equipment=frozenset({Equipment.HILL, Equipment.DUMBBELLS}))),
    Example("Sprinter with two days", "experienced; Tuesday and Saturday, 45 minutes; sprints",
            _person(EXPERIENCED, "26", 45, Goal.SPRINTS)),
    Example("Back after a strain", "regular; any day, 40 minutes; calves. On the Wednesday of week 3 the calf hurts at "
            "6 of 10; a pause of three weeks from the day after, cleared by a professional, then the way back step by "
            "step, on which every session goes well",
            _person(REGULAR, "1234567", 40, Goal.CALVES), pains=((16, 6),), pauses=((17, 37),), way_back=38),
    Example("Only calves, at home", "new; Monday, Wednesday, Friday, 20 minutes; nothing to train with",
            _person(NEW, "135", 20, Goal.CALVES)),
    Example("Long runs", "experienced, up to 50 minutes; any day, 60 minutes; distance and calves",
            _person(EXPERIENCED, "1234567", 60, Goal.DISTANCE, Goal.CALVES, longest_run=50)),
    Example("Strong legs", "regular; four days, 60 minutes; legs and calves; a step, dumbbells",
            _person(REGULAR, "1356", 60, Goal.LEGS, Goal.CALVES,
                    equipment=frozenset({Equipment.STEP, Equipment.DUMBBELLS}))),
    Example("Healthy, 55, new", "three days, 30 minutes; to stay healthy",
            _person(NEW, "246", 30, Goal.HEALTHY, age=FIFTY)),
    Example("Twenty minutes", "regular; Monday to Friday, 20 minutes; sprints",
            _person(REGULAR, "12345", 20, Goal.SPRINTS)),
    Example("Keen sprinter", "experienced; any day, 60 minutes; sprints and calves; a hill, a step, a barbell",
            _person(EXPERIENCED, "1234567", 60, Goal.SPRINTS, Goal.CALVES,
                    equipment=frozenset({Equipment.HILL, Equipment.STEP, Equipment.BARBELL}))),
)  # fmt: skip


def lived(example: Example) -> list[tuple[bool, list[PlannedDay]]]:
    """Live the weeks, planning every morning; return whether each is an easier one, and its days as they came."""
    rows: dict[date, PastSession] = {}
    pauses = tuple(
        Pause(MONDAY + first * DAY, MONDAY + last * DAY, PauseReason.INJURED) for first, last in example.pauses
    )
    weeks = []
    for number in range(1, WEEKS + 1):
        came = []
        easier = False
        for ahead in range(7):
            today = MONDAY + (7 * (number - 1) + ahead) * DAY
            begun = tuple(pause for pause in pauses if pause.first <= today)
            history = History(tuple(rows[day] for day in sorted(rows)), begun)
            back = WayBack(MONDAY + example.way_back * DAY) if example.way_back is not None else None
            if back is not None and today < back.since:
                back = None
            week = plan_week_as_begun(replace(example.profile, way_back=back), number, history, today)
            assert isinstance(week, PlannedWeek)
            came.append(week.days[ahead])
            easier = WeekNote.EASIER_WEEK in week.notes
            pain = dict(example.pains).get((today - MONDAY).days)
            done = SessionStatus.PLANNED if history.paused(today) else SessionStatus.DONE
            met = BackAnswer.GOOD if back and week.days[ahead].workout in ASKED else None
            rows[today] = replace(as_session(week.days[ahead]), status=done, effort=6, pain=pain, met=met)
        weeks.append((easier, came))
    return weeks


def derived() -> str:
    """Return the page as Markdown."""
    lines = [ABOUT]
    for example in EXAMPLES:
        head = "| Week | Mon | Tue | Wed | Thu | Fri | Sat | Sun |"
        lines += [
            f"## {example.name}",
            "",
            f"{example.told[:1].upper()}{example.told[1:]}.",
            "",
            head,
            "|---" * 8 + "|",
        ]
        for number, (easier, days) in enumerate(lived(example), 1):
            lines.append(f"| {number}{', easier' if easier else ''} | " + " | ".join(map(_cell, days)) + " |")
        lines.append("")
    return "\n".join(lines)


def _jogs(day: PlannedDay) -> str:
    return f"Walk–jog {day.rounds} × {JOG_LADDER[day.step or 0][1] // 60}"


def _strength(name: str) -> Callable[[PlannedDay], str]:
    return lambda day: f"{name} {day.calf_sets}+{day.leg_sets}, {STAGES[day.step or 0]}"


_CELLS: Final[dict[str, Callable[[PlannedDay], str]]] = {
    "sprint-intervals": lambda day: f"**Sprints {day.rounds} × {day.percent}%**",
    "hill-sprints": lambda day: f"**Hills {day.rounds} × {day.percent}%**",
    "walk-jog-intervals": _jogs,
    "steady-run": lambda day: f"Run {day.run_minutes} without a walk",
    "calf-strength-a": _strength("Calves A"),
    "calf-strength-b": _strength("Calves B"),
    "leg-strength": _strength("**Legs**"),
    "easy-run": lambda day: f"Easy run {day.run_minutes}",
    "easy-walk": lambda _: "Walk",
    "half-hour-walk": lambda _: "Walk half an hour",
    "raises-and-hops": _strength("Raises and hops"),
    "long-run": lambda day: f"**Long run {day.run_minutes}**",
}


def _cell(day: PlannedDay) -> str:
    if day.workout == "recovery":
        return "paused" if day.why == "paused" else "–"
    return f"{_CELLS[day.workout](day)} ({day.minutes})"


if __name__ == "__main__":
    FILE.write_text(derived(), encoding="utf-8")
