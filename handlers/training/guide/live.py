"""The guide in the chat: it begins, is steered by buttons and words, and ends with how hard it was.

While nobody presses anything the clock moves it on (`scheduler/live_guides.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from coach.buttons.guide import GuideLive, GuideMe, LogGuided, SteerGuide
from coach.buttons.plan import RateEffort
from coach.guide.live import GAP, Run, Steer
from coach.guide.steps import Step
from coach.profile import SessionStatus
from coach.user_errors import StaleButton
from content.guide.wish import steps_through
from content.rendering.keyboards import Button, Row
from content.rendering.live_guide import LiveMessage, ended, running
from content.understanding.intents import Command
from db.models import LiveGuide, TrainingSession
from db.payload_names import LIVE_GUIDE
from db.queries.guides import live_guides
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.training import feedback, marking
from handlers.training.guide import audio
from handlers.training.guide.halt import halt
from handlers.training.today import dosed, find_session, stops_at
from services import shown
from services.live_guides import arm, begin, end, is_held_back, is_worth_logging, keep, run_of

WISHES: Final[Mapping[Command, Steer]] = {
    Command.PAUSE: Steer.PAUSE,
    Command.GO_ON: Steer.GO_ON,
    Command.NEXT: Steer.NEXT,
    Command.SKIP: Steer.NEXT,
    Command.STOP: Steer.STOP,
    Command.DONE: Steer.STOP,
}
"""Words that mean the guide while one runs."""


def guide_live(turn: Turn, action: GuideLive) -> None:
    """Let the guide through that day's session begin, where nothing speaks against it, however old the button."""
    session = audio.permitted(turn, action.day)
    if session is None:
        return
    workout = dosed(turn, session)
    steps = steps_through(workout, session.rounds, session.percent)
    begin_or_offer(turn, workout.name, steps, session, [[Button("guide_me", GuideMe(session.day))]])


def begin_or_offer(
    turn: Turn, title: str, steps: Sequence[Step], of: TrainingSession | None, instead: Sequence[Row]
) -> None:
    """Let a guide through a session, or through own intervals, begin; where as many run as can be, offer another."""
    before = live_guides.of_user(turn.session, turn.user.id)
    mine = before is not None and before.over_at is None
    day = of.day if of is not None else None
    if before is not None and mine and before.day == day and before.title == title and turn.now < before.shown_at + GAP:
        return  # it was pressed twice
    if live_guides.running(turn.session) - mine >= turn.guides_at_once:
        turn.say("guide/busy", instead)
        return
    row = begin(turn.session, turn.user, title, steps, turn.now, of)
    _say(turn, row, _running(turn, row, run_of(row)))


def take(turn: Turn, written: str) -> bool:
    """Take words for the guide that runs; return whether they were."""
    wish = WISHES.get(command) if (command := turn.language.messages.wishes.read(written)) is not None else None
    if wish is None:
        return False
    row = live_guides.of_user(turn.session, turn.user.id)
    if row is None or row.over_at is not None:
        return False
    _steer(turn, row, wish)
    return True


def steer(turn: Turn, action: SteerGuide) -> None:
    """Pause the guide, go on, go to the next step, or stop."""
    row = live_guides.of_user(turn.session, turn.user.id)
    if row is None or row.id != action.guide or row.over_at is not None:
        raise StaleButton
    _steer(turn, row, action.wish)


def stop(turn: Turn, row: LiveGuide) -> None:
    """Stop a guide that runs, where it stands."""
    _steer(turn, row, Steer.STOP)


def log_guided(turn: Turn, action: LogGuided) -> None:
    """Log the session that was guided, as Done does, with its effort."""
    session = find_session(turn, action.day)
    if not 1 <= action.effort <= 10 or session.status == SessionStatus.SKIPPED:
        raise StaleButton
    if session.status == SessionStatus.PLANNED:
        marking.mark(turn, session, SessionStatus.DONE, effort=action.effort)
    feedback.effort(turn, RateEffort(action.day, action.effort))


def _steer(turn: Turn, row: LiveGuide, wish: Steer) -> None:
    if wish in {Steer.GO_ON, Steer.NEXT} and is_held_back(turn.session, turn.user, row, turn.now):
        halt(turn)
        audio.may_train(turn)
        return
    turn.guide_moved = True
    run = run_of(row).steered(wish, turn.now)
    if wish is Steer.STOP or run.is_over:
        _end(turn, row, run)
        return
    keep(row, run)
    stands_in = row.message_id or row.old_message_id
    if turn.now - row.shown_at < GAP:  # two messages or edits within a second: the clock shows it
        row.next_at, row.unshown = row.shown_at + GAP, True
    elif turn.pressed_message_id is None:
        _say(turn, row, _running(turn, row, run))
    else:
        message = _running(turn, row, run)
        turn.change(stands_in or turn.pressed_message_id, message.template, message.rows, **message.values)
        row.shown_at, row.unshown = turn.now, False
        arm(row, run, turn.now)
    turn.session.add(row)


def _end(turn: Turn, row: LiveGuide, run: Run) -> None:
    end(row, run, turn.now)
    if row.day is None:
        shown.clear(turn.user)  # "done" is about these intervals
    logs = is_worth_logging(run, turn.now)
    _say(turn, row, ended(row.id or 0, row.title, row.day, run, turn.now, logs=logs))


def _say(turn: Turn, row: LiveGuide, message: LiveMessage) -> None:
    """Say how the guide stands in a new message; the one before is taken away once this one stands.

    Where one is still to be taken away, the newest becomes it: no third stays behind.
    """
    if row.message_id is not None and row.old_message_id is not None:
        turn.change(row.message_id, message.template, message.rows, **message.values)
    else:
        turn.say(message.template, message.rows, **message.values).payload[LIVE_GUIDE] = row.id
        row.old_message_id, row.message_id = row.message_id or row.old_message_id, None
    row.shown_at, turn.guide_moved = turn.now, True
    arm(row, run_of(row), turn.now)
    turn.session.add(row)


def _running(turn: Turn, row: LiveGuide, run: Run) -> LiveMessage:
    return running(turn.language, row.id or 0, row.title, run, turn.now, stops_at(turn, row.workout))


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, GuideLive, guide_live)
    on_button(application, SteerGuide, steer)
    on_button(application, LogGuided, log_guided)
