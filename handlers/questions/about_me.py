"""Facts about the person in the first lines of an answer: what is stored of them, and nothing that is guessed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup

from coach.parsing.measurements import MeasurementKind, change
from coach.parsing.weight import show_weight
from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import RECOVERY, WORKOUTS, Family
from coach.profile import SessionStatus
from coach.protein import HEAVY_KG, protein_range
from db.queries import sessions
from db.queries.figures import measurements
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training import protein
from handlers.training.measurements.measure import shown
from handlers.training.today import dosed, today_of
from services import plans

Facts = Mapping[str, object]


def about(turn: Turn, slug: str) -> Markup | None:
    """Return what an answer says of this person, None where nothing that is stored is about it; never in a group."""
    found = _ABOUT.get(slug)
    facts = found[1](turn) if found is not None and turn.group is None else None
    if found is None or facts is None:
        return None
    return turn.language.messages.fragment(found[0], **facts).strip()


def _protein(turn: Turn) -> Facts | None:
    user = turn.user
    if user.weight_kg is None or user.weighs_in is None or user.weight_kg >= HEAVY_KG:
        return None
    if protein.exception_of(user, today_of(turn)) is not False:
        return None
    low, high = protein_range(user.weight_kg)
    return {"low": low, "high": high, "weight": show_weight(user.weight_kg, user.weighs_in)}


def _fast(turn: Turn) -> Facts | None:
    days = _days(turn)
    return None if days is None else {"days": [each.day for each in days if _family(each) is Family.QUALITY]}


def _calves(turn: Turn) -> Facts | None:
    days = _days(turn)
    return None if days is None else {"days": [each.day for each in days if each.calf_sets]}


def _rest(turn: Turn) -> Facts | None:
    days = _days(turn)
    return None if days is None else {"days": [each.day for each in days if each.workout == RECOVERY]}


def _today(turn: Turn) -> Facts | None:
    if _days(turn) is None:
        return None
    row = sessions.of_day(turn.session, turn.user, today_of(turn))
    if row is None:
        return None
    rest = row.workout == RECOVERY
    return {"workout": dosed(turn, row), "rest": rest, "status": row.status, "effort": row.effort, "pain": row.pain}


def _weeks(turn: Turn) -> Facts | None:
    begun, today = turn.user.plan_start, today_of(turn)
    if begun is None or begun > today:
        return None
    done = sum(
        row.status == SessionStatus.DONE and row.calf_sets > 0
        for row in sessions.lately(turn.session, [turn.user])[turn.user.id]
    )
    girths = measurements.series(turn.session, turn.user, MeasurementKind.GIRTH)
    grown = [
        (side, shown(turn.user, MeasurementKind.GIRTH, abs(change(points))), change(points) > 0)
        for side, points in girths.items()
        if side is not None and len(points) > 1 and change(points)
    ]
    return {"week": (today - begun).days // 7 + 1, "done": done, "grown": grown}


def _days(turn: Turn) -> list[PlannedDay] | None:
    """Return the days of the running week, None where the person has no plan that may be followed today."""
    user, today = turn.user, today_of(turn)
    if user.plan_start is None or user.plan_start > today or user.paused(turn.now) or screening.is_blocked(turn):
        return None
    week = plans.current_week(turn.session, user, today)
    if not isinstance(week, PlannedWeek):
        return None
    return [each for each in week.days if each.day >= _monday(today)]


def _family(planned: PlannedDay) -> Family:
    return WORKOUTS[planned.workout].family


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_ABOUT: Final[Mapping[str, tuple[str, Callable[[Turn], Facts | None]]]] = {
    "protein-amount": ("about_me/protein", _protein),
    "sprint-frequency": ("about_me/fast", _fast),
    "hill-sprints": ("about_me/fast", _fast),
    "calf-training-frequency": ("about_me/calves", _calves),
    "recovery-days": ("about_me/rest", _rest),
    "sore-calves": ("about_me/today", _today),
    "heavy-legs": ("about_me/today", _today),
    "tight-calves": ("about_me/today", _today),
    "time-to-results": ("about_me/weeks", _weeks),
}
"""Entries that are about what is stored of a person: the message and its facts."""
