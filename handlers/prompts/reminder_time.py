"""The times of the session's reminder: one, or several by weekday."""

from collections.abc import Mapping
from datetime import time
from typing import Final

from coach.buttons.setup import PickTime
from coach.parsing.time_of_day import parse_daytime
from coach.profile import PromptKind
from coach.reminders.kinds import ReminderKind
from coach.reminders.local_time import city_of, show_daytime, to_local
from coach.user_errors import StaleButton, TimeNotUnderstood
from content.rendering.keyboards import Button, Row
from handlers.account import remind
from handlers.framework.application import CoachApplication
from handlers.framework.turn import Turn
from handlers.prompts.prompt import Prompt
from services import reminders

TIMES: Final = ("0630", "0700", "1200", "1800")


class ReminderTimePrompt(Prompt[dict[int, time]]):
    """The times of the session's reminder, by ISO weekday; none turns it off."""

    kind = PromptKind.TIME
    in_setup = True

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Return the clock of the person."""
        return {
            "zone": city_of(turn.user.zone) if turn.user.zone else None,
            "clock": to_local(turn.now, turn.user.zone or "UTC"),
        }

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each usual time."""
        return [[Button("at_time", PickTime(hhmm), {"time": f"{hhmm[:2]}:{hhmm[2:]}"}) for hhmm in TIMES]]

    def needs(self, turn: Turn) -> str | None:
        """Ask for the clock first."""
        return PromptKind.ZONE if turn.user.zone is None else None

    def applies(self, turn: Turn) -> bool:
        """Leave it out where the time was named before the city."""
        return super().applies(turn) and reminders.of(turn.session, turn.user) is None

    def read(self, turn: Turn, text: str) -> dict[int, time]:
        """Take one time, or several by weekday."""
        return remind.read_times(turn, ReminderKind.SESSION, text)

    def take(self, turn: Turn, value: dict[int, time]) -> None:
        """Keep them; they come true with the clock, which is asked for where it is not known."""
        remind.take_times(turn, ReminderKind.SESSION, value)

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return the weekdays of each time, and the time; None where it is off."""
        reminder = reminders.of(turn.session, turn.user)
        return {"times": reminders.schedule(reminder).shown if reminder and reminder.on else None}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_open(application, PickTime, self._pick)

    def _pick(self, turn: Turn, action: PickTime) -> None:
        try:
            self.answer(turn, show_daytime(parse_daytime(action.hhmm, turn.language.vocabulary)))
        except TimeNotUnderstood:
            raise StaleButton from None
