"""Durations in minutes: of a session, and of the longest run of the last month."""

import re
from collections.abc import Mapping
from typing import Final

from coach.buttons.plan import PickLongest, PickMinutes
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.planning.inputs import DEFAULT_MINUTES
from coach.profile import PromptKind
from coach.user_errors import MinutesNotUnderstood
from content.rendering.keyboards import Button, Row
from handlers.framework.application import CoachApplication
from handlers.framework.turn import Turn
from handlers.prompts.profile import NUMBER, PLAIN
from handlers.prompts.prompt import PlanPrompt

MINUTES: Final = (20, 30, 45, 60)
LEAST_MINUTES: Final = 10
MOST_MINUTES: Final = 240


class MinutesPrompt(PlanPrompt[int]):
    """The minutes that a session may take."""

    kind = PromptKind.MINUTES

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each usual length."""
        return [[Button("minutes", PickMinutes(length), {"minutes": length}) for length in MINUTES]]

    def read(self, turn: Turn, text: str) -> int:
        """Take minutes, or hours and minutes."""
        return _bounded(_minutes(text, turn.language.vocabulary), LEAST_MINUTES)

    def store(self, turn: Turn, value: int) -> None:
        """Keep it."""
        turn.user.minutes = value

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return it."""
        return {"minutes": turn.user.minutes or DEFAULT_MINUTES}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_pick(application, PickMinutes, lambda action: _bounded(action.minutes, LEAST_MINUTES))


class LongestRunPrompt(PlanPrompt[int]):
    """The longest run without a break of the last month; 0 where it is not known."""

    kind = PromptKind.LONGEST

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each usual length, and one for who does not know."""
        lengths = [Button("minutes", PickLongest(length), {"minutes": length}) for length in MINUTES]
        return [lengths, [Button("not_known", PickLongest(0))]]

    def read(self, turn: Turn, text: str) -> int:
        """Take minutes, or hours and minutes."""
        return _bounded(_minutes(text, turn.language.vocabulary), 0)

    def store(self, turn: Turn, value: int) -> None:
        """Keep it."""
        turn.user.longest_run = value

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return it."""
        return {"longest": turn.user.longest_run}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_pick(application, PickLongest, lambda action: _bounded(action.minutes, 0))


def _bounded(minutes: int, least: int) -> int:
    if not least <= minutes <= MOST_MINUTES:
        raise MinutesNotUnderstood
    return minutes


def _minutes(text: str, words: Vocabulary) -> int:
    """Return the minutes that a text says. Raises MinutesNotUnderstood."""
    hour = rf"\b(\d)\s*{any_of(words.clock.hour)}"
    hours = re.search(hour, text.casefold())
    numbers = NUMBER.findall(re.sub(hour, " ", text.casefold(), count=1))
    if len(numbers) > 1 or (not numbers and hours is None) or not PLAIN.fullmatch(text):
        raise MinutesNotUnderstood
    return int(hours[1] if hours else 0) * 60 + int(numbers[0] if numbers else 0)
