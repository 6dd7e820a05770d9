"""The single fact of one's own training that a message asks for, by what was shown and by what else answers it."""

from datetime import date, timedelta
from typing import Final

from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.workouts import RECOVERY
from coach.requests import INTENT_OF, SHOWING, Fact, Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    Requests,
    SmallTalk,
    Suggest,
    Understood,
)
from content.understanding.requests.ranked import RankedIntents
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests.context.likely import begins_to_ask
from handlers.requests.facts import clauses
from handlers.requests.goals import answering
from handlers.training import next_session
from handlers.training.today import today_of
from services import plans

READ_FROM: Final = 0.25  # of any fact
PART_FROM: Final = 0.5  # of one that only a part of a message asks for
CHANGED_FROM: Final = 0.5  # of what a whole message changes, whatever a part of it asks
OF_SHOWING: Final = 0.6  # of what is read as another request that only shows
OF_SHARE: Final = 0.3  # of the intent that it is, which the rest says to show whole
PARTS_SHARE: Final = 0.95  # the same of the parts of a session, which its page lists as well
OF_CHANGING: Final = 0.65  # of what is read as a change
UNANSWERED: Final = 0.6  # where no entry answers
SHOWN_SESSION: Final = 0.25  # the same, behind a session that was shown
ANSWERED: Final = 0.6  # where one does
FITS_SURELY: Final = 0.6  # of an entry, whatever session was shown
ANSWERED_BEHIND_SESSION: Final = 0.35  # where one does, by the session that was shown before it
ANSWERED_SURELY: Final = 0.85  # and fits what was shown

OF_SESSION: Final = frozenset({
    Fact.MINUTES, Fact.HOUR, Fact.PARTS, Fact.WARM_UP, Fact.EFFORT, Fact.PLACE, Fact.NEEDS,
})  # fmt: skip
"""Facts that an answer can be asked about as well."""


LIKE_PLACE: Final = frozenset({Intent.SHOW_DAY, Intent.START, Intent.DONE, Intent.EASIER})
"""Intents that a question about where to do a session is taken for: "the smog is thick, can I do it inside?"."""


def meant(turn: Turn, understood: Understood, found: SearchResult) -> Request | None:
    """Return the request for a single fact that a message is; of which session, the one that was shown tells too."""
    if found.intents is None or not _has_training(turn):
        return None
    fact, likely = _asked(turn, understood, found.intents)
    if fact is Fact.HOUR and find_phrases(fold(turn.written), turn.language.reply_words.in_time):
        return None  # whether it can still be done is told by its page
    if fact is None or likely < _needed(turn, understood, found, fact):
        return None
    return Request(INTENT_OF[fact], _slots(turn, fact), fact)


def where(turn: Turn, understood: Understood) -> Request | None:
    """Return the request for where a session is done, where somebody asks whether it can be inside, or in bad air.

    "The air is bad, should I go outside?", "can I do something inside instead, only today?".
    """
    words, said = turn.language.reply_words, fold(turn.written)
    heard = answering.heard(turn, turn.written)
    match understood:
        case Suggest() | NoAnswer() | Between() | Answer():
            pass
        case Requests(all=(Request(intent=Intent.EQUIPMENT),)) if _uses_once(turn):
            return Request(INTENT_OF[Fact.PLACE], _slots(turn, Fact.PLACE), Fact.PLACE) if _has_training(turn) else None
        case Requests(all=(Request(intent=Intent.EQUIPMENT, slots=slots),)) if slots.remove is None:
            pass  # "there's a treadmill at the motel, can I just run on that"
        case Requests(all=every) if all(each.intent in LIKE_PLACE and each.slots.effort is None for each in every):
            pass
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),)) if slots.to_day in {None, today_of(turn)}:
            pass
        case Requests(all=(Request(intent=Intent.SWAP, slots=slots),)) if slots.exercise is None:
            pass
        case _:
            return None
    own = bool(heard.days) or bool(find_phrases(said, words.it | turn.language.vocabulary.requests.training))
    belt = not isinstance(understood, Answer) and find_phrases(said, turn.language.week_words.treadmills)
    indoors = find_phrases(said, words.inside | turn.language.week_words.in_gym)
    inside = (indoors or belt) and own and turn.shown_entry is None
    asks = _asks(turn) and bool(find_phrases(said, turn.language.person_words.allowed))
    inside = inside or (not isinstance(understood, Answer) and _names_place(turn))
    if not asks or not (inside or find_phrases(said, words.bad_air)) or not _has_training(turn):
        return None
    return Request(INTENT_OF[Fact.PLACE], _slots(turn, Fact.PLACE), Fact.PLACE)


