"""The heel-raise test on one leg: typical counts, the test's own error, and when it is better left for another day.

Middle values of healthy adults by decade, men and women: Hébert-Losier et al. 2017, 10.1016/j.physio.2017.03.002, 566
people; copies of the table differ by one. They stood on a slope of 10°, so a count on the floor compares only roughly.
The error is that of the same study: up to 6.2 raises between two days.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from coach.planning.rules import PAIN_DAYS, PAIN_REDUCE

ERROR: Final = 6  # raises between two days: no more than noise
SOURCE: Final = "hebert-losier-2017"


class Decade(StrEnum):
    """A decade of age, as it was said for the test; it is stored."""

    TWENTIES = "20"  # and younger adults
    THIRTIES = "30"
    FORTIES = "40"
    FIFTIES = "50"
    SIXTIES = "60"
    SEVENTIES = "70"
    EIGHTIES = "80"  # and older
    UNSAID = "unsaid"


class Sex(StrEnum):
    """The sex of a person, as it was said for the test; it is stored."""

    FEMALE = "female"
    MALE = "male"
    UNSAID = "unsaid"


_MEN: Final = (37, 32, 28, 23, 19, 14, 10)
_WOMEN: Final = (30, 27, 24, 21, 19, 16, 13)
_KNOWN: Final = tuple(decade for decade in Decade if decade is not Decade.UNSAID)
TYPICAL: Final[Mapping[Sex, Mapping[Decade, int]]] = {
    Sex.MALE: dict(zip(_KNOWN, _MEN, strict=True)),
    Sex.FEMALE: dict(zip(_KNOWN, _WOMEN, strict=True)),
}


def typical(decade: str | None, sex: str | None) -> int | None:
    """Return the typical count for an age and sex, None where either was not said."""
    if decade not in set(Decade) or sex not in set(Sex):
        return None
    return TYPICAL.get(Sex(sex), {}).get(Decade(decade))


def band(count: int) -> tuple[int, int]:
    """Return the counts between which another day's test may come out without anything having changed."""
    return max(count - ERROR, 0), count + ERROR


def is_noise(difference: int) -> bool:
    """Say whether a difference is within the test's own error."""
    return abs(difference) <= ERROR


def is_offered(pains: Sequence[tuple[date, int]], today: date) -> bool:
    """Say whether the test may be offered: not within a week of a pain of 3 or more, unless less was said since.

    `pains` are days and how much hurt, 0–10, the latest first.
    """
    if not pains:
        return True
    day, pain = pains[0]
    return pain < PAIN_REDUCE or (today - day).days > PAIN_DAYS
