"""The evening after a hard session: protein, sleep, and what comes next."""

from datetime import date, datetime, timedelta
from typing import Final

from coach.protein import HEAVY_KG, a_meal, excepted
from coach.reminders.kinds import SPECS, ReminderKind, recovers
from coach.reminders.lapsed_check import lapsed
from content.library import Language
from db.queries.due_reminders import DueReminder
from scheduler.kinds.base import KindInBatch, SharedRows, is_clear
from scheduler.reminder_messages import Draft, ReminderComposer, ReminderMessage

_DAY: Final = timedelta(days=1)


class EveningRecovery(KindInBatch):
    """The reminders of evenings after a hard session."""

    kind = ReminderKind.RECOVERY

    def session_days(self) -> set[tuple[int, date]]:
        """Return the sessions of the day and of the next."""
        return {(reminder.user_id, each) for reminder, day in self.wanted for each in (day, day + _DAY)}

    def compose(
        self, reminder: DueReminder, day: date, due: datetime, rows: SharedRows, composer: ReminderComposer, /
    ) -> ReminderMessage | str:
        """Return the evening's message; none without a hard session that was done, or where the review has come."""
        trained = rows.sessions.get((reminder.user_id, day))
        if trained is None or not recovers(trained.workout, trained.status):
            return "nothing"
        if any((reminder.user_id, day, kind) in rows.spoken for kind in SPECS[self.kind].gives_way_to):
            return "review-instead"
        tomorrow = rows.sessions.get((reminder.user_id, day + _DAY))
        grams, following = _grams(reminder, day), tomorrow.workout if tomorrow is not None else None

        def draft(language: Language) -> Draft:
            name = language.workouts[following].name if following else None
            return Draft("reminders/evening", [], {"grams": grams, "tomorrow": name, "variant": day.toordinal()})

        return composer.compose(reminder.language, due, ("evening", day, grams, following), draft)


def _grams(reminder: DueReminder, day: date) -> int | None:
    """Return the protein of one meal in grams, None where no number is given (see `/protein`)."""
    weight, on = reminder.weight_kg, reminder.screened_on
    screened = is_clear(reminder) and on is not None and lapsed(on, day) <= 0
    without = excepted(reminder.screening, reminder.protein_check, screened=screened)
    return a_meal(weight) if weight and weight < HEAVY_KG and without is False else None
