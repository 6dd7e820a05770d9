"""What a person can tell the coach about themselves: the words for it."""

from enum import StrEnum


class Units(StrEnum):
    """How a person weighs: the stored figure is always kilograms."""

    KILOGRAMS = "kg"
    POUNDS = "lb"
    STONE = "st"


class Goal(StrEnum):
    """What a person is after; several at once."""

    CALVES = "calves"
    LEGS = "legs"
    SPRINTS = "sprints"
    DISTANCE = "distance"
    HEALTHY = "healthy"


class Awaiting(StrEnum):
    """The answer the coach waits for: what the next line of text is taken to be."""

    WEIGHT = "weight"
    GOALS = "goals"
    ZONE = "zone"
    REMINDER_TIME = "time"


class SetupStep(StrEnum):
    """The questions of the first two minutes, in their order."""

    UNITS = "units"
    WEIGHT = "weight"
    GOALS = "goals"
    ZONE = "zone"
    TIME = "time"


class SessionKind(StrEnum):
    """What a day asks for."""

    INTERVAL = "interval"
    STRENGTH = "strength"
    EASY = "easy"
    RECOVERY = "recovery"


class SessionStatus(StrEnum):
    """What became of a day's session."""

    PLANNED = "planned"
    DONE = "done"
    SKIPPED = "skipped"


class ReminderKind(StrEnum):
    """What a person can be reminded of; one row each."""

    SESSION = "session"
