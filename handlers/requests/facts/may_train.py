"""Answers to whether a session is to be done at all: "should I still do it?", "do I skip?", "can I do Saturday?"."""

from datetime import date, timedelta
from typing import Final

from coach.buttons.plan import ShowDay
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.state.pain_gate import pain_gate
from coach.planning.workouts import RECOVERY, WORKOUTS
from coach.profile import SessionStatus
from coach.requests import SHOWING, Intent, Slots
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button
from content.understanding.meanings import Answer, Between, Understood
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests.facts import clauses, of_session, subject
from handlers.requests.goals import answering
from handlers.requests.outcome import Step, do
from handlers.training.plan import find_planned
from handlers.training.today import today_of
from services import plans

FAR: Final = timedelta(days=13)
RECENT: Final = timedelta(days=2)  # in which a pain that was told still counts


def tell(turn: Turn, understood: Understood, intent: Intent | None, *, surely_answered: bool) -> bool:
    """Say whether a session can go ahead, by what was told of pain, and offer to move or skip it."""
    clause = clauses.asking(turn, turn.language.week_words.may_train)
    if clause is None or turn.user.paused(turn.now) or screening.is_blocked(turn):
        return False
    if not _is_meant(turn, clause, intent) or (surely_answered and _tells_more(turn, clause)):
        return False
    day = _day(turn, clause)
    of_entry = isinstance(understood, Answer) and turn.shown_entry is not None
    if day is None or (of_entry and not answering.heard(turn, clause).days):
        return False
    row = _session(turn, day)
    if row is None or (row.workout == RECOVERY and _may_move(understood)):
        return False
    if row.workout == RECOVERY or row.status != SessionStatus.PLANNED or day < today_of(turn):
        return of_session.stands(turn, Slots(day=day)) is Step.SHOWN
    level = _pain(turn)
    move, skip = (Intent.MOVE, Slots(from_day=day)), (Intent.SKIP, Slots(day=day))
    turn.say(
        "facts/may_train",
        [[do("request_move", *move), do("request_skip", *skip)], [Button("show_session", ShowDay(day))]],
        **subject.values(turn, row),
        level=level,
        gate=pain_gate(level).value if level is not None else None,
        gentle=WORKOUTS[row.workout].gentle,
    )
    turn.note_offered(move, skip)
    return True


def _tells_more(turn: Turn, clause: str) -> bool:
    """Say whether a message tells what an entry may be about, beside the clause: "I have a cold. Should I train?"."""
    rest = fold(turn.written).replace(clause, "")
    return not clauses.says_no_more(turn, rest, little=turn.language.week_words.may_little)


def _is_meant(turn: Turn, clause: str, intent: Intent | None) -> bool:
    """Say whether a clause asks nothing else, whatever the message was read as."""
    ours = turn.language.week_words
    alone = clauses.says_no_more(turn, clause, ours.may_train, ours.sessions, little=ours.may_little)
    if not alone or find_phrases(fold(turn.written), turn.language.reply_words.bad_air):
        return False
    if intent is Intent.SKIP:
        return clauses.is_question(turn) and bool(find_phrases(clause, ours.asks_skip))
    if intent is Intent.DONE:
        return bool(find_phrases(clause, turn.language.goal_words.asks_due))
    return intent is None or intent in SHOWING


def _day(turn: Turn, clause: str) -> date | None:
    """Return the day that the clause names, the one that was shown, or today."""
    today = today_of(turn)
    days = answering.heard(turn, clause).named_dates
    days = days or answering.heard(turn, turn.written).named_dates
    if len(days) > 1:
        return None
    day = days.pop() if days else None
    shown = turn.shown_day if turn.shown_day is not None and turn.shown_day >= today else today
    found = day or shown
    return found if today <= found <= today + FAR else None


def _may_move(understood: Understood) -> bool:
    """Say whether a session may be meant to move to the day that is named."""
    return isinstance(understood, Between) and any(each.intent is Intent.MOVE for each in understood.requests)


def _session(turn: Turn, day: date) -> TrainingSession | None:
    today = today_of(turn)
    try:
        find_planned(turn, day, today)
    except StaleButton:
        return None
    return plans.of_day(turn.session, turn.user, day, today)


def _pain(turn: Turn) -> int | None:
    """Return the pain that was told of the last days, the latest of them."""
    today = today_of(turn)
    days = (today - timedelta(days=each) for each in range(RECENT.days + 1))
    rows = (plans.of_day(turn.session, turn.user, day, today) for day in days)
    return next((row.pain for row in rows if row is not None and row.pain is not None), None)
