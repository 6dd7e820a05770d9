"""Requests about a day's session: done, skipped, what hurts; and the days that can be marked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from coach.buttons.plan import ShowDay, ShowWeek, StartSession
from coach.buttons.reminders import PauseFor
from coach.buttons.requests import ChangeEffort
from coach.buttons.session import MarkPlanned, ShowSession
from coach.planning.inputs import Pin
from coach.planning.state.pain_gate import WORST, Gate, pain_gate
from coach.planning.workouts import RECOVERY
from coach.profile import SessionKind, SessionStatus, SkipReason
from coach.requests import Intent, Slots
from coach.user_errors import StaleButton
from content.rendering.emergency_numbers import emergency_number
from content.rendering.keyboards import Button, Row
from content.understanding.requests.replies import begins_with_no
from content.understanding.smalltalk.sentences import grieves
from db.models import TrainingSession
from db.queries import absences
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests.outcome import Changed, Outcome, Step, about, dated, do, has_plan, is_kept, titled
from handlers.requests.training import unplanned
from handlers.training import feedback, marking, plan, today
from handlers.training.guide import audio, extra_sessions, offer
from handlers.training.guide.halt import halt_where_held
from handlers.training.marking import effort_rows, reason_rows
from handlers.training.strength import noted_sets
from handlers.training.today import dosed, kept_session, marks, next_workout, today_of
from handlers.training.way_back import step_question
from services import plans
from services.session_rows import filled

LEAST_EFFORT: Final = 1
MOST_EFFORT: Final = 10


def done(turn: Turn, slots: Slots) -> Outcome:
    """Log a session; what hurts is not asked before it: this is a log, not a start.

    While a red flag holds training, only what was done before that day counts.
    """
    effort = slots.effort if slots.effort and LEAST_EFFORT <= slots.effort <= MOST_EFFORT else None
    day = slots.day or today_of(turn)
    if screening.is_blocked(turn) and plans.refused(turn.user, today_of(turn)) is None:
        began = absences.began(turn.session, turn.user, today_of(turn))
        if began is None or day >= began:
            number = emergency_number(turn.user.zone)
            turn.reply("requests/done_held", [], began=_past(turn, began), number=number, **dated(turn, day))
            return Step.ASKED
    elif not has_plan(turn):
        return Step.ASKED
    if slots == Slots(effort=slots.effort) and extra_sessions.take_done(turn, effort):
        return Step.SHOWN
    row = kept_session(turn, day) if is_kept(turn, day) else None
    early = unplanned.brought_forward(turn, row, slots.from_day) if row is not None and slots.from_day else None
    rests = row is not None and row.asks is SessionKind.RECOVERY and early is None
    if row is None or rests or unplanned.is_another(turn, slots, row):
        return unplanned.done(turn, replace(slots, effort=effort), day, row)
    if early is not None:
        filled(row, early)
    about(turn, row)
    before = (row.status, row.effort, row.minutes_done, row.rounds_done)
    week = marking.mark(turn, row, SessionStatus.DONE, effort=effort)
    row.minutes_done = slots.minutes if 0 < (slots.minutes or 0) <= unplanned.MOST_MINUTES else row.minutes_done
    row.rounds_done = slots.rounds if row.rounds and slots.rounds else row.rounds_done
    if week is None and effort is not None:
        row.effort, week = effort, plans.renew(turn.session, turn.user, today_of(turn))
    felt = feedback.felt(row, week) if effort and week is not None else dict.fromkeys(feedback.FELT)
    if before == (row.status, row.effort, row.minutes_done, row.rounds_done):
        turn.reply(
            "requests/already_done",
            [*effort_rows(day), [Button("undo", MarkPlanned(day)), Button("my_week", ShowWeek(0))]],
            workout=dosed(turn, row),
            effort=row.effort,
            **dated(turn, day),
        )
        return Step.SHOWN
    values = dated(turn, day) | felt | {
        "workout": dosed(turn, row),
        "rounds": row.rounds,
        "rounds_done": row.rounds_done,
        "minutes": row.minutes_done,
        "effort": row.effort,
        "tomorrow": next_workout(turn, day),
        "load": noted_sets.example_load(turn.user) if noted_sets.offered(turn, row) else None,
    }  # fmt: skip
    asks = step_question.ask(turn, row)
    values |= {"asks": asks.value if asks is not None else None, "hilly": step_question.is_hilly(turn)}
    scale = step_question.answer_rows(day, asks) if asks is not None else [] if effort else effort_rows(day)
    rows: list[Row] = [*scale, *noted_sets.rows(turn, row)]
    return Changed("requests/done", values, Button("change", ChangeEffort(day)) if effort else None, rows)


def _past(turn: Turn, day: date | None) -> date | None:
    return None if day == today_of(turn) else day


def skip(turn: Turn, slots: Slots) -> Outcome:
    """Let a session go; one of a day to come makes room for rest."""
    if not has_plan(turn):
        return Step.ASKED
    day = slots.day or today_of(turn)
    if day > today_of(turn):
        return _rest_instead(turn, day, slots)
    row = kept_session(turn, day) if is_kept(turn, day) else None
    if row is None or row.asks is SessionKind.RECOVERY:
        return unplanned.nothing_there(turn, Intent.SKIP, day, slots, row)
    about(turn, row)
    values = dated(turn, day) | {"workout": dosed(turn, row)}
    if row.status == SessionStatus.DONE:
        turn.reply("requests/skip_done", [[Button("undo", MarkPlanned(day)), Button("my_week", ShowWeek(0))]], **values)
        return Step.ASKED
    reason = SkipReason(slots.reason) if slots.reason in set(SkipReason) else None
    if marking.mark(turn, row, SessionStatus.SKIPPED, reason=reason) is None and reason is not None:
        feedback.take_reason(turn, row, reason)
    values |= {"workout": dosed(turn, row), "reason": reason, "tomorrow": next_workout(turn, day)}
    values["grieves"] = grieves(turn.written, turn.language)
    rows: list[Row] = [] if reason else reason_rows(day)
    if reason is SkipReason.SICK:
        rows = [[Button("pause_3", PauseFor(3)), Button("pause_7", PauseFor(7))]]
    return Changed("requests/skipped", values, Button("change", ShowSession(day)) if reason else None, rows)


def pain(turn: Turn, slots: Slots) -> Outcome:
    """Note how much hurts: before today's session it decides what is left of it, after it what comes next."""
    if not has_plan(turn):
        return Step.ASKED
    day = today_of(turn)
    row = kept_session(turn, day)
    if row is None:
        return unplanned.nothing_there(turn, Intent.PAIN, day, slots, None)
    about(turn, row)
    if slots.level is None or not 0 <= slots.level <= WORST:
        _ask_pain(turn, row)
        return Step.ASKED
    planned, gate = dosed(turn, row), pain_gate(slots.level)
    if row.status != SessionStatus.PLANNED:
        row.pain = max(slots.level, row.pain or 0)
        plans.renew(turn.session, turn.user, day)
        halt_where_held(turn)
        return Changed("requests/pain_after", {"level": slots.level, "gate": gate.value})
    plans.through_pain(turn.session, turn.user, row, slots.level, day)
    halt_where_held(turn)
    rest = row.asks is SessionKind.RECOVERY and planned.kind == SessionKind.RECOVERY
    values = {
        "level": slots.level,
        "gate": Gate.GO.value if rest and gate is Gate.REDUCE else gate.value,
        "rest": rest,
        "planned": planned,
        "workout": dosed(turn, row),
        "rounds": row.rounds,
        "percent": row.percent,
    }
    return Changed("requests/pain", values, Button("change", StartSession(day)) if rest else None, marks(turn, row)[:1])


