"""Coming back: the small session that is offered after a miss, and who has gone silent."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from coach.planning.rules import PAIN_REDUCE
from coach.planning.state.streaks import MENDED_WITHIN, MENDS_AGAIN, DayOutcome, day_of
from coach.profile import SessionKind, SessionStatus
from coach.reminders.addenda import DayRecord

OFFERED_WITHIN: Final = timedelta(days=MENDED_WITHIN)
"""So long after a miss the small session is offered: as long as it mends anything."""

OFFERED_AGAIN: Final = timedelta(days=MENDS_AGAIN)
SILENT_DAYS: Final = 3
"""Days without a word of any session before the one message about it."""


def offers_small_session(day: date, past: Mapping[date, DayRecord], last_offer: date | None) -> bool:
    """Return true where the small session may be offered on `day`, by the week before; illness and pain forbid it."""
    if last_offer is not None and day - last_offer < OFFERED_AGAIN:
        return False
    if any(is_unwell(record) for record in past.values()):
        return False
    return any(_missed(past.get(day - timedelta(days=back)), day) for back in range(1, OFFERED_WITHIN.days + 1))


def is_unwell(record: DayRecord) -> bool:
    """Return true for a day that pain or illness took, or on which it hurt more than training goes on with."""
    return record.kept.excused or (record.pain or 0) >= PAIN_REDUCE


def is_silent(statuses: Iterable[tuple[SessionKind, SessionStatus]]) -> bool:
    """Return true where nothing was said of these days, and one at least asked for a session."""
    days = list(statuses)
    said = any(status is not SessionStatus.PLANNED for _, status in days)
    return not said and any(kind is not SessionKind.RECOVERY for kind, _ in days)


def _missed(record: DayRecord | None, today: date) -> bool:
    """Return true for a session that went by without a word, or was skipped for a reason that is neither of the two.

    Who skips without a reason may be unwell.
    """
    if record is None or day_of(record.kept, record.kept.day, today) is not DayOutcome.MISSED:
        return False
    return record.kept.status is SessionStatus.PLANNED or record.reason is not None
