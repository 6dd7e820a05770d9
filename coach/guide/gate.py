"""Sessions that nobody is guided through: nothing counts somebody into a sprint while something hurts."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from coach.planning.rules import PAIN_DAYS, PAIN_REDUCE, PAIN_STOP
from coach.planning.workouts import HALF_HOUR_WALK, RAISES_AND_HOPS, RECOVERY, WORKOUTS, Family

SPARING: Final = frozenset({HALF_HOUR_WALK, RAISES_AND_HOPS})
"""Sessions of a calf that is on the mend: they end at less pain than others."""


class Hold(StrEnum):
    """The reason why nobody is counted into sprints."""

    HURTS = "hurts"
    WAY_BACK = "way-back"


def stops_at(workout: str | None, *, back: bool) -> int:
    """Return the pain of 10 at which a session ends; None is one that the person made up.

    `back` is true on the way back.
    """
    return PAIN_REDUCE if back or workout in SPARING else PAIN_STOP


def has_guide(workout: str) -> bool:
    """Say whether there is something to be guided through: a day of rest has nothing."""
    return workout != RECOVERY


def is_held(workout: str, pains: Sequence[tuple[date, int]], today: date) -> bool:
    """Say whether a guide waits: sprints do after a pain of 3 or more, for a week or until less was said.

    `pains` are days and how much hurt, 0–10, the latest first.
    """
    return WORKOUTS[workout].family is Family.QUALITY and hurts(pains, today)


def hurts(pains: Sequence[tuple[date, int]], today: date) -> bool:
    """Say whether the latest pain is one of 3 or more, and not older than a week."""
    if not pains:
        return False
    day, pain = pains[0]
    return pain >= PAIN_REDUCE and (today - day).days <= PAIN_DAYS
