"""The first two days of a new runner: a walk–jog, then a day to see how the legs took it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach.planning.inputs import Experience, History, Pin, Profile
from coach.planning.planner import plan_week
from coach.planning.week import NoPlan, PlannedWeek, WeekNote, Why
from coach.planning.workouts import RECOVERY, WALK_JOG

DAY: Final = timedelta(days=1)


def plan_week_as_begun(profile: Profile, number: int, history: History, today: date) -> PlannedWeek | NoPlan:
    """Return a week as `plan_week` does, a new runner's first two days laid down."""
    first = first_days(profile, history)
    week = plan_week(profile, number, replace(history, pins=(*first.values(), *history.pins)), today)
    if isinstance(week, NoPlan) or not first:
        return week
    whys = {WALK_JOG: Why.LEARN_TO_RUN, RECOVERY: Why.REST_AFTER_HARD}
    days = tuple(
        replace(day, why=whys[pinned.workout])
        if day.why is Why.CHOSEN and (pinned := first.get(day.day)) is not None
        else day
        for day in week.days
    )
    notes = week.notes if history.pins else week.notes - {WeekNote.UNSAFE_PIN}
    return replace(week, days=days, notes=notes)


def first_days(profile: Profile, history: History) -> dict[date, Pin]:
    """Return the first two days of a new runner: a walk–jog, then a day to see how the legs took it."""
    if profile.experience is not Experience.NEW or profile.way_back is not None:
        return {}
    ahead = (profile.start + DAY * days for days in range(7))
    first = next((day for day in ahead if history.free(day, profile.days)), None)
    if first is None:
        return {}
    own = {each.day for each in history.pins}
    pins = (Pin(first, WALK_JOG), Pin(first + DAY, RECOVERY))
    return {each.day: each for each in pins if each.day not in own}
