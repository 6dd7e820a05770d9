"""The spread of a week's days, as bits: how even it is, and how well calf days lie beside sprints and hills."""

from functools import cache
from itertools import combinations
from typing import Final


def beside(spaced: int) -> int:
    """Return the bits of the days that are, or lie next to, a spaced one; the Sunday before lies next to Monday."""
    return spaced | spaced << 1 | spaced >> 1 & 0b111111 | (1 if spaced & 1 << 7 else 0)


def _unevenness(mask: int) -> int:
    """Return the sum of the squared gaps between the days of a mask, round the week: lower is more even."""
    places = [place for place in range(7) if mask & 1 << place]
    return sum(
        ((later - earlier) % 7 or 7) ** 2 for earlier, later in zip(places, places[1:] + places[:1], strict=True)
    )


UNEVENNESS: Final = tuple(_unevenness(mask) for mask in range(128))


@cache
def longest_run_of_days(week: int, days_before: int) -> int:
    """Return the most days of a week one after another, as bits, after so many that end with the Sunday before."""
    longest, running = 0, days_before
    for day in range(7):
        running = running + 1 if week & 1 << day else 0
        longest = max(longest, running)
    return longest


def days_to_the_end(week: int) -> int:
    """Return the days one after another that end with the Sunday of a week, which is given as bits."""
    return next((back for back in range(7) if not week & 1 << 6 - back), 7)


@cache
def calf_day_cost(open_days: int, count: int, strength: int, fast: int) -> tuple[int, int, int]:
    """Return the cost of the best calf days: how many follow sprints, follow one another, and are the eve of sprints.

    Days are bits; the bit 1 << 7 is the Sunday before.
    """
    days = [day for day in range(7) if open_days & 1 << day]
    if len(days) < count:
        return count, count, count
    return min(week_cost(sum(1 << day for day in chosen), strength, fast) for chosen in combinations(days, count))


def week_cost(chosen: int, strength: int, fast: int) -> tuple[int, int, int]:
    """Return the cost of a whole week, what is done included: so that it is the same every morning."""
    week = chosen | strength & 0b1111111
    after = (fast << 1 | fast >> 7) & 0b1111111
    # A Monday with sprints has them next week too, as a rule: the Sunday before it is an eve.
    eves = fast >> 1 & 0b111111 | (fast & 1) << 6
    running = (week & week << 1).bit_count() + (strength >> 7 & week & 1)
    return (week & after).bit_count(), running, (week & eves).bit_count() + (strength >> 7 & fast & 1)
