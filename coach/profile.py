"""Choices of a person: units, goals, and the kinds of prompts, sessions and reminders."""

from enum import StrEnum


class Units(StrEnum):
    """Units of body weight; the stored figure is always kilograms."""

    KILOGRAMS = "kg"
    POUNDS = "lb"
    STONE = "st"


class Goal(StrEnum):
    """A goal; a person may have several."""

    CALVES = "calves"
    LEGS = "legs"
    SPRINTS = "sprints"
    DISTANCE = "distance"
    HEALTHY = "healthy"


class PromptKind(StrEnum):
    """The questions that are named outside of `handlers/prompts`; each has a class there, listed in `registry.py`.

    They are stored, in the column `awaiting`, and packed in buttons.
    """

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
    ANCHOR = "anchor"
    OBSTACLE = "obstacle"
    COPING = "coping"
    FALLBACK = "fallback"
    NOTE = "note"
    STEP = "step"
    REMINDER = "reminder"
    QUIET = "quiet"
    UNTIL = "until"
    HUMAN = "human"
    TARGET = "goal-figure"
    EVENT = "event-day"


class SessionKind(StrEnum):
    """A kind of session."""

    INTERVAL = "interval"
    STRENGTH = "strength"
    EASY = "easy"
    RECOVERY = "recovery"


class SessionStatus(StrEnum):
    """The status of a session."""

    PLANNED = "planned"
    DONE = "done"
    SKIPPED = "skipped"


class SkipReason(StrEnum):
    """Reason to skip a session."""

    TIME = "time"
    TIRED = "tired"
    HURTS = "hurts"
    SICK = "sick"
    WEATHER = "weather"
    OTHER = "other"
