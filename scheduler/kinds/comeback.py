"""The one message after days without a word: a smaller week, and then nothing of this kind until something is said."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from coach.buttons.account import Dismiss
from coach.buttons.plan import ShrinkWeek
from coach.buttons.reminders import PauseFor
from coach.planning.special_weeks.events import KEPT_FREE
from coach.planning.state.pain_gate import still_asks
from coach.profile import SessionKind, SessionStatus
from coach.reminders.addenda import DayRecord
from coach.reminders.comeback import SILENT_DAYS, is_silent, is_unwell
from coach.reminders.kinds import SPECS, ReminderKind
from content.library import Language
from content.rendering.keyboards import Button, Row
from db.queries import absences, comebacks, due_reminders
from db.queries.due_reminders import DueReminder
from scheduler.kinds.base import DueOnDay, KindInBatch, SharedRows
from scheduler.reminder_messages import Draft, ReminderComposer, ReminderMessage

_DAY: Final = timedelta(days=1)
_SILENCE: Final = _DAY * SILENT_DAYS
_PAUSE: Final = 7  # days


class SilentDays(KindInBatch):
    """The messages to who has said nothing of three days."""

    kind = ReminderKind.COMEBACK

    def __init__(self, wanted: list[DueOnDay]) -> None:
        super().__init__(wanted)
        self._recent: dict[int, dict[date, DayRecord]] = {}
        self._away: set[int] = set()
        self._others: dict[int, dict[str, date | None]] = {}

    def session_days(self) -> set[tuple[int, date]]:
        """Return the sessions of the day, and of the three before."""
        return {
            (reminder.user_id, day - _DAY * back) for reminder, day in self.wanted for back in range(SILENT_DAYS + 1)
        }

    def people_with_pains(self) -> set[int]:
        """Return everybody: where something hurts nothing is asked for."""
        return set(self.days)

    def read(self, session: Session, /) -> None:
        """Read the week before, pauses, and when the other kinds come next."""
        self._recent = due_reminders.recent_days(session, self.days)
        self._away = absences.away(session, self.days, _SILENCE)
        self._others = comebacks.next_days(session, self.days)

    def compose(
        self, reminder: DueReminder, day: date, due: datetime, rows: SharedRows, composer: ReminderComposer, /
    ) -> ReminderMessage | str:
        """Return the message; none where something was said, hurts or is to be said today anyway."""
        return self._why_not(reminder, day, rows) or _message(reminder, day, due, composer)

    def _why_not(self, reminder: DueReminder, day: date, rows: SharedRows) -> str | None:
        """Return why there is no message, None where there is one."""
        person, others = reminder.user_id, self._others.get(reminder.user_id, {})
        if ReminderKind.SESSION not in others:
            return "off"
        if any((person, day, kind) in rows.spoken or others.get(kind) == day for kind in SPECS[self.kind].gives_way_to):
            return "review-instead"
        unwell = any(map(is_unwell, self._recent[person].values()))
        if unwell or still_asks(pain for _, pain in rows.pains.get(person, ())):
            return "unwell"
        if person in self._away:
            return "away"
        return self._why_not_today(person, day, rows)

    @staticmethod
    def _why_not_today(person: int, day: date, rows: SharedRows) -> str | None:
        """Return what of the plan of this day and those before speaks against a message, None where nothing does."""
        today = rows.sessions.get((person, day))
        if today is None:
            return "no-plan"
        if today.why in KEPT_FREE:
            return "event"
        before = [rows.sessions.get((person, day - _DAY * back)) for back in range(1, SILENT_DAYS + 1)]
        past = [(SessionKind(each.kind), SessionStatus(each.status)) for each in before if each is not None]
        return None if is_silent(past) and today.status == SessionStatus.PLANNED else "not-silent"


def _message(reminder: DueReminder, day: date, due: datetime, composer: ReminderComposer) -> ReminderMessage:
    def draft(_language: Language) -> Draft:
        return Draft("reminders/comeback", _buttons(day), {"variant": day.toordinal()})

    return composer.compose(reminder.language, due, ("comeback", day), draft)


def _buttons(day: date) -> list[Row]:
    pause = Button("pause_week", PauseFor(_PAUSE))
    return [[Button("smaller_week", ShrinkWeek(day), style="primary")], [Button("keep_it_so", Dismiss()), pause]]
