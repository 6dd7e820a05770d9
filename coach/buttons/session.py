"""The buttons of a day's session: showing it, and what became of it."""

from dataclasses import dataclass
from datetime import date

from coach.buttons.callback_data import CallbackData


@dataclass(frozen=True)
class ShowToday(CallbackData):
    """Show the session of the person's today."""

    code = "today"


@dataclass(frozen=True)
class ShowSession(CallbackData):
    """Show the session of a date."""

    code = "session"
    day: date


@dataclass(frozen=True)
class StartToday(CallbackData):
    """Begin the plan today instead of on the day of the first reminder."""

    code = "start-today"


@dataclass(frozen=True)
class MarkDone(CallbackData):
    """That day's session is done."""

    code = "done"
    day: date


@dataclass(frozen=True)
class MarkSkipped(CallbackData):
    """That day's session will not happen."""

    code = "skip"
    day: date


@dataclass(frozen=True)
class MarkPlanned(CallbackData):
    """Take back Done or Skip."""

    code = "undo"
    day: date


@dataclass(frozen=True)
class Later(CallbackData):
    """Ask when to be reminded again of that day's session."""

    code = "later"
    day: date


@dataclass(frozen=True)
class Snooze(CallbackData):
    """Remind me of that day's session again in so many minutes."""

    code = "snooze"
    day: date
    minutes: int


@dataclass(frozen=True)
class SnoozeTonight(CallbackData):
    """Remind me of that day's session this evening."""

    code = "tonight"
    day: date


@dataclass(frozen=True)
class SnoozeFallback(CallbackData):
    """Remind me of that day's session at my second moment."""

    code = "fallback-at"
    day: date


@dataclass(frozen=True)
class ShowSmall(CallbackData):
    """Show the small session that may stand for that day's after a miss."""

    code = "small"
    day: date


@dataclass(frozen=True)
class DoSmall(CallbackData):
    """The small session is done, in place of that day's."""

    code = "small-done"
    day: date
