"""Requests for a timer: intervals of the person's own, said in words."""

from coach.parsing.mentions.durations import find_durations
from coach.parsing.mentions.mention import spoken
from coach.parsing.own_intervals import SaidIntervals, read_intervals
from coach.requests import Intent, Slots
from coach.user_errors import UserError
from content.understanding.requests.request import Request
from handlers.framework.turn import Turn
from handlers.requests.outcome import Outcome, Step
from handlers.training.guide import intervals


def timer(turn: Turn, slots: Slots) -> Outcome:
    """Take the intervals that were said; where none were, show those that are kept, and how to say some."""
    said = SaidIntervals(None, slots.rounds, slots.work_s, slots.rest_s)
    whole = _written(turn)
    if whole is not None and (whole.rounds, whole.work_s, whole.rest_s) == (said.rounds, said.work_s, said.rest_s):
        said = whole  # with its warm-up, which no slot holds
    if said.work_s is None and said.rounds is None:
        intervals.timer(turn, "")
    else:
        intervals.take(turn, said)
    return Step.SHOWN


def sure(turn: Turn) -> Request | None:
    """Return the request for a timer where a whole message reads as intervals, with their seconds."""
    whole = _written(turn)
    if whole is None or not (whole.rounds and whole.work_s and whole.rest_s):
        return None
    if not find_durations(spoken(turn.written, turn.language.vocabulary), turn.language.vocabulary):
        return None  # bare figures may be repetitions
    return Request(Intent.TIMER, Slots(rounds=whole.rounds, work_s=whole.work_s, rest_s=whole.rest_s))


def _written(turn: Turn) -> SaidIntervals | None:
    """Return the intervals of the whole message, None where it is no such message."""
    try:
        return read_intervals(turn.written, turn.language.vocabulary, turn.language.interval_words)
    except UserError:
        return None
