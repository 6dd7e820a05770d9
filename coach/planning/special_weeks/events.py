"""Events: a date that the plan leads to. The week before it is eased, its eve and the day itself are kept free.

Without a date nothing of this changes anything. Weeks on the way to it stand in blocks: four that build, and an easier
one, which is the rhythm that the plan has anyway.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coach.planning.inputs import Profile
from coach.planning.rules import EASIER_EVERY
from coach.planning.week import Why

MOST_AHEAD: Final = 366
"""Days, of an event and of a goal: who plans further ahead says so again."""

KEPT_FREE: Final = frozenset({Why.EVENT, Why.EVENT_EVE})
"""Reasons for a day without a session that nothing may stand on: the event itself, and its eve."""

_MIDDLE: Final = timedelta(days=4)
"""The middle of the seven days before an event lies so long before it: its week holds most of them."""

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_BEFORE: Final = 2  # days before an event without anything hard
_AFTER: Final = 1  # and after it


def leads_to_event(profile: Profile, number: int) -> bool:
    """Say whether a week holds most of the seven days before the event, and is eased for it."""
    return profile.event is not None and profile.week_of(profile.event - _MIDDLE) == number


def kept_free(profile: Profile, day: date) -> Why | None:
    """Return why a day is kept free for an event: it is the day, or its eve; None for any other day."""
    if profile.event is None:
        return None
    return {profile.event: Why.EVENT, profile.event - _DAY: Why.EVENT_EVE}.get(day)


def days_around(profile: Profile, monday: date) -> int:
    """Return the bits of the days of a week that are too near to an event for anything hard."""
    if profile.event is None:
        return 0
    place = (profile.event - monday).days
    return sum(1 << day for day in range(7) if place - _BEFORE <= day <= place + _AFTER)


@dataclass(frozen=True, slots=True)
class BlockWeek:
    """One week on the way to an event."""

    number: int
    monday: date
    eased: bool
    leads: bool  # it is eased for the event
    holds_event: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Weeks that build, four at most, and the easier one after them."""

    weeks: tuple[BlockWeek, ...]


def blocks_until_event(profile: Profile, today: date) -> tuple[Block, ...]:
    """Return the blocks from the one that runs to the one with the event; none where none is ahead."""
    if profile.event is None or profile.event < max(today, profile.start):
        return ()
    running, last = profile.week_of(max(today, profile.start)), profile.week_of(profile.event)
    first = running - (running - 1) % EASIER_EVERY
    weeks = [_block_week(profile, number) for number in range(first, last + 1)]
    return tuple(Block(tuple(weeks[begin : begin + EASIER_EVERY])) for begin in range(0, len(weeks), EASIER_EVERY))


def _block_week(profile: Profile, number: int) -> BlockWeek:
    leads = leads_to_event(profile, number)
    holds = profile.event is not None and profile.week_of(profile.event) == number
    monday = profile.first_monday + (number - 1) * _WEEK
    return BlockWeek(number, monday, leads or number % EASIER_EVERY == 0, leads, holds)
