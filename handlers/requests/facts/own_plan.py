"""Questions about one's own plan that show it: "which one is it", "why hills", "what is the total from starting"."""

from datetime import date
from typing import Final

from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    Requests,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests import requesting
from handlers.requests.facts import clauses
from handlers.requests.goals import answering
from handlers.requests.training.session_meant import is_open, of_kind_named
from handlers.training.today import today_of

OF_SESSION: Final = frozenset({Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.START})
"""Intents between which somebody asks for the session that comes."""

FAR: Final = 13  # days behind which a date with a way is that of an event


def answer(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Show what somebody asks of their own plan, or offer to keep the date of an event; return whether they do."""
    if turn.user.prompt is not None or turn.user.plan_start is None or turn.asked is not None:
        return False
    if screening.is_blocked(turn) or turn.user.paused(turn.now):
        return False
    if (event := _event(turn, understood)) is not None:
        requesting.offer(turn, Between((event,)), turn.written)
        return True
    wanted = _session_asked(turn, understood) or _why_of_kind(turn, understood) or _total(turn, understood)
    if wanted is None:
        return False
    requesting.carry_out(turn, Requests((wanted,)), found)
    return True


def _is_unsure(understood: Understood) -> bool:
    return isinstance(understood, Between | Suggest | NoAnswer | StillLearning | ExerciseRequest)


def _session_asked(turn: Turn, understood: Understood) -> Request | None:
    """Return the page of today's session, or of the next one, where that is all that may be asked for."""
    match understood:
        case Between(requests=every) if {each.intent for each in every} <= OF_SESSION and len(every) > 1:
            asks = not answering.heard(turn, turn.written).days
        case _ if _is_unsure(understood) or isinstance(understood, Answer):
            ours = turn.language.day_words
            clause = clauses.asking(turn, ours.asks_today)
            later = turn.language.week_words.later_today | ours.beside_asking
            asks = clause is not None and clauses.says_no_more(turn, clause, ours.asks_today, little=later)
        case _:
            asks = False
    if not asks:
        return None
    today = today_of(turn)
    return Request(Intent.SHOW_DAY, Slots(day=today)) if is_open(turn, today) else Request(Intent.SHOW_NEXT)


def _why_of_kind(turn: Turn, understood: Understood) -> Request | None:
    """Return the reason of the session whose kind is named, where no day is: "why hills if I want distance"."""
    match understood:
        case Requests(all=(Request(intent=Intent.SHOW_WHY, slots=slots),), care=None):
            pass
        case _:
            return None
    if answering.heard(turn, turn.written).days:
        return None
    day: date | None = of_kind_named(turn)
    return Request(Intent.SHOW_WHY, Slots(day=day)) if day not in {None, slots.day} else None


def _total(turn: Turn, understood: Understood) -> Request | None:
    """Return all that was done, where its sum is asked for: "what is the total from starting"."""
    ours, week = turn.language.day_words, turn.language.week_words
    clause = clauses.asking(turn, ours.total)
    if clause is None or not (_is_unsure(understood) or isinstance(understood, Answer)):
        return None
    asks = clauses.is_question(turn) or find_phrases(clause, week.how_often)
    alone = clauses.says_no_more(turn, clause, ours.total, week.how_often, week.sessions, little=week.done_so_far)
    return Request(Intent.PROGRESS) if asks and alone else None


def _event(turn: Turn, understood: Understood) -> Request | None:
    """Return the event that a far date beside a way is: "Two Oceans is on the 12th of April, 56 km"."""
    if not isinstance(understood, Suggest | NoAnswer | Between):
        return None
    slots = read_slots(Intent.EVENT, answering.heard(turn, turn.written))
    words = turn.language.vocabulary.requests.events
    named = slots.what is not None or find_phrases(fold(turn.written), words)
    far = slots.day is not None and (slots.day - today_of(turn)).days > FAR
    return Request(Intent.EVENT, slots) if named and far else None
