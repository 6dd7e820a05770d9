"""Checks of the dates on which entries were reviewed."""

from datetime import date, timedelta
from typing import Final

from content.library import Content, own_entries
from content.schema.problems import Problem

REVIEW_AFTER: Final = timedelta(days=365)


def stale(content: Content, today: date) -> tuple[Problem, ...]:
    """Entries that nobody has reviewed for a year: not wrong, but to be looked at."""
    return tuple(
        Problem(file, entry.reviewed_line, f"not reviewed since {entry.reviewed}")
        for file, entry in own_entries(content)
        if today - entry.reviewed > REVIEW_AFTER
    )


def ahead(content: Content, today: date) -> tuple[Problem, ...]:
    """Entries whose review lies in the future."""
    return tuple(
        Problem(file, entry.reviewed_line, f"reviewed on {entry.reviewed}, which is still to come")
        for file, entry in own_entries(content)
        if entry.reviewed > today
    )
