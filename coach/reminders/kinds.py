"""The kinds of reminder: when each comes of itself, what arms it, and how it stands to the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeAlias

from coach.planning.workouts import WORKOUTS
from coach.profile import SessionStatus
from coach.reminders.comeback import SILENT_DAYS
from coach.reminders.schedule import USEFUL, Schedule, stored_schedule


class ReminderKind(StrEnum):
    """Kinds of reminder, in the order in which they are shown; a person has one row of each."""

    SESSION = "session"
    RECOVERY = "recovery"  # the evening after a hard session
    REVIEW = "review"  # the week, in place of that evening's recovery message
    MEASURING = "measuring"  # once a month
    COMEBACK = "comeback"  # once after three days without a word


CallsFor: TypeAlias = Callable[[str, str], bool]
"""Says whether a session, by its workout and its status, calls for a reminder on the same day."""


@dataclass(frozen=True, kw_only=True)
class ReminderSpec:
    """The rules of one kind of reminder."""

    usual: Schedule | None = None
    """Its times until the person names other ones; None where the time is always the person's own."""

    called_for_by: CallsFor | None = None
    """It is armed by what became of the day's session, and by the clock where this is None."""

    after_silence: int | None = None
    """It is armed by so many days on which nothing was said of any session, once until something is."""

    gives_way_to: frozenset[ReminderKind] = frozenset()
    """Kinds in whose favour it stays silent on a date."""

    one_day: bool = False
    """It comes on one day: another is taken in its place and not beside it, and a time alone leaves the day."""

    has_priority: bool = False
    """It is composed first, and a place among the day's messages is kept for it."""

    has_words: bool = True
    """People call it by words of their own; one that they have no word for is set by its button alone."""

    useful_for: timedelta = USEFUL
    """Later than this it is not sent."""

    @cached_property
    def monthly(self) -> bool:
        """True for a kind that comes on its weekdays' first dates of a month alone."""
        return self.usual is not None and self.usual.monthly

    def schedule(self, local_time: str, days: str, other_times: Mapping[str, str] | None) -> Schedule:
        """Return when a stored reminder of this kind comes. Raises ValueError for what is no time."""
        return stored_schedule(local_time, days, other_times, monthly=self.monthly)


def recovers(workout: str, status: str) -> bool:
    """Return true for a day that calls for the evening's recovery message: a hard session that was done."""
    return WORKOUTS[workout].hard and status == SessionStatus.DONE


_EVERY_DAY: Final = range(1, 8)
SPECS: Final[Mapping[ReminderKind, ReminderSpec]] = {
    ReminderKind.SESSION: ReminderSpec(has_priority=True),
    ReminderKind.RECOVERY: ReminderSpec(
        usual=Schedule(dict.fromkeys(_EVERY_DAY, time(19, 30))),
        called_for_by=recovers,
        gives_way_to=frozenset({ReminderKind.REVIEW}),
    ),
    ReminderKind.REVIEW: ReminderSpec(usual=Schedule({7: time(18)}), one_day=True),
    ReminderKind.MEASURING: ReminderSpec(usual=Schedule({6: time(10)}, monthly=True), one_day=True),
    ReminderKind.COMEBACK: ReminderSpec(
        usual=Schedule(dict.fromkeys(_EVERY_DAY, time(12, 30))),
        after_silence=SILENT_DAYS,
        has_words=False,
        gives_way_to=frozenset({ReminderKind.REVIEW}),
    ),
}
PRIORITY: Final = frozenset(kind for kind, spec in SPECS.items() if spec.has_priority)
"""Kinds that have a place among the day's messages kept for them."""


CALLED_BY_WORDS: Final = tuple(kind for kind, spec in SPECS.items() if spec.has_words)


_BY_NAME: Final[Mapping[str, ReminderSpec]] = {str(kind): spec for kind, spec in SPECS.items()}


def spec_of(kind: str) -> ReminderSpec:
    """Return the rules of a stored kind. Raises ValueError for one that is none."""
    return _BY_NAME.get(kind) or SPECS[ReminderKind(kind)]
