"""The buttons about reminders: which come and when, pauses, and whose clock they follow."""

from dataclasses import dataclass

from coach.buttons.callback_data import CallbackData
from coach.planning.inputs import PauseReason
from coach.reminders.kinds import ReminderKind


@dataclass(frozen=True)
class ShowReminders(CallbackData):
    """Show every kind of reminder and when it comes."""

    code = "reminders"


@dataclass(frozen=True)
class ShowReminder(CallbackData):
    """Show one kind of reminder, and what can be changed about it."""

    code = "reminder"
    kind: ReminderKind


@dataclass(frozen=True)
class SwitchReminder(CallbackData):
    """Turn one kind of reminder on (1) or off (0)."""

    code = "remind"
    kind: ReminderKind
    on: int


@dataclass(frozen=True)
class ChangeReminder(CallbackData):
    """Ask when this kind of reminder should come."""

    code = "remind-at"
    kind: ReminderKind


@dataclass(frozen=True)
class ChangeQuiet(CallbackData):
    """Ask for the quiet hours."""

    code = "quiet"


@dataclass(frozen=True)
class PickQuiet(CallbackData):
    """Let it be quiet between these local times, written 2200-0600; both the same: never."""

    code = "quiet-at"
    hours: str


@dataclass(frozen=True)
class PauseFor(CallbackData):
    """Send no reminders for so many days; 0 until I say so."""

    code = "pause"
    days: int


@dataclass(frozen=True)
class PauseBecause(CallbackData):
    """Send no reminders until I say so, because I am sick, injured or away."""

    code = "pause-why"
    reason: PauseReason


@dataclass(frozen=True)
class PauseUntil(CallbackData):
    """Ask until when."""

    code = "pause-until"


@dataclass(frozen=True)
class Resume(CallbackData):
    """Send reminders again."""

    code = "resume"


@dataclass(frozen=True)
class SayCleared(CallbackData):
    """A doctor or nurse has cleared me to train (1), or not yet (0)."""

    code = "cleared"
    yes: int


@dataclass(frozen=True)
class KeepZone(CallbackData):
    """Leave my reminders on the clock they follow now."""

    code = "zone-keep"


@dataclass(frozen=True)
class MoveZone(CallbackData):
    """Let my reminders follow the clock of this IANA zone."""

    code = "zone-move"
    zone: str


@dataclass(frozen=True)
class FineWeek(CallbackData):
    """Next week is fine as it is planned."""

    code = "week-fine"
