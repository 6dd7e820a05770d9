"""The log of own intervals: sessions beside the plan, with the rounds that were done and how hard they were.

The planned session of the day stays open, unless the person says that they stand for it.
"""

from datetime import date, timedelta
from typing import Final

from coach.buttons.guide import (
    AskExtraRounds,
    CountExtra,
    DropExtra,
    LogIntervals,
    LogOwn,
    RateExtra,
    SetExtraRounds,
)
from coach.buttons.plan import ShowWeek
from coach.buttons.session import MarkDone, MarkPlanned, ShowToday
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.workouts import HARD
from coach.profile import SessionKind, SessionStatus
from coach.reminders.local_time import local_day
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row, Titled
from db.models import ExtraSession, LiveGuide, OwnIntervals, TrainingSession
from db.queries.guides import extra_sessions, live_guides, own_intervals
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.training import marking
from handlers.training.guide import live
from handlers.training.guide.intervals import intervals_of
from handlers.training.today import KEEPS, dosed, kept_session, next_workout, today_of
from services.live_guides import is_worth_logging, run_of

MEANT: Final = timedelta(minutes=30)
"""After a guide through own intervals the time in which "done" means them."""

WAYS: Final[Row] = [Button("my_week", ShowWeek(0)), Button("today", ShowToday())]
_A_ROW: Final = 6  # buttons


def log_guided(turn: Turn, action: LogOwn) -> None:
    """Log what a live guide counted, with its effort; another number changes that."""
    guide = live_guides.find(turn.session, turn.user.id, action.guide)
    if guide is None or not _is_open(turn, guide) or not 1 <= action.effort <= 10:
        raise StaleButton
    extra = extra_sessions.of_guide(turn.session, turn.user.id, action.guide) or _of_guide(turn, guide)
    extra.effort = action.effort
    _show(turn, extra)


def log_heard(turn: Turn, action: LogIntervals) -> None:
    """Log intervals that were done with the guide in the ear, all of their rounds until fewer are said."""
    row = own_intervals.find(turn.session, turn.user.id, action.intervals)
    if row is None:
        raise StaleButton
    guide = live_guides.of_user(turn.session, turn.user.id)
    if guide is not None and guide.over_at is None and guide.day is None and guide.title == row.name:
        live.stop(turn, guide)
        return
    counted = _unlogged(turn)
    last = extra_sessions.latest(turn.session, turn.user.id)
    took = timedelta(seconds=intervals_of(row).seconds)
    if counted is not None and counted.title == row.name:
        _show(turn, _of_guide(turn, counted))
    elif last is not None and last.title == row.name and turn.now - last.at < took:
        turn.answer_callback("today/already")
    else:
        _show(turn, _heard(turn, row))


def take_done(turn: Turn, effort: int | None) -> bool:
    """Take "done" for own intervals where they were done just now; return whether it was."""
    last = extra_sessions.latest(turn.session, turn.user.id)
    if (guide := _unlogged(turn)) is not None:
        extra = _of_guide(turn, guide)
    elif last is not None and effort is not None and last.effort is None and turn.now - last.at <= MEANT:
        extra = last
    elif (row := _heard_lately(turn, last)) is not None:
        _ask_which(turn, row)
        return True
    else:
        return False
    extra.effort = effort
    if find_phrases(fold(turn.written), turn.language.goal_words.counting) and _open_session(turn, extra) is not None:
        count(turn, CountExtra(extra.id or 0))
        return True
    _show(turn, extra)
    return True


def rate(turn: Turn, action: RateExtra) -> None:
    """Take how hard it was."""
    extra = _found(turn, action.extra)
    if not 1 <= action.effort <= 10:
        raise StaleButton
    extra.effort = action.effort
    _show(turn, extra)


def ask_rounds(turn: Turn, action: AskExtraRounds) -> None:
    """Ask how many rounds it was."""
    extra = _found(turn, action.extra)
    counts = [
        Button("number", SetExtraRounds(action.extra, count), {"number": count}) for count in range(1, extra.rounds + 1)
    ]
    turn.reply("guide/extra_rounds", [counts[first : first + _A_ROW] for first in range(0, len(counts), _A_ROW)])


def set_rounds(turn: Turn, action: SetExtraRounds) -> None:
    """Take how many rounds it was; how long that took nobody knows."""
    extra = _found(turn, action.extra)
    if not 1 <= action.rounds <= extra.rounds:
        raise StaleButton
    if action.rounds != extra.rounds_done:
        extra.rounds_done, extra.minutes_done = action.rounds, None
    _show(turn, extra)


def count(turn: Turn, action: CountExtra) -> None:
    """Let it stand for the day's session, which is done by that."""
    extra = _found(turn, action.extra)
    session = _open_session(turn, extra)
    if session is None:
        raise StaleButton
    marking.mark(turn, session, SessionStatus.DONE, effort=extra.effort)
    session.minutes_done, extra.instead = extra.minutes_done, True
    _show(turn, extra)


def drop(turn: Turn, action: DropExtra) -> None:
    """Take it out of the log."""
    take_back(turn, _found(turn, action.extra))


def take_back(turn: Turn, extra: ExtraSession) -> None:
    """Take an extra session out of the log; the session that it stood for is open again."""
    session = kept_session(turn, extra.day) if extra.instead else None
    if session is not None and session.status == SessionStatus.DONE:
        marking.take_back(turn, session)
    turn.session.delete(extra)
    turn.reply(
        "guide/extra_dropped", [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))]], title=extra.title
    )


