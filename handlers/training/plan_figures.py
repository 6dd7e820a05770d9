"""Figures of the pictures of a week and of an interval session, with the words that stand in them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import RECOVERY
from coach.profile import SessionKind, SessionStatus
from content.rendering.messages import Messages
from content.schema.training_pages import Phase, Workout
from db.models import TrainingSession
from handlers.framework.turn import Turn

MARKED: Final = 5  # minutes between two marks
MOST_MARKS: Final = 8
_EFFORT: Final = re.compile(r"(\d+)(?:\D(\d+))?")
_USUAL: Final = 3  # of ten, where a page names no effort
_MISSED: Final = "missed"
_MOVED: Final = "moved"


def _status(row: TrainingSession | None, *, is_open: bool) -> str:
    """Return what became of a day: planned, done, skipped or missed."""
    if row is None:
        return SessionStatus.PLANNED
    lost = row.status == SessionStatus.PLANNED and not is_open and row.workout != RECOVERY
    return _MISSED if lost else row.status


@dataclass(frozen=True)
class DayLine:
    """A day of a week as it is told and drawn; a day of rest has no minutes."""

    day: date
    kind: str
    name: str
    minutes: int
    status: str


def day_lines(
    turn: Turn, shown: PlannedWeek, stored: Mapping[date, TrainingSession], start: date
) -> tuple[DayLine, ...]:
    """Return the days of a week from the first one of the plan on: as stored, or else as planned."""
    return tuple(_line(turn, day, stored.get(day.day)) for day in shown.days if day.day >= start)


def _line(turn: Turn, planned: PlannedDay, row: TrainingSession | None) -> DayLine:
    workout = row.workout if row else planned.workout
    minutes = 0 if workout == RECOVERY else (row.minutes if row else None) or planned.minutes
    kind, name = row.kind if row else planned.kind.value, turn.language.workouts[workout].name
    return DayLine(planned.day, kind, name, minutes, _status(row, is_open=planned.open))


def week_figures(
    messages: Messages, number: int, days: Sequence[DayLine], moved: Collection[date], today: date, *, ahead: bool
) -> dict[str, Any]:
    """Return a week as it is drawn: a row a day."""
    drawn = [
        {
            "name": messages.dated(each.day, "%a"),
            "date": str(each.day.day),
            "kind": each.kind,
            "title": each.name,
            "minutes": each.minutes,
            "label": messages.label("minutes", minutes=each.minutes) if each.minutes else "",
            "mark": _MOVED if each.status == _MISSED and each.day in moved else str(each.status),
            "today": each.day == today,
        }
        for each in days
    ]
    title = messages.label("week_ahead_title" if ahead else "week_title", number=number)
    legend = [{"kind": kind.value, "label": messages.label(f"drawn_{kind}")} for kind in SessionKind]
    return {"draw": "week", "title": title, "days": drawn, "legend": legend}


def phase_figures(messages: Messages, workout: Workout, rounds: int | None, percent: int | None) -> dict[str, Any]:
    """Return the phases of an interval session as they are drawn, each round's by itself."""
    count = rounds or (workout.rounds.default if workout.rounds else 1)
    repeated = [place for place, phase in enumerate(workout.phases) if phase.each_round]
    order = [(place, 0) for place in range(repeated[0])]
    order += [(place, number) for number in range(1, count + 1) for place in repeated]
    order += [(place, 0) for place in range(repeated[-1] + 1, len(workout.phases))]
    work = repeated[0]
    efforts = [_effort(phase, percent if place == work else None) for place, phase in enumerate(workout.phases)]
    whole = sum(workout.phases[place].seconds for place, _ in order)
    step = MARKED * max(1, -(-(whole // 60) // (MARKED * MOST_MARKS)))
    return {
        "draw": "phases",
        "title": workout.name,
        "total": messages.label("minutes", minutes=-(-whole // 60)),
        "minutes": list(range(0, whole // 60 + 1, step)),
        "phases": [
            {
                "seconds": workout.phases[place].seconds,
                "effort": efforts[place],
                "round": number if place == work else 0,
                "part": place,
            }
            for place, number in order
        ],
        "legend": [
            {
                "rounds": f"1–{count}" if place == work and count > 1 else "",
                "label": messages.label(
                    "drawn_phase", name=phase.name, length=messages.stretch(phase.seconds), effort=efforts[place]
                ),
            }
            for place, phase in enumerate(workout.phases)
        ],
    }  # fmt: skip


def _effort(phase: Phase, percent: int | None) -> float:
    """Return how hard a phase is, of ten: the most that its page says, or what the plan asks for."""
    if percent is not None:
        return percent / 10 if percent % 10 else percent // 10
    found = _EFFORT.search(phase.effort)
    return int(found[2] or found[1]) if found else _USUAL
