"""Undoing the last change: asked for in words, or by its button."""

from datetime import UTC, datetime
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.plan import ShowWeek
from coach.buttons.requests import UndoChange
from coach.buttons.session import ShowToday
from coach.profile import SessionStatus
from coach.reminders.local_time import local_day
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.rendering.keyboards import Button, Row
from content.understanding.requests.several import CERTAIN
from db.models import LastChange, TrainingSession
from db.queries.guides import extra_sessions
from handlers.framework.turn import Turn
from handlers.requests.outcome import Outcome, Step, dated
from handlers.training import marking, today
from handlers.training.guide import extra_sessions as own_log
from handlers.training.today import kept_session, today_of
from services import last_change

NEVER: Final = datetime.min.replace(tzinfo=UTC)


def undo(turn: Turn, _slots: Slots) -> Outcome:
    """Undo the last change; what was logged or marked by its button since goes first."""
    marked, change = _marked_today(turn), last_change.last(turn.session, turn.user, turn.now)
    extra = extra_sessions.latest(turn.session, turn.user.id)
    if extra is not None and turn.now - extra.at <= last_change.KEPT and extra.at > _latest(marked, change):
        own_log.take_back(turn, extra)
        return Step.SHOWN
    if marked is not None and (change is None or (marked.changed_at or change.at) > change.at):
        _take_back_mark(turn, marked)
        return Step.SHOWN
    undone = last_change.undo(turn.session, turn.user, turn.now)
    turn.close_prompt()
    turn.reply("requests/undone" if undone else "requests/nothing_to_undo", _ways(), **_what(undone))
    return Step.SHOWN


def is_possible(turn: Turn) -> bool:
    """Say whether there is a change, or something that was logged or marked, that can be undone."""
    extra = extra_sessions.latest(turn.session, turn.user.id)
    logged = extra is not None and turn.now - extra.at <= last_change.KEPT
    changed = last_change.last(turn.session, turn.user, turn.now) is not None
    return changed or logged or _marked_today(turn) is not None


def pressed(turn: Turn, action: UndoChange) -> None:
    """Undo the change of the pressed message, where it is the last one."""
    undone = last_change.undo(turn.session, turn.user, turn.now, action.number)
    if undone is None:
        turn.answer_callback("requests/nothing_to_undo", alert=True)
        return
    turn.close_prompt()
    turn.reply("requests/undone", _ways(), **_what(undone))


def ask_older(turn: Turn, found: SearchResult) -> bool:
    """Ask before a change is taken back by words that may mean something newer: "put it back", "not what I meant".

    It is of a day before, or an answer was shown since.

    Return whether that was asked.
    """
    change = last_change.last(turn.session, turn.user, turn.now)
    parts = [] if found.intents is None else [found.intents.whole, *found.intents.parts[:1]]
    plainly = any(dict(part.intents).get(Intent.UNDO, 0) >= CERTAIN for part in parts)
    day = local_day(change.at, turn.user.zone or "UTC") if change is not None else None
    if change is None or change.id is None or day is None:
        return False
    at = turn.user.shown_at
    answered = turn.shown_entry is not None and at is not None and at >= change.at
    if answered:
        plainly = found.intents is not None and found.intents.exact is Intent.UNDO
    if plainly or (day >= today_of(turn) and not answered):
        return False
    back = UndoChange(change.id)
    rows: list[Row] = [[Button("undo", back), Button("keep_it_so", Dismiss())]]
    turn.say("requests/undo_older", rows, intents=tuple(change.intents), **dated(turn, day))
    turn.let_words_answer(back, Dismiss())
    return True


def _marked_today(turn: Turn) -> TrainingSession | None:
    """Return today's session where something was said of it."""
    if turn.user.plan_start is None:
        return None
    row = kept_session(turn, today_of(turn))
    return row if row is not None and row.status != SessionStatus.PLANNED else None


def _latest(marked: TrainingSession | None, change: LastChange | None) -> datetime:
    """Return when the last of these was done."""
    moments = [marked.changed_at if marked is not None else None, change.at if change is not None else None]
    return max((moment for moment in moments if moment is not None), default=NEVER)


def _take_back_mark(turn: Turn, row: TrainingSession) -> None:
    marking.take_back(turn, row)
    rows = [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))]]
    turn.reply("requests/unmarked", rows, workout=today.dosed(turn, row), **dated(turn, row.day))


def _ways() -> list[Row]:
    return [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))]]


def _what(undone: last_change.Undone | None) -> dict[str, object]:
    return {"intents": undone.intents} if undone else {}
