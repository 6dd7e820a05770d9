"""Feedback on a session: pain before it, effort and a note after it, and the reason for skipping one."""

from datetime import date
from typing import Final

from coach.buttons.account import Change
from coach.buttons.plan import AddNote, RateEffort, ReportPain, ShowWeek, SkipBecause, StartSession, TakeBackPain
from coach.buttons.reminders import PauseFor
from coach.buttons.session import MarkPlanned, ShowSession, ShowToday
from coach.buttons.way_back import ShowWayBack
from coach.planning.state.pain_gate import Gate, pain_gate
from coach.planning.week import NoPlan, PlannedWeek, WeekNote
from coach.planning.workouts import WORKOUTS
from coach.profile import PromptKind, SessionStatus, SkipReason
from coach.requests import Intent, Slots
from coach.user_errors import NoteTooLong, StaleButton
from content.rendering.keyboards import Button, Row
from db.models import TrainingSession
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.prompts.prompt import Prompt
from handlers.training.guide.halt import halt_where_held
from handlers.training.strength import noted_sets
from handlers.training.today import dosed, find_session, kept_session, marks, next_workout, show_session, today_of
from handlers.training.way_back import step_question
from services import plans

PAINS: Final = (0, 3, 5)
"""The least pain of each choice: 0–2, 3–4, 5 and more."""

LONGEST_NOTE: Final = 300

PLANNED_FOR: Final = frozenset({SkipReason.TIME, SkipReason.TIRED, SkipReason.WEATHER})
"""Reasons to skip for which an if–then plan can be made; what hurts, or makes ill, is none to plan around."""

FELT: Final = ("effort", "too_hard", "over", "easy", "lowered", "held")
"""Values that `felt` returns."""


class NotePrompt(Prompt[str]):
    """A line about a session that is done."""

    kind = PromptKind.NOTE
    in_settings = False

    def read(self, turn: Turn, text: str) -> str:
        """Take the line. Raises NoteTooLong."""
        if len(text) > LONGEST_NOTE:
            raise NoteTooLong(most=LONGEST_NOTE)
        return text

    def take(self, turn: Turn, value: str) -> None:
        """Keep it with its session, where that is still done."""
        day = turn.user.awaiting_day
        session = kept_session(turn, day) if day is not None else None
        turn.close_prompt()
        turn.user.awaiting_day = None
        if session is None or session.status != SessionStatus.DONE:
            turn.say("today/not_noted", [[Button("today", ShowToday())]])  # raised, it would undo what was closed
            return
        session.note = value
        turn.say("today/noted", [[Button("my_week", ShowWeek(0))]])


def begin(turn: Turn, action: StartSession) -> None:
    """Ask how much hurts."""
    if screening.is_blocked(turn):
        screening.say_blocked(turn)
        return
    if action.day < today_of(turn):  # yesterday's reminder: what became of it can still be said
        show_session(turn, find_session(turn, action.day))
        return
    _planned(turn, action.day)
    pains = [Button(f"pain_{pain}", ReportPain(action.day, pain)) for pain in PAINS]
    turn.reply("today/pain", [pains, [Button("back", ShowSession(action.day))]])
    turn.note_offered((Intent.PAIN, Slots()))


def pain(turn: Turn, action: ReportPain) -> None:
    """Go, do less, or recover instead; the rest of the week follows."""
    session = _planned(turn, action.day)
    if action.pain not in PAINS:
        raise StaleButton
    planned = dosed(turn, session)
    plans.through_pain(turn.session, turn.user, session, action.pain, today_of(turn))
    halt_where_held(turn)
    gate = pain_gate(action.pain)
    if gate is Gate.GO:
        show_session(turn, session)
        return
    more = [Button("show_session", ShowSession(action.day)), Button("undo", TakeBackPain(action.day))]
    back = [Button("way_back", ShowWayBack())] if gate is Gate.SWAP else []
    rows: list[Row] = [*marks(turn, session)[:1], more, back]
    turn.reply(
        f"today/pain_{gate}",
        rows,
        planned=planned,
        workout=dosed(turn, session),
        rounds=session.rounds,
        percent=session.percent,
    )


def take_back_pain(turn: Turn, action: TakeBackPain) -> None:
    """That was not the pain that was meant: the session is planned again as if nothing had been said."""
    session = _planned(turn, action.day)
    if session.pain is None:
        raise StaleButton
    plans.without_pain(turn.session, turn.user, session, today_of(turn))
    show_session(turn, session)


