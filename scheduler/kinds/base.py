"""The base of every kind of reminder in a batch: the rows it needs, and the message of each reminder."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, TypeAlias

from sqlmodel import Session

from coach.planning.inputs import Screening
from coach.reminders.kinds import ReminderKind
from db.queries.due_reminders import DueReminder, RemindedSession
from scheduler.reminder_messages import ReminderComposer, ReminderMessage

DueOnDay: TypeAlias = tuple[DueReminder, date]
"""A reminder and the person's date that it is for."""


@dataclass(frozen=True)
class SharedRows:
    """Rows that several kinds may need, read once for the whole batch."""

    sessions: Mapping[tuple[int, date], RemindedSession]
    """By person and date."""

    pains: Mapping[int, list[tuple[date, int]]]
    """Of each person the days on which something hurt and how much, 0–10, the latest first."""

    spoken: Collection[tuple[int, date | None, str]]
    """Person, date and kind of each reminder that was heard; it grows while the batch is composed."""


class KindInBatch(ABC):
    """The reminders of one kind in a batch."""

    kind: ClassVar[ReminderKind]

    def __init__(self, wanted: list[DueOnDay]) -> None:
        self.wanted = wanted

    @property
    def days(self) -> dict[int, date]:
        """The date of each person."""
        return {reminder.user_id: day for reminder, day in self.wanted}

    def session_days(self) -> set[tuple[int, date]]:
        """Return person and date of the sessions that this kind needs."""
        return set()

    def people_with_pains(self) -> Collection[int]:
        """Return the people whose pains this kind needs."""
        return ()

    def read(self, _session: Session, /) -> None:
        """Read the rows that no other kind needs."""
        return

    def write(self, _session: Session, _told: Mapping[int, date], /) -> None:
        """Store what the messages of these people, with their dates, have brought about."""
        return

    @abstractmethod
    def compose(
        self, reminder: DueReminder, day: date, due: datetime, rows: SharedRows, composer: ReminderComposer, /
    ) -> ReminderMessage | str:
        """Return the message of a reminder for `day`, due at `due` on the person's clock, or why there is none."""


def is_clear(reminder: DueReminder) -> bool:
    """Return true for a person whose quick check found nothing."""
    return reminder.screening == Screening.CLEAR
