"""The number to call: that of the place that a message names, else of where the person's clock is set."""

from coach.reminders.local_time import to_local
from content.rendering.emergency_numbers import emergency_number
from content.understanding.places import MAX_CHARACTERS
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.names import place
from handlers.framework.turn import Turn
from handlers.prompts import screening


def say_number(turn: Turn, written: str) -> None:
    """Say whom to call: where the message names a place there, else where the person's clock is set."""
    there = _named_zone(turn, written)
    number = emergency_number(there or turn.user.zone)
    turn.say("ask/emergency_number", number=number, there=there is not None, held=screening.is_blocked(turn))


def _named_zone(turn: Turn, written: str) -> str | None:
    """Return the zone of the place that a message names, None where it names none."""
    language = turn.language
    moment = Moment(to_local(turn.now, turn.user.zone or "UTC"), turn.user.weighs_in, turn.shown, turn.places)
    named = place(Heard(written, moment, language.vocabulary, language.exercise_names, language.goal_words))
    if turn.places is None or named is None or len(named) > MAX_CHARACTERS:
        return None
    found = turn.places.find(named.replace("_", " "), language.vocabulary.places)
    return found[0].zone if found else None
