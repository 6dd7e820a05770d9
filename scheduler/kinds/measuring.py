"""The monthly measuring day: girth and heel raises."""

from collections.abc import Collection
from datetime import date, datetime

from coach.buttons.measurements import Measure
from coach.heel_raises import is_offered
from coach.parsing.measurements import MeasurementKind
from coach.reminders.kinds import ReminderKind
from content.library import Language
from content.rendering.keyboards import Button
from db.queries.due_reminders import DueReminder
from scheduler.kinds.base import KindInBatch, SharedRows
from scheduler.reminder_messages import Draft, ReminderComposer, ReminderMessage


class MeasuringDay(KindInBatch):
    """The reminders of measuring days."""

    kind = ReminderKind.MEASURING

    def people_with_pains(self) -> Collection[int]:
        """Return everybody: the test of heel raises waits where something hurt lately."""
        return set(self.days)

    def compose(
        self, reminder: DueReminder, day: date, due: datetime, rows: SharedRows, composer: ReminderComposer, /
    ) -> ReminderMessage | str:
        """Return the month's message; there always is one."""
        raises = is_offered(rows.pains.get(reminder.user_id, ()), day)

        def draft(_language: Language) -> Draft:
            kinds = [MeasurementKind.GIRTH, *([MeasurementKind.RAISES] if raises else [])]
            buttons = [Button(f"measure_{kind}", Measure(kind)) for kind in kinds]
            return Draft("reminders/measuring", [buttons], {"variant": day.month, "raises": raises})

        return composer.compose(reminder.language, due, ("measuring", day, raises), draft)