def _show(turn: Turn, extra: ExtraSession) -> None:
    """Say what is logged, and what can still be said of it."""
    values = log(turn, extra)
    number = extra.id or 0
    fewer = [Button("extra_fewer", AskExtraRounds(number))] if extra.rounds > 1 and extra.guide is None else []
    undo = Button("undo", MarkPlanned(extra.day) if extra.instead else DropExtra(number))
    turn.reply("guide/extra", [*rows(turn, extra), [*fewer, undo], WAYS], **values)


def log(turn: Turn, extra: ExtraSession) -> dict[str, object]:
    """Store an extra session, and return the values of the message that says what is logged."""
    turn.session.add(extra)
    turn.session.flush()
    session = kept_session(turn, extra.day) if extra.instead else None
    following = next_workout(turn, extra.day) if turn.user.plan_start is not None else None
    return {
        "title": extra.title,
        "rounds": extra.rounds,
        "rounds_done": extra.rounds_done,
        "minutes": extra.minutes_done,
        "effort": extra.effort,
        "instead": dosed(turn, session) if session is not None else None,
        "planned": _planned(turn, extra.day) is not None,
        "hard_tomorrow": following if following is not None and following.slug in HARD else None,
        "is_today": extra.day == today_of(turn),
    }


def rows(turn: Turn, extra: ExtraSession) -> list[Row]:
    """Return the buttons for what can still be said: how hard it was, and that it stands for the day's session."""
    number, found = extra.id or 0, list[Row]()
    if extra.effort is None:
        efforts = [Button("number", RateExtra(number, effort), {"number": effort}) for effort in range(1, 11)]
        found += [efforts[:5], efforts[5:]]
    if _open_session(turn, extra) is not None:
        found.append([Button("extra_counts", CountExtra(number))])
    return found


def is_unrated(turn: Turn) -> bool:
    """Say whether an extra session was logged just now, and how hard it was was asked."""
    last = extra_sessions.latest(turn.session, turn.user.id)
    return last is not None and last.effort is None and turn.now - last.at <= MEANT


def _ask_which(turn: Turn, row: OwnIntervals) -> None:
    """Ask whether the intervals were done or the session of the plan; where that is not open, log the intervals."""
    session = _planned(turn, today_of(turn))
    if session is None:
        _show(turn, _heard(turn, row))
        return
    own = Titled(row.name, LogIntervals(row.id or 0))
    planned = Titled(dosed(turn, session).name, MarkDone(session.day))
    turn.reply("guide/extra_which", [[own], [planned]])


def _is_open(turn: Turn, guide: LiveGuide) -> bool:
    """Say whether a guide went through own intervals, is over, and enough of them was done to log it."""
    return guide.day is None and guide.over_at is not None and is_worth_logging(run_of(guide), turn.now)


def _unlogged(turn: Turn) -> LiveGuide | None:
    """Return the guide through own intervals that is just over, where nothing is logged of it."""
    guide = live_guides.of_user(turn.session, turn.user.id)
    if guide is None or not _is_open(turn, guide) or turn.now - (guide.over_at or turn.now) > MEANT:
        return None
    logged = extra_sessions.of_guide(turn.session, turn.user.id, guide.id or 0)
    return guide if logged is None else None


def _heard_lately(turn: Turn, last: ExtraSession | None) -> OwnIntervals | None:
    """Return the intervals whose sound was sent last, where they may just have been done and are not logged."""
    row = next(iter(own_intervals.of_user(turn.session, turn.user.id)), None)
    if row is None or (last is not None and last.at >= row.at):
        return None
    took = timedelta(seconds=intervals_of(row).seconds)
    return row if took / 2 <= turn.now - row.at <= took + MEANT else None


def _of_guide(turn: Turn, guide: LiveGuide) -> ExtraSession:
    run = run_of(guide)
    return ExtraSession(
        user_id=turn.user.id,
        day=local_day(guide.over_at or turn.now, turn.user.zone or "UTC"),
        title=guide.title,
        rounds=run.rounds,
        rounds_done=run.rounds_done,
        minutes_done=max(1, round(run.active_s(turn.now) / 60)),
        guide=guide.id,
        at=turn.now,
    )


def _heard(turn: Turn, row: OwnIntervals) -> ExtraSession:
    return ExtraSession(
        user_id=turn.user.id,
        day=today_of(turn),
        title=row.name,
        rounds=row.rounds,
        rounds_done=row.rounds,
        minutes_done=max(1, round(intervals_of(row).seconds / 60)),
        at=turn.now,
    )


def _found(turn: Turn, number: int) -> ExtraSession:
    extra = extra_sessions.find(turn.session, turn.user.id, number)
    if extra is None or today_of(turn) - extra.day > KEEPS:
        raise StaleButton
    return extra


def _open_session(turn: Turn, extra: ExtraSession) -> TrainingSession | None:
    """Return the planned session that it may stand for: one of running, on its day, that is still to be done."""
    session = None if extra.instead else _planned(turn, extra.day)
    return session if session is not None and session.asks in {SessionKind.INTERVAL, SessionKind.EASY} else None


def _planned(turn: Turn, day: date) -> TrainingSession | None:
    """Return the session of a day that is still to be done, None on a day of rest."""
    session = kept_session(turn, day) if turn.user.plan_start is not None else None
    if session is None or session.status != SessionStatus.PLANNED or session.asks is SessionKind.RECOVERY:
        return None
    return session


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, LogOwn, log_guided)
    on_button(application, LogIntervals, log_heard)
    on_button(application, RateExtra, rate)
    on_button(application, AskExtraRounds, ask_rounds)
    on_button(application, SetExtraRounds, set_rounds)
    on_button(application, CountExtra, count)
    on_button(application, DropExtra, drop)
