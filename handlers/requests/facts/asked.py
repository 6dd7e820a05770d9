"""The single fact of one's own training that a message asks for, by what was shown and by what else answers it."""

from datetime import date, timedelta
from typing import Final

from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.workouts import RECOVERY
from coach.requests import INTENT_OF, SHOWING, Fact, Intent, Slots
from content.library import SearchResult
from content.understanding.requests.ranked import RankedIntents
from content.understanding.requests.reader import Request
from content.understanding.requests.slots.readers import read_slots
from content.understanding.understand import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    Requests,
    SmallTalk,
    Suggest,
    Understood,
)
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests.goals import answering
from handlers.training import next_session
from handlers.training.today import today_of
from services import plans

READ_FROM: Final = 0.25  # of any fact
OF_SHOWING: Final = 0.4  # of what is read as another request that only shows
OF_SHARE: Final = 0.5  # of the intent that it is, which the rest says to show whole
OF_CHANGING: Final = 0.65  # of what is read as a change
UNANSWERED: Final = 0.4  # where no entry answers
SHOWN_SESSION: Final = 0.25  # the same, behind a session that was shown
ANSWERED: Final = 0.6  # where one does
FITS_SURELY: Final = 0.6  # of an entry, whatever session was shown
ANSWERED_BEHIND_SESSION: Final = 0.35  # where one does, by the session that was shown before it
ANSWERED_SURELY: Final = 0.85  # and fits what was shown


def meant(turn: Turn, understood: Understood, found: SearchResult) -> Request | None:
    """Return the request for a single fact that a message is; of which session, the one that was shown tells too."""
    fact, likely = _fact_of(found.intents)
    if fact is None or likely < _needed(turn, understood, found, fact):
        return None
    user = turn.user
    if user.plan_start is None or user.plan_start > today_of(turn) or user.paused(turn.now):
        return None
    if user.prompt is not None or screening.is_blocked(turn):
        return None
    return Request(INTENT_OF[fact], _slots(turn, fact), fact)


def _fact_of(ranked: RankedIntents | None) -> tuple[Fact | None, float]:
    """Return the fact that a message or a part of it most likely asks for."""
    if ranked is None:
        return None, 0
    parts = [ranked.whole, *ranked.parts, *ranked.windows]
    facts = [part.fact for part in parts if part.fact is not None and part.fact[1] >= READ_FROM]
    return max(facts, key=lambda pair: pair[1], default=(None, 0.0))


def _needed(turn: Turn, understood: Understood, found: SearchResult, fact: Fact) -> float:
    """Return how likely a fact must be, by what is understood of the message else."""
    match understood:
        case Requests(all=(only,), care=None, answer=None):
            return _beside_request(only, found, fact)
        case Suggest() | NoAnswer() | Between():
            return SHOWN_SESSION if turn.shown_day is not None else UNANSWERED
        case Answer() if turn.shown_day is not None:
            fits = found.candidates[0].score >= FITS_SURELY and not found.in_context
            return ANSWERED if fits else ANSWERED_BEHIND_SESSION
        case Answer() if found.in_context:
            return ANSWERED_SURELY
        case Answer() | ExerciseRequest() | SmallTalk():
            return ANSWERED
    return float("inf")


def _beside_request(request: Request, found: SearchResult, fact: Fact) -> float:
    if request.intent is Intent.REMIND and not request.slots.said():
        return OF_SHOWING
    if request.intent is INTENT_OF[fact]:
        whole = dict(found.intents.whole.intents) if found.intents is not None else {}
        return max(READ_FROM, OF_SHARE * whole.get(request.intent, 0))
    return OF_SHOWING if request.intent in SHOWING else OF_CHANGING


def _slots(turn: Turn, fact: Fact) -> Slots:
    heard = answering.heard(turn, turn.written)
    if fact is Fact.VOLUME:
        week = read_slots(Intent.SHOW_WEEK, heard).week
        grows = find_phrases(fold(turn.written), turn.language.reply_words.next_week)
        return Slots(week="next" if week == "next" or grows else "this")
    named = read_slots(Intent.DONE if fact is Fact.LAST else Intent.SHOW_DAY, heard).day
    return Slots(day=named or _spoken_of(turn, fact))


def _spoken_of(turn: Turn, fact: Fact) -> date | None:
    """Return the day of the next session where that is named, or of the one that was shown, unless it is a rest."""
    today = today_of(turn)
    if find_phrases(fold(turn.written), turn.language.reply_words.next_one):
        return next_session.next_training(turn, today + timedelta(days=1))
    shown = turn.shown_day
    row = plans.of_day(turn.session, turn.user, shown, today) if shown is not None else None
    rests = row is None or (row.workout == RECOVERY and fact is not Fact.STANDS)
    return None if rests or fact is Fact.LAST else shown
