"""Messages of which only the day is understood: to move or to skip its session is offered."""

from datetime import date, timedelta
from typing import Final

from coach.buttons.plan import ShowDay, ShowWeek
from coach.buttons.questions import SendToCurators
from coach.parsing.mentions.phrases import find_phrases
from coach.planning.workouts import RECOVERY
from coach.requests import Intent, Slots
from coach.user_errors import StaleButton
from content.library import SearchResult
from content.rendering.keyboards import Button
from content.understanding.meanings import Answer, Between, NoAnswer, Requests, Suggest, Understood
from content.understanding.requests.classifier.thresholds import SURELY_ANSWERED
from content.understanding.requests.request import Request
from content.understanding.smalltalk.phrases import words_of
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import misses
from handlers.requests.context.likely import begins_to_ask
from handlers.requests.goals import answering
from handlers.requests.outcome import dated, do
from handlers.training import plan
from handlers.training.today import today_of

AHEAD: Final = timedelta(days=13)
AWAY_FROM: Final = 0.5  # how likely it must be, where an entry seems to answer
ASKS_AT_MOST: Final = 0.5  # how likely a question is no message about a day


def offer(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Offer to move or to skip the session of the one day that a message names; return whether it does."""
    match understood:
        case NoAnswer() | Suggest():
            day = _named_day(turn) if _tells(turn, found) else None
        case Answer() if not found.in_context and _may_skip(found) and not begins_to_ask(turn):
            day = _named_day(turn) if _tells(turn, found) else None
        case Requests(all=(Request(intent=Intent.SHOW_DAY),), care=None) | Between():
            day = None  # unless it is asked whether it must be
        case _:
            return False
    if find_phrases(answering.heard(turn, turn.written).said, turn.language.goal_words.asks_due):
        day = _named_day(turn) or today_of(turn)  # "do i still have to"
    return day is not None and offer_day(turn, day)


def offer_day(turn: Turn, day: date) -> bool:
    """Offer to move or to skip the session of a day, or say that none stands there; return whether that can be said."""
    if turn.user.plan_start is None or screening.is_blocked(turn):
        return False
    today = today_of(turn)
    try:
        _, planned = plan.find_planned(turn, day, today)
    except StaleButton:
        return False
    rest = planned.workout == RECOVERY
    if not rest and not planned.open:
        return False
    number = misses.keep(turn, turn.written)
    misses.understood(turn)
    move, skip = (Intent.MOVE, Slots(from_day=day)), (Intent.SKIP, Slots(day=day))
    ways = [] if rest else [do("request_move", *move), do("request_skip", *skip)]
    turn.say(
        "requests/about_day",
        [ways, [Button("show_session", ShowDay(day)), Button("my_week", ShowWeek(0))],
         [Button("none_of_these", SendToCurators(number))]],
        workout=turn.language.workouts[planned.workout],
        rest=rest,
        **dated(turn, day),
    )  # fmt: skip
    if not rest:
        turn.note_offered(move, skip)
    return True


def _may_skip(found: SearchResult) -> bool:
    """Say whether what an entry seems to answer is rather a day without training: "no exercise for me on friday"."""
    ranked = found.intents.whole.intents if found.intents is not None else ()
    away = sum(each for intent, each in ranked if intent in {Intent.SKIP, Intent.MOVE, Intent.PAUSE})
    return away >= AWAY_FROM and found.candidates[0].score < SURELY_ANSWERED


def _tells(turn: Turn, found: SearchResult) -> bool:
    """Say whether a message tells something, and asks nothing."""
    asked = found.intents.whole.question if found.intents is not None else 0
    first = words_of(turn.written)[:1]
    begins = bool(first) and not turn.language.vocabulary.answers.asking.isdisjoint(first)
    return "?" not in turn.written and not begins and asked <= ASKS_AT_MOST


def _named_day(turn: Turn) -> date | None:
    """Return the only day that is named, where it is today or one of the two weeks from it."""
    today = today_of(turn)
    days = answering.heard(turn, turn.written).named_dates
    ahead = [day for day in days if day is not None and today <= day <= today + AHEAD]
    return ahead[0] if len(days) == 1 and ahead else None