def start(turn: Turn, _slots: Slots) -> Outcome:
    """Show today's session, and send the guide through it; its page begins it where what hurts is asked first.

    On a day of rest the next session is offered for today, where one comes within two days.
    """
    day = today_of(turn)
    rest = kept_session(turn, day) if turn.user.plan_start and has_plan(turn) else None
    if rest is not None and (early := unplanned.coming(turn, rest)) is not None:
        move = Slots(from_day=early.day, to_day=day)
        rows = [
            [do("do_today", Intent.MOVE, move)],
            [Button("show_session", ShowSession(day)), Button("my_week", ShowWeek(0))],
        ]
        turn.reply(
            "requests/start_early", rows, workout=turn.language.workouts[early.workout], **dated(turn, early.day)
        )
        turn.note_offered((Intent.MOVE, move))
        return Step.ASKED
    today.today(turn)
    row = kept_session(turn, day) if turn.shown_day == day and turn.user.plan_start else None
    if row is not None and offer.is_offered(turn, row) and not today.is_asked_first(turn, row):
        audio.send(turn, row)
    return Step.SHOWN


def change_effort(turn: Turn, action: ChangeEffort) -> None:
    """Ask anew how hard a session was."""
    today.find_session(turn, action.day)
    turn.edit_buttons([*effort_rows(action.day), [Button("back", ShowSession(action.day))]])