def effort(turn: Turn, action: RateEffort) -> None:
    """Take how hard it was; two too hard ones in a row make the next ones easier."""
    session = find_session(turn, action.day)
    if session.status != SessionStatus.DONE or not 1 <= action.effort <= 10:
        raise StaleButton
    session.effort = action.effort
    _logged(turn, session, felt(session, plans.renew(turn.session, turn.user, today_of(turn))))


def add_note(turn: Turn, action: AddNote) -> None:
    """Ask for a line about the session."""
    session = find_session(turn, action.day)
    if session.status != SessionStatus.DONE:
        raise StaleButton
    turn.ask(PromptKind.NOTE, "today/ask_note", [[Button("back", ShowSession(action.day))]])
    turn.user.awaiting_day = action.day


def because(turn: Turn, action: SkipBecause) -> None:
    """Take why it was skipped; pain and illness have a next step."""
    session = find_session(turn, action.day)
    if session.status != SessionStatus.SKIPPED:
        raise StaleButton
    take_reason(turn, session, action.reason)
    rows: list[Row] = [[Button("my_week", ShowWeek(0)), Button("undo", MarkPlanned(action.day))]]
    if action.reason in PLANNED_FOR and turn.user.obstacle is None:
        rows.insert(0, [Button("plan_for_that", Change(PromptKind.OBSTACLE))])
    if action.reason is SkipReason.HURTS:
        rows.insert(0, [Button("way_back", ShowWayBack())])
    if action.reason is SkipReason.SICK:
        rows.insert(0, [Button(f"pause_{days}", PauseFor(days)) for days in (3, 7)])
    turn.reply(f"today/skipped_{action.reason}", rows, tomorrow=next_workout(turn, action.day))


def take_reason(turn: Turn, session: TrainingSession, reason: SkipReason) -> None:
    """Keep why a session was skipped; the week follows what hurts."""
    before, session.skip_reason = session.skip_reason, reason
    if SkipReason.HURTS in {before, reason}:
        plans.renew(turn.session, turn.user, today_of(turn))
        halt_where_held(turn)


def felt(session: TrainingSession, week: PlannedWeek | NoPlan) -> dict[str, object]:
    """Return the values by which messages say how the effort compares to what was meant, and what follows."""
    notes, effort = week.notes if isinstance(week, PlannedWeek) else frozenset(), session.effort or 0
    spec = WORKOUTS[session.workout]
    too_hard = effort >= spec.too_hard
    least, most = spec.effort
    return {
        "effort": effort,
        "too_hard": too_hard,
        "over": effort > most,
        "easy": effort < least,
        "lowered": too_hard and WeekNote.LOWERED in notes,
        "held": too_hard and WeekNote.HELD in notes,
    }


def _logged(turn: Turn, session: TrainingSession, compared: dict[str, object]) -> None:
    """Say that it is logged; on the way back with the question of its step, where that is still open."""
    asks = step_question.ask(turn, session)
    note = [Button("add_note", AddNote(session.day))] if asks is None else []  # a note would be taken for the answer
    turn.reply(
        "today/rated",
        [*(step_question.answer_rows(session.day, asks) if asks is not None else []),
         *noted_sets.rows(turn, session),
         [*note, Button("undo", MarkPlanned(session.day))],
         [Button("my_week", ShowWeek(0)), Button("today", ShowToday())]],
        asks=asks.value if asks is not None else None,
        hilly=step_question.is_hilly(turn),
        workout=dosed(turn, session),
        rounds=session.rounds,
        rounds_done=session.rounds_done,
        tomorrow=next_workout(turn, session.day),
        is_today=session.day == today_of(turn),
        load=noted_sets.example_load(turn.user) if noted_sets.offered(turn, session) else None,
        **compared,
    )  # fmt: skip


def _planned(turn: Turn, day: date) -> TrainingSession:
    session = find_session(turn, day)
    if session.status != SessionStatus.PLANNED or day != today_of(turn):
        raise StaleButton
    return session


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, StartSession, begin)
    on_button(application, ReportPain, pain)
    on_button(application, TakeBackPain, take_back_pain)
    on_button(application, RateEffort, effort)
    on_button(application, AddNote, add_note)
    on_button(application, SkipBecause, because)
