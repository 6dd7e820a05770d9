"""The week, looked back on: how many sessions happened, and what may change."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from coach.buttons.account import Change
from coach.buttons.measurements import ShowProgress
from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import FineWeek
from coach.planning.rules import PAIN_REDUCE
from coach.profile import PromptKind
from coach.reminders.kinds import ReminderKind
from content.library import Language
from content.rendering.keyboards import Button, Row
from db.queries import due_reminders
from db.queries.due_reminders import DueReminder
from scheduler.kinds.base import DueOnDay, KindInBatch, SharedRows
from scheduler.reminder_messages import Draft, ReminderComposer, ReminderMessage

_WEEK: Final = timedelta(days=7)
_FROM_THURSDAY: Final = 3  # a look-back earlier in the week is on the week before


class WeeklyReview(KindInBatch):
    """The reminders that look back on a week."""

    kind = ReminderKind.REVIEW

    def __init__(self, wanted: list[DueOnDay]) -> None:
        super().__init__(wanted)
        self._mondays = {person: _monday(day) for person, day in self.days.items()}
        self._weeks: dict[int, tuple[int, int]] = {}

    def people_with_pains(self) -> set[int]:
        """Return everybody: a week with pain is told otherwise."""
        return set(self._mondays)

    def read(self, session: Session, /) -> None:
        """Read how many sessions of each week were done and planned."""
        self._weeks = due_reminders.weeks(session, self._mondays)

    def compose(
        self, reminder: DueReminder, day: date, due: datetime, rows: SharedRows, composer: ReminderComposer, /
    ) -> ReminderMessage | str:
        """Return the week's message; none where nothing was planned and nothing hurt.

        A person who said that something hurts is not asked for more, nor for less.
        """
        done, planned = self._weeks.get(reminder.user_id, (0, 0))
        monday = self._mondays[reminder.user_id]
        pains = [pain for on, pain in rows.pains.get(reminder.user_id, ()) if monday <= on <= day]
        hurt = max(pains, default=0) >= PAIN_REDUCE
        if not planned and not hurt:
            return "nothing"

        def draft(_language: Language) -> Draft:
            values = {"done": done, "planned": planned, "hurt": hurt, "variant": day.toordinal() // 7}
            return Draft("reminders/review", _buttons(hurt=hurt), values)

        return composer.compose(reminder.language, due, ("review", day, done, planned, hurt), draft)


def _buttons(*, hurt: bool) -> list[Row]:
    change: list[Row] = [
        [Button("next_week_fine", FineWeek()), Button("easier_please", Change(PromptKind.MINUTES))],
        [Button("more_days", Change(PromptKind.DAYS)), Button("next_week", ShowWeek(1))],
    ]
    after: list[Row] = [[Button("next_week", ShowWeek(1))]] if hurt else change
    return [[Button("show_picture", ShowProgress())], *after]


def _monday(day: date) -> date:
    """Return the first day of the week that a look-back on `day` is on."""
    week = day if day.weekday() >= _FROM_THURSDAY else day - _WEEK
    return week - timedelta(days=week.weekday())
