"""Sessions that were done though the day had none: one that was missed or comes next, or one of a person's own.

One of their own is logged beside the plan, at once where nothing of the plan can be meant.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import Resume
from coach.buttons.session import MarkDone
from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import RECOVERY
from coach.profile import SessionKind, SessionStatus
from coach.requests import Activity, Intent, Slots
from content.rendering.keyboards import Button, Row
from content.understanding.requests.slots.activities import activity
from db.models import ExtraSession, TrainingSession
from db.queries import sessions
from handlers.framework.turn import Turn
from handlers.requests.goals import answering
from handlers.requests.outcome import Changed, Outcome, Step, dated, do, titled
from handlers.requests.training.session_meant import offer_next
from handlers.training import next_session, today
from handlers.training.guide import extra_sessions
from handlers.training.today import today_of
from services import plans

AHEAD: Final = 2  # days
OFFERED: Final = 3  # sessions that may be meant instead
RECENT: Final = timedelta(days=6)
MOST_MINUTES: Final = 1440

_FITTING: Final = {
    Activity.DISTANCE: frozenset({SessionKind.EASY}),
    Activity.RUN: frozenset({SessionKind.EASY, SessionKind.INTERVAL}),
    Activity.INTERVALS: frozenset({SessionKind.INTERVAL, SessionKind.EASY}),
    Activity.STRENGTH: frozenset({SessionKind.STRENGTH}),
    Activity.SPORT: frozenset[SessionKind](),
}
"""Sessions of the plan that a kind of training may be."""


def coming(turn: Turn, rest: TrainingSession) -> PlannedDay | None:
    """Return the next session within two days that may have been done today, on a day of rest; None where none may."""
    today_ = today_of(turn)
    if rest.day != today_ or rest.workout != RECOVERY or rest.status != SessionStatus.PLANNED or rest.pain is not None:
        return None
    days = (today_ + timedelta(days=ahead) for ahead in range(1, AHEAD + 1))
    return next((found for day in days if (found := _open_on(turn, day)) is not None), None)


def brought_forward(turn: Turn, rest: TrainingSession, day: date) -> PlannedDay | None:
    """Return the session of that day as it stands on the day of rest on which it was done; None for an old button."""
    early = coming(turn, rest)
    return replace(early, day=rest.day) if early is not None and early.day == day else None


def is_another(turn: Turn, slots: Slots, row: TrainingSession) -> bool:
    """Say whether what was done is surely another than this session: "Sunday's long run, 12k" on a day of strength."""
    if slots.what is not None:
        return True
    kind = _kind(turn)
    run = kind is not None and SessionKind.EASY in _FITTING[kind]
    fitting = _FITTING[Activity.RUN] if run else _FITTING[kind] if kind is not None else None
    return fitting is not None and row.asks is not SessionKind.RECOVERY and row.asks not in fitting


def done(turn: Turn, slots: Slots, day: date, row: TrainingSession | None) -> Outcome:
    """Log what was done beside the plan, or ask which session it was where one of the plan may be meant."""
    kind = Activity(slots.what) if slots.what in set(Activity) else _kind(turn)
    said = Slots(effort=slots.effort, minutes=slots.minutes)
    ways = [] if slots.what is not None else _ways(turn, kind, day, said, row)
    tells = kind is not None or said != Slots()
    started = turn.user.plan_start is not None and turn.user.plan_start <= today_of(turn)
    if day <= today_of(turn) and started and tells and not ways:
        return _logged(turn, slots, day, kind or Activity.OWN)
    return nothing_there(turn, Intent.DONE, day, slots, row, ways)


def nothing_there(
    turn: Turn,
    intent: Intent,
    day: date,
    slots: Slots,
    row: TrainingSession | None,
    ways: list[tuple[date, str, Slots]] | None = None,
) -> Outcome:
    """Say that the day has no such session, and offer what there is."""
    start = turn.user.plan_start
    if start is not None and start > today_of(turn):
        today.today(turn)
        return Step.ASKED
    if ways is None:
        said = Slots(effort=slots.effort, minutes=slots.minutes, reason=slots.reason)
        ways = _open_ways(turn, said) if intent is Intent.SKIP else []
    rows: list[Row] = [[titled(named(turn, on, workout), intent, way)] for on, workout, way in ways]
    is_done = intent is Intent.DONE and day <= today_of(turn)
    label, own = "own_session" if ways else "log_own", replace(slots, day=day, what=Activity.OWN, from_day=None)
    rests = row is not None and row.status == SessionStatus.PLANNED and intent is Intent.DONE
    rested = [Button("rested", MarkDone(day))] if rests and row and row.asks is SessionKind.RECOVERY else []
    ahead = intent is Intent.SKIP and (row is not None or day > today_of(turn))
    after = next_session.after(turn, day, today_of(turn)) if ahead else None
    if after is not None and (not ways or day > today_of(turn)):
        return offer_next(turn, after, day)
    paused = turn.user.paused(turn.now)
    planned = row is not None and row.asks is not SessionKind.RECOVERY
    about = {"intent": intent.value, "paused": paused, "rest": row is not None, "others": len(rows), "planned": planned}
    rows += [[do(label, Intent.DONE, own)]] if is_done else []
    rows.append([*([Button("resume", Resume())] if paused else rested), Button("my_week", ShowWeek(0))])
    turn.reply("requests/nothing_there", rows, effort=slots.effort, **about, **dated(turn, day))
    if ways:
        turn.note_offered(*((intent, way) for _, _, way in ways))
    return Step.ASKED


def open_sessions(turn: Turn) -> list[TrainingSession]:
    """Return the sessions of the last days that nothing was said of, the latest first."""
    day = today_of(turn)
    days = [day - timedelta(days=ago) for ago in range(RECENT.days + 1)]
    rows = sessions.of_days(turn.session, turn.user, days)
    found = [rows[each] for each in days if each in rows and each >= (turn.user.plan_start or day)]
    return [row for row in found if row.asks is not SessionKind.RECOVERY and row.status == SessionStatus.PLANNED]


def named(turn: Turn, day: date, workout: str) -> str:
    """Return "Fri: easy run", for a button."""
    messages = turn.language.messages
    return f"{messages.dated(day, '%a')}: {turn.language.workouts[workout].name}"


def _kind(turn: Turn) -> Activity | None:
    return activity(answering.heard(turn, turn.written)) if turn.written else None


def _logged(turn: Turn, slots: Slots, day: date, kind: Activity) -> Changed:
    minutes = slots.minutes if 0 < (slots.minutes or 0) <= MOST_MINUTES else None
    extra = ExtraSession(
        user_id=turn.user.id,
        day=day,
        kind=SessionKind.STRENGTH if kind is Activity.STRENGTH else SessionKind.EASY,
        title=turn.language.messages.label(f"done_{kind}"),
        rounds=0,
        rounds_done=0,
        minutes_done=minutes,
        effort=slots.effort,
        at=turn.now,
    )
    values = extra_sessions.log(turn, extra)
    told = Slots(day=day, effort=slots.effort, minutes=minutes, what=kind)
    return Changed("guide/extra", values, rows=[*extra_sessions.rows(turn, extra), extra_sessions.WAYS], slots=told)


def _ways(
    turn: Turn, kind: Activity | None, day: date, said: Slots, row: TrainingSession | None
) -> list[tuple[date, str, Slots]]:
    """Return the sessions of the plan that may have been done: their days, their workouts, and what logs them."""
    found = _open_ways(turn, said)
    if row is not None and (early := coming(turn, row)) is not None:
        found.append((early.day, early.workout, replace(said, day=day, from_day=early.day)))
    fitting = _FITTING.get(kind) if kind is not None else None
    if fitting is None:
        return found
    workouts = turn.language.workouts
    return [way for way in found if workouts[way[1]].kind in fitting]


def _open_ways(turn: Turn, said: Slots) -> list[tuple[date, str, Slots]]:
    return [(each.day, each.workout, replace(said, day=each.day)) for each in open_sessions(turn)[:OFFERED]]


def _open_on(turn: Turn, day: date) -> PlannedDay | None:
    week = plans.week_of(turn.session, turn.user, day, today_of(turn))
    days = week.days if isinstance(week, PlannedWeek) else ()
    return next((each for each in days if each.day == day and each.open and each.workout != RECOVERY), None)
