"""The rows that a batch of reminders needs, and the message of each reminder or why there is none."""

from collections import Counter
from datetime import date, datetime

from sqlmodel import Session

from coach.reminders.kinds import PRIORITY, ReminderKind
from coach.reminders.local_time import to_local
from coach.reminders.schedule import MOST_A_DAY
from db.queries import due_reminders
from db.queries.due_reminders import DueReminder
from scheduler.kinds.base import DueOnDay, KindInBatch, SharedRows
from scheduler.kinds.registry import KINDS
from scheduler.reminder_messages import ReminderComposer, ReminderMessage


class BatchContext:
    """Reads everything that a batch of reminders needs, in a handful of statements whatever its size."""

    def __init__(self, session: Session, wanted: list[DueOnDay]) -> None:
        by_kind: dict[ReminderKind, list[DueOnDay]] = {}
        for reminder, day in wanted:
            by_kind.setdefault(ReminderKind(reminder.kind), []).append((reminder, day))
        self._kinds: dict[str, KindInBatch] = {kind: KINDS[kind](of_kind) for kind, of_kind in by_kind.items()}
        self._told: dict[str, dict[int, date]] = {kind: {} for kind in self._kinds}
        kinds = list(self._kinds.values())
        for kind in kinds:
            kind.read(session)
        days = {reminder.user_id: day for reminder, day in wanted}
        beside = {reminder.user_id for reminder, _ in wanted if reminder.kind not in PRIORITY}
        self._siblings = due_reminders.sibling_reminders(session, days, beside)
        spoken = [(each.user_id, each.last_day, each.kind) for found in self._siblings.values() for each in found]
        self._heard = Counter((person, day) for person, day, _ in spoken)
        self._spoken = set(spoken)
        self._rows = SharedRows(
            sessions=due_reminders.sessions(session, {key for kind in kinds for key in kind.session_days()}),
            pains=due_reminders.pains(session, {person for kind in kinds for person in kind.people_with_pains()}),
            spoken=self._spoken,
        )

    def compose(
        self, reminder: DueReminder, day: date, due_at: datetime, composer: ReminderComposer
    ) -> ReminderMessage | str:
        """Return the message of this reminder for `day`, or why there is none."""
        if reminder.plan_start is None or day < reminder.plan_start:
            return "no-plan"
        local = to_local(due_at, reminder.zone or "UTC")
        message = self._kinds[reminder.kind].compose(reminder, day, local, self._rows, composer)
        if isinstance(message, ReminderMessage):
            if not self._has_room(reminder, day):
                return "enough"
            self._heard[reminder.user_id, day] += 1
            self._spoken.add((reminder.user_id, day, reminder.kind))
            self._told[reminder.kind][reminder.user_id] = day
        return message

    def write(self, session: Session) -> None:
        """Store what the messages have brought about."""
        for kind, people in self._told.items():
            self._kinds[kind].write(session, people)

    def _has_room(self, reminder: DueReminder, day: date) -> bool:
        """Return true where one more message fits into the day; kinds with priority have their place kept."""
        taken = self._heard[reminder.user_id, day]
        if reminder.kind not in PRIORITY:
            taken += self._to_come(reminder, day)
        return taken < MOST_A_DAY

    def _to_come(self, reminder: DueReminder, day: date) -> int:
        """Return how many reminders with priority are still to come on the day."""
        zone = reminder.zone or "UTC"
        return sum(
            each.kind in PRIORITY
            and (each.user_id, day, each.kind) not in self._spoken
            and each.next_due_at is not None
            and to_local(each.next_due_at, zone).date() == day
            for each in self._siblings[reminder.user_id]
        )
