"""Every kind of reminder and the class that speaks for it."""

from collections.abc import Mapping
from typing import Final

from coach.reminders.kinds import ReminderKind
from scheduler.kinds.base import KindInBatch
from scheduler.kinds.measuring import MeasuringDay
from scheduler.kinds.recovery import EveningRecovery
from scheduler.kinds.review import WeeklyReview
from scheduler.kinds.session import DailySession

KINDS: Final[Mapping[ReminderKind, type[KindInBatch]]] = {
    ReminderKind.SESSION: DailySession,
    ReminderKind.RECOVERY: EveningRecovery,
    ReminderKind.REVIEW: WeeklyReview,
    ReminderKind.MEASURING: MeasuringDay,
}