def _rest_instead(turn: Turn, day: date, slots: Slots) -> Outcome:
    """Put rest on a day to come; where the week does not allow that, show what can be changed there."""
    now = today_of(turn)
    try:
        _, planned = plan.find_planned(turn, day, now)
    except StaleButton:
        return too_far(turn, day)
    if planned.workout == RECOVERY and (spoken_of := _spoken_of(turn, day)) is not None:
        return _offer_move(turn, spoken_of, day)
    if planned.workout == RECOVERY:
        return unplanned.nothing_there(turn, Intent.SKIP, day, slots, plans.of_day(turn.session, turn.user, day, now))
    if not plan.fits(turn, day, RECOVERY, now):
        plan.day(turn, ShowDay(day))
        return Step.ASKED
    workout = turn.language.workouts[planned.workout]
    plans.pin(turn.session, turn.user, [Pin(day, RECOVERY)])
    plans.renew(turn.session, turn.user, now)
    values: Mapping[str, object] = dated(turn, day) | {"workout": workout}
    return Changed("requests/rest_instead", values, Button("change", ShowDay(day)))


def _spoken_of(turn: Turn, other: date) -> TrainingSession | None:
    """Return today's session where it is open, and a message begins with a no and names another day."""
    today_ = today_of(turn)
    declines = begins_with_no(turn.written, turn.language.reply_words)
    row = kept_session(turn, today_) if declines and other != today_ else None
    opens = row is not None and row.status == SessionStatus.PLANNED and row.asks is not SessionKind.RECOVERY
    return row if opens else None


def _offer_move(turn: Turn, row: TrainingSession, to: date) -> Outcome:
    """Ask whether today's session is to move to a day of rest: "no way, I need sleep. tomorrow"."""
    move_, skip_ = Slots(from_day=row.day, to_day=to), Slots(day=row.day)
    turn.reply(
        "requests/rest_already",
        [[do("move_there", Intent.MOVE, move_), do("request_skip", Intent.SKIP, skip_)],
         [Button("my_week", ShowWeek(0))]],
        workout=dosed(turn, row),
        to=dated(turn, to),
        **dated(turn, row.day),
    )  # fmt: skip
    turn.note_offered((Intent.MOVE, move_))
    return Step.ASKED


def too_far(turn: Turn, day: date) -> Outcome:
    """Say which days can be shown and changed."""
    turn.reply(
        "requests/too_far", [[Button("my_week", ShowWeek(0)), Button("next_week", ShowWeek(1))]], **dated(turn, day)
    )
    return Step.ASKED


def _ask_pain(turn: Turn, row: TrainingSession) -> None:
    """Ask how much hurts: by its gate before a session, else by numbers."""
    if row.status == SessionStatus.PLANNED and row.asks is not SessionKind.RECOVERY:
        feedback.begin(turn, StartSession(row.day))
        return
    levels = [titled(str(level), Intent.PAIN, Slots(level=level)) for level in range(WORST + 1)]
    turn.reply("requests/how_much_pain", [levels[:6], levels[6:]])
    turn.note_offered((Intent.PAIN, Slots()))  # which a typed figure answers
