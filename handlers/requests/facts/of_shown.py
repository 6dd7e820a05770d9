"""Questions about the session or exercise that was shown: its figures, whether it is enough, whether it is planned."""

from datetime import date, timedelta
from typing import Final

from coach.buttons.account import Change
from coach.buttons.questions import ShowExercise
from coach.parsing.mentions.phrases import find_phrases
from coach.planning.inputs import DEFAULT_MINUTES, Experience
from coach.planning.workouts import RECOVERY
from coach.profile import PromptKind, SessionKind
from coach.requests import SHOWING, Intent, Slots
from content.rendering.keyboards import Button
from content.understanding.meanings import Answer, Understood
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import exercises, faq
from handlers.requests.context.lone_figures import TYPICAL_RAISES
from handlers.requests.facts import clauses, parts, subject
from handlers.requests.outcome import Step, dated
from handlers.training.today import dosed, today_of
from services import last_change, plans, shown

AHEAD: Final = 14  # days in which an exercise is looked for
MOST_WORDS: Final = 8  # of a message that says how short a session is


def tell(turn: Turn, understood: Understood, intent: Intent | None) -> bool:
    """Answer a question about what was shown or told just now; return whether a message is one."""
    if turn.user.paused(turn.now) or screening.is_blocked(turn):
        return False
    if intent in {None, *SHOWING, Intent.WEIGHT, Intent.RAISES} and _tell_how_good(turn):
        return True
    if intent in {None, *SHOWING, Intent.HARDER, Intent.EASIER} and (
        _tell_enough(turn, understood) or _tell_effort(turn)
    ):
        return True
    if intent not in {None, *SHOWING}:
        return False
    return _tell_figures(turn) or _tell_planned(turn) or _show_technique(turn)


def _tell_figures(turn: Turn) -> bool:
    """List the sets, repetitions and rounds of the session that was shown: "in numbers, please"."""
    ours, row = turn.language.week_words, _shown_session(turn)
    clause = clauses.asking(turn, ours.in_figures) if row is not None else None
    if row is None or clause is None or not clauses.says_no_more(turn, clause, ours.in_figures, little=ours.may_little):
        return False
    return parts.in_order(turn, Slots(day=row.day)) is Step.SHOWN


def _tell_enough(turn: Turn, understood: Understood) -> bool:
    """Say why a session is as short as it is, and offer more: "isn't that a bit short?"."""
    ours, row = turn.language.week_words, _shown_session(turn) or _done_now(turn)
    clause = clauses.asking(turn, ours.too_short) if row is not None else None
    if row is None or clause is None or len(turn.written.split()) > MOST_WORDS:
        return False
    doubts = clauses.is_question(turn) or find_phrases(clause, ours.doubt)
    alone = clauses.says_no_more(turn, clause, ours.too_short, ours.sessions, little=ours.doubt)
    if not doubts or not alone or (isinstance(understood, Answer) and turn.shown_entry is not None):
        return False
    turn.say(
        "facts/enough",
        [[Button("change_minutes", Change(PromptKind.MINUTES)), Button("more_days", Change(PromptKind.DAYS))],
         *subject.rows(turn, row)],
        **subject.values(turn, row),
        most=turn.user.minutes or DEFAULT_MINUTES,
        new=turn.user.experience == Experience.NEW,
    )  # fmt: skip
    return True


def _tell_effort(turn: Turn) -> bool:
    """Say how hard a session is meant to be, where that is asked: "is it meant to be that hard?"."""
    ours, row = turn.language.week_words, _shown_session(turn) or _done_now(turn)
    clause = clauses.asking(turn, ours.how_hard) if row is not None else None
    if row is None or clause is None or turn.shown_entry is not None:
        return False
    asks = "?" in turn.written or clause.split()[0] in turn.language.vocabulary.answers.asking
    alone = clauses.says_no_more(turn, clause, ours.how_hard, ours.sessions, little=ours.doubt | ours.may_little)
    if not asks or not alone:  # "that was too easy" is a wish for more
        return False
    return parts.effort(turn, Slots(day=row.day)) is Step.SHOWN


def _tell_planned(turn: Turn) -> bool:
    """Say on which days an exercise comes that was shown: "is that in my plan?"."""
    ours = turn.language.week_words
    exercise = turn.shown.exercise if turn.shown is not None else None
    page = turn.language.exercises.get(exercise or "")
    clause = clauses.asking(turn, ours.in_my_plan) if page is not None else None
    if page is None or clause is None or not clauses.says_no_more(turn, clause, ours.in_my_plan):
        return False
    days = [
        {**dated(turn, row.day), "workout": dosed(turn, row)}
        for row in _ahead(turn)
        if any(each.exercise == page.slug for each in dosed(turn, row).exercises)
    ]
    turn.say("facts/exercise_days", [[subject.week_button()]], exercise=page, days=days)
    return True


def _show_technique(turn: Turn) -> bool:
    """Show how the exercise is done that was shown, those of the session, or the list: "am I doing it wrong?"."""
    ours = turn.language.week_words
    clause = clauses.asking(turn, ours.technique)
    if clause is None or not clauses.says_no_more(turn, clause, ours.technique, little=ours.may_little):
        return False
    exercise = turn.shown.exercise if turn.shown is not None else None
    if exercise is not None:
        exercises.exercise(turn, ShowExercise(exercise))
        return True
    row = _shown_session(turn) or _done_now(turn)
    if row is not None and row.asks is SessionKind.STRENGTH:
        return parts.in_order(turn, Slots(day=row.day)) is Step.SHOWN
    if row is not None or turn.shown_entry is not None:
        return False
    exercises.exercises(turn)
    return True


def _tell_how_good(turn: Turn) -> bool:
    """Show what is typical where raises were told just now: "is that good at 71?"."""
    ours = turn.language.week_words
    clause = clauses.asking(turn, ours.how_good)
    change = last_change.last(turn.session, turn.user, turn.now) if clause is not None else None
    told = change is not None and change.intents == [Intent.RAISES] and turn.now - change.at <= shown.KEPT
    entry = turn.language.entries.get(TYPICAL_RAISES)
    if not told or entry is None or not clauses.is_question(turn):
        return False
    faq.show(turn, entry)
    return True


def _shown_session(turn: Turn) -> TrainingSession | None:
    """Return the session that was shown last, unless it is a rest."""
    return _session(turn, turn.shown_day) if turn.shown_day is not None else None


def _done_now(turn: Turn) -> TrainingSession | None:
    """Return today's session where it was said just now to be done."""
    change = last_change.last(turn.session, turn.user, turn.now)
    told = change is not None and Intent.DONE in change.intents and turn.now - change.at <= shown.KEPT
    return _session(turn, today_of(turn)) if told else None


def _session(turn: Turn, day: date) -> TrainingSession | None:
    row = plans.of_day(turn.session, turn.user, day, today_of(turn))
    return row if row is not None and row.workout != RECOVERY else None


def _ahead(turn: Turn) -> list[TrainingSession]:
    today = today_of(turn)
    days = (today + timedelta(days=each) for each in range(AHEAD))
    return [row for day in days if (row := _session(turn, day)) is not None]
