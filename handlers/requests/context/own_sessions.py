"""Questions and remarks about one's own sessions that the conversation explains, and no entry answers."""

import re
from typing import Final

from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import Answer, Between, NoAnswer, Requests, Suggest, Understood
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from handlers.framework.turn import Turn
from handlers.requests.context.likely import agreeing, begins_to_ask
from handlers.requests.goals import answering
from handlers.training.today import kept_session, today_of
from services import last_change, shown

_CLAUSE: Final = re.compile(r"[.,;!?\n]+")
DAY_FROM: Final = 0.6  # how likely a day is asked for, where an entry that fits little would answer
FITS_FROM: Final = 0.35
SURELY_FITS_FROM: Final = 0.6  # of an entry that answers, whatever session was shown: "how many sets is enough"
OF_SESSION_WORDS: Final = 9  # at most, of a question about the session that was shown


def meant(turn: Turn, understood: Understood, found: SearchResult) -> Request | None:
    """Return what such a message asks to see, or the skip of a day on which nothing was done."""
    match understood:
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),)) if slots.to_day and "?" not in turn.written:
            return None
        case Requests(all=(Request(intent=Intent.SKIP | Intent.DONE | Intent.MOVE),), care=None):
            return Request(Intent.SHOW_DAY) if _asks_in_time(turn) else None
        case Requests(all=(Request(intent=Intent.PROGRESS, slots=slots),), care=None) if slots.what != "week":
            return _progress_of(turn)
        case Between() | Suggest() | NoAnswer():
            other = Request(Intent.PROGRESS) if _asks_streak(turn) else None
        case Answer():
            other = _asks_day(turn, found)
        case _:
            return None
    if isinstance(understood, Answer) and not found.in_context and found.candidates[0].score >= SURELY_FITS_FROM:
        return other or _not_done(turn)
    return Request(Intent.SHOW_DAY) if _asks_in_time(turn) else _of_shown_session(turn) or other or _not_done(turn)


def _progress_of(turn: Turn) -> Request | None:
    """Return what a question about progress means by what was said just now: the weight, or the goal that was set."""
    if find_phrases(fold(turn.written), turn.language.reply_words.lost):
        return Request(Intent.PROGRESS, Slots(what="weight"))
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or change.intents != [Intent.TARGET] or turn.now - change.at > shown.KEPT:
        return None
    return Request(Intent.TARGET)


def _asks_day(turn: Turn, found: SearchResult) -> Request | None:
    """Return the day that a message rather asks to see than what an entry answers: "what's on, and how long is it"."""
    ranked = dict(found.intents.whole.intents) if found.intents is not None else {}
    likely = ranked.get(Intent.SHOW_DAY, 0) + ranked.get(Intent.SHOW_NEXT, 0)
    if likely < DAY_FROM or found.candidates[0].score >= FITS_FROM or found.in_context:
        return None
    return Request(Intent.SHOW_DAY, read_slots(Intent.SHOW_DAY, answering.heard(turn, turn.written)))


def _asks_in_time(turn: Turn) -> bool:
    """Say whether a message asks if today's session, which is still open, can yet be done: "is it too late"."""
    if not find_phrases(fold(turn.written), turn.language.reply_words.in_time) or turn.user.plan_start is None:
        return False
    asks = "?" in turn.written or begins_to_ask(turn)
    row = kept_session(turn, today_of(turn))
    return asks and row is not None and row.status == SessionStatus.PLANNED and row.asks is not SessionKind.RECOVERY


def _of_shown_session(turn: Turn) -> Request | None:
    """Return the page of the session that was shown, where a question is about its length or its parts."""
    if turn.shown_day is None:
        return None
    before = agreeing(turn) | turn.language.correction_words.fillers
    for clause in _CLAUSE.split(fold(turn.written)):
        words = clause.split()
        while words and words[0] in before:
            words = words[1:]
        asked, begins = " ".join(words), turn.language.reply_words.of_session
        if len(words) <= OF_SESSION_WORDS and any(asked == each or asked.startswith(f"{each} ") for each in begins):
            return Request(Intent.SHOW_DAY, Slots(day=turn.shown_day))
    return None


def _asks_streak(turn: Turn) -> bool:
    """Say whether a message speaks of the streak, which the page of progress tells."""
    return bool(find_phrases(fold(turn.written), turn.language.reply_words.streaks))


def _not_done(turn: Turn) -> Request | None:
    """Return the skip of a session that was not done: "did nothing thursday, was stuck at work"."""
    if "?" in turn.written or not find_phrases(fold(turn.written), turn.language.goal_words.undone):
        return None
    heard = answering.heard(turn, turn.written)
    day = read_slots(Intent.DONE, heard).day
    past = day is not None and day < today_of(turn)
    return Request(Intent.SKIP, Slots(day=day, reason=read_slots(Intent.SKIP, heard).reason)) if past else None
