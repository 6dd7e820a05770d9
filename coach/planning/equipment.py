"""Ways of doing an exercise that the equipment of a person allows."""

from collections.abc import Sequence
from typing import Final

from coach.planning.inputs import Equipment

UPHILL: Final = frozenset({Equipment.HILL, Equipment.TREADMILL})
"""Either is enough to run uphill."""


def first_possible(needs: Sequence[frozenset[Equipment]], has: frozenset[Equipment]) -> int | None:
    """Return the place of the first way of which a person has everything it needs, None where there is none."""
    return next((place for place, needed in enumerate(needs) if needed <= has), None)
