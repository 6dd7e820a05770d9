"""What a person can tell the coach about themselves: the words for it."""

from enum import StrEnum
from typing import Final


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


class PromptKind(StrEnum):
    """The answer the coach waits for: what the next line of text is taken to be."""

    GOALS = "goals"
    EXPERIENCE = "experience"
    DAYS = "days"
    MINUTES = "minutes"
    LONGEST = "longest"
    EQUIPMENT = "equipment"
    CHECK = "check"
    AGE = "age"
    UNITS = "units"
    WEIGHT = "weight"
    ZONE = "zone"
    TIME = "time"
    GIRTH = "girth"
    RAISES = "raises"
    NOTE = "note"
    REMINDER = "reminder"
    QUIET = "quiet"
    UNTIL = "until"


SETUP: Final = (
    PromptKind.GOALS,
    PromptKind.EXPERIENCE,
    PromptKind.DAYS,
    PromptKind.EQUIPMENT,
    PromptKind.CHECK,
    PromptKind.UNITS,
    PromptKind.WEIGHT,
    PromptKind.ZONE,
    PromptKind.TIME,
)
"""The questions of the first two minutes, in their order. Others have good defaults and are left to the settings."""


def after(step: PromptKind) -> PromptKind | None:
    """Return the question of the set-up that follows `step`, None after the last."""
    following = SETUP[SETUP.index(step) + 1 :]
    return following[0] if following else None


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


class SkipReason(StrEnum):
    """Why a session was skipped."""

    TIME = "time"
    TIRED = "tired"
    HURTS = "hurts"
    SICK = "sick"
