"""Intents and what carries each out; those that change something, and those that are confirmed first."""

from collections.abc import Mapping
from typing import Final

from coach.requests import Fact, Intent
from handlers.requests import feedback, figures, profile, showing, undo
from handlers.requests.facts import of_past, of_session, of_week, parts
from handlers.requests.goals import events, targets
from handlers.requests.outcome import Work
from handlers.requests.training import pauses, plan_changes, sessions, sets, swaps, timers

WORKS: Final[Mapping[Intent, Work]] = {
    Intent.SHOW_DAY: showing.show_day,
    Intent.SHOW_NEXT: showing.show_next,
    Intent.SHOW_WEEK: showing.show_week,
    Intent.SHOW_WHY: showing.show_why,
    Intent.START: sessions.start,
    Intent.DONE: sessions.done,
    Intent.SKIP: sessions.skip,
    Intent.MOVE: plan_changes.move,
    Intent.UNDO: undo.undo,
    Intent.PAIN: sessions.pain,
    Intent.EASIER: plan_changes.easier,
    Intent.HARDER: plan_changes.harder,
    Intent.WEIGHT: figures.weight,
    Intent.UNITS: profile.units,
    Intent.PROTEIN: showing.show_protein,
    Intent.GOALS: profile.goals,
    Intent.DAYS: profile.days,
    Intent.MINUTES: profile.minutes,
    Intent.EQUIPMENT: profile.equipment,
    Intent.REMIND: profile.remind,
    Intent.ZONE: profile.zone,
    Intent.PAUSE: pauses.pause,
    Intent.RESUME: pauses.resume,
    Intent.PROGRESS: showing.show_progress,
    Intent.GIRTH: figures.girth,
    Intent.RAISES: figures.raises,
    Intent.EXERCISE: showing.show_exercise,
    Intent.MY_DATA: showing.my_data,
    Intent.SETTINGS: showing.show_settings,
    Intent.HELP: showing.show_help,
    Intent.SUBJECTS: showing.show_subjects,
    Intent.SETS: sets.sets,
    Intent.SWAP: swaps.swap,
    Intent.TARGET: targets.target,
    Intent.EVENT: events.event,
    Intent.TIMER: timers.timer,
    Intent.FEEDBACK: feedback.feedback,
    Intent.SOURCES: showing.sources,
    Intent.MORE: showing.more,
}

FACTS: Final[Mapping[Fact, Work]] = {
    Fact.MINUTES: of_session.minutes,
    Fact.HOUR: of_session.hour,
    Fact.PARTS: parts.in_order,
    Fact.WARM_UP: parts.warm_up,
    Fact.EFFORT: parts.effort,
    Fact.PLACE: of_session.place,
    Fact.NEEDS: of_session.needs,
    Fact.STANDS: of_session.stands,
    Fact.LEFT: of_week.left,
    Fact.MISSED: of_past.missed,
    Fact.LAST: of_past.last,
    Fact.VOLUME: of_week.volume,
}

CONFIRMED: Final[Mapping[Intent, Work]] = {
    Intent.GOALS: profile.goals_confirmed,
    Intent.DAYS: profile.days_confirmed,
    Intent.MINUTES: profile.minutes_confirmed,
    Intent.EQUIPMENT: profile.equipment_confirmed,
    Intent.PAUSE: pauses.pause_confirmed,
    Intent.TARGET: targets.target_confirmed,
    Intent.EVENT: events.drop_confirmed,
}
"""Work of the button that confirms a lasting change."""

CHANGING: Final = frozenset(
    {
        Intent.DONE, Intent.SKIP, Intent.MOVE, Intent.PAIN, Intent.WEIGHT, Intent.UNITS, Intent.REMIND, Intent.PAUSE,
        Intent.RESUME, Intent.GIRTH, Intent.RAISES, Intent.SETS,
        Intent.SWAP, *CONFIRMED,
    }
)  # fmt: skip
"""Intents that may change something at once, or once confirmed."""

ABOUT_SHOWN: Final = frozenset(
    {Intent.UNDO, Intent.FEEDBACK, Intent.SOURCES, Intent.MORE, Intent.SHOW_WHY, Intent.SETS, Intent.SWAP}
)
"""Intents that speak of what was shown: they do not end it."""
