"""The monthly measuring day: girth and heel raises."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session

from coach.buttons.measurements import AskGoal, Measure
from coach.heel_raises import is_offered
from coach.number_goals import told
from coach.parsing.measurements import MeasurementKind
from coach.profile import Units
from coach.reminders.kinds import ReminderKind
from content.library import Language
from content.rendering.keyboards import Button
from db.queries.due_reminders import DueReminder, schedule_of
from db.queries.figures import number_goals
from scheduler.kinds.base import KindInBatch, SharedRows
from scheduler.reminder_messages import Draft, ReminderComposer, ReminderMessage


class MeasuringDay(KindInBatch):
    """The reminders of measuring days."""

    kind = ReminderKind.MEASURING

    def people_with_pains(self) -> Collection[int]:
        """Return everybody: the test of heel raises waits where something hurt lately."""
        return set(self.days)

    def read(self, session: Session, /) -> None:
        """Read the goals of everybody, and where they stand."""
        self._goals = number_goals.standings(session, self.days)

    def compose(
        self, reminder: DueReminder, day: date, due: datetime, rows: SharedRows, composer: ReminderComposer, /
    ) -> ReminderMessage | str:
        """Return the month's message; there always is one."""
        raises = is_offered(rows.pains.get(reminder.user_id, ()), day)
        units = Units(reminder.units) if reminder.units else None
        spoken = [each for each in self._goals.get(reminder.user_id, {}).values() if each.by >= _before(reminder, day)]

        def draft(_language: Language) -> Draft:
            kinds = [MeasurementKind.GIRTH, *([MeasurementKind.RAISES] if raises else [])]
            buttons = [Button(f"measure_{kind}", Measure(kind)) for kind in kinds]
            past = [each.kind for each in spoken if each.is_reached or each.is_over(day)]
            again = [[Button("set_goal", AskGoal(kind)) for kind in past[:1]]]
            goals = [told(each, day, units) for each in spoken]
            values = {"variant": day.month, "raises": raises, "goals": goals}
            return Draft("reminders/measuring", [buttons, *again], values)

        return composer.compose(reminder.language, due, ("measuring", day, raises, units, *spoken), draft)


def _before(reminder: DueReminder, day: date) -> date:
    """Return the measuring day before this one: a goal whose day lies between them is spoken of once, on this one."""
    return schedule_of(reminder).before(day) or day