def _names_place(turn: Turn) -> bool:
    """Say whether it is asked if the session can be done at some place: "can I do it at the car park?"."""
    words, ours = turn.language.reply_words, turn.language.week_words
    clause = clauses.asking(turn, turn.language.person_words.allowed) if turn.shown_entry is None else None
    if clause is None or find_phrases(clause, ours.at_times | ours.later_today):
        return False
    return bool(find_phrases(clause, words.it)) and bool(find_phrases(clause, ours.at_place))


def _uses_once(turn: Turn) -> bool:
    """Say whether it is asked if a session can be done on the treadmill that is there: "can I just run on that?"."""
    words, ours = turn.language.reply_words, turn.language.week_words
    clause = clauses.asking(turn, turn.language.person_words.allowed)
    lasts = find_phrases(fold(turn.written), words.for_good)
    named = find_phrases(fold(turn.written), ours.treadmills)
    return clause is not None and bool(named) and not lasts and bool(find_phrases(clause, words.it | words.runs))


def _has_training(turn: Turn) -> bool:
    """Say whether there is a plan whose sessions can be asked about now."""
    user, today = turn.user, today_of(turn)
    begun = user.plan_start is not None and user.plan_start <= today and not user.paused(turn.now)
    return begun and user.prompt is None and not screening.is_blocked(turn)


def _asked(turn: Turn, understood: Understood, ranked: RankedIntents) -> tuple[Fact | None, float]:
    """Return the fact that a message most likely asks for, or a part of it; where it is another request, the whole."""
    intents = {each.intent for each in understood.all} if isinstance(understood, Requests) else set(Intent)
    best = ranked.whole.best
    changes = best is not None and best[0] not in SHOWING and best[1] >= CHANGED_FROM
    answers = isinstance(understood, Answer) and turn.shown_day is None
    parts = (*ranked.parts, *ranked.windows) if _asks(turn) and not changes and not answers else ()
    told = [part.fact for part in parts if part.fact is not None and part.fact[1] >= PART_FROM]
    facts = [each for each in told if INTENT_OF[each[0]] in intents]
    if ranked.whole.fact is not None:
        facts.append(ranked.whole.fact)
    return max(facts, key=lambda pair: pair[1], default=(None, 0.0))


def _needed(turn: Turn, understood: Understood, found: SearchResult, fact: Fact) -> float:
    """Return how likely a fact must be, by what is understood of the message else."""
    if isinstance(understood, Requests):
        return _beside_requests(understood, found, fact)
    if turn.shown_entry is not None and fact in OF_SESSION and not _names_training(turn):
        return float("inf")  # "how long, though?" is about the answer
    match understood:
        case Suggest() | NoAnswer() | Between():
            near = SHOWN_SESSION if turn.shown_day is not None else UNANSWERED
            return near if _asks(turn) else ANSWERED  # "the second one, I guess"
        case Answer() if turn.shown_day is not None:
            fits = found.candidates[0].score >= FITS_SURELY and not found.in_context
            return ANSWERED if fits else ANSWERED_BEHIND_SESSION
        case Answer() | ExerciseRequest() | SmallTalk():
            return ANSWERED_SURELY if found.in_context else ANSWERED
    return float("inf")


def _asks(turn: Turn) -> bool:
    return "?" in turn.written or begins_to_ask(turn)


def _names_training(turn: Turn) -> bool:
    """Say whether a day is named, or training by a word for it."""
    heard = answering.heard(turn, turn.written)
    return bool(heard.days) or bool(find_phrases(heard.said, heard.words.requests.training))


def _beside_requests(understood: Requests, found: SearchResult, fact: Fact) -> float:
    if len(understood.all) > 1 or understood.care is not None or understood.answer is not None:
        return float("inf")
    (request,) = understood.all
    if request.intent is Intent.REMIND and not request.slots.said():
        return OF_SHOWING
    if request.intent is INTENT_OF[fact]:
        whole = dict(found.intents.whole.intents) if found.intents is not None else {}
        share = PARTS_SHARE if fact is Fact.PARTS else OF_SHARE
        return max(READ_FROM, share * whole.get(request.intent, 0))
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
