"""A fact of the past weeks: what was missed, and when something was done last, with which sets."""

from datetime import date
from typing import Final

from coach.buttons.session import ShowSession
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.week import PlannedWeek
from coach.planning.workouts import RECOVERY, WORKOUTS
from coach.profile import SessionKind, SessionStatus
from coach.requests import Slots
from content.rendering.keyboards import Button, Row
from db.models import TrainingSession
from db.queries import sessions
from handlers.framework.turn import Turn
from handlers.requests.facts import subject
from handlers.requests.outcome import Outcome, Step, about, dated, has_plan, is_kept
from handlers.training.strength import noted_sets
from handlers.training.today import KEEPS, dosed, today_of
from services import plans

RUN: Final = "run"
STRENGTH: Final = "strength"
ANY: Final = "session"


def missed(turn: Turn, _slots: Slots) -> Outcome:
    """Name the sessions of the past two weeks that were not done, and where those went that were moved."""
    if not has_plan(turn):
        return Step.ASKED
    today = today_of(turn)
    rows = {row.day: row for row in _past(turn) if row.day >= today - KEEPS}
    moved = plans.moved_to(_with_coming(turn, rows))
    lost = [row for row in rows.values() if _is_lost(row, today)]
    told = [
        {
            **subject.values(turn, row),
            "skipped": row.status == SessionStatus.SKIPPED,
            "moved": {"day": to, "days_off": (to - today).days} if (to := moved.get(row.day)) is not None else None,
        }
        for row in lost
    ]
    turn.reply("facts/missed", [[subject.week_button()]], sessions=told)
    return Step.SHOWN


def last(turn: Turn, slots: Slots) -> Outcome:
    """Say when a session was done last, of the kind that is spoken of or of any, how hard, and with which sets."""
    if not has_plan(turn):
        return Step.ASKED
    kind = _kind(turn)
    done = [row for row in _past(turn) if row.status == SessionStatus.DONE and _is(kind, row)]
    named = [row for row in done if row.day == slots.day]
    if not done:
        turn.reply("facts/last", [[subject.week_button()]], kind=kind, workout=None)
        return Step.SHOWN
    row = (named or done)[-1]
    about(turn, row)
    noted = noted_sets.noted(turn, dosed(turn, row), row.day)
    shown: list[Row] = [[Button("show_session", ShowSession(row.day))]] if is_kept(turn, row.day) else []
    turn.reply(
        "facts/last",
        shown,
        **dated(turn, row.day),
        kind=kind,
        workout=turn.language.workouts[row.workout],
        effort=row.effort,
        minutes_done=row.minutes_done,
        noted=[(turn.language.exercises[exercise].name, sets) for exercise, sets in noted.items()],
    )
    return Step.SHOWN


def _kind(turn: Turn) -> str:
    said, words = fold(turn.written), turn.language.reply_words
    if find_phrases(said, words.strengths):
        return STRENGTH
    return RUN if find_phrases(said, words.runs) else ANY


def _is(kind: str, row: TrainingSession) -> bool:
    if kind == STRENGTH:
        return row.asks is SessionKind.STRENGTH
    return kind == ANY or WORKOUTS[row.workout].runs


def _past(turn: Turn) -> list[TrainingSession]:
    """Return the stored sessions up to today that are no rest, in the order of their days."""
    today, seen = today_of(turn), sessions.lately(turn.session, [turn.user])[turn.user.id]
    rows = sessions.of_days(turn.session, turn.user, [each.day for each in seen if each.day <= today])
    return [row for day, row in sorted(rows.items()) if row.workout != RECOVERY]


def _is_lost(row: TrainingSession, today: date) -> bool:
    return row.status == SessionStatus.SKIPPED or (row.status == SessionStatus.PLANNED and row.day < today)


def _with_coming(turn: Turn, rows: dict[date, TrainingSession]) -> dict[date, TrainingSession]:
    """Return these sessions and those of the days to come in this week."""
    today = today_of(turn)
    week = plans.current_week(turn.session, turn.user, today)
    days = [each.day for each in week.days if each.day >= today] if isinstance(week, PlannedWeek) else []
    return rows | sessions.of_days(turn.session, turn.user, days)
